// The shapes of hearth.v1 as docs/PROTOCOL.md fixes them, so that the rest of the client never handles loose JSON.

import type { Case } from './staff-types';

export type Locale = 'en' | 'fr' | 'id';
export type Role = 'member' | 'facilitator' | 'moderator' | 'admin';
export type RoomKind = 'peer_support' | 'therapy_group';
export type Topic = 'addiction' | 'eating' | 'mood' | 'trauma' | 'illness' | 'general';
export type Lane = 'care' | 'harm';
export type ReactionKind = 'hear' | 'me_too' | 'thanks' | 'celebrate';
export type Disposition = 'published' | 'held' | 'blocked';

export interface User {
    id: string;
    name: string;
    roles: Role[];
}

export interface Rules {
    version: string | number;
    /** Lists of rooms leave it out. */
    text?: string;
}

export interface Room {
    slug: string;
    title: string;
    kind: RoomKind;
    topic: Topic;
    languages: Locale[];
    open: boolean;
    archived?: boolean;
    rules?: Rules;
    count?: number;
    members?: User[];
}

export interface Channel {
    kind: 'call' | 'text' | 'chat' | 'web';
    value: string;
}

export interface Resource {
    name: string;
    country: string;
    languages: string[];
    channels: Channel[];
    hours?: string;
    note?: string;
    verified_on?: string;
}

export interface CountryResources {
    code: string;
    name: string;
    resources: Resource[];
}

export interface Notice {
    category: string;
    lane: Lane;
    explanation: string;
    resources: Resource[];
    can_edit: boolean;
}

/** One claim in one language: what is often said, what is known, what helps now. */
export interface ClaimText {
    claim: string;
    correction: string;
    what_to_do: string;
}

export interface ClaimSource {
    name: string;
    title: string;
    url: string;
}

/** What a fact card says of itself, wherever it stands. Without `reviewed_by` no professional has read it yet. */
export interface AboutClaim {
    claim: string;
    category: string;
    sources: ClaimSource[];
    reviewed_by?: string;
    reviewed_on?: string;
}

/** A fact card that a moderator put into the room, in every language at once. */
export interface FactCard extends AboutClaim {
    texts: Record<string, ClaimText>;
}

export interface Limits {
    frame_bytes: number;
    text_chars: number;
    name_chars: number;
}

export const defaultLimits: Limits = { frame_bytes: 65536, text_chars: 4000, name_chars: 40 };

// ---- room events -------------------------------------------------------------------------------------------------

interface EventBase {
    room: string;
    seq: number;
    at: string;
}

export interface MessageBody {
    from: User;
    key: string;
    text?: string;
    retracted?: boolean;
    at?: string;
    reply_to?: number;
    intent?: string;
}

export interface MessageEvent extends EventBase {
    type: 'message';
    from: User;
    key: string;
    text?: string;
    reply_to?: number;
    intent?: string;
    held?: boolean;
    blocked?: boolean;
    edited?: boolean;
    retracted?: boolean;
    by?: string;
}

export interface EditedEvent extends EventBase {
    type: 'edited';
    target: number;
    text?: string;
    retracted?: boolean;
}

export interface RetractedEvent extends EventBase {
    type: 'retracted';
    target: number;
    by?: string;
}

export interface ReleasedEvent extends EventBase {
    type: 'released';
    target: number;
    message: MessageBody;
}

export interface ReactionEvent extends EventBase {
    type: 'reaction';
    target: number;
    from: User;
    kind: ReactionKind;
    on: boolean;
}

export type NoticeOutcome = 'released' | 'removed' | 'kept' | 'warned' | 'resources';

export interface NoticeEvent extends EventBase {
    type: 'notice';
    notice: Notice;
    target?: number;
    outcome?: NoticeOutcome;
    note?: string;
    /** For everyone in the room. */
    card?: FactCard;
}

export interface SanctionEvent extends EventBase {
    type: 'sanction';
    user: User;
    action: 'warn' | 'mute' | 'ban' | 'lift';
    until?: string;
    reason?: string;
}

export type RoomEvent =
    | MessageEvent
    | EditedEvent
    | RetractedEvent
    | ReleasedEvent
    | ReactionEvent
    | NoticeEvent
    | SanctionEvent;

// ---- events without a place in a room's log ----------------------------------------------------------------------

export interface PresenceEvent {
    type: 'presence';
    room: string;
    count: number;
    joined?: User[];
    left?: string[];
}

export interface TypingEvent {
    type: 'typing';
    room: string;
    from: User;
}

export interface CaseEvent {
    type: 'case_opened' | 'case_updated';
    case: Case;
}

export interface ServerEvent {
    type: 'server';
    notice: string;
}

export type EphemeralEvent = PresenceEvent | TypingEvent | CaseEvent | ServerEvent;

// ---- replies -----------------------------------------------------------------------------------------------------

export interface Welcome {
    type: 'welcome';
    id: number;
    user: User;
    token?: string;
    server: { version: string; now: string; limits: Partial<Limits> };
    rooms: Room[];
}

export interface Joined {
    type: 'joined';
    id: number;
    room: Room;
    epoch: string | number;
    seq: number;
    reset: boolean;
}

export interface Ack {
    type: 'ack';
    id: number;
    key?: string;
    seq?: number;
    at?: string;
    disposition?: Disposition;
    notice?: Notice;
}

export interface History {
    type: 'history';
    id: number;
    room: string;
    events: RoomEvent[];
    more: boolean;
}

export interface ErrorReply {
    type: 'error';
    id: number | null;
    code: string;
    message: string;
    field?: string;
    limit?: number;
    retry_after_ms?: number;
    agreement?: Rules;
}

export interface PlainReply {
    type: 'accepted' | 'left' | 'pong' | 'watching';
    id: number;
}

export type Reply = Welcome | Joined | Ack | History | ErrorReply | PlainReply;

// ---- commands ----------------------------------------------------------------------------------------------------

export type Command =
    | { type: 'hello'; token?: string; invite?: string; name?: string; locale?: Locale }
    | { type: 'join'; room: string; after?: number; epoch?: string | number }
    | { type: 'accept'; room: string; version: string | number }
    | { type: 'leave'; room: string }
    | { type: 'say'; room: string; key: string; text: string; reply_to?: number; intent?: string }
    | { type: 'edit'; room: string; seq: number; text: string }
    | { type: 'retract'; room: string; seq: number }
    | { type: 'react'; room: string; seq: number; kind: ReactionKind; on: boolean }
    | { type: 'report'; room: string; seq: number; reason: string; note?: string }
    | { type: 'history'; room: string; before?: number; limit?: number }
    | { type: 'typing'; room: string }
    | { type: 'ping'; t: number }
    | { type: 'watch'; queue: 'review' };

export type * from './staff-types';
