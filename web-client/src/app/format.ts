// Times as people say them, where they are.
import { locale, t } from './i18n';

/** The reader's own variety of the language they chose: en-GB writes times as en-US does not. */
const variety = (): string => navigator.languages.find((tag) => tag.toLowerCase().split('-')[0] === locale.value) ?? locale.value;

const minute_ms = 60_000;
const hour_ms = 60 * minute_ms;
const day_ms = 24 * hour_ms;

export const clock = (at: string): string =>
    new Intl.DateTimeFormat(variety(), { timeStyle: 'short' }).format(new Date(at));

export const dayOf = (at: string): string => {
    const date = new Date(at);
    return `${date.getFullYear()}-${date.getMonth() + 1}-${date.getDate()}`;
};

export function dayName(at: string, now = Date.now()): string {
    if (dayOf(at) === dayOf(new Date(now).toISOString())) return t('day-today');
    if (dayOf(at) === dayOf(new Date(now - day_ms).toISOString())) return t('day-yesterday');
    return new Intl.DateTimeFormat(variety(), { weekday: 'long', day: 'numeric', month: 'long' }).format(new Date(at));
}

export const dateTime = (at: string): string =>
    new Intl.DateTimeFormat(variety(), { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(at));

/** A calendar day, wherever one is: "2026-01-31". */
export const day = (date: string): string =>
    new Intl.DateTimeFormat(variety(), { dateStyle: 'medium', timeZone: 'UTC' }).format(new Date(date));

/** "5 minutes ago", "in 2 hours". */
export function relative(at: string, now: number): string {
    const difference = Date.parse(at) - now;
    const size = Math.abs(difference);
    const format = new Intl.RelativeTimeFormat(locale.value, { numeric: 'auto' });
    if (size < hour_ms) return format.format(Math.round(difference / minute_ms), 'minute');
    if (size < day_ms) return format.format(Math.round(difference / hour_ms), 'hour');
    return format.format(Math.round(difference / day_ms), 'day');
}

export const list = (names: readonly string[]): string =>
    new Intl.ListFormat(locale.value, { type: 'conjunction' }).format(names);

/** 4:07 */
export function countdown(ms: number): string {
    const seconds = Math.round(ms / 1000);
    return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/** 1500 seconds are "25 minutes". */
export function duration(seconds: number): string {
    const unit = seconds % 86_400 === 0 ? 'day' : seconds % 3600 === 0 ? 'hour' : 'minute';
    const value = seconds / { day: 86_400, hour: 3600, minute: 60 }[unit];
    return new Intl.NumberFormat(locale.value, { style: 'unit', unit, unitDisplay: 'long' }).format(value);
}

/** Characters as the server counts them: code points. */
export const length = (text: string): number => [...text].length;
