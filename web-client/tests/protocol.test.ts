import { describe, expect, it } from 'vitest';
import { encode, parseFrame, parseRetryAfter } from '../src/protocol/frames';
import { categories, isHarm, reportReasons } from '../src/protocol/taxonomy';
import { cut, unitSpans } from '../src/protocol/utf8';
import { base, message, card } from './helpers';

const line = (value: unknown) => JSON.stringify(value);

describe('the reason of a close frame', () => {
    it.each([
        ['{"retry_after_ms":250}', 250], ['{"retry_after_ms":0}', 0], ['{"retry_after_ms":-1}', undefined],
        ['{"retry_after_ms":"5"}', undefined], ['[]', undefined], ['null', undefined], ['', undefined], ['going down', undefined],
    ])('%s', (reason, ms) => expect(parseRetryAfter(reason)).toBe(ms));
});

describe('frames', () => {
    it('carry several objects, one a line, in order', () => {
        const joined = { type: 'joined', id: 2, room: { slug: 'harbour' }, epoch: 'e', seq: 3, reset: false };
        const found = parseFrame([line(joined), line(message(3)), '', line({ type: 'typing', room: 'harbour', from: { id: 'b', name: 'B' } })].join('\n'));
        expect(found.map((f) => f.kind)).toEqual(['reply', 'room', 'ephemeral']);
    });

    const unusable: [string, string][] = [
        ['no JSON', '{"type":'],
        ['no object', '[1,2]'],
        ['no type', '{"id":1}'],
        ['unknown type', line({ type: 'sing', room: 'harbour', seq: 1 })],
        ['a message without an author', line({ ...base(1), type: 'message', key: 'k', text: 't' })],
        ['a message without text that was not taken back', line({ ...message(1), text: undefined })],
        ['a message without seq', line({ ...message(1), seq: undefined })],
        ['a seq that is no whole number', line({ ...message(1), seq: 1.5 })],
        ['an edit without a target', line({ ...base(2), type: 'edited', text: 't' })],
        ['a card without texts', line({ ...card(2), card: { ...card(2).card, texts: {} } })],
        ['a card with half a text', line({ ...card(2), card: { ...card(2).card, texts: { en: { claim: 'a' } } } })],
        ['a card that was taken back', line({ ...base(2), type: 'notice', retracted: true })],
        ['a notice without resources', line({ ...base(2), type: 'notice', notice: { category: 'x' } })],
    ];
    it.each(unusable)('leave out %s and keep the rest', (_name, text) => {
        const found = parseFrame(`${text}\n${line(message(9))}`);
        expect(found).toHaveLength(1);
        expect(found[0]).toMatchObject({ kind: 'room', event: { seq: 9 } });
    });

    it('keep a retracted message and an edit whose text is gone', () => {
        const gone = { ...message(1), text: undefined, retracted: true };
        const edit = { ...base(2), type: 'edited', target: 1, retracted: true };
        expect(parseFrame(`${line(gone)}\n${line(edit)}`)).toHaveLength(2);
    });

    it('filter what a page of history cannot use', () => {
        const [found] = parseFrame(line({ type: 'history', id: 1, room: 'harbour', events: [message(1), { type: 'message' }], more: false }));
        expect(found).toMatchObject({ kind: 'reply', reply: { events: [{ seq: 1 }] } });
    });

    it('go out with their id and without empty fields', () => {
        expect(JSON.parse(encode({ type: 'say', room: 'r', key: 'k', text: 't', reply_to: undefined }, 7))).toEqual({
            type: 'say', room: 'r', key: 'k', text: 't', id: 7,
        });
    });
});

describe('spans in UTF-8 bytes', () => {
    const bytes = (text: string) => new TextEncoder().encode(text).length;
    const around = (before: string, marked: string) => ({ start: bytes(before), end: bytes(before) + bytes(marked) });

    const texts: [string, string, string, string][] = [
        ['ASCII', 'say ', 'that', ' again'],
        ['accents before', 'déjà été ', 'là', ' hier'],
        ['emoji before and inside', '🙏🏽 ok ', 'th🌊ng', ' 🌱'],
        ['a family joined with ZWJ', '', '👩‍👧', ' ici'],
        ['three-byte letters', '日本 ', '語', '.'],
    ];
    it.each(texts)('find the same words: %s', (_name, before, marked, after) => {
        const pieces = cut(before + marked + after, [around(before, marked)]);
        expect(pieces.map((p) => p.text).join('')).toBe(before + marked + after);
        expect(pieces.filter((p) => p.marked).map((p) => p.text)).toEqual([marked]);
    });

    it('overlapping and touching spans become one', () => {
        expect(unitSpans('abcdef', [{ start: 3, end: 5 }, { start: 0, end: 2 }, { start: 1, end: 3 }])).toEqual([{ start: 0, end: 5 }]);
    });

    it('offsets inside a character take it whole, and none runs past the end', () => {
        expect(unitSpans('aéb', [{ start: 2, end: 3 }])).toEqual([{ start: 1, end: 2 }]);
        expect(unitSpans('ab', [{ start: 1, end: 99 }, { start: 7, end: 9 }, { start: 1, end: 1 }])).toEqual([{ start: 1, end: 2 }]);
    });
});

describe('taxonomy', () => {
    it('offers only known reasons', () => {
        for (const reason of reportReasons) expect([...categories, 'other']).toContain(reason);
    });
    it('counts no disclosure as harm', () => {
        expect(['suicide.passive', 'suicide.active', 'suicide.emergency', 'selfharm.disclosure', 'overdose.emergency'].some(isHarm)).toBe(false);
        expect(isHarm('selfharm.method')).toBe(true);
        expect(isHarm('')).toBe(false);
    });
});
