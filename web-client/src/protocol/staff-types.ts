// What the team sees of hearth.v1: cases, decisions, invitations, accounts.
import type { AboutClaim, ClaimText, Disposition, Lane, User } from './types';

// ---- review ------------------------------------------------------------------------------------------------------

export type CaseState = 'open' | 'claimed' | 'decided' | 'escalated' | 'appealed' | 'upheld' | 'overturned';
export type DecisionAction = 'release' | 'keep' | 'remove' | 'warn' | 'mute' | 'ban' | 'escalate' | 'resources';

export interface Finding {
    category: string;
    rule: string;
    voice?: string;
    start: number;
    end: number;
}

export interface ContextMessage {
    seq: number;
    at: string;
    from: User;
    text?: string;
}

export interface Decision {
    at: string;
    by: User;
    action: DecisionAction;
    reason: string;
    note?: string;
}

/** A card that the case offers, in the reader's language. */
export interface CaseCard extends AboutClaim {
    text: ClaimText;
    /** Its own patterns found it in the message; else it is one of the same subject. */
    matched: boolean;
    shared?: { seq: number; at: string; by: User };
}

export type DriftKind = 'numbers' | 'restriction' | 'romanticising' | 'ganging';

export interface Case {
    id: string;
    state: CaseState;
    lane: Lane;
    severity: number;
    categories: string[];
    room: string;
    seq: number;
    opened_at: string;
    due_at?: string;
    priority?: number;
    author: User;
    message: { seq: number; at: string; text?: string; disposition: Disposition };
    claimed_by?: User;
    lease_expires_at?: string;
    page: boolean;
    needs_care: boolean;
    findings?: Finding[];
    reports?: { reason: string; note?: string; at: string }[];
    context?: { before: ContextMessage[]; after: ContextMessage[] };
    author_history?: { messages: number; cases: number; sanctions: number };
    decisions?: Decision[];
    pack_version?: string;
    cards?: CaseCard[];
    /** A conversation that slides; its lines come with the details. */
    drift?: { kind: DriftKind; about?: User; evidence?: ContextMessage[] };
}

// ---- administration ----------------------------------------------------------------------------------------------

export interface Invite {
    id: string;
    uses_left: number;
    expires_at: string;
    created_at: string;
}

export interface NewInvite {
    code: string;
    url: string;
    id: string;
    uses_left: number;
    expires_at: string;
}

export type StaffRole = 'admin' | 'moderator' | 'facilitator';

export interface StaffMember {
    id: string;
    name: string;
    role: StaffRole;
    disabled: boolean;
    created_at: string;
    password?: string;
}

/** A word that all but is a known term, as several people write it. */
export interface Spelling {
    word: string;
    term: string;
    category: string;
    count: number;
    authors: number;
    rising: boolean;
    first_seen: string;
    last_seen: string;
}

export interface SpellingDecision {
    word: string;
    term: string;
    category: string;
    accepted: boolean;
    at: string;
    by: string;
}
