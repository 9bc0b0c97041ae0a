import { describe, expect, it } from 'vitest';
import { backoff, step, stopReason, timing, type Action, type Input, type State } from '../src/state/connection';
import { randomFrom } from './helpers';

const run = (inputs: Input[], state: State = { name: 'idle' }, now = 0) =>
    inputs.reduce((all, input) => {
        const made = step(all.state, input, now, 0.5);
        return { state: made.state, actions: [...all.actions, ...made.actions] };
    }, { state, actions: [] as Action[] });
const kinds = (actions: Action[]) => actions.map((a) => a.type);
const opened: Input[] = [{ type: 'start' }, { type: 'opened' }, { type: 'welcomed' }];

describe('a connection', () => {
    it('opens, greets, resumes', () => {
        const { state, actions } = run(opened);
        expect(state.name).toBe('open');
        expect(kinds(actions)).toEqual(['open', 'set_timer', 'greet', 'resume', 'set_timer']);
    });

    it.each([1000, 1001, 1006, 1011, 4000, 4001, 4002, 4050])('comes back after close code %i', (code) => {
        const { state, actions } = run([...opened, { type: 'closed', code }]);
        expect(state.name).toBe('waiting');
        expect(kinds(actions).slice(-2)).toEqual(['lost', 'set_timer']);
        expect(step(state, { type: 'timer' }, 0, 0.5).state.name).toBe('connecting');
    });

    it.each([
        [4100, 'protocol_error'], [4101, 'unauthenticated'], [4103, 'banned'], [4108, 'replaced'],
        [4129, 'too_many_connections'], [4150, 'refused'],
    ])('stays away after %i and says why', (code, reason) => {
        const { state } = run([...opened, { type: 'closed', code: code as number }]);
        expect(state).toEqual({ name: 'stopped', reason });
        expect(step(state, { type: 'timer' }, 0, 0.5).actions).toEqual([]);
        expect(step(state, { type: 'went_online' }, 0, 0.5).actions).toEqual([]);
        expect(step(state, { type: 'start' }, 0, 0.5).state.name).toBe('connecting');
        expect(stopReason(code as number)).toBe(reason);
    });

    it('gives up on a refused greeting that will not change, and waits on one that will', () => {
        const greeted = opened.slice(0, 2);
        expect(run([...greeted, { type: 'refused', code: 'unauthenticated' }]).state).toEqual({ name: 'stopped', reason: 'unauthenticated' });
        expect(run([...greeted, { type: 'refused', code: 'bad_request' }]).state).toEqual({ name: 'stopped', reason: 'refused' });
        expect(run([...greeted, { type: 'refused', code: 'try_later' }]).state.name).toBe('waiting');
    });

    it('stays away as long as the server asks, within reason', () => {
        const last = (inputs: Input[]) => run(inputs).actions.at(-1);
        expect(last([...opened, { type: 'closed', code: 4000, after: 1234 }])).toEqual({ type: 'set_timer', ms: 1234 });
        expect(last([...opened, { type: 'closed', code: 4000, after: 0 }])).toEqual({ type: 'set_timer', ms: 0 });
        expect(last([...opened, { type: 'closed', code: 4000, after: 9e9 }])).toEqual({ type: 'set_timer', ms: timing.longest_asked_ms });
        expect(last([...opened.slice(0, 2), { type: 'refused', code: 'try_later', after: 777 }])).toEqual({ type: 'set_timer', ms: 777 });
        expect(last([...opened, { type: 'closed', code: 4000 }])).toEqual({ type: 'set_timer', ms: backoff(0, 0.5) });
    });

    it('asks when it is quiet, and leaves when no answer comes', () => {
        let made = step(run(opened).state, { type: 'timer' }, timing.quiet_ms, 0.5);
        expect(kinds(made.actions)).toEqual(['ping', 'set_timer']);
        const answered = step(made.state, { type: 'heard' }, timing.quiet_ms + 100, 0.5);
        expect(kinds(step(answered.state, { type: 'timer' }, timing.quiet_ms + 8000, 0.5).actions)).toEqual(['set_timer']);
        made = step(made.state, { type: 'timer' }, timing.quiet_ms + timing.pong_ms, 0.5);
        expect(made.state.name).toBe('waiting');
        expect(kinds(made.actions)).toEqual(['close', 'lost', 'set_timer']);
    });

    it('checks the line at once when the browser speaks of the network', () => {
        const open = run(opened).state;
        expect(step(open, { type: 'went_offline' }, 0, 0.5).actions).toEqual([{ type: 'ping' }, { type: 'set_timer', ms: timing.offline_pong_ms }]);
        const waiting = step(open, { type: 'closed', code: 1006 }, 0, 0.5).state;
        expect(step(waiting, { type: 'went_online' }, 0, 0.5).state.name).toBe('connecting');
    });

    it('waits longer with every failure, and starts small after a good spell', () => {
        let state = run([{ type: 'start' }]).state;
        const untils: number[] = [];
        for (let n = 0; n < 9; ++n) {
            state = step(state, { type: 'closed', code: 1006 }, 0, 1).state;
            untils.push((state as Extract<State, { name: 'waiting' }>).until);
            state = step(state, { type: 'timer' }, 0, 1).state;
        }
        expect(untils).toEqual([...untils].sort((a, b) => a - b));
        expect(untils.at(-1)).toBeLessThanOrEqual(timing.longest_wait_ms + timing.first_wait_ms);
        state = step(step(state, { type: 'opened' }, 0, 1).state, { type: 'welcomed' }, 0, 1).state;
        const soon = step(state, { type: 'closed', code: 1006 }, 100, 1).state as Extract<State, { name: 'waiting' }>;
        const settled = step(state, { type: 'closed', code: 1006 }, timing.settled_ms, 1).state as Extract<State, { name: 'waiting' }>;
        expect(soon.attempt).toBeGreaterThan(5);
        expect(settled.attempt).toBe(1);
    });

    it('spreads reconnects over the whole window', () => {
        expect(backoff(3, 0)).toBe(250);
        expect(backoff(3, 1)).toBe(4250);
    });

    it('never dies: from any state, any order of inputs leaves a timer running, a socket open or a reason to stop', () => {
        const inputs: Input[] = [
            { type: 'start' }, { type: 'opened' }, { type: 'welcomed' }, { type: 'heard' }, { type: 'timer' }, { type: 'went_online' },
            { type: 'went_offline' }, { type: 'closed', code: 1006 }, { type: 'closed', code: 4000 }, { type: 'refused', code: 'try_later' },
        ];
        for (let seed = 0; seed < 200; ++seed) {
            const random = randomFrom(seed);
            let state: State = step({ name: 'idle' }, { type: 'start' }, 0, 0).state;
            let timer = true;
            for (let turn = 0; turn < 100; ++turn) {
                const input = inputs[Math.floor(random() * inputs.length)]!;
                if (input.type === 'timer') timer = false;
                const made = step(state, input, turn * 1000, random());
                if (made.actions.some((a) => a.type === 'set_timer')) timer = true;
                state = made.state;
                expect(timer || state.name === 'stopped').toBe(true);
            }
        }
    });
});
