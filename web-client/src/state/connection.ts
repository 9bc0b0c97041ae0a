// When to connect, wait, give up: the life of one socket as values in and actions out. Time and chance are arguments.

export type StopReason =
    | 'closed_by_us' | 'protocol_error' | 'unauthenticated' | 'banned' | 'replaced' | 'too_many_connections' | 'refused';

export type State =
    | { name: 'idle' }
    | { name: 'connecting'; attempt: number }
    | { name: 'greeting'; attempt: number }
    | { name: 'open'; attempt: number; since: number; heardAt: number; asked: boolean }
    | { name: 'waiting'; attempt: number; until: number }
    | { name: 'stopped'; reason: StopReason };

export type Input =
    | { type: 'start' }
    | { type: 'opened' }
    | { type: 'welcomed' }
    | { type: 'refused'; code: string; after?: number | undefined }
    | { type: 'heard' }
    /** `after`: ms that the server asks this client to stay away, another number for each, so that they come back one by one. */
    | { type: 'closed'; code: number; after?: number | undefined }
    | { type: 'timer' }
    | { type: 'went_online' }
    | { type: 'went_offline' }
    | { type: 'stop' };

export type Action =
    | { type: 'open' }
    | { type: 'greet' }
    | { type: 'resume' }
    | { type: 'ping' }
    | { type: 'close' }
    | { type: 'set_timer'; ms: number }
    | { type: 'lost' };

export interface Step {
    state: State;
    actions: Action[];
}

export const timing = {
    connect_ms: 15_000,
    quiet_ms: 25_000,
    pong_ms: 8_000,
    /** After the browser says that the network went away, a line that still works has this long to show it. */
    offline_pong_ms: 3_000,
    first_wait_ms: 500,
    longest_wait_ms: 10_000,
    /** What a server may ask for at most, lest a wrong number keep somebody out. */
    longest_asked_ms: 60_000,
    /** A connection that lasted this long was a good one: the next wait starts small again. */
    settled_ms: 5_000,
};

const stopCodes = new Map<number, StopReason>([
    [4100, 'protocol_error'], [4101, 'unauthenticated'], [4103, 'banned'], [4108, 'replaced'],
    [4129, 'too_many_connections'],
]);

export const stopReason = (code: number): StopReason | null =>
    stopCodes.get(code) ?? (code >= 4100 && code <= 4199 ? 'refused' : null);

/** Full jitter over a doubling window, so that a restarted server is not met by everyone at once. */
export function backoff(attempt: number, random: number): number {
    const window = Math.min(timing.first_wait_ms * 2 ** attempt, timing.longest_wait_ms);
    return Math.round(timing.first_wait_ms / 2 + random * window);
}

function wait(attempt: number, now: number, random: number, before: Action[] = [], asked?: number): Step {
    const ms = asked === undefined ? backoff(attempt, random) : Math.min(asked, timing.longest_asked_ms);
    return { state: { name: 'waiting', attempt: attempt + 1, until: now + ms }, actions: [...before, { type: 'set_timer', ms }] };
}

const connect = (attempt: number): Step => ({
    state: { name: 'connecting', attempt },
    actions: [{ type: 'open' }, { type: 'set_timer', ms: timing.connect_ms }],
});

type Alive = Extract<State, { attempt: number }>;
const attemptsSoFar = (state: Alive, now: number): number =>
    state.name === 'open' && now - state.since >= timing.settled_ms ? 0 : state.attempt;

const ended = (reason: StopReason, actions: Action[] = []): Step => ({ state: { name: 'stopped', reason }, actions });
const unchanged = (state: State): Step => ({ state, actions: [] });

export function step(state: State, input: Input, now: number, random: number): Step {
    const alive = state.name === 'connecting' || state.name === 'greeting' || state.name === 'open';
    switch (input.type) {
        case 'start':
            return alive ? unchanged(state) : connect(0);
        case 'stop':
            return ended('closed_by_us', alive ? [{ type: 'close' }, { type: 'lost' }] : []);
        case 'opened':
            if (state.name !== 'connecting') return unchanged(state);
            return { state: { name: 'greeting', attempt: state.attempt }, actions: [{ type: 'greet' }] };
        case 'welcomed':
            if (state.name !== 'greeting') return unchanged(state);
            return {
                state: { name: 'open', attempt: state.attempt, since: now, heardAt: now, asked: false },
                actions: [{ type: 'resume' }, { type: 'set_timer', ms: timing.quiet_ms }],
            };
        case 'refused':
            return refused(state, input.code, now, random, input.after);
        case 'heard':
            return state.name === 'open' ? unchanged({ ...state, heardAt: now, asked: false }) : unchanged(state);
        case 'closed': {
            if (!alive) return unchanged(state);
            const reason = stopReason(input.code);
            if (reason) return ended(reason, [{ type: 'lost' }]);
            return wait(attemptsSoFar(state, now), now, random, [{ type: 'lost' }], input.after);
        }
        case 'timer':
            return timer(state, now, random);
        case 'went_online':
            return state.name === 'waiting' ? connect(state.attempt) : ask(state, timing.offline_pong_ms);
        case 'went_offline':
            return ask(state, timing.offline_pong_ms);
    }
}

/** `hello` was answered with an error. */
function refused(state: State, code: string, now: number, random: number, after?: number): Step {
    if (state.name !== 'greeting') return unchanged(state);
    if (code === 'unauthenticated') return ended('unauthenticated', [{ type: 'close' }]);
    if (code === 'banned') return ended('banned', [{ type: 'close' }]);
    if (code === 'try_later' || code === 'rate_limited') return wait(state.attempt, now, random, [{ type: 'close' }], after);
    return ended('refused', [{ type: 'close' }]);
}

function ask(state: State, ms: number): Step {
    if (state.name !== 'open') return unchanged(state);
    return { state: { ...state, asked: true }, actions: [{ type: 'ping' }, { type: 'set_timer', ms }] };
}

function timer(state: State, now: number, random: number): Step {
    switch (state.name) {
        case 'waiting':
            return connect(state.attempt);
        case 'connecting':
        case 'greeting':
            return wait(state.attempt, now, random, [{ type: 'close' }]);
        case 'open': {
            if (state.asked) return wait(attemptsSoFar(state, now), now, random, [{ type: 'close' }, { type: 'lost' }]);
            const quiet = now - state.heardAt;
            if (quiet >= timing.quiet_ms) return ask(state, timing.pong_ms);
            return { state, actions: [{ type: 'set_timer', ms: timing.quiet_ms - quiet }] };
        }
        default:
            return unchanged(state);
    }
}
