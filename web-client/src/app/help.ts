// The crisis directory: asked for early, so that it is there when it is needed, also on a line that has just broken.
import { signal } from '@preact/signals';
import { api } from '../net/api';
import type { CountryResources, Locale } from '../protocol/types';

/** Countries the reader's languages name: en-GB says more than English does. Nothing of this leaves the page. */
const regions = (): string[] =>
    navigator.languages.flatMap((tag) => tag.split('-').slice(1).filter((part) => /^[A-Z]{2}$/i.test(part)).map((part) => part.toUpperCase()));

/** What is near first, then what serves everywhere, then the rest as the server ordered it. */
export function nearest<T>(entries: readonly T[], countryOf: (entry: T) => string, near = regions()): T[] {
    const rank = (entry: T): number => {
        const country = countryOf(entry).toUpperCase();
        const at = near.indexOf(country);
        return at >= 0 ? at : country.length === 2 ? near.length + 1 : near.length;
    };
    return near.length ? [...entries].sort((a, b) => rank(a) - rank(b)) : [...entries];
}

export const helpOpen = signal(false);
export const directory = signal<readonly CountryResources[] | null>(null);
let askedFor: Locale | null = null;

export async function loadDirectory(locale: Locale): Promise<void> {
    if (askedFor === locale && directory.value) return;
    askedFor = locale;
    const answer = await api.resources(locale);
    if (answer.ok && askedFor === locale) directory.value = nearest(answer.value.countries, (c) => c.code);
}
