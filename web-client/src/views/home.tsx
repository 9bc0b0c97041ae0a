// The door: what this is, the way in with an invitation, the rooms one already has.
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { t } from '../app/i18n';
import { go } from '../app/router';
import { isStaff, me, meProblem, refreshMe, signOut } from '../app/session';
import { api } from '../net/api';
import type { Room } from '../protocol/types';
import { Icon, type IconName } from './icons';
import { kindTitle } from './kind';
import { Shell } from './shell';
import { Button, Dialog, Empty, Field, Loading, ProblemNote, useTitle } from './ui';

/** People paste the link as often as the code. */
export const codeIn = (text: string): string => text.trim().replace(/[?#].*$/, '').replace(/\/+$/, '').split('/').at(-1)!;

function EnterCode() {
    const code = useSignal('');
    const missing = useSignal(false);
    const enter = (event: Event) => {
        event.preventDefault();
        const found = codeIn(code.value);
        missing.value = found === '';
        if (found) go(`/join/${encodeURIComponent(found)}`);
    };
    return (
        <form class="card" onSubmit={enter} noValidate>
            <h2>{t('home-invited')}</h2>
            <Field label={t('invite-code')} hint={t('invite-code-hint')} error={missing.value ? t('invite-code-missing') : null}>
                {(ids) => (
                    <input
                        {...ids} value={code.value} data-testid="invite-code" autocomplete="off" autocapitalize="off" spellcheck={false}
                        onInput={(e) => (code.value = e.currentTarget.value)}
                    />
                )}
            </Field>
            <Button type="submit" look="primary" data-testid="invite-continue">{t('continue')}</Button>
        </form>
    );
}

export function RoomList({ rooms }: { rooms: readonly Room[] }) {
    return (
        <ul class="room-list">
            {rooms.filter((room) => !room.archived).map((room) => (
                <li key={room.slug}>
                    <a href={`/room/${encodeURIComponent(room.slug)}`} data-testid={`my-room-${room.slug}`}>
                        <strong>{room.title}</strong>
                        <span class="hint">{kindTitle(room.kind)} · {t(`topic-${room.topic}`)}</span>
                    </a>
                </li>
            ))}
        </ul>
    );
}

function LeaveDevice() {
    const asking = useSignal(false);
    const leave = async () => {
        asking.value = false;
        await signOut();
    };
    return (
        <>
            <Button look="quiet" icon="exit" data-testid="sign-out" onClick={() => (asking.value = true)}>{t('sign-out')}</Button>
            {asking.value && (
                <Dialog title={t('sign-out')} onClose={() => (asking.value = false)}>
                    <p>{isStaff.value ? t('sign-out-staff') : t('sign-out-guest')}</p>
                    <div class="actions">
                        <Button look="danger" data-testid="sign-out-confirm" onClick={leave}>{t('sign-out')}</Button>
                        <Button onClick={() => (asking.value = false)}>{t('stay')}</Button>
                    </div>
                </Dialog>
            )}
        </>
    );
}

/** Rooms that take anyone the server knows, and that this person is not in yet. */
function OpenRooms({ known }: { known: readonly Room[] }) {
    const rooms = useSignal<readonly Room[]>([]);
    useEffect(() => {
        void api.rooms().then((answer) => answer.ok && (rooms.value = answer.value.rooms));
    }, []);
    const others = rooms.value.filter((room) => room.open && !room.archived && !known.some((k) => k.slug === room.slug));
    if (!others.length) return null;
    return (
        <>
            <h3>{t('open-rooms')}</h3>
            <RoomList rooms={others} />
        </>
    );
}

function MyRooms() {
    const person = me.value;
    if (meProblem.value) return <ProblemNote problem={meProblem.value} retry={() => void refreshMe()} />;
    if (person === undefined) return <Loading />;
    if (!person) return null;
    return (
        <section class="card" aria-labelledby="my-rooms">
            <h2 id="my-rooms">{t('my-rooms', { name: person.user.name })}</h2>
            {person.rooms.length ? <RoomList rooms={person.rooms} /> : <Empty icon="room" title={t('no-rooms')}><p>{t('no-rooms-hint')}</p></Empty>}
            <OpenRooms known={person.rooms} />
            <LeaveDevice />
        </section>
    );
}

const promises: [string, IconName][] = [['peers', 'people'], ['watched', 'shield'], ['yours', 'heart'], ['limits', 'alert']];

export function Home() {
    useTitle(t('home-title'));
    return (
        <Shell>
            <section class="hero">
                <h1>{t('home-heading')}</h1>
                <p class="lead">{t('home-lead')}</p>
            </section>
            <MyRooms />
            <EnterCode />
            <ul class="promises">
                {promises.map(([name, icon]) => (
                    <li key={name}>
                        <Icon name={icon} />
                        <div>
                            <h2>{t(`home-${name}`)}</h2>
                            <p>{t(`home-${name}-text`)}</p>
                        </div>
                    </li>
                ))}
            </ul>
            {!me.value && <p class="staff-door"><a href="/sign-in">{t('staff-sign-in')}</a></p>}
        </Shell>
    );
}
