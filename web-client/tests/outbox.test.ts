import { describe, expect, it } from 'vitest';
import { add, interrupted, next, refused, remove, restore, retry, sent, serialize, wakeAt, type Outbox } from '../src/state/outbox';
import { randomFrom } from './helpers';

const entry = (key: string, room = 'harbour') => ({ key, room, text: `text ${key}`, at: '2030-01-01T12:00:00.000Z' });
const of = (...keys: string[]): Outbox => keys.reduce<Outbox>((box, key) => add(box, entry(key)), []);
const error = (code: string, more: { retry_after_ms?: number; limit?: number } = {}) => ({ code, ...more });

describe('an outbox', () => {
    it('sends one at a time, oldest first, each room for itself', () => {
        let box = add(of('1', '2'), entry('3', 'garden'));
        expect(next(box, 'harbour', 0)!.key).toBe('1');
        box = sent(box, '1');
        expect(next(box, 'harbour', 0)).toBeNull();
        expect(next(box, 'garden', 0)!.key).toBe('3');
        box = remove(box, '1');
        expect(next(box, 'harbour', 0)!.key).toBe('2');
    });

    it('says the same key once', () => {
        expect(add(of('1'), entry('1'))).toHaveLength(1);
    });

    it('lets nothing overtake a message that was asked to wait', () => {
        const box = refused(sent(of('1', '2'), '1'), '1', error('rate_limited', { retry_after_ms: 700 }), 1000);
        expect(next(box, 'harbour', 1699)).toBeNull();
        expect(wakeAt(box, 'harbour')).toBe(1700);
        expect(next(box, 'harbour', 1700)!.key).toBe('1');
    });

    it('waits longer each time when the server names no time', () => {
        let box = of('1');
        const waits: number[] = [];
        for (let n = 0; n < 8; ++n) {
            box = refused(sent(box, '1'), '1', error('try_later'), 0);
            waits.push(wakeAt(box, 'harbour')!);
        }
        expect(waits).toEqual([2000, 4000, 8000, 16000, 30000, 30000, 30000, 30000]);
    });

    it.each(['muted', 'banned', 'too_long', 'forbidden', 'bad_request', 'not_a_member', 'something_new'])(
        'keeps what was refused for good (%s) and lets the rest go on', (code) => {
            const box = refused(sent(of('1', '2'), '1'), '1', error(code, { limit: 4000 }), 0);
            expect(box[0]).toMatchObject({ state: 'failed', code, limit: 4000, text: 'text 1' });
            expect(next(box, 'harbour', 0)!.key).toBe('2');
            const again = retry(box, '1');
            expect(again[0]).toMatchObject({ state: 'queued', key: '1', code: undefined });
        });

    it('is the same after a reload: under way means waiting, failed stays failed', () => {
        const box = refused(sent(sent(of('1', '2', '3'), '1'), '2'), '2', error('too_long'), 0);
        const back = restore(serialize(box));
        expect(back.map((e) => [e.key, e.state])).toEqual([['1', 'queued'], ['2', 'failed'], ['3', 'queued']]);
    });

    it.each([null, '', 'no json', '{}', '[1,null,{"key":"k"}]'])('reads %s as empty', (text) => {
        expect(restore(text)).toEqual([]);
    });
});

/** A server that keeps the promise of the protocol: one message per key, the first ack again for a repetition. */
class Server {
    readonly room: string[] = [];
    say(key: string): void {
        if (!this.room.includes(key)) this.room.push(key);
    }
}

describe('an outbox over a line that breaks, with reloads', () => {
    it.each(Array.from({ length: 60 }, (_, n) => n))('says everything once and in order (seed %i)', (seed) => {
        const random = randomFrom(seed);
        const server = new Server();
        const keys = Array.from({ length: 15 }, (_, n) => `k${n}`);
        let box: Outbox = [];
        let written = 0;
        let now = 0;
        let open = false;
        let flying: { key: string; acked: boolean } | null = null;
        for (let turn = 0; turn < 5000 && (written < keys.length || box.length); ++turn) {
            now += 100;
            const dice = random();
            if (written < keys.length && dice < 0.1) box = add(box, entry(keys[written++]!));
            else if (dice < 0.2) {
                open = !open;
                if (!open) {
                    // A command under way arrives or it does not; its ack is lost either way.
                    if (flying && !flying.acked && random() < 0.5) server.say(flying.key);
                    flying = null;
                    box = interrupted(box);
                }
            } else if (dice < 0.24) {
                box = restore(serialize(box));
                flying = null;
                open = false;
            } else if (open && flying && dice < 0.3) {
                box = refused(box, flying.key, error('try_later', { retry_after_ms: 300 }), now);
                flying = null;
            } else if (open && flying) {
                server.say(flying.key);
                box = remove(box, flying.key);
                flying = null;
            } else if (open) {
                const first = next(box, 'harbour', now);
                if (first) {
                    box = sent(box, first.key);
                    flying = { key: first.key, acked: false };
                }
            }
        }
        expect(server.room).toEqual(keys);
        expect(box).toEqual([]);
    });
});
