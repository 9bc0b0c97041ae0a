// The room: one session per visit, its parts laid out; what stands in the way is said instead of it.
import { useComputed, useSignal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import { t } from '../../app/i18n';
import { go } from '../../app/router';
import { RoomSession } from '../../app/room-session';
import { me, meProblem, refreshMe } from '../../app/session';
import { onLeave } from '../../app/ways-out';
import { api } from '../../net/api';
import type { Rules, User } from '../../protocol/types';
import { KindCard, kindShort, RulesText } from '../kind';
import { Icon } from '../icons';
import { Shell } from '../shell';
import { Button, Dialog, Loading, ProblemNote, useTitle } from '../ui';
import { Composer } from './composer';
import { ConnectionLine, StoppedNote } from './connection-line';
import { Log } from './log';
import { MessageSheet, RetractDialog } from './message-sheet';
import { PeopleDialog, PeopleList } from './people';
import { ReportDialog } from './report';
import { RoomUi } from './ui';

export function RoomPage({ slug }: { slug: string }) {
    const person = me.value;
    if (meProblem.value) return <Shell><ProblemNote problem={meProblem.value} retry={() => void refreshMe()} /></Shell>;
    if (person === undefined) return <Shell><Loading /></Shell>;
    if (person === null) return <NeedInvite />;
    return <Inside key={person.user.id} slug={slug} user={person.user} />;
}

function NeedInvite() {
    useTitle('Hearth');
    return (
        <Shell>
            <h1>{t('room-need-invite')}</h1>
            <p>{t('room-need-invite-text')}</p>
            <p class="actions">
                <a class="button primary" href="/">{t('go-home')}</a>
                <a class="button" href="/sign-in">{t('staff-sign-in')}</a>
            </p>
        </Shell>
    );
}

function Inside({ slug, user }: { slug: string; user: User }) {
    const session = useMemo(() => new RoomSession(slug, user), []);
    const ui = useMemo(() => new RoomUi(session.draftKey), [session]);
    useEffect(() => {
        session.start();
        const forget = onLeave(() => session.stop());
        return () => {
            forget();
            session.stop();
        };
    }, [session]);
    const unread = session.unreadCount.value;
    const title = session.room.value?.title;
    useTitle(`${unread ? `(${unread}) ` : ''}${title ?? t('room')} · Hearth`);

    const phase = session.phase.value;
    const connection = session.connection.value;
    if (phase.name === 'refused') return <Refused code={phase.code} />;
    if (connection.name === 'stopped' && connection.reason === 'banned') return <Refused code="banned" />;
    if (phase.name === 'agreement') return <Agreement session={session} rules={phase.rules} />;
    if (!title) return <Opening session={session} />;
    return (
        <Shell fixed>
            <div class="room">
                <RoomBar session={session} ui={ui} />
                <aside class="people-side" aria-labelledby="people-heading">
                    <h2 id="people-heading">{t('people-here', { count: session.people.value.count })}</h2>
                    <PeopleList session={session} />
                </aside>
                <section class="conversation" aria-label={t('conversation')}>
                    <Log session={session} ui={ui} />
                    <ConnectionLine session={session} />
                    <Composer session={session} ui={ui} />
                </section>
            </div>
            <Sheets session={session} ui={ui} />
        </Shell>
    );
}

function Opening({ session }: { session: RoomSession }) {
    const stopped = session.connection.value.name === 'stopped';
    return <Shell>{stopped ? <StoppedNote session={session} /> : <><ConnectionLine session={session} /><Loading /></>}</Shell>;
}

function RoomBar({ session, ui }: { session: RoomSession; ui: RoomUi }) {
    const room = session.room.value!;
    return (
        <div class="room-bar">
            <h1>{room.title}</h1>
            <Button
                look="quiet" icon="people" class="people-button" data-testid="people" aria-label={t('people-here', { count: session.people.value.count })}
                onClick={() => (ui.sheet.value = { name: 'people' })}
            >
                {session.people.value.count}
            </Button>
            <Button look="quiet" icon="rules" data-testid="about-room" onClick={() => (ui.sheet.value = { name: 'about' })}>
                {t('about-room-short')}
            </Button>
            <p class="kind-banner" data-testid="kind-banner">{kindShort(room.kind)}</p>
        </div>
    );
}

function Sheets({ session, ui }: { session: RoomSession; ui: RoomUi }) {
    const sheet = ui.sheet.value;
    const close = () => (ui.sheet.value = null);
    // The message may change or go while its sheet is open.
    const current = useComputed(() => {
        const open = ui.sheet.value;
        return open && 'item' in open ? (session.log.value.items.get(open.item.seq) ?? open.item) : null;
    }).value;
    if (!sheet) return null;
    switch (sheet.name) {
        case 'message':
            return <MessageSheet session={session} ui={ui} item={current!} onClose={close} />;
        case 'report':
            return <ReportDialog session={session} item={current!} onClose={close} />;
        case 'retract':
            return <RetractDialog session={session} item={current!} onClose={close} />;
        case 'people':
            return <PeopleDialog session={session} onClose={close} />;
        case 'about':
            return <AboutDialog session={session} onClose={close} />;
    }
}

function AboutDialog({ session, onClose }: { session: RoomSession; onClose: () => void }) {
    const room = session.room.value!;
    const rules = useSignal(room.rules);
    useEffect(() => {
        void api.room(room.slug).then((answer) => answer.ok && (rules.value = answer.value.rules));
    }, [room.slug]);
    return (
        <Dialog title={room.title} onClose={onClose} wide testId="about-dialog">
            <KindCard kind={room.kind} />
            {rules.value?.text && (
                <section class="card" aria-labelledby="about-rules">
                    <h2 id="about-rules">{t('ground-rules')}</h2>
                    <RulesText text={rules.value.text} />
                </section>
            )}
            <p class="hint"><Icon name="shield" /> {t('about-privacy')}</p>
        </Dialog>
    );
}

function Agreement({ session, rules }: { session: RoomSession; rules: Rules }) {
    return (
        <Shell>
            <Loading />
            <Dialog title={t('agreement-title')} onClose={() => go('/')} testId="agreement">
                <p>{t('agreement-text')}</p>
                <RulesText text={rules.text} />
                <div class="actions">
                    <Button look="primary" data-testid="agreement-accept" onClick={() => void session.accept(rules)}>{t('agreement-accept')}</Button>
                    <Button onClick={() => go('/')}>{t('agreement-decline')}</Button>
                </div>
            </Dialog>
        </Shell>
    );
}

const explained = new Set(['banned', 'unknown_room', 'not_a_member', 'forbidden', 'not_found']);

function Refused({ code }: { code: string }) {
    const key = explained.has(code) ? code.replace(/_/g, '-') : 'other';
    return (
        <Shell>
            <div data-testid="room-refused">
                <h1>{t(`refused-${key}`)}</h1>
                <p>{t(`refused-${key}-text`)}</p>
            </div>
            <p><a class="button primary" href="/">{t('go-home')}</a></p>
        </Shell>
    );
}
