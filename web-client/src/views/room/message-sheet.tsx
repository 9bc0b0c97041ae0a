// What one can do with a message, in a sheet that works alike by thumb, mouse, keyboard and screen reader.
import { useSignal } from '@preact/signals';
import { announce } from '../../app/announce';
import { t } from '../../app/i18n';
import type { RoomSession } from '../../app/room-session';
import { messageId, reactionKinds } from '../../protocol/taxonomy';
import type { ErrorReply, ReactionKind } from '../../protocol/types';
import type { Item } from '../../state/room-log';
import { Icon } from '../icons';
import { Button, codeText, Dialog } from '../ui';
import { reactionIcon } from './message';
import type { RoomUi } from './ui';

interface SheetProps {
    session: RoomSession;
    item: Item;
    onClose: () => void;
}

/** The connection's locale may be older than the page's: its own words come first. */
export const errorText = (error: ErrorReply): string =>
    codeText(error.code, error.limit) ?? (error.message || t('error-unknown', { code: error.code }));

function ReactRow({ session, item, onClose }: SheetProps) {
    const react = async (kind: ReactionKind, on: boolean) => {
        onClose();
        const error = await session.react(item.seq, kind, on);
        if (error) announce(errorText(error));
    };
    return (
        <div class="react-row" role="group" aria-label={t('react')}>
            {reactionKinds.map((kind) => {
                const mine = item.reactions.some((r) => r.on && r.kind === kind && r.from.id === session.user.id);
                return (
                    <button key={kind} type="button" class="react" aria-pressed={mine} data-testid={`react-${kind}`} onClick={() => void react(kind, !mine)}>
                        <Icon name={reactionIcon[kind]} />
                        <span>{t(`reaction-${messageId(kind)}`)}</span>
                    </button>
                );
            })}
        </div>
    );
}

export function MessageSheet({ session, ui, item, onClose }: SheetProps & { ui: RoomUi }) {
    const mine = item.from.id === session.user.id;
    const gone = item.state === 'retracted';
    const open = item.state === 'published';
    const hide = () => {
        onClose();
        session.setHidden(item.from.id, true);
        announce(t('hidden-now', { name: item.from.name }));
    };
    return (
        <Dialog title={mine ? t('sheet-yours') : t('sheet-of', { name: item.from.name })} onClose={onClose} testId="message-sheet">
            <p class="quote"><span>{gone ? t('message-gone') : item.text}</span></p>
            {open && <ReactRow session={session} item={item} onClose={onClose} />}
            <div class="menu">
                {open && <Button look="quiet" icon="reply" data-testid="reply" onClick={() => ui.reply(item)}>{t('reply')}</Button>}
                {mine && !gone && <Button look="quiet" icon="edit" data-testid="edit" onClick={() => ui.edit(item)}>{t('edit')}</Button>}
                {mine && !gone && (
                    <Button look="quiet" icon="undo" data-testid="retract" onClick={() => (ui.sheet.value = { name: 'retract', item })}>{t('retract')}</Button>
                )}
                {!mine && !gone && (
                    <Button look="quiet" icon="flag" data-testid="report" onClick={() => (ui.sheet.value = { name: 'report', item })}>{t('report')}</Button>
                )}
                {!mine && (
                    <Button look="quiet" icon="eyeOff" data-testid="hide-person" onClick={hide}>{t('hide-person', { name: item.from.name })}</Button>
                )}
            </div>
        </Dialog>
    );
}

export function RetractDialog({ session, item, onClose }: SheetProps) {
    const problem = useSignal('');
    const busy = useSignal(false);
    const retract = async () => {
        busy.value = true;
        const error = await session.retract(item.seq);
        busy.value = false;
        if (error) problem.value = errorText(error);
        else {
            onClose();
            announce(t('retract-done'));
        }
    };
    return (
        <Dialog title={t('retract-title')} onClose={onClose} testId="retract-dialog">
            <p class="quote"><span>{item.text}</span></p>
            <p>{item.state === 'published' ? t('retract-text') : t('retract-text-held')}</p>
            <p role="alert" class="field-error">{problem.value}</p>
            <div class="actions">
                <Button look="danger" data-testid="retract-confirm" disabled={busy.value} onClick={retract}>{t('retract')}</Button>
                <Button onClick={onClose}>{t('cancel')}</Button>
            </div>
        </Dialog>
    );
}
