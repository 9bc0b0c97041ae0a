// Telling the moderators that something is wrong. Who reads it is said first; the person reported never learns who wrote.
import { useSignal } from '@preact/signals';
import { announce } from '../../app/announce';
import { t } from '../../app/i18n';
import type { RoomSession } from '../../app/room-session';
import { messageId, reportReasons } from '../../protocol/taxonomy';
import type { Item } from '../../state/room-log';
import { Button, Dialog, Field } from '../ui';
import { errorText } from './message-sheet';

export function ReportDialog({ session, item, onClose }: { session: RoomSession; item: Item; onClose: () => void }) {
    const reason = useSignal('');
    const note = useSignal('');
    const problem = useSignal('');
    const busy = useSignal(false);
    const send = async (event: Event) => {
        event.preventDefault();
        if (!reason.value) {
            problem.value = t('report-choose');
            return;
        }
        busy.value = true;
        const error = await session.report(item.seq, reason.value, note.value.trim());
        busy.value = false;
        if (error) problem.value = errorText(error);
        else {
            onClose();
            announce(t('report-done'));
        }
    };
    return (
        <Dialog title={t('report-title')} onClose={onClose} testId="report-dialog">
            <p>{t('report-who-sees')}</p>
            <p class="quote"><span><strong>{item.from.name}</strong> {item.text}</span></p>
            <form onSubmit={send} noValidate>
                <fieldset class="choices">
                    <legend>{t('report-reason')}</legend>
                    {reportReasons.map((id) => (
                        <label key={id} class="check">
                            <input
                                type="radio" name="reason" value={id} checked={reason.value === id} data-testid={`report-reason-${id}`}
                                onChange={() => (reason.value = id)}
                            />
                            <span>{t(`report-${messageId(id)}`)}</span>
                        </label>
                    ))}
                </fieldset>
                <Field label={t('report-note')}>
                    {(ids) => (
                        <textarea {...ids} rows={3} maxLength={1000} value={note.value} data-testid="report-note" onInput={(e) => (note.value = e.currentTarget.value)} />
                    )}
                </Field>
                <p role="alert" class="field-error">{problem.value}</p>
                <div class="actions">
                    <Button type="submit" look="primary" data-testid="report-send" disabled={busy.value}>{t('report-send')}</Button>
                    <Button onClick={onClose}>{t('cancel')}</Button>
                </div>
            </form>
        </Dialog>
    );
}
