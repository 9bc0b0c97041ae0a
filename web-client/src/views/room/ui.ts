// What is open on the room's page: which message is answered, edited or looked at, which dialog shows.
import { signal, type Signal } from '@preact/signals';
import { tab } from '../../net/storage';
import type { User } from '../../protocol/types';
import type { Item } from '../../state/room-log';

export type Sheet =
    | { name: 'message'; item: Item }
    | { name: 'report'; item: Item }
    | { name: 'retract'; item: Item }
    | { name: 'people' }
    | { name: 'about' };

export class RoomUi {
    readonly sheet = signal<Sheet | null>(null);
    readonly replyTo = signal<Item | null>(null);
    readonly editing = signal<Item | null>(null);
    readonly text: Signal<string>;
    readonly dismissed = signal<ReadonlySet<number>>(new Set());
    focusComposer: () => void = () => undefined;
    /** The draft that editing an old message pushed aside. */
    #aside = '';

    constructor(private readonly draftKey: string) {
        this.text = signal(tab.get(draftKey) ?? '');
    }

    write(text: string): void {
        this.text.value = text;
        if (!this.editing.value) tab.set(this.draftKey, text === '' ? null : text);
    }

    reply(item: Item): void {
        this.sheet.value = null;
        if (this.editing.value) this.stopEditing();
        this.replyTo.value = item;
        this.focusComposer();
    }

    edit(item: Item): void {
        this.sheet.value = null;
        if (!this.editing.value) this.#aside = this.text.value;
        this.editing.value = item;
        this.replyTo.value = null;
        this.text.value = item.text;
        this.focusComposer();
    }

    stopEditing(): void {
        this.editing.value = null;
        this.write(this.#aside);
        this.#aside = '';
    }

    dismiss(seq: number): void {
        this.dismissed.value = new Set(this.dismissed.value).add(seq);
    }
}

export const isModerator = (user: User): boolean => user.roles.includes('moderator') || user.roles.includes('admin');
