// The moderator's list: cases by id, and the order in which a person should look at them.
import type { Case, CaseState, Lane } from '../protocol/types';

export type Cases = ReadonlyMap<string, Case>;

export interface Filter {
    lane: Lane | 'all';
    state: 'waiting' | 'decided' | 'all';
    room: string;
}

export const everything: Filter = { lane: 'all', state: 'waiting', room: '' };

const waitingStates = new Set<CaseState>(['open', 'claimed', 'escalated', 'appealed']);
export const isWaiting = (c: Pick<Case, 'state'>): boolean => waitingStates.has(c.state);

/** A page of GET /cases, or one live event. A list entry has no details: those already loaded stay. */
export function merge(cases: Cases, found: readonly Case[]): Cases {
    const next = new Map(cases);
    for (const c of found) {
        const known = next.get(c.id);
        next.set(c.id, known ? combined(known, c) : c);
    }
    return next;
}

/** Announcements leave out words (texts, notes, reasons): those already read stay until the details come again. */
function combined(known: Case, found: Case): Case {
    const brief = known.context !== undefined && found.context === undefined;
    const drift = found.drift && { ...found.drift, evidence: found.drift.evidence ?? known.drift?.evidence };
    const kept = { ...(brief ? { reports: known.reports, decisions: known.decisions } : {}), ...(drift ? { drift } : {}) };
    return { ...withoutLease(known), ...found, ...kept, message: { ...known.message, ...found.message } };
}

/** A claim that ended is told by absence. */
function withoutLease({ claimed_by: _by, lease_expires_at: _until, ...rest }: Case): Case {
    return rest;
}


/** What waits comes first, in the server's order of priority; what is decided follows, newest first. */
export function byUrgency(a: Case, b: Case): number {
    const waiting = isWaiting(a);
    if (waiting !== isWaiting(b)) return waiting ? -1 : 1;
    if (!waiting) return time(b.opened_at) - time(a.opened_at) || a.id.localeCompare(b.id);
    return (
        (b.priority ?? 0) - (a.priority ?? 0) ||
        b.severity - a.severity ||
        time(a.due_at) - time(b.due_at) ||
        time(a.opened_at) - time(b.opened_at) ||
        a.id.localeCompare(b.id)
    );
}

const time = (at: string | undefined): number => (at ? Date.parse(at) : Number.MAX_SAFE_INTEGER);

/** A care question in a harm case counts in both lanes. */
const inLane = (c: Case, lane: Filter['lane']): boolean =>
    lane === 'all' || c.lane === lane || (lane === 'care' && c.needs_care);

const inState = (c: Case, state: Filter['state']): boolean => state === 'all' || isWaiting(c) === (state === 'waiting');

export function select(cases: Cases, filter: Filter): Case[] {
    return [...cases.values()]
        .filter((c) => inLane(c, filter.lane) && inState(c, filter.state) && (!filter.room || c.room === filter.room))
        .sort(byUrgency);
}

export function counts(cases: Cases, filter: Filter): Record<Filter['lane'], number> {
    const count = (lane: Filter['lane']) => select(cases, { ...filter, lane }).length;
    return { all: count('all'), care: count('care'), harm: count('harm') };
}

export const urgent = (cases: Cases): Case[] =>
    [...cases.values()].filter((c) => c.page && (c.state === 'open' || c.state === 'escalated'));

/** A slide is all there is: no rule found one of its lines wanting and nobody reported one. */
export const isSlideAlone = (c: Case): boolean =>
    c.drift !== undefined && !c.reports?.length && (c.findings ?? []).every((f) => f.rule.startsWith('engine.drift.'));

/** Milliseconds left of a lease, never below zero. */
export const leaseLeft = (expiresAt: string | undefined, now: number): number =>
    expiresAt ? Math.max(0, Date.parse(expiresAt) - now) : 0;
