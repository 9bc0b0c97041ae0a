// One short line at a time for everyone: seen at the foot of the page and read aloud.
import { signal } from '@preact/signals';

export const announcement = signal('');
let timer: ReturnType<typeof setTimeout> | undefined;

export function announce(text: string): void {
    clearTimeout(timer);
    announcement.value = text;
    timer = setTimeout(() => (announcement.value = ''), 6_000);
}
