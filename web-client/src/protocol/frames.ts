// Text frames to typed messages and back. Pure: a frame the client cannot use becomes nothing, never an exception.
import type { Command, EphemeralEvent, Reply, RoomEvent } from './types';

export type Incoming =
    | { kind: 'reply'; reply: Reply }
    | { kind: 'room'; event: RoomEvent }
    | { kind: 'ephemeral'; event: EphemeralEvent };

const replyTypes = new Set(['welcome', 'joined', 'ack', 'history', 'error', 'accepted', 'left', 'pong', 'watching']);
const roomTypes = new Set(['message', 'edited', 'retracted', 'released', 'reaction', 'notice', 'sanction']);
const ephemeralTypes = new Set(['presence', 'typing', 'case_opened', 'case_updated', 'server']);

type Loose = Record<string, unknown>;

const isObject = (value: unknown): value is Loose =>
    typeof value === 'object' && value !== null && !Array.isArray(value);
const isUser = (value: unknown): boolean =>
    isObject(value) && typeof value['id'] === 'string' && typeof value['name'] === 'string';
const isSeq = (value: unknown): boolean => typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;

/** Text that left the room is named by its absence. */
const hasText = (value: Loose): boolean => typeof value['text'] === 'string' || value['retracted'] === true;

const isText = (value: unknown): boolean =>
    isObject(value) && ['claim', 'correction', 'what_to_do'].every((part) => typeof value[part] === 'string');

const isCard = (value: unknown): boolean =>
    isObject(value) && typeof value['claim'] === 'string' && Array.isArray(value['sources']) &&
    isObject(value['texts']) && Object.values(value['texts']).length > 0 && Object.values(value['texts']).every(isText);

/** What each room event must carry before a reducer may touch it. */
const complete: Record<string, (event: Loose) => boolean> = {
    message: (e) =>
        isUser(e['from']) && typeof e['key'] === 'string' && hasText(e),
    edited: (e) => isSeq(e['target']) && hasText(e),
    retracted: (e) => isSeq(e['target']),
    released: (e) =>
        isSeq(e['target']) && isObject(e['message']) && isUser(e['message']['from']) && hasText(e['message']),
    reaction: (e) =>
        isSeq(e['target']) && isUser(e['from']) && typeof e['kind'] === 'string' && typeof e['on'] === 'boolean',
    notice: (e) =>
        isObject(e['notice']) && Array.isArray(e['notice']['resources']) && (e['card'] === undefined || isCard(e['card'])),
    sanction: (e) => isUser(e['user']) && typeof e['action'] === 'string',
};

export function isRoomEvent(value: unknown): value is RoomEvent {
    return (
        isObject(value) && roomTypes.has(String(value['type'])) && typeof value['room'] === 'string' &&
        isSeq(value['seq']) && typeof value['at'] === 'string' && complete[String(value['type'])]!(value)
    );
}

function classify(value: unknown): Incoming | null {
    if (!isObject(value) || typeof value['type'] !== 'string') return null;
    const type = value['type'];
    if (replyTypes.has(type) && 'id' in value) {
        if (type !== 'history') return { kind: 'reply', reply: value as unknown as Reply };
        const events = Array.isArray(value['events']) ? value['events'].filter(isRoomEvent) : [];
        return { kind: 'reply', reply: { ...value, events } as unknown as Reply };
    }
    if (isRoomEvent(value)) return { kind: 'room', event: value };
    if (ephemeralTypes.has(type)) return { kind: 'ephemeral', event: value as unknown as EphemeralEvent };
    return null;
}

/** A frame carries one or more JSON objects, one per line. */
export function parseFrame(text: string): Incoming[] {
    const found: Incoming[] = [];
    for (const line of text.split('\n')) {
        if (line.trim() === '') continue;
        let value: unknown;
        try {
            value = JSON.parse(line);
        } catch {
            continue;
        }
        const incoming = classify(value);
        if (incoming) found.push(incoming);
    }
    return found;
}

export function encode(command: Command, id: number): string {
    return JSON.stringify({ ...command, id });
}

/** The reason of a close frame: how many ms this client is asked to stay away, or nothing. */
export function parseRetryAfter(reason: string): number | undefined {
    try {
        const value: unknown = JSON.parse(reason);
        const ms = isObject(value) ? value['retry_after_ms'] : undefined;
        return typeof ms === 'number' && Number.isFinite(ms) && ms >= 0 ? ms : undefined;
    } catch {
        return undefined;
    }
}
