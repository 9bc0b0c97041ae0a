// The room's wiring on a socket of the test's own: what a frame's order, a break and a reload do to it.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { tab } from '../src/net/storage';
import { RoomSession } from '../src/app/room-session';
import { message, user } from './helpers';

class Socket {
    static readonly OPEN = 1;
    static all: Socket[] = [];
    readyState = 0;
    sent: Record<string, unknown>[] = [];
    onopen?: () => void;
    onmessage?: (event: { data: string }) => void;
    onclose?: (event: { code: number }) => void;

    constructor(readonly url: string) {
        Socket.all.push(this);
    }
    send(text: string): void {
        this.sent.push(...text.split('\n').map((line) => JSON.parse(line) as Record<string, unknown>));
    }
    close(): void {
        this.readyState = 3;
    }
    open(): void {
        this.readyState = Socket.OPEN;
        this.onopen?.();
    }
    says(...lines: object[]): void {
        this.onmessage?.({ data: lines.map((line) => JSON.stringify(line)).join('\n') });
    }
    breaks(code = 1006): void {
        this.readyState = 3;
        this.onclose?.({ code });
    }
    last(type: string): Record<string, unknown> {
        return this.sent.filter((c) => c['type'] === type).at(-1)!;
    }
}

const room = { slug: 'harbour', title: 'Harbour', kind: 'peer_support', topic: 'general', languages: ['en'], open: false };
const welcome = (id: unknown) => ({ type: 'welcome', id, user: user('a'), server: { version: '0', now: '', limits: { text_chars: 100 } }, rooms: [] });
const joined = (id: unknown, seq: number, more: object = {}) => ({ type: 'joined', id, room: { ...room, count: 1, members: [user('a')] }, epoch: 'e1', seq, reset: false, ...more });

let session: RoomSession;
const socket = () => Socket.all.at(-1)!;
const texts = () => [...session.log.value.items.values()].map((i) => i.text);
const states = () => session.sender.outbox.value.map((e) => e.state);

/** The sender starts when the frame with the replay has been read. */
const settled = () => Promise.resolve();

async function comeIn(seq = 0, ...events: object[]): Promise<void> {
    socket().open();
    socket().says(welcome(socket().last('hello')['id']));
    socket().says(joined(socket().last('join')['id'], seq), ...events);
    await settled();
}

function reconnect(): Record<string, unknown> {
    vi.runOnlyPendingTimers();
    socket().open();
    socket().says(welcome(socket().last('hello')['id']));
    return socket().last('join');
}

beforeEach(() => {
    vi.useFakeTimers();
    tab.clear();
    Socket.all = [];
    const kept = new Map<string, string>();
    const storage = { getItem: (k: string) => kept.get(k) ?? null, setItem: (k: string, v: string) => kept.set(k, v), removeItem: (k: string) => kept.delete(k) };
    vi.stubGlobal('sessionStorage', storage);
    vi.stubGlobal('WebSocket', Socket);
    vi.stubGlobal('location', { protocol: 'https:', host: 'example.org', pathname: '/' });
    vi.stubGlobal('addEventListener', () => undefined);
    vi.stubGlobal('removeEventListener', () => undefined);
    session = new RoomSession('harbour', user('a'));
    session.start();
});
afterEach(() => {
    session.stop();
    vi.useRealTimers();
    vi.unstubAllGlobals();
});

