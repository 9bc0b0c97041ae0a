// One socket to the server, run by the connection state machine: it opens, greets, asks, answers and comes back.
import { step, type Action, type Input, type State } from '../state/connection';
import { encode, parseFrame, parseRetryAfter, type Incoming } from '../protocol/frames';
import type { Command, EphemeralEvent, ErrorReply, Locale, Reply, RoomEvent, Welcome } from '../protocol/types';

/** What an ask ends with when the line broke first: nobody knows whether it arrived. */
export const lost: ErrorReply = { type: 'error', id: null, code: 'lost', message: '' };

export interface Listener {
    state(state: State): void;
    welcome(welcome: Welcome): void;
    /** The connection is up: join, watch, send what waits. */
    resume(): void;
    room(events: RoomEvent[]): void;
    ephemeral(event: EphemeralEvent): void;
}

const answer_ms = 20_000;

interface Ask {
    done: (reply: Reply) => void;
    timer: ReturnType<typeof setTimeout>;
}

export class Link {
    #state: State = { name: 'idle' };
    #socket: WebSocket | null = null;
    #timer: ReturnType<typeof setTimeout> | undefined;
    #nextId = 1;
    readonly #asks = new Map<number, Ask>();
    readonly #online = () => this.#feed({ type: 'went_online' });
    readonly #offline = () => this.#feed({ type: 'went_offline' });
    /** A phone taken out of a pocket should not wait for a timer that slept with it. */
    readonly #seen = () => document.visibilityState === 'visible' && this.#feed({ type: 'went_online' });

    constructor(private readonly listener: Listener, private readonly locale: () => Locale) {}

    get isOpen(): boolean {
        return this.#state.name === 'open';
    }

    start(): void {
        addEventListener('online', this.#online);
        addEventListener('offline', this.#offline);
        addEventListener('visibilitychange', this.#seen);
        this.#feed({ type: 'start' });
    }

    stop(): void {
        removeEventListener('online', this.#online);
        removeEventListener('offline', this.#offline);
        removeEventListener('visibilitychange', this.#seen);
        this.#feed({ type: 'stop' });
    }

    /**
     * One command, one reply. A broken line or a silent server answers with the error `lost`. `done` is called while
     * the frame is being read, so that what follows a reply in the same frame (the replay after `joined`) is handled after it.
     */
    send(command: Command, done: (reply: Reply) => void): void {
        if (!this.#socket || this.#socket.readyState !== WebSocket.OPEN) return done(lost);
        const id = this.#nextId++;
        const timer = setTimeout(() => {
            this.#asks.delete(id);
            done(lost);
        }, answer_ms);
        this.#asks.set(id, { done, timer });
        this.#socket.send(encode(command, id));
    }

    ask(command: Command): Promise<Reply> {
        return new Promise((done) => this.send(command, done));
    }

    /** For what needs no answer. */
    tell(command: Command): void {
        if (this.isOpen && this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(encode(command, this.#nextId++));
    }

    #feed(input: Input): void {
        const { state, actions } = step(this.#state, input, Date.now(), Math.random());
        const changed = state.name !== this.#state.name;
        this.#state = state;
        for (const action of actions) this.#do(action);
        if (changed) this.listener.state(this.#state);
    }

    #do(action: Action): void {
        switch (action.type) {
            case 'open':
                return this.#open();
            case 'close':
                return this.#close();
            case 'greet':
                return this.#greet();
            case 'resume':
                return this.listener.resume();
            case 'ping':
                return this.tell({ type: 'ping', t: Date.now() });
            case 'lost':
                return this.#loseAsks();
            case 'set_timer':
                clearTimeout(this.#timer);
                this.#timer = setTimeout(() => this.#feed({ type: 'timer' }), action.ms);
        }
    }

    #open(): void {
        const scheme = location.protocol === 'https:' ? 'wss:' : 'ws:';
        const socket = new WebSocket(`${scheme}//${location.host}/ws`, 'hearth.v1');
        this.#socket = socket;
        socket.onopen = () => this.#feed({ type: 'opened' });
        socket.onmessage = ({ data }) => typeof data === 'string' && this.#receive(data);
        socket.onclose = ({ code, reason }) => {
            this.#socket = null;
            this.#feed({ type: 'closed', code, after: parseRetryAfter(reason) });
        };
    }

    /** An old socket must not speak for the new one: its handlers go before it does. */
    #close(): void {
        clearTimeout(this.#timer);
        const socket = this.#socket;
        this.#socket = null;
        if (!socket) return;
        socket.onopen = socket.onmessage = socket.onclose = null;
        socket.close(1000);
    }

    #greet(): void {
        this.send({ type: 'hello', locale: this.locale() }, (reply) => {
            if (reply.type === 'welcome') {
                this.listener.welcome(reply);
                this.#feed({ type: 'welcomed' });
            } else if (reply.type === 'error' && reply.code !== 'lost') {
                this.#feed({ type: 'refused', code: reply.code, after: reply.retry_after_ms });
            }
        });
    }

    /** Events of one frame go out in one batch per kind, in order: a replay of fifty is one picture, not fifty. */
    #receive(text: string): void {
        this.#feed({ type: 'heard' });
        let batch: RoomEvent[] = [];
        const flush = () => {
            if (batch.length) this.listener.room(batch);
            batch = [];
        };
        for (const incoming of parseFrame(text)) {
            if (incoming.kind === 'room') {
                batch.push(incoming.event);
                continue;
            }
            flush();
            this.#deliver(incoming);
        }
        flush();
    }

    #deliver(incoming: Exclude<Incoming, { kind: 'room' }>): void {
        if (incoming.kind === 'ephemeral') return this.listener.ephemeral(incoming.event);
        const { id } = incoming.reply;
        const ask = typeof id === 'number' ? this.#asks.get(id) : undefined;
        if (!ask) return;
        clearTimeout(ask.timer);
        this.#asks.delete(id as number);
        ask.done(incoming.reply);
    }

    #loseAsks(): void {
        const asks = [...this.#asks.values()];
        this.#asks.clear();
        for (const { done, timer } of asks) {
            clearTimeout(timer);
            done(lost);
        }
    }
}
