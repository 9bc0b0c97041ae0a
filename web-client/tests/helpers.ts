// Small makers for events, so that a test says only what it is about.
import type { Case, MessageEvent, NoticeEvent, RoomEvent, SanctionEvent, User } from '../src/protocol/types';

export const user = (id: string, ...roles: User['roles']): User => ({ id, name: id.toUpperCase(), roles: roles.length ? roles : ['member'] });

/** One second of log time per seq. */
export const at = (seq: number): string => new Date(Date.UTC(2030, 0, 1, 12, 0, seq)).toISOString();
export const base = (seq: number) => ({ room: 'harbour', seq, at: at(seq) });

export const message = (seq: number, from = 'a', more: Partial<MessageEvent> = {}): MessageEvent => ({
    ...base(seq), type: 'message', from: user(from), key: `key-${seq}`, text: `text ${seq}`, ...more,
});
export const edited = (seq: number, target: number, text: string): RoomEvent => ({ ...base(seq), type: 'edited', target, text });
export const retracted = (seq: number, target: number, by?: string): RoomEvent => ({ ...base(seq), type: 'retracted', target, by });
export const released = (seq: number, target: number, text: string, from = 'a'): RoomEvent => ({
    ...base(seq), type: 'released', target, message: { from: user(from), key: `key-${target}`, text, at: at(target) },
});
export const reaction = (seq: number, target: number, from: string, on: boolean): RoomEvent => ({
    ...base(seq), type: 'reaction', target, from: user(from), kind: 'hear', on,
});
export const notice = (seq: number, target?: number, more: Partial<NoticeEvent> = {}): NoticeEvent => ({
    ...base(seq), type: 'notice', target,
    notice: { category: 'suicide.active', lane: 'care', explanation: 'e', resources: [], can_edit: false }, ...more,
});
export const card = (seq: number, more: Partial<NoticeEvent> = {}): NoticeEvent =>
    notice(seq, undefined, {
        card: {
            claim: 'claim.zorp.fine', category: 'misinfo.cure', sources: [{ name: 'WHO', title: 'Zorps', url: 'https://www.who.int' }],
            texts: { en: { claim: 'a', correction: 'b', what_to_do: 'c' }, fr: { claim: 'x', correction: 'y', what_to_do: 'z' } },
        },
        ...more,
    });
export const sanction = (seq: number, who: string, action: SanctionEvent['action'], until?: string): SanctionEvent => ({
    ...base(seq), type: 'sanction', user: user(who), action, until, reason: 'harassment',
});

export const reviewCase = (id: string, more: Partial<Case> = {}): Case => ({
    id, state: 'open', lane: 'harm', severity: 2, categories: ['harassment'], room: 'harbour', seq: 1, opened_at: at(1), due_at: at(600),
    priority: 1, author: user('a'), message: { seq: 1, at: at(1), disposition: 'published' }, page: false, needs_care: false, ...more,
});

/** Numbers from 0 to 1 that are the same for the same seed. */
export function randomFrom(seed: number): () => number {
    let state = seed >>> 0;
    return () => {
        state = (state + 0x6d2b79f5) >>> 0;
        let t = state;
        t = Math.imul(t ^ (t >>> 15), t | 1);
        t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
        return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
    };
}
