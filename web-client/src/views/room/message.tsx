// One message, and one that is still on its way.
import type { ComponentChildren } from 'preact';
import { clock, dateTime, list } from '../../app/format';
import { t } from '../../app/i18n';
import type { RoomSession } from '../../app/room-session';
import { messageId, reactionKinds } from '../../protocol/taxonomy';
import type { ReactionKind, User } from '../../protocol/types';
import type { Entry } from '../../state/outbox';
import type { Item, PostedNotice } from '../../state/room-log';
import { Icon, type IconName } from '../icons';
import { Button, codeText } from '../ui';
import { NoticeCard } from './notice-card';
import type { RoomUi } from './ui';

export const reactionIcon: Record<ReactionKind, IconName> = { hear: 'ear', me_too: 'hands', thanks: 'heart', celebrate: 'star' };
const shownRoles = ['admin', 'moderator', 'facilitator'] as const;

export function RoleBadge({ user }: { user: User }) {
    const role = shownRoles.find((r) => user.roles.includes(r));
    return role ? <span class="badge">{t(`role-${role}`)}</span> : null;
}

function Quote({ session, seq }: { session: RoomSession; seq: number }) {
    const target = session.log.value.items.get(seq);
    if (!target) return <p class="quote">{t('reply-to-earlier')}</p>;
    if (session.hidden.value.has(target.from.id)) return <p class="quote">{t('reply-to-hidden')}</p>;
    return (
        <p class="quote">
            <Icon name="reply" />
            <span><strong>{target.from.name}</strong> {target.state === 'retracted' ? t('message-gone') : target.text}</span>
        </p>
    );
}

/** Who answered how, by name and never as a score. */
function Reactions({ session, item }: { session: RoomSession; item: Item }) {
    const on = item.reactions.filter((r) => r.on);
    if (!on.length) return null;
    return (
        <ul class="reactions" aria-label={t('reactions')}>
            {reactionKinds.filter((kind) => on.some((r) => r.kind === kind)).map((kind) => {
                const people = on.filter((r) => r.kind === kind).map((r) => r.from);
                const mine = people.some((p) => p.id === session.user.id);
                const names = people.map((p) => (p.id === session.user.id ? t('you') : p.name));
                const shown = names.length > 3 ? t('names-and-others', { names: names.slice(0, 2).join(', ') }) : list(names);
                return (
                    <li key={kind}>
                        <button
                            type="button" class="reaction" aria-pressed={mine} data-testid={`reaction-${kind}`}
                            onClick={() => void session.react(item.seq, kind, !mine)}
                        >
                            <Icon name={reactionIcon[kind]} />
                            <span>{t(`reaction-${messageId(kind)}`)} <span class="by">· {shown}</span></span>
                        </button>
                    </li>
                );
            })}
        </ul>
    );
}

interface MessageProps {
    session: RoomSession;
    ui: RoomUi;
    item: Item;
    continued: boolean;
    notice: PostedNotice | null;
}

function Gone({ item, mine }: { item: Item; mine: boolean }) {
    const text = item.removedByModerator ? (mine ? t('removed-yours') : t('removed')) : mine ? t('retracted-yours') : t('retracted', { name: item.from.name });
    return <p class="gone">{text}</p>;
}

function StateLine({ item, mine }: { item: Item; mine: boolean }) {
    if (item.state === 'held') {
        return <p class="state-line held"><Icon name="clock" />{mine ? t('held-yours') : t('held-staff')}</p>;
    }
    if (item.state === 'blocked') return <p class="state-line blocked"><Icon name="eyeOff" />{t('blocked-yours')}</p>;
    return null;
}

export function Message({ session, ui, item, continued, notice }: MessageProps) {
    const mine = item.from.id === session.user.id;
    const gone = item.state === 'retracted';
    return (
        <li
            class={`message ${mine ? 'mine' : ''} ${continued ? 'continued' : ''} state-${item.state}`}
            data-testid="message" data-seq={item.seq} data-key={item.key} data-state={item.state}
        >
            <article aria-label={t('message-by', { name: mine ? t('you') : item.from.name, time: clock(item.at) })}>
                <header class={continued ? 'sr-only' : ''}>
                    <span class="name">{item.from.name}</span>
                    {mine && <span class="badge you">{t('you')}</span>}
                    <RoleBadge user={item.from} />
                    <time dateTime={item.at} title={dateTime(item.at)}>{clock(item.at)}</time>
                </header>
                {!gone && item.replyTo !== undefined && <Quote session={session} seq={item.replyTo} />}
                {gone ? <Gone item={item} mine={mine} /> : (
                    <p class="text">{item.text}{item.edited && <span class="edited"> {t('edited')}</span>}</p>
                )}
                <StateLine item={item} mine={mine} />
                {!gone && <Reactions session={session} item={item} />}
            </article>
            {!gone && (
                <Button
                    look="quiet" icon="more" bare class="message-menu" data-testid="message-menu" aria-haspopup="dialog"
                    onClick={() => (ui.sheet.value = { name: 'message', item })}
                >
                    {t('message-menu', { name: mine ? t('you') : item.from.name, time: clock(item.at) })}
                </Button>
            )}
            {notice && (notice.outcome !== undefined || !gone) && <NoticeCard posted={notice} ui={ui} item={item} />}
        </li>
    );
}

const refusal = ({ code = '', limit }: Entry): string => codeText(code, limit) ?? t('error-unknown', { code });

export function OutgoingMessage({ session, ui, entry }: { session: RoomSession; ui: RoomUi; entry: Entry }) {
    const failed = entry.state === 'failed';
    const takeBack = () => {
        const before = ui.text.value.trim();
        session.sender.discard(entry.key);
        ui.write(before ? `${before}\n${entry.text}` : entry.text);
        ui.focusComposer();
    };
    let line: ComponentChildren = <><Icon name="clock" />{entry.state === 'sent' ? t('sending') : t('waiting-to-send')}</>;
    if (failed) line = <><Icon name="alert" />{t('not-sent', { reason: refusal(entry) })}</>;
    return (
        <li class={`message mine ${failed ? 'state-failed' : 'state-pending'}`} data-testid="message" data-key={entry.key} data-state={failed ? 'failed' : 'pending'}>
            <article aria-label={t('message-by', { name: t('you'), time: clock(entry.at) })}>
                <header>
                    <span class="name">{session.user.name}</span>
                    <span class="badge you">{t('you')}</span>
                </header>
                <p class="text">{entry.text}</p>
                <p class={`state-line ${failed ? 'failed' : ''}`}>{line}</p>
                {failed && (
                    <div class="actions">
                        <Button data-testid="retry" onClick={() => session.sender.retry(entry.key)}>{t('try-again')}</Button>
                        <Button data-testid="take-back" onClick={takeBack}>{t('back-to-composer')}</Button>
                        <Button look="quiet" data-testid="discard" onClick={() => session.sender.discard(entry.key)}>{t('discard')}</Button>
                    </div>
                )}
            </article>
        </li>
    );
}
