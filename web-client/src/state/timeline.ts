// The rows of a room's page in reading order: days, messages, the unread line, what the room says to one person.
import type { FactCard, SanctionEvent } from '../protocol/types';
import type { Item, PostedNotice, RoomLog } from './room-log';

export type Row =
    | { kind: 'day'; id: string; at: string }
    | { kind: 'unread'; id: string }
    | { kind: 'message'; id: string; item: Item; continued: boolean; notice: PostedNotice | null }
    | { kind: 'notice'; id: string; notice: PostedNotice }
    | { kind: 'card'; id: string; seq: number; card: FactCard }
    | { kind: 'sanction'; id: string; sanction: SanctionEvent };

export interface Reader {
    /** First seq that came while the person was not looking. */
    unreadFrom: number | null;
    hidden: ReadonlySet<string>;
    /** Which calendar day a time falls on, where the reader is. */
    dayOf: (at: string) => string;
}

/** A second line of the same person within five minutes needs no second name. */
const together_ms = 5 * 60_000;

interface Placed {
    position: number;
    at: string;
    row: Row;
}

function placed(log: RoomLog, hidden: ReadonlySet<string>): Placed[] {
    const rows: Placed[] = [];
    for (const item of log.items.values()) {
        if (hidden.has(item.from.id)) continue;
        const notice = log.notices.get(item.seq) ?? null;
        rows.push({ position: item.position, at: item.at, row: { kind: 'message', id: `m${item.seq}`, item, continued: false, notice } });
    }
    for (const notice of log.notices.values()) {
        // Beside its message, or, when that is not loaded, not yet; what a moderator says stands for itself.
        if (notice.target !== undefined && (log.items.has(notice.target) || !notice.outcome)) continue;
        const row: Row = notice.card ? { kind: 'card', id: `c${notice.seq}`, seq: notice.seq, card: notice.card } : { kind: 'notice', id: `n${notice.seq}`, notice };
        rows.push({ position: notice.seq, at: notice.at, row });
    }
    for (const sanction of log.sanctions) {
        rows.push({ position: sanction.seq, at: sanction.at, row: { kind: 'sanction', id: `s${sanction.seq}`, sanction } });
    }
    return rows.sort((a, b) => a.position - b.position);
}

function continues(previous: Row | undefined, item: Item): boolean {
    return (
        previous?.kind === 'message' && previous.item.from.id === item.from.id && previous.item.state !== 'retracted' &&
        item.replyTo === undefined && previous.notice === null &&
        Date.parse(item.at) - Date.parse(previous.item.at) < together_ms
    );
}

export function timeline(log: RoomLog, reader: Reader): Row[] {
    const rows: Row[] = [];
    let day = '';
    let marked = reader.unreadFrom === null;
    for (const { position, at, row } of placed(log, reader.hidden)) {
        const today = reader.dayOf(at);
        if (today !== day) {
            day = today;
            rows.push({ kind: 'day', id: `d${today}-${position}`, at });
        }
        if (!marked && position >= reader.unreadFrom!) {
            marked = true;
            rows.push({ kind: 'unread', id: 'unread' });
        }
        rows.push(row.kind === 'message' ? { ...row, continued: continues(rows.at(-1), row.item) } : row);
    }
    return rows;
}
