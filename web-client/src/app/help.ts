// The crisis directory: asked for early, so that it is there when it is needed, also on a line that has just broken.
import { signal } from '@preact/signals';
import { api } from '../net/api';
import type { CountryResources, Locale } from '../protocol/types';

export const helpOpen = signal(false);
export const directory = signal<readonly CountryResources[] | null>(null);
let askedFor: Locale | null = null;

export async function loadDirectory(locale: Locale): Promise<void> {
    if (askedFor === locale && directory.value) return;
    askedFor = locale;
    const answer = await api.resources(locale);
    if (answer.ok && askedFor === locale) directory.value = answer.value.countries;
}
