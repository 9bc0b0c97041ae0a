import { describe, expect, it } from 'vitest';
import type { RoomEvent } from '../src/protocol/types';
import { emptyLog, hasKey, joined, notify, prepend, receive, resumeFrom, settle, standing, type RoomLog } from '../src/state/room-log';
import { at, card, edited, message, notice, randomFrom, reaction, released, retracted, sanction } from './helpers';

const fresh = joined(emptyLog, 'e1', false);
const after = (...events: RoomEvent[]): RoomLog => receive(fresh, events);
const texts = (log: RoomLog) => [...log.items.values()].sort((a, b) => a.position - b.position).map((i) => `${i.state}:${i.text}`);

describe('a room log', () => {
    it('resumes from the newest event of the stream, never from an older page', () => {
        const log = prepend(after(message(60), message(61)), [message(10), message(11)], true);
        expect(resumeFrom(log)).toEqual({ after: 61, epoch: 'e1' });
        expect(log.oldest).toBe(10);
        expect(resumeFrom(emptyLog)).toEqual({});
    });

    it('starts over after a reset or in another epoch, and only then', () => {
        const log = after(message(1));
        expect(joined(log, 'e1', false)).toBe(log);
        expect(joined(log, 'e1', true).items.size).toBe(0);
        expect(joined(log, 'e2', false)).toMatchObject({ epoch: 'e2', head: 0 });
    });

    it('applies edits and retractions that came before their message was loaded', () => {
        const log = prepend(after(edited(50, 5, 'new'), retracted(51, 6), reaction(52, 5, 'b', true)), [message(5), message(6)], false);
        expect(texts(log)).toEqual(['published:new', 'retracted:']);
        expect(log.items.get(5)!.reactions).toHaveLength(1);
        expect(log.waiting.size).toBe(0);
    });

    it('never lets a late page undo an edit, nor bring a retracted text back', () => {
        const log = prepend(after(message(5), message(6), edited(7, 5, 'new'), retracted(8, 6)), [message(5), message(6)], false);
        expect(texts(log)).toEqual(['published:new', 'retracted:']);
        expect(receive(log, [edited(9, 6, 'back')]).items.get(6)!.text).toBe('');
    });

    it('keeps an older edit from covering a newer one', () => {
        expect(after(message(1), edited(5, 1, 'second'), edited(3, 1, 'first')).items.get(1)!.text).toBe('second');
    });

    it('shows a held message to its author in place, and to others where it was released', () => {
        const author = after(message(1), message(2, 'a', { held: true }), message(3));
        expect(author.items.get(2)!.state).toBe('held');
        expect(texts(receive(author, [released(4, 2, 'text 2')]))).toEqual(['published:text 1', 'published:text 2', 'published:text 3']);
        const other = after(message(1), message(3), released(4, 2, 'text 2'), message(5));
        expect([...other.items.values()].sort((a, b) => a.position - b.position).map((i) => i.seq)).toEqual([1, 3, 2, 5]);
    });

    it('brings back what a moderator removed and then released', () => {
        const log = after(message(1), retracted(2, 1, 'moderator'));
        expect(log.items.get(1)).toMatchObject({ state: 'retracted', removedByModerator: true });
        expect(receive(log, [released(3, 1, 'text 1')]).items.get(1)).toMatchObject({ state: 'published', text: 'text 1', removedByModerator: false });
    });

    it('keeps a removal when the release before it is replayed', () => {
        const log = after(message(1, 'a', { held: true }), released(2, 1, 'text 1'), retracted(3, 1, 'moderator'));
        expect(receive(log, [released(2, 1, 'text 1')]).items.get(1)!.state).toBe('retracted');
    });

    it('takes a blocked message and one taken back as the server shows them', () => {
        const log = after(message(1, 'a', { blocked: true }), message(2, 'a', { retracted: true, text: undefined, by: 'moderator' }));
        expect(log.items.get(1)!.state).toBe('blocked');
        expect(log.items.get(2)).toMatchObject({ state: 'retracted', removedByModerator: true });
    });

    it('lets the last word of a reaction count, per person', () => {
        const log = after(message(1), reaction(3, 1, 'b', false), reaction(2, 1, 'b', true), reaction(4, 1, 'c', true));
        expect(log.items.get(1)!.reactions.filter((r) => r.on).map((r) => r.from.id)).toEqual(['c']);
    });

    it('replaces the notice of an ack by the outcome, never the other way', () => {
        const posted = notice(9, 1, { outcome: 'released' });
        const early = notify(after(message(1)), 1, at(1), posted.notice);
        expect(receive(early, [posted]).notices.get(1)!.outcome).toBe('released');
        expect(notify(after(message(1), posted), 1, at(1), posted.notice).notices.get(1)!.outcome).toBe('released');
    });

    it('puts a notice away when a public text was mended, not while a moderator still reads it', () => {
        const { notice: about } = notice(9);
        expect(settle(notify(after(message(1)), 1, at(1), about), 1).notices.size).toBe(0);
        expect(settle(notify(after(message(1, 'a', { held: true })), 1, at(1), about), 1).notices.size).toBe(1);
        expect(settle(after(message(1), notice(9, 1, { outcome: 'warned' })), 1).notices.size).toBe(1);
    });

    it('keeps notices apart that concern no message', () => {
        expect(after(notice(4), notice(5), notice(6, 5)).notices.size).toBe(3);
    });

    it('shows a fact card until it is taken back, in whichever order that is heard', () => {
        const log = after(message(1), card(2), message(3));
        expect(log.notices.get(-2)!.card!.claim).toBe('claim.zorp.fine');
        const gone = receive(log, [retracted(4, 2, 'moderator')]);
        expect(gone.notices.size).toBe(0);
        expect(receive(gone, [card(2)]).notices.size).toBe(0);
        expect(prepend(after(retracted(4, 2, 'moderator')), [card(2)], false).notices.size).toBe(0);
        expect(receive(gone, [card(5)]).notices.size).toBe(1);
    });

    it('knows its own keys by author', () => {
        expect(hasKey(after(message(1)), 'a', 'key-1')).toBe(true);
        expect(hasKey(after(message(1)), 'b', 'key-1')).toBe(false);
    });
});

