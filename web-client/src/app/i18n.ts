// Words for people, from the catalogues. The locale is a signal: changing it redraws every page that asked for a text.
import { FluentBundle, FluentResource, type FluentVariable } from '@fluent/bundle';
import { batch, signal } from '@preact/signals';
import { askIn } from '../net/http';
import { device } from '../net/storage';
import type { Locale } from '../protocol/types';

export const locales: readonly Locale[] = ['en', 'fr', 'id'];
/** Each language in its own words, which is how a reader finds it. */
export const localeNames: Record<Locale, string> = { en: 'English', fr: 'Français', id: 'Bahasa Indonesia' };

const catalogues = import.meta.glob<string>('../locales/*.ftl', { query: '?raw', import: 'default' });

export const locale = signal<Locale>('en');
const bundle = signal<FluentBundle | null>(null);

export const isLocale = (value: unknown): value is Locale => locales.includes(value as Locale);

/** `in` is an old code for Indonesian that some browsers still send; Malay readers follow Indonesian better than English. */
export function negotiate(wanted: readonly string[]): Locale {
    for (const tag of wanted) {
        const base = tag.toLowerCase().split('-')[0]!;
        if (isLocale(base)) return base;
        if (base === 'in' || base === 'ms') return 'id';
    }
    return 'en';
}

export function makeBundle(name: Locale, text: string): FluentBundle {
    // All three languages run left to right, so isolation marks would only get in the way of copied text.
    const made = new FluentBundle(name, { useIsolating: false });
    made.addResource(new FluentResource(text));
    return made;
}

async function load(name: Locale): Promise<void> {
    const text = await catalogues[`../locales/${name}.ftl`]!();
    batch(() => {
        bundle.value = makeBundle(name, text);
        locale.value = name;
    });
    document.documentElement.lang = name;
    askIn(name);
}

export async function startLocale(): Promise<void> {
    const kept = device.get('locale');
    await load(isLocale(kept) ? kept : negotiate(navigator.languages));
}

export async function chooseLocale(name: Locale): Promise<void> {
    device.set('locale', name);
    await load(name);
}

export function t(id: string, args?: Record<string, FluentVariable>): string {
    const current = bundle.value;
    const pattern = current?.getMessage(id)?.value;
    return current && pattern ? current.formatPattern(pattern, args) : id;
}

/** Whether a catalogue words this id: for codes that a newer server may add. */
export const worded = (id: string): boolean => bundle.value?.hasMessage(id) === true;
