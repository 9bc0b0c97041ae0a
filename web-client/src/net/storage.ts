// Storage that may be missing, full or forbidden: then things are kept for this page only, and nothing breaks.
//
// Unsent text and keys stay in sessionStorage, which a reload keeps and a closed tab forgets: on a shared computer the
// next person finds nothing. Only choices that say nothing about a person (language, sound) live in localStorage.

export interface Shelf {
    get(key: string): string | null;
    set(key: string, value: string | null): void;
    /** Removes every key of this application. */
    clear(): void;
}

const prefix = 'hearth.';

function shelf(open: () => Storage): Shelf {
    const memory = new Map<string, string>();
    const attempt = <T>(work: (storage: Storage) => T, otherwise: T): T => {
        try {
            return work(open());
        } catch {
            return otherwise;
        }
    };
    return {
        get: (key) => memory.get(key) ?? attempt((s) => s.getItem(prefix + key), null),
        set(key, value) {
            if (value === null) {
                memory.delete(key);
                attempt((s) => s.removeItem(prefix + key), undefined);
                return;
            }
            memory.set(key, value);
            attempt((s) => s.setItem(prefix + key, value), undefined);
        },
        clear() {
            memory.clear();
            attempt((s) => {
                for (const key of Object.keys(s)) if (key.startsWith(prefix)) s.removeItem(key);
            }, undefined);
        },
    };
}

export const tab: Shelf = shelf(() => sessionStorage);
export const device: Shelf = shelf(() => localStorage);

/** A random key that also works on a plain-http address, where crypto.randomUUID is missing. */
export function randomKey(): string {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
