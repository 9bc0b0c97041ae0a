import { describe, expect, it } from 'vitest';
import { nearest } from '../src/app/help';
import { slugOf } from '../src/views/admin/slug';
import { moved, nobody, present, startedTyping, stillTyping, stoppedTyping, typing_ms } from '../src/state/people';
import { emptyLog, joined, receive } from '../src/state/room-log';
import { timeline, type Reader, type Row } from '../src/state/timeline';
import { at, card, message, notice, released, sanction, user } from './helpers';

const reader: Reader = { unreadFrom: null, hidden: new Set(), dayOf: (time) => time.slice(0, 10) };
const log = (...events: Parameters<typeof receive>[1]) => receive(joined(emptyLog, 'e', false), events);
const shape = (rows: Row[]) => rows.map((r) => (r.kind === 'message' ? `${r.item.seq}${r.continued ? '+' : ''}` : r.kind));

describe('a timeline', () => {
    it('opens each day, joins lines of one person and marks what is new', () => {
        const rows = timeline(
            log(message(1), message(2), message(3, 'b'), { ...message(4, 'b'), at: '2030-01-02T09:00:00.000Z' }),
            { ...reader, unreadFrom: 3 },
        );
        expect(shape(rows)).toEqual(['day', '1', '2+', 'unread', '3', 'day', '4']);
    });

    it('does not join across five minutes, a reply or a notice', () => {
        const late = { ...message(2), at: new Date(Date.parse(at(1)) + 6 * 60_000).toISOString() };
        expect(shape(timeline(log(message(1), late), reader))).toEqual(['day', '1', '2']);
        expect(shape(timeline(log(message(1), message(2, 'a', { reply_to: 1 })), reader))).toEqual(['day', '1', '2']);
        expect(shape(timeline(log(message(1), message(2), notice(3, 1)), reader))).toEqual(['day', '1', '2']);
    });

    it('leaves out people one hides, shows notices beside their message and sanctions in place', () => {
        const events = log(message(1), message(2, 'b'), notice(3, 1), notice(4), sanction(5, 'a', 'mute'));
        expect(shape(timeline(log(message(1), notice(3, 99)), reader))).toEqual(['day', '1']);
        expect(shape(timeline(log(message(1), notice(3, 99, { outcome: 'warned' })), reader))).toEqual(['day', '1', 'notice']);
        const rows = timeline(events, { ...reader, hidden: new Set(['b']) });
        expect(shape(rows)).toEqual(['day', '1', 'notice', 'sanction']);
        expect(rows[1]).toMatchObject({ notice: { seq: 3 } });
    });

    it('puts a fact card where it was shown, also for who hides people', () => {
        const rows = timeline(log(message(1), card(2), message(3, 'b')), { ...reader, hidden: new Set(['b']) });
        expect(shape(rows)).toEqual(['day', '1', 'card']);
        expect(rows[2]).toMatchObject({ seq: 2, card: { claim: 'claim.zorp.fine' } });
    });

    it('puts the unread line before a release that came late', () => {
        expect(shape(timeline(log(message(1), message(3), released(4, 2, 't', 'b')), { ...reader, unreadFrom: 4 }))).toEqual(['day', '1', '3+', 'unread', '2']);
    });
});

describe('people', () => {
    const [a, b, c] = [user('a'), user('b'), user('c')];
    it('come and go by name', () => {
        const here = present({ count: 2, members: [b, a] });
        expect(here.members!.map((m) => m.id)).toEqual(['a', 'b']);
        expect(moved(here, { count: 2, joined: [c], left: ['a'] })).toEqual({ count: 2, members: [b, c] });
        expect(moved(here, { count: 2, joined: [a] }).members).toHaveLength(2);
    });
    it('are a number where names are too many, and stay one', () => {
        expect(present({ count: 80 })).toEqual({ count: 80, members: null });
        expect(moved(present({ count: 1, members: [a] }), { count: 51 })).toEqual({ count: 51, members: null });
        expect(moved(nobody, { count: 3, joined: [c] }).members).toBeNull();
    });
    it('stop writing by themselves', () => {
        const typing = startedTyping(new Map(), a, 0);
        expect(stillTyping(typing, typing_ms - 1).size).toBe(1);
        expect(stillTyping(typing, typing_ms).size).toBe(0);
        expect(stoppedTyping(typing, 'a').size).toBe(0);
    });
});

describe('help that is near', () => {
    const order = (...near: string[]) => nearest(['US', 'INTL', 'GB', 'FR'], (c) => c, near);
    it('comes first, then what serves everywhere, then the rest in order', () => {
        expect(order('GB')).toEqual(['GB', 'INTL', 'US', 'FR']);
        expect(order('FR', 'GB')).toEqual(['FR', 'GB', 'INTL', 'US']);
        expect(order('DE')).toEqual(['INTL', 'US', 'GB', 'FR']);
        expect(order()).toEqual(['US', 'INTL', 'GB', 'FR']);
    });
});

describe('a slug', () => {
    it.each([
        ['Evening harbour', 'evening-harbour'], ['Café des lève-tôt', 'cafe-des-leve-tot'], ['L’après-midi', 'l-apres-midi'],
        ['  ***  ', ''], ['Ruang Pemulihan 2', 'ruang-pemulihan-2'], ['x'.repeat(60), 'x'.repeat(40)],
    ])('of %s', (title, slug) => expect(slugOf(title)).toBe(slug));
});

