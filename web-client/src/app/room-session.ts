// One person in one room: the pure parts (log, outbox, people) held in signals and driven by one link.
import { batch, computed, signal } from '@preact/signals';
import { Link } from '../net/link';
import { randomKey, tab } from '../net/storage';
import type {
    Ack, Command, EphemeralEvent, ErrorReply, Joined, ReactionKind, Reply, Room, RoomEvent, Rules, User,
} from '../protocol/types';
import { defaultLimits, type Limits } from '../protocol/types';
import type { State } from '../state/connection';
import * as outbox from '../state/outbox';
import { moved, nobody, present, startedTyping, stillTyping, stoppedTyping, type Typing } from '../state/people';
import * as roomLog from '../state/room-log';
import { locale } from './i18n';
import { acceptedVersion, rememberAccepted } from './session';

export type Phase =
    | { name: 'joining' }
    | { name: 'agreement'; rules: Rules }
    | { name: 'in' }
    | { name: 'refused'; code: string };

const page = 50;
const typing_every_ms = 3_000;
const join_again_ms = 2_000;

export class RoomSession {
    readonly log = signal(roomLog.emptyLog);
    readonly outbox = signal<outbox.Outbox>([]);
    readonly connection = signal<State>({ name: 'idle' });
    readonly phase = signal<Phase>({ name: 'joining' });
    readonly room = signal<Room | null>(null);
    readonly people = signal(nobody);
    readonly typing = signal<Typing>(new Map());
    readonly limits = signal<Limits>(defaultLimits);
    readonly loadingHistory = signal(false);
    readonly unreadFrom = signal<number | null>(null);
    /** A refusal told of a mute whose event lies outside what was loaded. */
    readonly mutedUntil = signal<number | null>(null);
    /** People this person chose not to see, on this page only. */
    readonly hidden = signal<ReadonlySet<string>>(new Set());
    readonly unreadCount = computed(() => this.#countUnread());

    /** Set by the page: is the newest message in sight? */
    watching: () => boolean = () => true;

    readonly #link: Link;
    readonly #outboxKey: string;
    readonly draftKey: string;
    #joined = false;
    #seenAtStart = 0;
    #typedAt = 0;
    #wake: ReturnType<typeof setTimeout> | undefined;
    #stopped = false;

    constructor(readonly slug: string, readonly user: User) {
        this.#outboxKey = `outbox.${user.id}.${slug}`;
        this.draftKey = `draft.${user.id}.${slug}`;
        this.outbox.value = outbox.restore(tab.get(this.#outboxKey));
        this.hidden.value = new Set(JSON.parse(tab.get(`hidden.${user.id}`) ?? '[]') as string[]);
        this.#link = new Link(
            {
                state: (state) => this.#connectionChanged(state),
                welcome: (welcome) => (this.limits.value = { ...defaultLimits, ...welcome.server.limits }),
                resume: () => this.#join(),
                room: (events) => this.#receive(events.filter((e) => e.room === this.slug)),
                ephemeral: (event) => this.#ephemeral(event),
            },
            () => locale.value,
        );
    }

    start(): void {
        this.#link.start();
    }

    stop(): void {
        this.#stopped = true;
        clearTimeout(this.#wake);
        this.#link.stop();
    }

    // ---- coming in ------------------------------------------------------------------------------------------------

    #connectionChanged(state: State): void {
        this.connection.value = state;
        if (state.name === 'open') return;
        this.#joined = false;
        this.#setOutbox(outbox.interrupted(this.outbox.value));
    }

    #join(): void {
        this.#link.send({ type: 'join', room: this.slug, ...roomLog.resumeFrom(this.log.value) }, (reply) => {
            if (reply.type === 'joined') this.#onJoined(reply);
            else if (reply.type === 'error') this.#onJoinRefused(reply);
        });
    }

    #onJoined(reply: Joined): void {
        const before = this.log.value;
        const log = roomLog.joined(before, reply.epoch, reply.reset);
        batch(() => {
            if (log !== before) this.#seenAtStart = reply.seq;
            this.log.value = log;
            this.room.value = reply.room;
            this.people.value = present(reply.room);
            this.typing.value = new Map();
            this.phase.value = { name: 'in' };
        });
        this.#joined = true;
        this.#pump();
    }

    #onJoinRefused(error: ErrorReply): void {
        if (error.code === 'agreement_required' && error.agreement) {
            const { agreement } = error;
            if (acceptedVersion(this.slug) === String(agreement.version)) void this.accept(agreement);
            else this.phase.value = { name: 'agreement', rules: agreement };
        } else if (['lost', 'try_later', 'rate_limited'].includes(error.code)) {
            setTimeout(() => this.#link.isOpen && !this.#joined && this.#join(), error.retry_after_ms ?? join_again_ms);
        } else {
            this.phase.value = { name: 'refused', code: error.code };
        }
    }

    async accept(rules: Rules): Promise<ErrorReply | null> {
        rememberAccepted(this.slug, rules.version);
        const reply = await this.#link.ask({ type: 'accept', room: this.slug, version: rules.version });
        if (reply.type === 'error') {
            tab.set(`accepted.${this.slug}`, null);
            if (this.phase.value.name === 'joining') this.phase.value = { name: 'agreement', rules };
            return reply;
        }
        this.#join();
        return null;
    }

    /** The person asks to come back: from another tab, or after the page gave up. */
    takeOver(): void {
        this.#link.start();
    }

    // ---- what the room says ---------------------------------------------------------------------------------------

    #receive(events: RoomEvent[]): void {
        if (!events.length) return;
        let box = this.outbox.value;
        let typing = this.typing.value;
        for (const event of events) {
            if (event.type !== 'message') continue;
            typing = stoppedTyping(typing, event.from.id);
            if (event.from.id === this.user.id) box = outbox.remove(box, event.key);
        }
        batch(() => {
            this.log.value = roomLog.receive(this.log.value, events);
            this.typing.value = typing;
            this.#setOutbox(box);
            this.#markUnread(events);
        });
        this.#pump();
    }

    #markUnread(events: RoomEvent[]): void {
        if (this.unreadFrom.value !== null || this.watching()) return;
        const first = events.find(
            (e) => (e.type === 'message' || e.type === 'released') && e.seq > this.#seenAtStart && !this.#isMine(e),
        );
        if (first) this.unreadFrom.value = first.seq;
    }

    #isMine(event: RoomEvent): boolean {
        const from = event.type === 'message' ? event.from : event.type === 'released' ? event.message.from : null;
        return from?.id === this.user.id;
    }

    #countUnread(): number {
        const from = this.unreadFrom.value;
        if (from === null) return 0;
        let count = 0;
        for (const item of this.log.value.items.values()) {
            if (item.position >= from && item.from.id !== this.user.id && !this.hidden.value.has(item.from.id)) ++count;
        }
        return count;
    }

    #ephemeral(event: EphemeralEvent): void {
        if (event.type === 'presence' && event.room === this.slug) this.people.value = moved(this.people.value, event);
        if (event.type === 'typing' && event.room === this.slug && event.from.id !== this.user.id) {
            this.typing.value = startedTyping(this.typing.value, event.from, Date.now());
        }
    }

    forgetStaleTyping(): void {
        const still = stillTyping(this.typing.value, Date.now());
        if (still.size !== this.typing.value.size) this.typing.value = still;
    }

    loadHistory(): void {
        const { oldest, more } = this.log.value;
        if (this.loadingHistory.value || !this.#joined || !more) return;
        if (oldest === null || oldest <= 1) {
            this.log.value = { ...this.log.value, more: false };
            return;
        }
        this.loadingHistory.value = true;
        this.#link.send({ type: 'history', room: this.slug, before: oldest, limit: page }, (reply) => {
            batch(() => {
                this.loadingHistory.value = false;
                if (reply.type === 'history') this.log.value = roomLog.prepend(this.log.value, reply.events, reply.more);
            });
        });
    }

    // ---- what the person says -------------------------------------------------------------------------------------

    say(text: string, replyTo?: number): void {
        const entry = { key: randomKey(), room: this.slug, text, at: new Date().toISOString(), replyTo };
        this.#setOutbox(outbox.add(this.outbox.value, entry));
        this.unreadFrom.value = null;
        this.#pump();
    }

    retry(key: string): void {
        this.#setOutbox(outbox.retry(this.outbox.value, key));
        this.#pump();
    }

    discard(key: string): void {
        this.#setOutbox(outbox.remove(this.outbox.value, key));
        this.#pump();
    }

    #setOutbox(next: outbox.Outbox): void {
        if (next === this.outbox.value) return;
        this.outbox.value = next;
        tab.set(this.#outboxKey, next.length ? outbox.serialize(next) : null);
    }

    #pump(): void {
        clearTimeout(this.#wake);
        if (!this.#joined || this.#stopped) return;
        const now = Date.now();
        const entry = outbox.next(this.outbox.value, this.slug, now);
        if (entry) {
            this.#setOutbox(outbox.sent(this.outbox.value, entry.key));
            const { key, text, replyTo, intent } = entry;
            const say: Command = { type: 'say', room: this.slug, key, text, reply_to: replyTo, intent };
            this.#link.send(say, (reply) => this.#onSaid(entry, reply));
            return;
        }
        const at = outbox.wakeAt(this.outbox.value, this.slug);
        if (at !== null) this.#wake = setTimeout(() => this.#pump(), Math.max(50, at - now));
    }

    #onSaid(entry: outbox.Entry, reply: Reply): void {
        if (reply.type === 'ack') this.#onAck(entry, reply);
        else if (reply.type === 'error' && reply.code === 'lost') this.#setOutbox(outbox.interrupted(this.outbox.value));
        else if (reply.type === 'error') this.#onRefused(entry, reply);
        this.#pump();
    }

    /** The message shows at once where the ack puts it; the room's own event, before or after, changes nothing more. */
    #onAck(entry: outbox.Entry, ack: Ack): void {
        const { seq, at = entry.at, disposition, notice } = ack;
        batch(() => {
            this.#setOutbox(outbox.remove(this.outbox.value, entry.key));
            if (seq === undefined) return;
            let log = this.log.value;
            if (seq > log.head) {
                const { head } = log;
                const mine: RoomEvent = {
                    type: 'message', room: this.slug, seq, at, from: this.user, key: entry.key, text: entry.text,
                    reply_to: entry.replyTo, held: disposition === 'held', blocked: disposition === 'blocked',
                };
                log = { ...roomLog.receive(log, [mine]), head };
            }
            this.log.value = notice ? roomLog.notify(log, seq, at, notice) : log;
        });
    }

    #onRefused(entry: outbox.Entry, error: ErrorReply): void {
        this.#setOutbox(outbox.refused(this.outbox.value, entry.key, error, Date.now()));
        if (error.code === 'muted') this.mutedUntil.value = Date.now() + (error.retry_after_ms ?? 60_000);
        if (error.code === 'agreement_required') {
            this.#joined = false;
            this.#join();
        }
    }

    typed(): void {
        const now = Date.now();
        if (!this.#joined || now - this.#typedAt < typing_every_ms) return;
        this.#typedAt = now;
        this.#link.tell({ type: 'typing', room: this.slug });
    }

    /** Edits, retractions, reactions and reports are asked once; the answer says whether they took hold. */
    async #do(command: Command, target?: number): Promise<ErrorReply | null> {
        const reply = await this.#link.ask(command);
        if (reply.type === 'error') return reply;
        if (reply.type === 'ack' && reply.notice && target !== undefined) {
            this.log.value = roomLog.notify(this.log.value, target, reply.at ?? new Date().toISOString(), reply.notice);
        }
        return null;
    }

    edit = (seq: number, text: string) => this.#do({ type: 'edit', room: this.slug, seq, text }, seq);
    retract = (seq: number) => this.#do({ type: 'retract', room: this.slug, seq });
    react = (seq: number, kind: ReactionKind, on: boolean) => this.#do({ type: 'react', room: this.slug, seq, kind, on });
    report = (seq: number, reason: string, note?: string) =>
        this.#do({ type: 'report', room: this.slug, seq, reason, ...(note ? { note } : {}) });

    setHidden(userId: string, hide: boolean): void {
        const next = new Set(this.hidden.value);
        if (hide) next.add(userId);
        else next.delete(userId);
        this.hidden.value = next;
        tab.set(`hidden.${this.user.id}`, JSON.stringify([...next]));
    }
}
