// Where a person writes. The draft is kept at every keystroke; a pause by the moderators closes it kindly.
import { useSignal } from '@preact/signals';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { announce } from '../../app/announce';
import { dateTime, length } from '../../app/format';
import { t } from '../../app/i18n';
import type { RoomSession } from '../../app/room-session';
import { standing } from '../../state/room-log';
import { Icon } from '../icons';
import { Button, useNow } from '../ui';
import { errorText } from './message-sheet';
import type { RoomUi } from './ui';

const tallest_px = 180;
/** From here on the count of characters left shows. */
const nearly_full = 0.85;

/** On a phone's keyboard Enter makes a line; there is a button to send. */
const touch = () => matchMedia('(pointer: coarse)').matches;

function Paused({ until }: { until: number | null }) {
    return (
        <div class="composer paused" data-testid="composer-paused">
            <p><Icon name="clock" />{until === null ? t('muted') : t('muted-until', { until: dateTime(new Date(until).toISOString()) })}</p>
            <p class="hint">{t('muted-hint')}</p>
        </div>
    );
}

function About({ ui }: { ui: RoomUi }) {
    const { value: editing } = ui.editing;
    const { value: replyTo } = ui.replyTo;
    if (!editing && !replyTo) return null;
    const cancel = () => (editing ? ui.stopEditing() : (ui.replyTo.value = null));
    return (
        <div class="composer-about" data-testid={editing ? 'composer-editing' : 'composer-reply'}>
            <p><Icon name={editing ? 'edit' : 'reply'} /><span>{editing ? t('editing') : t('replying-to', { name: replyTo!.from.name, text: replyTo!.text })}</span></p>
            <Button look="quiet" icon="close" bare onClick={cancel}>{t('cancel')}</Button>
        </div>
    );
}

export function Composer({ session, ui }: { session: RoomSession; ui: RoomUi }) {
    const area = useRef<HTMLTextAreaElement>(null);
    const busy = useSignal(false);
    const now = useNow(5_000);
    const text = ui.text.value;
    const limit = session.limits.value.text_chars;
    const used = length(text);

    useEffect(() => {
        ui.focusComposer = () => setTimeout(() => area.current?.focus(), 0);
    }, [ui]);
    useLayoutEffect(() => {
        const el = area.current;
        if (!el) return;
        el.style.height = 'auto';
        el.style.height = `${Math.min(el.scrollHeight + 2, tallest_px)}px`;
    }, [text]);

    const paused = standing(session.log.value, session.user.id, now);
    const until = paused?.until ? Date.parse(paused.until) : paused ? null : session.mutedUntil.value;
    if (paused || (until !== null && until > now)) return <Paused until={until} />;

    const saveEdit = async () => {
        busy.value = true;
        const error = await session.edit(ui.editing.value!.seq, text.trim());
        busy.value = false;
        area.current?.focus();
        if (error) announce(error.code === 'forbidden' && error.field === 'text' ? t('edit-needs-review') : errorText(error));
        else {
            ui.stopEditing();
            announce(t('edit-done'));
        }
    };
    const submit = (event?: Event) => {
        event?.preventDefault();
        if (text.trim() === '' || used > limit || busy.value) return;
        if (ui.editing.value) return void saveEdit();
        session.say(text.trim(), ui.replyTo.value?.seq);
        ui.replyTo.value = null;
        ui.write('');
        area.current?.focus();
    };
    const onKey = (event: KeyboardEvent) => {
        if (event.key === 'Enter' && !event.shiftKey && !event.isComposing && !touch()) submit(event);
    };
    const onEscape = (event: KeyboardEvent) => {
        if (event.key !== 'Escape') return;
        if (ui.editing.value) ui.stopEditing();
        else ui.replyTo.value = null;
    };
    return (
        <form class="composer" onSubmit={submit} onKeyDown={onEscape}>
            <About ui={ui} />
            <div class="composer-row">
                <label class="sr-only" for="composer">{t('composer-label')}</label>
                <textarea
                    ref={area} id="composer" rows={1} value={text} placeholder={t('composer-placeholder')} data-testid="composer"
                    aria-describedby="composer-count" aria-invalid={used > limit ? true : undefined}
                    onInput={(e) => {
                        ui.write(e.currentTarget.value);
                        if (!ui.editing.value) session.typed();
                    }}
                    onKeyDown={onKey}
                />
                <Button type="submit" look="primary" icon="send" data-testid="send" disabled={text.trim() === '' || used > limit || busy.value}>
                    {ui.editing.value ? t('save') : t('send')}
                </Button>
            </div>
            <p class={`count ${used > limit ? 'over' : ''}`} id="composer-count">
                {used > limit * nearly_full ? (used > limit ? t('count-over', { count: used - limit }) : t('count-left', { count: limit - used })) : ''}
            </p>
        </form>
    );
}
