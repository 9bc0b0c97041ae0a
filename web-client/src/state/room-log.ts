// What one person sees of one room, folded from its events. Every rule here is idempotent: an event may come live, in
// a replay after a break and again in history, in any overlap, and the picture is the same.
import type { FactCard, MessageBody, MessageEvent, Notice, NoticeOutcome, ReactionKind, RoomEvent, SanctionEvent, User } from '../protocol/types';

export type ItemState = 'published' | 'held' | 'blocked' | 'retracted';

export interface Reaction {
    from: User;
    kind: ReactionKind;
    on: boolean;
    seq: number;
}

export interface Item {
    seq: number;
    /** Where it stands on the page: its seq, or that of its release when it became visible only then. */
    position: number;
    at: string;
    from: User;
    key: string;
    text: string;
    state: ItemState;
    edited: boolean;
    /** seq of the newest change applied. A snapshot older than a change never undoes it. */
    changed: number;
    replyTo?: number;
    intent?: string;
    removedByModerator?: boolean;
    reactions: readonly Reaction[];
}

export interface PostedNotice {
    seq: number;
    at: string;
    notice: Notice;
    target?: number;
    outcome?: NoticeOutcome;
    note?: string;
    /** To the whole room; it stands for itself. */
    card?: FactCard;
}

interface Patch {
    seq: number;
    change: 'edited' | 'retracted' | 'reaction';
    text?: string;
    byModerator?: boolean;
    reaction?: Reaction;
}

export interface RoomLog {
    epoch: string | number | null;
    /** Highest seq the stream has brought: what `join` resumes after. */
    head: number;
    /** Lowest seq known, where history goes on. */
    oldest: number | null;
    more: boolean;
    items: ReadonlyMap<number, Item>;
    /** Changes to messages that have not been loaded yet. */
    waiting: ReadonlyMap<number, readonly Patch[]>;
    /** By the message they concern, or by their own seq when they concern none (negative, to keep the two apart). */
    notices: ReadonlyMap<number, PostedNotice>;
    sanctions: readonly SanctionEvent[];
}

export const emptyLog: RoomLog = {
    epoch: null, head: 0, oldest: null, more: true,
    items: new Map(), waiting: new Map(), notices: new Map(), sanctions: [],
};

/** `joined`: a reset or another epoch means that nothing known before counts any more. */
export function joined(log: RoomLog, epoch: string | number, reset: boolean): RoomLog {
    if (log.epoch === epoch && !reset) return log;
    return { ...emptyLog, epoch };
}

/** What `join` sends to resume. */
export function resumeFrom(log: RoomLog): { after?: number; epoch?: string | number } {
    return log.epoch === null ? {} : { after: log.head, epoch: log.epoch };
}

/** A working copy: maps are copied once per batch, items are replaced and never changed in place. */
class Draft {
    readonly items: Map<number, Item>;
    readonly waiting: Map<number, readonly Patch[]>;
    readonly notices: Map<number, PostedNotice>;
    sanctions: readonly SanctionEvent[];

    constructor(log: RoomLog) {
        this.items = new Map(log.items);
        this.waiting = new Map(log.waiting);
        this.notices = new Map(log.notices);
        this.sanctions = log.sanctions;
    }

    add(item: Item): void {
        const patches = this.waiting.get(item.seq) ?? [];
        this.waiting.delete(item.seq);
        this.items.set(item.seq, [...patches].sort((a, b) => a.seq - b.seq).reduce(patched, item));
    }

    patch(target: number, patch: Patch): void {
        if (patch.change === 'retracted') this.notices.delete(-target);
        const item = this.items.get(target);
        if (item) this.items.set(target, patched(item, patch));
        else this.waiting.set(target, [...(this.waiting.get(target) ?? []), patch]);
    }
}

function patched(item: Item, patch: Patch): Item {
    if (item.state === 'retracted') return item;
    if (patch.change === 'reaction') return { ...item, reactions: withReaction(item.reactions, patch.reaction!) };
    if (patch.change === 'retracted') return withdrawn(item, patch.seq, patch.byModerator === true);
    if (patch.seq <= item.changed) return item;
    return { ...item, text: patch.text ?? '', edited: true, changed: patch.seq };
}

const withdrawn = (item: Item, seq: number, byModerator: boolean): Item => ({
    ...item, text: '', state: 'retracted', removedByModerator: byModerator, changed: Math.max(item.changed, seq), reactions: [],
});

function withReaction(reactions: readonly Reaction[], next: Reaction): readonly Reaction[] {
    const same = (r: Reaction) => r.from.id === next.from.id && r.kind === next.kind;
    const old = reactions.find(same);
    if (old && old.seq >= next.seq) return reactions;
    return old ? reactions.map((r) => (same(r) ? next : r)) : [...reactions, next];
}

function fromMessage(event: MessageEvent): Item {
    const state: ItemState =
        event.retracted ? 'retracted' : event.blocked ? 'blocked' : event.held ? 'held' : 'published';
    return {
        seq: event.seq, position: event.seq, at: event.at, from: event.from, key: event.key, text: event.text ?? '',
        state, edited: event.edited === true, changed: event.seq, replyTo: event.reply_to, intent: event.intent,
        removedByModerator: event.retracted === true && event.by === 'moderator', reactions: [],
    };
}