describe('a room session', () => {
    it('greets, joins and takes the replay of the same frame', async () => {
        await comeIn(2, message(1, 'b'), message(2, 'b'));
        expect(socket().url).toBe('wss://example.org/ws');
        expect(texts()).toEqual(['text 1', 'text 2']);
        expect(session.limits.value).toMatchObject({ text_chars: 100, name_chars: 40 });
        expect(session.phase.value.name).toBe('in');
    });

    it('resumes after the last event, and a reset in the same frame as its replay loses nothing', async () => {
        await comeIn(1, message(1, 'b'));
        socket().breaks(4000);
        const join = reconnect();
        expect(join).toMatchObject({ after: 1, epoch: 'e1' });
        socket().says(joined(join['id'], 9, { epoch: 'e2', reset: true }), message(8, 'b'), message(9, 'b'));
        expect(texts()).toEqual(['text 8', 'text 9']);
    });

    it.each([['ack first', true], ['event first', false]])('shows a message once, %s', async (_name, ackFirst) => {
        await comeIn();
        session.say('hello');
        const say = socket().last('say');
        const ack = { type: 'ack', id: say['id'], key: say['key'], seq: 5, at: message(5).at, disposition: 'published' };
        const event = message(5, 'a', { key: say['key'] as string, text: 'hello' });
        for (const line of ackFirst ? [ack, event] : [event, ack]) {
            socket().says(line);
            expect(texts()).toEqual(['hello']);
            expect(states()).toEqual([]);
        }
        expect(session.log.value.head).toBe(5);
    });

    it('asks again for what lies before an ack that came early', async () => {
        await comeIn();
        session.say('hello');
        const say = socket().last('say');
        socket().says({ type: 'ack', id: say['id'], key: say['key'], seq: 5, at: message(5).at, disposition: 'held' });
        expect(session.log.value.items.get(5)!.state).toBe('held');
        socket().breaks();
        expect(reconnect()).toMatchObject({ after: 0 });
    });

    it('sends what was said while away, once, with its first key', async () => {
        await comeIn();
        session.say('one');
        const { key } = socket().last('say');
        socket().breaks();
        session.say('two');
        expect(states()).toEqual(['queued', 'queued']);
        const join = reconnect();
        expect(socket().sent.some((c) => c['type'] === 'say')).toBe(false);
        socket().says(joined(join['id'], 3));
        await settled();
        expect(socket().last('say')).toMatchObject({ key, text: 'one' });
        socket().says({ type: 'ack', id: socket().last('say')['id'], key, seq: 3, at: message(3).at, disposition: 'published' });
        expect(socket().last('say')).toMatchObject({ text: 'two' });
    });

    it('does not say again what the replay shows as arrived', async () => {
        await comeIn();
        session.say('one');
        const key = socket().last('say')['key'] as string;
        socket().breaks();
        const join = reconnect();
        socket().says(joined(join['id'], 3), message(3, 'a', { key, text: 'one' }));
        await settled();
        expect(socket().sent.some((c) => c['type'] === 'say')).toBe(false);
        expect(states()).toEqual([]);
    });

    it('survives a socket that is dying: no storm, and the message stays', async () => {
        await comeIn();
        const before = socket().sent.length;
        socket().readyState = 2;
        session.say('one');
        vi.advanceTimersByTime(500);
        expect(socket().sent.length).toBe(before);
        expect(states()).toEqual(['queued']);
        socket().readyState = Socket.OPEN;
        vi.advanceTimersByTime(1_000);
        expect(socket().last('say')).toMatchObject({ text: 'one' });
    });

    it('keeps unsent messages for the next page of the same person only', async () => {
        await comeIn();
        socket().breaks();
        session.say('one');
        const key = session.sender.outbox.value[0]!.key;
        session.stop();
        expect(new RoomSession('harbour', user('a')).sender.outbox.value).toMatchObject([{ key, text: 'one', state: 'queued' }]);
        expect(new RoomSession('harbour', user('b')).sender.outbox.value).toEqual([]);
        expect(new RoomSession('garden', user('a')).sender.outbox.value).toEqual([]);
    });

    it('keeps a notice beside its message across a reload', async () => {
        await comeIn();
        session.say('hello');
        const say = socket().last('say');
        const notice = { category: 'eating.promotion', lane: 'harm', explanation: 'why', resources: [], can_edit: true };
        socket().says({ type: 'ack', id: say['id'], key: say['key'], seq: 5, at: message(5).at, disposition: 'held', notice });
        session.stop();
        session = new RoomSession('harbour', user('a'));
        session.start();
        await comeIn(5, message(5, 'a', { key: say['key'] as string, held: true }));
        expect(session.log.value.notices.get(5)!.notice.explanation).toBe('why');
    });

    it('asks for the rules, accepts and joins', async () => {
        socket().open();
        socket().says(welcome(socket().last('hello')['id']));
        const agreement = { version: 3, text: 'Be kind.' };
        socket().says({ type: 'error', id: socket().last('join')['id'], code: 'agreement_required', message: '', agreement });
        expect(session.phase.value).toEqual({ name: 'agreement', rules: agreement });
        const done = session.accept(agreement);
        socket().says({ type: 'accepted', id: socket().last('accept')['id'] });
        await done;
        expect(socket().last('accept')).toMatchObject({ version: 3 });
        socket().says(joined(socket().last('join')['id'], 0));
        expect(session.phase.value.name).toBe('in');
    });

    it('takes a mute to heart and keeps the text', async () => {
        await comeIn();
        session.say('one');
        socket().says({ type: 'error', id: socket().last('say')['id'], code: 'muted', message: '', retry_after_ms: 5000 });
        expect(session.sender.outbox.value).toMatchObject([{ state: 'failed', code: 'muted', text: 'one' }]);
        expect(session.mutedUntil.value).toBe(Date.now() + 5000);
    });

    it('says that the room has closed, and keeps the text', async () => {
        await comeIn();
        session.say('one');
        socket().says({ type: 'error', id: socket().last('say')['id'], code: 'unknown_room', message: '' });
        expect(session.phase.value).toEqual({ name: 'refused', code: 'unknown_room' });
        expect(session.sender.outbox.value).toMatchObject([{ state: 'failed', text: 'one' }]);
    });

    it('counts as new what came unseen, not what was there, not one’s own', async () => {
        session.watching = () => false;
        await comeIn(2, message(1, 'b'), message(2, 'b'));
        expect(session.unreadCount.value).toBe(0);
        socket().says(message(3, 'a'));
        expect(session.unreadCount.value).toBe(0);
        socket().says(message(4, 'b'), message(5, 'b'));
        expect(session.unreadFrom.value).toBe(4);
        expect(session.unreadCount.value).toBe(2);
    });

    it('stops when banned and does not come back by itself', async () => {
        await comeIn();
        socket().breaks(4103);
        vi.runOnlyPendingTimers();
        expect(session.connection.value).toEqual({ name: 'stopped', reason: 'banned' });
        expect(Socket.all).toHaveLength(1);
    });
});
