// The list of cases. Urgency is said in words beside its icon, so that no one depends on colour.
import type { DeskSession } from '../../app/desk-session';
import { countdown, relative } from '../../app/format';
import { t } from '../../app/i18n';
import { me } from '../../app/session';
import { messageId } from '../../protocol/taxonomy';
import type { Case } from '../../protocol/types';
import { isWaiting, leaseLeft, type Filter } from '../../state/review-queue';
import { Icon } from '../icons';
import { reasonText } from '../room/notice-card';
import { Empty, Loading, useNow } from '../ui';

const lanes: readonly Filter['lane'][] = ['all', 'care', 'harm'];
const states: readonly Filter['state'][] = ['waiting', 'decided', 'all'];

export function Severity({ severity }: { severity: number }) {
    const level = Math.max(0, Math.min(4, Math.round(severity)));
    return <span class={`severity s${level}`}><Icon name={level >= 3 ? 'alert' : 'flag'} />{t(`severity-${level}`)}</span>;
}

export function LaneTag({ item }: { item: Case }) {
    return (
        <>
            <span class={`lane ${item.lane}`}><Icon name={item.lane === 'care' ? 'heart' : 'shield'} />{t(`lane-${item.lane}`)}</span>
            {item.needs_care && item.lane === 'harm' && <span class="lane care"><Icon name="heart" />{t('lane-care-too')}</span>}
        </>
    );
}

export function Clock({ item, now }: { item: Case; now: number }) {
    if (!isWaiting(item) || !item.due_at) return <span class="hint">{relative(item.opened_at, now)}</span>;
    const late = Date.parse(item.due_at) < now;
    return (
        <span class={late ? 'late' : 'hint'}>
            <Icon name="clock" />{relative(item.opened_at, now)} · {t(late ? 'due-late' : 'due', { when: relative(item.due_at, now) })}
        </span>
    );
}

function Holder({ item, now }: { item: Case; now: number }) {
    const left = leaseLeft(item.lease_expires_at, now);
    if (item.state !== 'claimed' || !item.claimed_by || left === 0) return null;
    const mine = item.claimed_by.id === me.value?.user.id;
    return <span class="hint">{t(mine ? 'claimed-by-you' : 'claimed-by', { name: item.claimed_by.name, left: countdown(left) })}</span>;
}

/** What a case is about, in a line. */
export function caseTitle(item: Case): string {
    if (item.drift) return t(`drift-${item.drift.kind}`);
    return item.categories.length ? item.categories.map(reasonText).join(' · ') : t('category-reported');
}

function QueueItem({ item, current, now }: { item: Case; current: boolean; now: number }) {
    return (
        <li>
            <a
                href={`/desk/${encodeURIComponent(item.id)}`} class={`queue-item ${item.page && isWaiting(item) ? 'page' : ''}`}
                aria-current={current ? 'true' : undefined} data-testid="queue-item" data-case={item.id} data-lane={item.lane}
                data-state={item.state} data-severity={item.severity} data-seq={item.seq}
            >
                <span class="queue-tags"><Severity severity={item.severity} /><LaneTag item={item} /></span>
                <strong>{caseTitle(item)}</strong>
                <span class="hint">{!item.drift && `${item.author.name} · `}{item.room} · {t(`case-state-${item.state}`)}</span>
                <Clock item={item} now={now} />
                <Holder item={item} now={now} />
            </a>
        </li>
    );
}

function Filters({ desk }: { desk: DeskSession }) {
    const filter = desk.filter.value;
    const counts = desk.counts.value;
    const rooms = [...new Set([...desk.cases.value.values()].map((c) => c.room))].sort();
    return (
        <div class="filters">
            <div class="tabs" role="group" aria-label={t('filter-lane')}>
                {lanes.map((lane) => (
                    <button
                        key={lane} type="button" aria-pressed={filter.lane === lane} data-testid={`lane-${lane}`}
                        onClick={() => void desk.choose({ ...filter, lane })}
                    >
                        {t(`lane-tab-${lane}`)} <span class="count">{counts[lane]}</span>
                    </button>
                ))}
            </div>
            <div class="selects">
                <label>
                    <span>{t('filter-state')}</span>
                    <select
                        value={filter.state} data-testid="filter-state"
                        onChange={(e) => void desk.choose({ ...filter, state: e.currentTarget.value as Filter['state'] })}
                    >
                        {states.map((state) => <option key={state} value={state}>{t(`filter-state-${state}`)}</option>)}
                    </select>
                </label>
                <label>
                    <span>{t('filter-room')}</span>
                    <select value={filter.room} data-testid="filter-room" onChange={(e) => void desk.choose({ ...filter, room: e.currentTarget.value })}>
                        <option value="">{t('filter-room-all')}</option>
                        {rooms.map((room) => <option key={room} value={room}>{room}</option>)}
                    </select>
                </label>
            </div>
        </div>
    );
}

export function Queue({ desk, current }: { desk: DeskSession; current: string | null }) {
    const now = useNow(1_000);
    const shown = desk.shown.value;
    return (
        <section class="queue" aria-label={t('queue')}>
            <Filters desk={desk} />
            {!desk.loaded.value && !desk.problem.value && shown.length === 0 && <Loading />}
            {desk.loaded.value && shown.length === 0 && (
                <Empty icon="check" title={t('queue-empty')}><p>{t(`queue-empty-${desk.filter.value.state}`)}</p></Empty>
            )}
            <ol class="queue-list" data-testid="queue">
                {shown.map((item) => <QueueItem key={item.id} item={item} current={item.id === current} now={now} />)}
            </ol>
        </section>
    );
}

export const actionName = (action: string): string => t(`action-${messageId(action)}`);
