// Who is signed in, as far as this page knows. The session itself is a cookie that scripts cannot read.
import { computed, signal } from '@preact/signals';
import { api, type Me } from '../net/api';
import type { Problem } from '../net/http';
import { tab } from '../net/storage';
import type { Role } from '../protocol/types';

/** undefined: not asked yet; null: nobody. */
export const me = signal<Me | null | undefined>(undefined);
export const meProblem = signal<Problem | null>(null);

export const isStaff = computed(() => hasRole('moderator', 'admin'));
export const isAdmin = computed(() => hasRole('admin'));

export const hasRole = (...roles: Role[]): boolean => me.value?.user.roles.some((role) => roles.includes(role)) ?? false;

export async function refreshMe(): Promise<void> {
    const answer = await api.me();
    meProblem.value = null;
    if (answer.ok) me.value = answer.value;
    else if (answer.problem.status === 401) me.value = null;
    else meProblem.value = answer.problem;
}

export async function signOut(): Promise<void> {
    await api.logout();
    tab.clear();
    me.value = null;
}

/** Rules that were accepted while entering need no second question in the room. */
export const rememberAccepted = (slug: string, version: string | number): void => tab.set(`accepted.${slug}`, String(version));
export const acceptedVersion = (slug: string): string | null => tab.get(`accepted.${slug}`);