describe('standing', () => {
    const noon = Date.parse(at(0));
    const later = new Date(noon + 60_000).toISOString();
    it('is what the last sanction says, while it lasts', () => {
        const log = after(sanction(1, 'a', 'warn'), sanction(2, 'a', 'mute', later));
        expect(standing(log, 'a', noon)).toMatchObject({ action: 'mute', until: later });
        expect(standing(log, 'a', noon + 60_000)).toBeNull();
        expect(standing(log, 'b', noon)).toBeNull();
    });
    it('ends when it is lifted, and a warning is none', () => {
        expect(standing(after(sanction(1, 'a', 'ban'), sanction(2, 'a', 'lift')), 'a', noon)).toBeNull();
        expect(standing(after(sanction(1, 'a', 'warn')), 'a', noon)).toBeNull();
        expect(standing(after(sanction(1, 'a', 'ban')), 'a', noon)).toMatchObject({ until: null });
    });
});

/** A room's life: what a server would have appended, seen whole. */
function life(random: () => number, length: number): RoomEvent[] {
    const events: RoomEvent[] = [];
    const said: number[] = [];
    for (let seq = 1; seq <= length; ++seq) {
        const target = said[Math.floor(random() * said.length)];
        const dice = random();
        if (target === undefined || dice < 0.55) {
            events.push(message(seq, random() < 0.5 ? 'a' : 'b'));
            said.push(seq);
        } else if (dice < 0.7) events.push(edited(seq, target, `edit ${seq}`));
        else if (dice < 0.8) events.push(retracted(seq, target));
        else events.push(reaction(seq, target, random() < 0.5 ? 'a' : 'b', random() < 0.5));
    }
    return events;
}

/** A replay shows the present: a message is sent as it is now, taken-back text not at all. */
function present(events: readonly RoomEvent[], upTo: number): RoomEvent[] {
    const known = events.slice(0, upTo);
    const state = receive(fresh, known);
    return known.flatMap((event): RoomEvent[] => {
        const subject = event.type === 'message' ? event.seq : event.type === 'edited' ? event.target : null;
        const item = subject === null ? undefined : state.items.get(subject);
        if (!item) return [event];
        if (event.type === 'edited') return item.state === 'retracted' ? [] : [event];
        if (item.state === 'retracted') return [{ ...event, text: undefined, retracted: true } as RoomEvent];
        return [{ ...event, text: item.text, edited: item.edited } as RoomEvent];
    });
}

const picture = (log: RoomLog) =>
    [...log.items.values()].sort((a, b) => a.seq - b.seq).map((i) => [
        i.seq, i.state, i.text, i.reactions.filter((r) => r.on).map((r) => r.from.id).sort().join(),
    ]);

describe('under random drops, resumes, duplicates and pages of history', () => {
    it.each(Array.from({ length: 60 }, (_, n) => n))('ends with the whole picture (seed %i)', (seed) => {
        const random = randomFrom(seed);
        const events = life(random, 120);
        const window = 20;
        let log = emptyLog;
        let head = 0;
        let connected = false;
        let delivered = 0;
        const join = () => {
            const { after: from } = resumeFrom(log);
            log = joined(log, 'e1', false);
            const all = present(events, head);
            const replay = from === undefined ? all.slice(-window) : all.filter((e) => e.seq > from);
            log = receive(log, replay);
            delivered = head;
            connected = true;
        };
        while (head < events.length || !connected) {
            const dice = random();
            if (!connected) {
                if (dice < 0.5 || head === events.length) join();
                else head = Math.min(head + Math.ceil(random() * 10), events.length);
            } else if (dice < 0.12) connected = false;
            else if (dice < 0.2 && log.oldest !== null && log.oldest > 1) {
                const { oldest } = log;
                const page = present(events, head).filter((e) => e.seq < oldest).slice(-window);
                log = prepend(log, page, true);
            } else if (head < events.length) {
                const batch = events.slice(head, head + 1 + Math.floor(random() * 4));
                head += batch.length;
                // Some of what was delivered already comes once more.
                const again = events.slice(Math.max(0, delivered - 2), delivered);
                log = receive(log, random() < 0.3 ? [...again, ...batch] : batch);
                delivered = head;
            }
        }
        while (log.oldest !== null && log.oldest > 1) {
            const { oldest } = log;
            log = prepend(log, present(events, head).filter((e) => e.seq < oldest).slice(-window), true);
        }
        expect(picture(log)).toEqual(picture(receive(fresh, events)));
        expect(log.head).toBe(events.at(-1)!.seq);
    });
});
