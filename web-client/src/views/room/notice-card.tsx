// What the room says to one person alone: why a message waits, or that someone heard how hard it is. It never blames.
import { dateTime } from '../../app/format';
import { helpOpen, nearest } from '../../app/help';
import { t, worded } from '../../app/i18n';
import { messageId } from '../../protocol/taxonomy';
import type { Resource, SanctionEvent } from '../../protocol/types';
import type { Item, PostedNotice } from '../../state/room-log';
import { ResourceLines } from '../help';
import { Icon } from '../icons';
import { Button } from '../ui';
import type { RoomUi } from './ui';

function heading(posted: PostedNotice, item: Item | null): string {
    if (posted.outcome) return t(`outcome-${posted.outcome}`);
    if (posted.notice.lane === 'care') return t('notice-care');
    if (item?.state === 'held') return t('notice-held');
    if (item?.state === 'blocked') return t('notice-blocked');
    return t('notice-nudge');
}

/** A few near ones at a glance; a long list would bury what matters. */
const at_a_glance = 3;

/** In the care lane they are what the card is for; elsewhere they are at hand, behind one tap. */
function Resources({ resources, open }: { resources: readonly Resource[]; open: boolean }) {
    const ordered = nearest(resources, (r) => r.country);
    const shown = open ? ordered.slice(0, at_a_glance) : [];
    const rest = ordered.slice(shown.length);
    return (
        <>
            {shown.length > 0 && <ResourceLines resources={shown} />}
            {rest.length > 0 && (
                <details>
                    <summary>{open ? t('notice-rest') : t('notice-if-needed')}</summary>
                    <ResourceLines resources={rest} />
                </details>
            )}
        </>
    );
}

export function NoticeCard({ posted, ui, item }: { posted: PostedNotice; ui: RoomUi; item: Item | null }) {
    if (ui.dismissed.value.has(posted.seq)) return null;
    const { notice } = posted;
    const forCare = notice.lane === 'care' || posted.outcome === 'resources';
    const kind = forCare || posted.outcome === 'released' || posted.outcome === 'kept';
    // Who spoke of their own pain is not asked to take it back.
    const disclosed = notice.lane === 'care' && item?.state === 'published';
    const editable = notice.can_edit && !disclosed && item !== null && item.state !== 'retracted' && !posted.outcome;
    return (
        <aside
            class={`notice ${kind ? 'care' : 'harm'}`} aria-label={heading(posted, item)}
            data-testid="notice-card" data-category={notice.category} data-lane={notice.lane} data-outcome={posted.outcome}
        >
            <h2><Icon name={kind ? 'heart' : 'clock'} />{heading(posted, item)}</h2>
            {posted.note && <blockquote>{posted.note}</blockquote>}
            {notice.explanation && <p>{notice.explanation}</p>}
            {item?.state === 'held' && !posted.outcome && <p>{t('notice-held-next')}</p>}
            <Resources resources={notice.resources} open={forCare} />
            <p class="only-you">{t('notice-only-you')}</p>
            <div class="actions">
                {editable && <Button icon="edit" data-testid="notice-edit" onClick={() => ui.edit(item)}>{t('edit')}</Button>}
                {editable && (
                    <Button icon="undo" data-testid="notice-retract" onClick={() => (ui.sheet.value = { name: 'retract', item })}>{t('retract')}</Button>
                )}
                {forCare && <Button icon="help" onClick={() => (helpOpen.value = true)}>{t('notice-more-help')}</Button>}
                <Button look="quiet" data-testid="notice-dismiss" onClick={() => ui.dismiss(posted.seq)}>{t('notice-dismiss')}</Button>
            </div>
        </aside>
    );
}

/** Reasons may be taxonomy ids, which have words, or a moderator's own. */
export function reasonText(reason: string | undefined): string {
    if (!reason) return t('category-other');
    const id = `category-${messageId(reason)}`;
    return worded(id) ? t(id) : reason;
}

export function SanctionLine({ sanction, mine }: { sanction: SanctionEvent; mine: boolean }) {
    const { action, until, user, reason } = sanction;
    const key = `sanction-${action}${mine ? '-you' : ''}${until && (action === 'mute' || action === 'ban') ? '-until' : ''}`;
    return (
        <li class={`sanction ${mine ? 'mine' : ''}`} data-testid="sanction" data-action={action}>
            <p>{t(key, { name: user.name, until: until ? dateTime(until) : '' })}</p>
            {reason && <p class="hint">{t('sanction-reason', { reason: reasonText(reason) })}</p>}
        </li>
    );
}
