// Who is here and who is writing.
import type { PresenceEvent, Room, User } from '../protocol/types';

export interface People {
    count: number;
    /** null in rooms too large for names. */
    members: readonly User[] | null;
}

export const nobody: People = { count: 0, members: null };

export function present(room: Pick<Room, 'count' | 'members'>): People {
    const members = room.members ? byName(unique(room.members)) : null;
    return { count: room.count ?? members?.length ?? 0, members };
}

export function moved(people: People, event: Pick<PresenceEvent, 'count' | 'joined' | 'left'>): People {
    if (!people.members) return { count: event.count, members: null };
    const gone = new Set(event.left ?? []);
    const stayed = people.members.filter((m) => !gone.has(m.id));
    const members = byName(unique([...stayed, ...(event.joined ?? [])]));
    // Names stop when a room grows too large for them: a list that no longer adds up is no list.
    return { count: event.count, members: members.length === event.count ? members : null };
}

const unique = (users: readonly User[]): User[] => [...new Map(users.map((u) => [u.id, u])).values()];
const byName = (users: User[]): User[] => users.sort((a, b) => a.name.localeCompare(b.name));

/** A line "… is writing" fades by itself: the server may drop these events. */
export const typing_ms = 6_000;

export type Typing = ReadonlyMap<string, { user: User; until: number }>;

export function startedTyping(typing: Typing, user: User, now: number): Typing {
    return new Map(typing).set(user.id, { user, until: now + typing_ms });
}

export function stoppedTyping(typing: Typing, userId: string): Typing {
    if (!typing.has(userId)) return typing;
    const next = new Map(typing);
    next.delete(userId);
    return next;
}

export const stillTyping = (typing: Typing, now: number): Typing =>
    new Map([...typing].filter(([, { until }]) => until > now));
