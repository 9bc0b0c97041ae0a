// One person in one room: the pure parts (log, outbox, people) held in signals and driven by one link.
import { batch, computed, signal } from '@preact/signals';
import { Link } from '../net/link';
import { tab } from '../net/storage';
import type {
    Ack, Command, EphemeralEvent, ErrorReply, Joined, Notice, ReactionKind, Room, RoomEvent, Rules, User,
} from '../protocol/types';
import { defaultLimits, type Limits } from '../protocol/types';
import type { State } from '../state/connection';
import type { Entry } from '../state/outbox';
import { moved, nobody, present, startedTyping, stillTyping, stoppedTyping, type Typing } from '../state/people';
import * as roomLog from '../state/room-log';
import { locale } from './i18n';
import { Sender } from './sender';
import { acceptedVersion, rememberAccepted } from './session';

export type Phase =
    | { name: 'joining' }
    | { name: 'agreement'; rules: Rules }
    | { name: 'in' }
    | { name: 'refused'; code: string };

const page = 50;
/** Kept beside their messages across a reload. */
const most_notices = 20;
const typing_every_ms = 3_000;
const join_again_ms = 2_000;

export class RoomSession {
    readonly log = signal(roomLog.emptyLog);
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

    readonly sender: Sender;
    readonly #link: Link;
    readonly draftKey: string;
    #seenAtStart = 0;
    #typedAt = 0;

    constructor(readonly slug: string, readonly user: User) {
        this.draftKey = `draft.${user.id}.${slug}`;
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
        this.sender = new Sender(this.#link, slug, user.id, {
            acked: (entry, ack) => this.#onAck(entry, ack),
            refused: (_entry, error) => this.#onRefused(error),
        });
    }

    start(): void {
        this.#link.start();
    }

    stop(): void {
        this.sender.pause();
        this.#link.stop();
    }

    // ---- coming in ------------------------------------------------------------------------------------------------

    #connectionChanged(state: State): void {
        this.connection.value = state;
        if (state.name !== 'open') this.sender.pause();
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
            this.log.value = this.#withKeptNotices(log);
            this.room.value = reply.room;
            this.people.value = present(reply.room);
            this.typing.value = new Map();
            this.phase.value = { name: 'in' };
        });
        // The replay behind this reply, in the same frame, may show that what waits has arrived already.
        queueMicrotask(() => this.#link.isOpen && this.sender.start());
    }

    #onJoinRefused(error: ErrorReply): void {
        if (error.code === 'agreement_required' && error.agreement) {
            const { agreement } = error;
            if (acceptedVersion(this.slug) === String(agreement.version)) void this.accept(agreement);
            else this.phase.value = { name: 'agreement', rules: agreement };
        } else if (['lost', 'try_later', 'rate_limited'].includes(error.code)) {
            setTimeout(() => this.#link.isOpen && !this.sender.ready && this.#join(), error.retry_after_ms ?? join_again_ms);
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
        let typing = this.typing.value;
        for (const event of events) if (event.type === 'message') typing = stoppedTyping(typing, event.from.id);
        batch(() => {
            this.log.value = roomLog.receive(this.log.value, events);
            this.typing.value = typing;
            this.#markUnread(events);
            this.sender.seen(events);
        });
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
        if (this.loadingHistory.value || !this.sender.ready || !more || oldest === null) return;
        if (oldest <= 1) {
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
        this.unreadFrom.value = null;
        this.sender.say(text, replyTo);
    }

    /** The message shows at once where the ack puts it; the room's own event, before or after, changes nothing more. */
    #onAck(entry: Entry, ack: Ack): void {
        const { seq, at = entry.at, disposition, notice } = ack;
        batch(() => {
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
            if (notice) this.#keepNotice(seq, notice);
        });
    }

    #onRefused(error: ErrorReply): void {
        if (error.code === 'muted') this.mutedUntil.value = Date.now() + (error.retry_after_ms ?? 60_000);
        // The room closed, or the person is no longer in it: the page says so; the text stays kept.
        if (['unknown_room', 'not_a_member', 'banned'].includes(error.code)) this.phase.value = { name: 'refused', code: error.code };
        if (error.code === 'agreement_required') {
            this.sender.pause();
            this.#join();
        }
    }

    typed(): void {
        const now = Date.now();
        if (!this.sender.ready || now - this.#typedAt < typing_every_ms) return;
        this.#typedAt = now;
        this.#link.tell({ type: 'typing', room: this.slug });
    }

    /** Notices come once, with the ack. A reload of this tab keeps them beside the messages they explain. */
    #keptNotices(): [number, Notice][] {
        return JSON.parse(tab.get(`notices.${this.user.id}.${this.slug}`) ?? '[]') as [number, Notice][];
    }

    #keepNotice(seq: number, notice: Notice | null): void {
        const others = this.#keptNotices().filter(([target]) => target !== seq);
        const next = notice ? [...others, [seq, notice] as [number, Notice]] : others;
        tab.set(`notices.${this.user.id}.${this.slug}`, JSON.stringify(next.slice(-most_notices)));
    }

    #withKeptNotices(log: roomLog.RoomLog): roomLog.RoomLog {
        return this.#keptNotices().reduce((all, [seq, notice]) => roomLog.notify(all, seq, '', notice), log);
    }

    /** Retractions, reactions and reports are asked once; the answer says whether they took hold. */
    async #do(command: Command): Promise<ErrorReply | null> {
        const reply = await this.#link.ask(command);
        return reply.type === 'error' ? reply : null;
    }

    /** The new text is judged anew: its notice takes the old one's place, or none is needed any more. */
    async edit(seq: number, text: string): Promise<ErrorReply | null> {
        const reply = await this.#link.ask({ type: 'edit', room: this.slug, seq, text });
        if (reply.type === 'error') return reply;
        const notice = reply.type === 'ack' ? reply.notice : undefined;
        const settled = roomLog.settle(this.log.value, seq);
        this.log.value = notice ? roomLog.notify(settled, seq, new Date().toISOString(), notice) : settled;
        this.#keepNotice(seq, notice ?? null);
        return null;
    }

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
