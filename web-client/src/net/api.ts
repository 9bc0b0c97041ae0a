// The HTTP routes of docs/PROTOCOL.md by name.
import type {
    Case, CountryResources, DecisionAction, Invite, Locale, NewInvite, Role, Room, Spelling, SpellingDecision, StaffMember, StaffRole, Topic, User,
} from '../protocol/types';
import { request } from './http';

const part = encodeURIComponent;

function query(values: Record<string, string | undefined>): string {
    const set = Object.entries(values).filter(([, value]) => value !== undefined && value !== '');
    return set.length ? `?${new URLSearchParams(set as [string, string][])}` : '';
}

export interface Me {
    user: User;
    rooms: Room[];
}

export interface RoomForm {
    slug: string;
    title: string;
    kind: string;
    topic: Topic;
    languages: Locale[];
    open: boolean;
    rules: string;
}

export interface DecisionForm {
    lease: string;
    action: DecisionAction;
    reason: string;
    duration_s?: number;
    note?: string;
    reply?: string;
}

export const api = {
    me: () => request<Me>('GET', '/me'),
    login: (name: string, password: string) => request<{ user: User }>('POST', '/login', { name, password }),
    loginByLink: (link: string) => request<{ user: User }>('POST', '/login', { link }),
    logout: () => request<void>('POST', '/logout', {}),
    invite: (code: string) => request<{ room: Room }>('GET', `/invites/${part(code)}`),
    enter: (invite: string, name: string | null, locale: Locale) =>
        request<{ user: User; room: Room }>('POST', '/guests', { invite, locale, ...(name === null ? {} : { name }) }),
    resources: (locale: Locale) => request<{ countries: CountryResources[] }>('GET', `/resources${query({ locale })}`),

    rooms: () => request<{ rooms: Room[] }>('GET', '/rooms'),
    room: (slug: string) => request<Room>('GET', `/rooms/${part(slug)}`),
    createRoom: (form: RoomForm) => request<Room>('POST', '/rooms', form),
    changeRoom: (slug: string, form: Partial<RoomForm>) => request<Room>('PATCH', `/rooms/${part(slug)}`, form),
    closeRoom: (slug: string) => request<void>('DELETE', `/rooms/${part(slug)}`),
    invites: (slug: string) => request<{ invites: Invite[] }>('GET', `/rooms/${part(slug)}/invites`),
    createInvite: (slug: string, form: { uses: number; expires_in_s: number }) =>
        request<NewInvite>('POST', `/rooms/${part(slug)}/invites`, form),
    revokeInvite: (slug: string, id: string) => request<void>('DELETE', `/rooms/${part(slug)}/invites/${part(id)}`),

    staff: () => request<{ staff: StaffMember[] }>('GET', '/staff'),
    addStaff: (form: { name: string; role: StaffRole }) => request<StaffMember>('POST', '/staff', form),
    changeStaff: (id: string, form: { role?: Role; disabled?: boolean; password?: string }) =>
        request<StaffMember>('PATCH', `/staff/${part(id)}`, form),

    spellings: () => request<{ variants: Spelling[]; decided: SpellingDecision[] }>('GET', '/variants'),
    decideSpelling: (word: string, accept: boolean) => request<SpellingDecision>('POST', `/variants/${part(word)}`, { accept }),

    cases: (filter: { state?: string; lane?: string; room?: string; cursor?: string }) =>
        request<{ cases: Case[]; cursor?: string }>('GET', `/cases${query(filter)}`),
    case: (id: string) => request<Case>('GET', `/cases/${part(id)}`),
    claim: (id: string, lease?: string) =>
        request<{ lease: string; expires_at: string }>('POST', `/cases/${part(id)}/claim`, lease ? { lease } : {}),
    release: (id: string, lease: string) => request<void>('POST', `/cases/${part(id)}/release`, { lease }),
    shareCard: (id: string, claim: string) => request<Case>('POST', `/cases/${part(id)}/cards`, { claim }),
    takeCardBack: (id: string, claim: string) => request<Case>('DELETE', `/cases/${part(id)}/cards/${part(claim)}`),
    decide: (id: string, form: DecisionForm) => request<Case>('POST', `/cases/${part(id)}/decisions`, form),
};