function onMessage(draft: Draft, event: MessageEvent): void {
    const known = draft.items.get(event.seq);
    if (!known) draft.add(fromMessage(event));
    else if (event.retracted && known.state !== 'retracted') {
        draft.items.set(event.seq, withdrawn(known, known.changed, event.by === 'moderator'));
    }
}

function onReleased(draft: Draft, seq: number, at: string, target: number, body: MessageBody): void {
    const known = draft.items.get(target);
    if (!known) {
        draft.add({
            seq: target, position: seq, at: body.at ?? at, from: body.from, key: body.key, text: body.text ?? '',
            state: body.retracted ? 'retracted' : 'published', edited: false, changed: seq, replyTo: body.reply_to, intent: body.intent, reactions: [],
        });
    } else if (body.retracted) {
        if (known.state !== 'retracted') draft.items.set(target, withdrawn(known, seq, false));
    } else if (known.state !== 'published' && (known.state !== 'retracted' || seq > known.changed)) {
        // A message that a moderator had removed comes back by the same event.
        const text = seq > known.changed ? (body.text ?? '') : known.text;
        draft.items.set(target, { ...known, text, state: 'published', removedByModerator: false, changed: Math.max(known.changed, seq) });
    }
}

function onEvent(draft: Draft, event: RoomEvent): void {
    switch (event.type) {
        case 'message':
            return onMessage(draft, event);
        case 'released':
            return onReleased(draft, event.seq, event.at, event.target, event.message);
        case 'edited':
            return draft.patch(event.target, { seq: event.seq, change: event.retracted ? 'retracted' : 'edited', text: event.text });
        case 'retracted': {
            const byModerator = event.by === 'moderator';
            return draft.patch(event.target, { seq: event.seq, change: 'retracted', byModerator });
        }
        case 'reaction': {
            const { from, kind, on, seq } = event;
            return draft.patch(event.target, { seq, change: 'reaction', reaction: { from, kind, on, seq } });
        }
        case 'notice':
            if (draft.waiting.get(event.seq)?.some(({ change }) => change === 'retracted')) return;
            return post(draft.notices, event);
        case 'sanction':
            if (draft.sanctions.some((s) => s.seq === event.seq)) return;
            draft.sanctions = [...draft.sanctions, event].sort((a, b) => a.seq - b.seq);
    }
}

function post(notices: Map<number, PostedNotice>, posted: PostedNotice): void {
    const place = posted.target ?? -posted.seq;
    const known = notices.get(place);
    if (known && known.seq >= posted.seq) return;
    const { seq, at, notice, target, outcome, note, card } = posted;
    notices.set(place, { seq, at, notice, target, outcome, note, card });
}

function fold(log: RoomLog, events: readonly RoomEvent[]): RoomLog {
    const draft = new Draft(log);
    for (const event of events) onEvent(draft, event);
    const oldest = events.reduce((low, { seq }) => Math.min(low, seq), log.oldest ?? Infinity);
    const { items, waiting, notices, sanctions } = draft;
    return { ...log, items, waiting, notices, sanctions, oldest: Number.isFinite(oldest) ? oldest : null };
}

/** Events of the stream: live ones and the replay after `joined`. */
export function receive(log: RoomLog, events: readonly RoomEvent[]): RoomLog {
    const head = events.reduce((high, { seq }) => Math.max(high, seq), log.head);
    return { ...fold(log, events), head };
}

/** An older page. */
export function prepend(log: RoomLog, events: readonly RoomEvent[], more: boolean): RoomLog {
    return { ...fold(log, events), more };
}

/** The notice that came with an `ack`; one the room's log brings later (with an outcome) takes its place. */
export function notify(log: RoomLog, target: number, at: string, notice: Notice): RoomLog {
    const notices = new Map(log.notices);
    post(notices, { seq: target, at, notice, target });
    return { ...log, notices };
}

/** The text that a notice was about is gone. A held message keeps its notice: someone still reads it. */
export function settle(log: RoomLog, target: number): RoomLog {
    if (log.items.get(target)?.state !== 'published' || log.notices.get(target)?.outcome) return log;
    const notices = new Map(log.notices);
    notices.delete(target);
    return { ...log, notices };
}

export const hasKey = (log: RoomLog, author: string, key: string): boolean => {
    for (const item of log.items.values()) if (item.key === key && item.from.id === author) return true;
    return false;
};

export interface Standing {
    action: 'mute' | 'ban';
    until: string | null;
    reason?: string;
}

/** What a person may do now, from the sanctions the log has shown. */
export function standing(log: RoomLog, userId: string, now: number): Standing | null {
    let current: Standing | null = null;
    for (const { user, action, until, reason } of log.sanctions) {
        if (user.id !== userId) continue;
        if (action === 'lift') current = null;
        else if (action !== 'warn') current = { action, until: until ?? null, reason };
    }
    return current && current.until !== null && Date.parse(current.until) <= now ? null : current;
}
