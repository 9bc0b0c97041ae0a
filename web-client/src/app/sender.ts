// Sends what a person said, in order and once, whatever the line does; keeps it across a reload of the page.
import { signal } from '@preact/signals';
import type { Link } from '../net/link';
import { randomKey, tab } from '../net/storage';
import type { Ack, Command, ErrorReply, RoomEvent } from '../protocol/types';
import * as outbox from '../state/outbox';

/** After an unanswered command on a line that still seems to stand. */
const again_ms = 1_000;

export interface SenderEvents {
    acked(entry: outbox.Entry, ack: Ack): void;
    refused(entry: outbox.Entry, error: ErrorReply): void;
}

export class Sender {
    readonly outbox = signal<outbox.Outbox>([]);
    readonly #storageKey: string;
    /** Joined: commands for the room are welcome. */
    #ready = false;
    #wake: ReturnType<typeof setTimeout> | undefined;

    constructor(
        private readonly link: Link,
        private readonly room: string,
        private readonly userId: string,
        private readonly events: SenderEvents,
    ) {
        this.#storageKey = `outbox.${userId}.${room}`;
        this.outbox.value = outbox.restore(tab.get(this.#storageKey));
    }

    get ready(): boolean {
        return this.#ready;
    }

    start(): void {
        this.#ready = true;
        this.#pump();
    }

    /** The line broke, or the person left: nothing more goes out until `start`. */
    pause(): void {
        this.#ready = false;
        clearTimeout(this.#wake);
        this.#set(outbox.interrupted(this.outbox.value));
    }

    say(text: string, replyTo?: number): void {
        const entry = { key: randomKey(), room: this.room, text, at: new Date().toISOString(), replyTo };
        this.#set(outbox.add(this.outbox.value, entry));
        this.#pump();
    }

    retry(key: string): void {
        this.#set(outbox.retry(this.outbox.value, key));
        this.#pump();
    }

    discard(key: string): void {
        this.#set(outbox.remove(this.outbox.value, key));
        this.#pump();
    }

    /** The room's own events prove that a message arrived, also when its ack was lost. */
    seen(events: readonly RoomEvent[]): void {
        let box = this.outbox.value;
        for (const event of events) {
            if (event.type === 'message' && event.from.id === this.userId) box = outbox.remove(box, event.key);
        }
        if (box === this.outbox.value) return;
        this.#set(box);
        this.#pump();
    }

    #set(next: outbox.Outbox): void {
        if (next === this.outbox.value) return;
        this.outbox.value = next;
        tab.set(this.#storageKey, next.length ? outbox.serialize(next) : null);
    }

    #pump(): void {
        clearTimeout(this.#wake);
        if (!this.#ready) return;
        const now = Date.now();
        const entry = outbox.next(this.outbox.value, this.room, now);
        if (entry) return this.#send(entry);
        const at = outbox.wakeAt(this.outbox.value, this.room);
        if (at !== null) this.#wake = setTimeout(() => this.#pump(), Math.max(50, at - now));
    }

    #send(entry: outbox.Entry): void {
        this.#set(outbox.sent(this.outbox.value, entry.key));
        const { key, text, replyTo, intent } = entry;
        const say: Command = { type: 'say', room: this.room, key, text, reply_to: replyTo, intent };
        this.link.send(say, (reply) => {
            if (reply.type === 'ack') {
                this.#set(outbox.remove(this.outbox.value, key));
                this.events.acked(entry, reply);
            } else if (reply.type === 'error' && reply.code === 'lost') {
                // A dying socket answers at once: asking it again at once would never end.
                this.#set(outbox.interrupted(this.outbox.value));
                this.#wake = setTimeout(() => this.#pump(), again_ms);
                return;
            } else if (reply.type === 'error') {
                this.#set(outbox.refused(this.outbox.value, key, reply, Date.now()));
                this.events.refused(entry, reply);
            }
            this.#pump();
        });
    }
}
