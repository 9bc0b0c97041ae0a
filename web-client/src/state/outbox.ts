// What a person has said and the server has not yet acknowledged. Nothing leaves it without an `ack`, the room's own
// `message` event or the person's word; a message keeps its key for life, so that sending twice says it once.
import type { ErrorReply } from '../protocol/types';

export interface Entry {
    key: string;
    room: string;
    text: string;
    at: string;
    replyTo?: number;
    intent?: string;
    state: 'queued' | 'sent' | 'failed';
    attempts: number;
    /** Earliest time (ms) for the next attempt. */
    notBefore: number;
    /** Error code of a failed entry. */
    code?: string;
    limit?: number;
}

export type Outbox = readonly Entry[];

/** The server said "later"; anything else it refuses needs the person. */
const passing = new Set(['rate_limited', 'try_later', 'agreement_required', 'unauthenticated']);

export function add(outbox: Outbox, entry: Pick<Entry, 'key' | 'room' | 'text' | 'at' | 'replyTo' | 'intent'>): Outbox {
    if (outbox.some((e) => e.key === entry.key)) return outbox;
    return [...outbox, { ...entry, state: 'queued', attempts: 0, notBefore: 0 }];
}

/**
 * The next entry to send in a room: the oldest that waits, and only when none is under way, so that a pause on one
 * message never lets a later one overtake it.
 */
export function next(outbox: Outbox, room: string, now: number): Entry | null {
    const mine = outbox.filter((e) => e.room === room && e.state !== 'failed');
    const first = mine[0];
    if (!first || mine.some((e) => e.state === 'sent') || first.notBefore > now) return null;
    return first;
}

/** When to look again, or null when nothing waits for time to pass. */
export function wakeAt(outbox: Outbox, room: string): number | null {
    const first = outbox.find((e) => e.room === room && e.state !== 'failed');
    return first && first.state === 'queued' && first.notBefore > 0 ? first.notBefore : null;
}

const change = (outbox: Outbox, key: string, with_: (entry: Entry) => Entry): Outbox =>
    outbox.map((e) => (e.key === key ? with_(e) : e));

export const sent = (outbox: Outbox, key: string): Outbox =>
    change(outbox, key, (e) => ({ ...e, state: 'sent', attempts: e.attempts + 1 }));

/** Acknowledged, seen in the room, or given up by the person. */
export const remove = (outbox: Outbox, key: string): Outbox =>
    outbox.some((e) => e.key === key) ? outbox.filter((e) => e.key !== key) : outbox;

/** The line broke: what was under way is waiting again. */
export const interrupted = (outbox: Outbox): Outbox =>
    outbox.some((e) => e.state === 'sent') ? outbox.map((e) => (e.state === 'sent' ? { ...e, state: 'queued' } : e)) : outbox;

export function refused(outbox: Outbox, key: string, error: Pick<ErrorReply, 'code' | 'limit' | 'retry_after_ms'>, now: number): Outbox {
    return change(outbox, key, (e) => {
        if (!passing.has(error.code)) return { ...e, state: 'failed', code: error.code, limit: error.limit };
        const pause = error.retry_after_ms ?? Math.min(1000 * 2 ** Math.min(e.attempts, 5), 30_000);
        return { ...e, state: 'queued', notBefore: now + pause };
    });
}

export const retry = (outbox: Outbox, key: string): Outbox =>
    change(outbox, key, (e) => ({ ...e, state: 'queued', notBefore: 0, code: undefined, limit: undefined }));

// ---- kept across a reload ----------------------------------------------------------------------------------------

export const serialize = (outbox: Outbox): string => JSON.stringify(outbox);

/** What storage gives back was under way or waiting: it waits now. Anything unreadable is left out. */
export function restore(text: string | null): Outbox {
    if (!text) return [];
    try {
        const value: unknown = JSON.parse(text);
        if (!Array.isArray(value)) return [];
        return value.filter(isEntry).map((e) => (e.state === 'failed' ? e : { ...e, state: 'queued', notBefore: 0 }));
    } catch {
        return [];
    }
}

function isEntry(value: unknown): value is Entry {
    const e = value as Partial<Entry> | null;
    return (
        typeof e === 'object' && e !== null && typeof e.key === 'string' && typeof e.room === 'string' &&
        typeof e.text === 'string' && typeof e.at === 'string' && typeof e.attempts === 'number' &&
        (e.state === 'queued' || e.state === 'sent' || e.state === 'failed')
    );
}
