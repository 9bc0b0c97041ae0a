// The conversation as it scrolls: older pages come at the top without moving what is being read, new lines at the foot.
import { useComputed } from '@preact/signals';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { dayName, dayOf, list } from '../../app/format';
import { t } from '../../app/i18n';
import type { RoomSession } from '../../app/room-session';
import { timeline, type Row } from '../../state/timeline';
import { Icon } from '../icons';
import { Button, Empty } from '../ui';
import { Message, OutgoingMessage } from './message';
import { NoticeCard, SanctionLine } from './notice-card';
import { RoomCard } from './room-card';
import type { RoomUi } from './ui';

const near_bottom_px = 60;
const near_top_px = 160;
/** How long the "new" line stays after its messages came into sight. */
const read_ms = 5_000;

/** Where the page stood before it was drawn again, to keep what is read where it is. */
interface Place {
    height: number;
    top: number;
    oldest: number | null;
    atBottom: boolean;
}

function useScrolling(session: RoomSession) {
    const box = useRef<HTMLDivElement>(null);
    const place = useRef<Place>({ height: 0, top: 0, oldest: null, atBottom: true });
    const [atBottom, setAtBottom] = useState(true);
    const reading = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);

    const look = () => {
        const el = box.current;
        if (!el) return;
        const bottom = el.scrollHeight - el.scrollTop - el.clientHeight < near_bottom_px;
        place.current.top = el.scrollTop;
        place.current.atBottom = bottom;
        setAtBottom(bottom);
        if (el.scrollTop < near_top_px && el.scrollHeight > el.clientHeight + near_top_px) session.loadHistory();
        clearTimeout(reading.current);
        if (bottom && document.visibilityState === 'visible' && session.unreadFrom.value !== null) {
            reading.current = setTimeout(() => (session.unreadFrom.value = null), read_ms);
        }
    };

    useLayoutEffect(() => {
        const el = box.current!;
        const was = place.current;
        const { oldest } = session.log.value;
        if (was.atBottom) el.scrollTop = el.scrollHeight;
        else if (oldest !== was.oldest) el.scrollTop = was.top + (el.scrollHeight - was.height);
        place.current = { ...was, height: el.scrollHeight, top: el.scrollTop, oldest };
    });

    useEffect(() => {
        session.watching = () => place.current.atBottom && document.visibilityState === 'visible';
        const observer = new ResizeObserver(() => {
            const el = box.current;
            if (el && place.current.atBottom) el.scrollTop = el.scrollHeight;
        });
        observer.observe(box.current!);
        document.addEventListener('visibilitychange', look);
        look();
        return () => {
            session.watching = () => false;
            observer.disconnect();
            document.removeEventListener('visibilitychange', look);
            clearTimeout(reading.current);
        };
    }, [session]);

    const toBottom = () => {
        const el = box.current!;
        el.scrollTop = el.scrollHeight;
        look();
    };
    return { box, atBottom, look, toBottom };
}

function RowView({ row, session, ui }: { row: Row; session: RoomSession; ui: RoomUi }) {
    switch (row.kind) {
        case 'day':
            return <li class="day"><span>{dayName(row.at)}</span></li>;
        case 'unread':
            return <li class="unread-line" data-testid="unread-line"><span>{t('new-messages-line')}</span></li>;
        case 'message':
            return <Message session={session} ui={ui} item={row.item} continued={row.continued} notice={row.notice} />;
        case 'notice':
            return <li><NoticeCard posted={row.notice} ui={ui} item={null} /></li>;
        case 'card':
            return <RoomCard seq={row.seq} card={row.card} ui={ui} />;
        case 'sanction':
            return <SanctionLine sanction={row.sanction} mine={row.sanction.user.id === session.user.id} />;
    }
}

function TypingLine({ session }: { session: RoomSession }) {
    useEffect(() => {
        const timer = setInterval(() => session.forgetStaleTyping(), 1_000);
        return () => clearInterval(timer);
    }, [session]);
    const names = [...session.typing.value.values()].filter(({ user }) => !session.hidden.value.has(user.id)).map(({ user }) => user.name);
    return (
        <p class="typing" data-testid="typing">
            {names.length > 3 ? t('typing-many') : names.length ? t('typing', { names: list(names), count: names.length }) : ''}
        </p>
    );
}

export function Log({ session, ui }: { session: RoomSession; ui: RoomUi }) {
    const { box, atBottom, look, toBottom } = useScrolling(session);
    const rows = useComputed(() =>
        timeline(session.log.value, { unreadFrom: session.unreadFrom.value, hidden: session.hidden.value, dayOf }),
    ).value;
    const log = session.log.value;
    const waiting = session.sender.outbox.value;
    const unread = session.unreadCount.value;
    const empty = rows.length === 0 && waiting.length === 0;
    return (
        <div class="log-frame">
            {/* While older pages come in, the live region is busy: a screen reader reads what is new, not what is old. */}
            <div
                ref={box} class="log" role="log" aria-live="polite" aria-busy={session.loadingHistory.value} aria-label={t('conversation')}
                tabIndex={0} data-testid="log" onScroll={look}
            >
                {log.more && log.oldest !== null && log.oldest > 1 && (
                    <p class="earlier">
                        <Button look="quiet" disabled={session.loadingHistory.value} data-testid="load-earlier" onClick={() => session.loadHistory()}>
                            {session.loadingHistory.value ? t('loading') : t('load-earlier')}
                        </Button>
                    </p>
                )}
                {empty && <Empty icon="chat" title={t('room-empty')}><p>{t('room-empty-hint')}</p></Empty>}
                <ol>
                    {rows.map((row) => <RowView key={row.id} row={row} session={session} ui={ui} />)}
                    {waiting.map((entry) => <OutgoingMessage key={entry.key} session={session} ui={ui} entry={entry} />)}
                </ol>
            </div>
            {!atBottom && (
                <Button class="jump" look={unread ? 'primary' : 'plain'} data-testid="jump-newest" onClick={toBottom}>
                    <Icon name="down" /> {unread ? t('new-messages', { count: unread }) : t('jump-newest')}
                </Button>
            )}
            <TypingLine session={session} />
        </div>
    );
}
