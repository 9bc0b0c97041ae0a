// The moderator's desk: the queue, kept live by the socket's `watch` and made whole by GET /cases after every break.
import { computed, signal } from '@preact/signals';
import { api, type DecisionForm } from '../net/api';
import type { Problem } from '../net/http';
import { Link } from '../net/link';
import { tab } from '../net/storage';
import type { Case } from '../protocol/types';
import type { State } from '../state/connection';
import * as queue from '../state/review-queue';
import { locale } from './i18n';

export interface Lease {
    lease: string;
    expires_at: string;
}

const waitingStates = ['open', 'escalated', 'claimed'];
/** Enough to see everything that waits on a busy day without asking for ever. */
const pages = 20;

export class DeskSession {
    readonly cases = signal<queue.Cases>(new Map());
    readonly filter = signal<queue.Filter>(queue.everything);
    readonly connection = signal<State>({ name: 'idle' });
    readonly loaded = signal(false);
    readonly problem = signal<Problem | null>(null);
    readonly leases = signal<ReadonlyMap<string, Lease>>(readLeases());
    /** Cases that paged since the page opened, for the announcement. */
    readonly arrived = signal<Case | null>(null);
    readonly shown = computed(() => queue.select(this.cases.value, this.filter.value));
    readonly counts = computed(() => queue.counts(this.cases.value, this.filter.value));
    readonly urgent = computed(() => queue.urgent(this.cases.value));

    readonly #link: Link;
    #decidedLoaded = false;

    constructor() {
        this.#link = new Link(
            {
                state: (state) => (this.connection.value = state),
                welcome: () => undefined,
                resume: () => this.#resume(),
                room: () => undefined,
                ephemeral: (event) => {
                    if (event.type !== 'case_opened' && event.type !== 'case_updated') return;
                    this.#live(event.case, event.type === 'case_opened');
                },
            },
            () => locale.value,
        );
    }

    start(): void {
        this.#link.start();
    }

    stop(): void {
        this.#link.stop();
    }

    takeOver(): void {
        this.#link.start();
    }

    /** Watch first, then read: what happens between the two comes as an event. */
    #resume(): void {
        this.#link.send({ type: 'watch', queue: 'review' }, () => void this.reload());
    }

    #live(found: Case, opened: boolean): void {
        const detailed = this.cases.value.get(found.id)?.context !== undefined;
        this.cases.value = queue.merge(this.cases.value, [found]);
        if (opened && found.page) this.arrived.value = found;
        if (detailed) void this.open(found.id);
    }

    async reload(): Promise<void> {
        for (const state of waitingStates) await this.#load(state);
        if (this.#decidedLoaded) await this.#load('decided', 1);
        this.loaded.value = true;
    }

    async #load(state: string, limit = pages): Promise<void> {
        let cursor: string | undefined;
        for (let n = 0; n < limit; ++n) {
            const answer = await api.cases({ state, cursor });
            this.problem.value = answer.ok ? null : answer.problem;
            if (!answer.ok) return;
            this.cases.value = queue.merge(this.cases.value, answer.value.cases);
            cursor = answer.value.cursor;
            if (!cursor) return;
        }
    }

    async choose(filter: queue.Filter): Promise<void> {
        this.filter.value = filter;
        if (filter.state === 'waiting' || this.#decidedLoaded) return;
        this.#decidedLoaded = true;
        await this.#load('decided', 4);
    }

    async open(id: string): Promise<Problem | null> {
        const answer = await api.case(id);
        if (!answer.ok) return answer.problem;
        this.cases.value = queue.merge(this.cases.value, [answer.value]);
        return null;
    }

    // ---- leases ---------------------------------------------------------------------------------------------------

    #setLease(id: string, lease: Lease | null): void {
        const next = new Map(this.leases.value);
        if (lease) next.set(id, lease);
        else next.delete(id);
        this.leases.value = next;
        tab.set('leases', JSON.stringify([...next]));
    }

    /** A claim, or its renewal. */
    async claim(id: string): Promise<Problem | null> {
        const answer = await api.claim(id, this.leases.value.get(id)?.lease);
        if (answer.ok) this.#setLease(id, answer.value);
        else if (answer.problem.status === 409) this.#setLease(id, null);
        await this.open(id);
        return answer.ok ? null : answer.problem;
    }

    async release(id: string): Promise<Problem | null> {
        const lease = this.leases.value.get(id);
        this.#setLease(id, null);
        const answer = lease ? await api.release(id, lease.lease) : null;
        await this.open(id);
        return answer && !answer.ok ? answer.problem : null;
    }

    /** Puts a fact card into the room, or takes it out again. */
    async card(id: string, claim: string, share: boolean): Promise<Problem | null> {
        const answer = await (share ? api.shareCard(id, claim) : api.takeCardBack(id, claim));
        if (answer.ok) this.cases.value = queue.merge(this.cases.value, [answer.value]);
        else await this.open(id);
        return answer.ok ? null : answer.problem;
    }

    async decide(id: string, form: Omit<DecisionForm, 'lease'>): Promise<Problem | null> {
        const lease = this.leases.value.get(id);
        const answer = await api.decide(id, { ...form, lease: lease?.lease ?? '' });
        if (answer.ok) {
            this.#setLease(id, null);
            this.cases.value = queue.merge(this.cases.value, [answer.value]);
            return null;
        }
        if (answer.problem.status === 409) {
            this.#setLease(id, null);
            await this.open(id);
        }
        return answer.problem;
    }
}

/** A reload keeps the claims of this tab. */
function readLeases(): ReadonlyMap<string, Lease> {
    try {
        return new Map(JSON.parse(tab.get('leases') ?? '[]') as [string, Lease][]);
    } catch {
        return new Map();
    }
}
