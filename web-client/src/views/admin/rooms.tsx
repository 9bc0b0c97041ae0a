// The rooms of this server: each with what it is, its invitations, and a way to change or close it.
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { announce } from '../../app/announce';
import { list } from '../../app/format';
import { localeNames, t } from '../../app/i18n';
import { refreshMe } from '../../app/session';
import { api } from '../../net/api';
import type { Problem } from '../../net/http';
import type { Room } from '../../protocol/types';
import { kindTitle } from '../kind';
import { Button, Dialog, Empty, Loading, ProblemNote } from '../ui';
import { Invites } from './invites';
import { RoomForm } from './room-form';

type Open = { name: 'form'; room: Room | null } | { name: 'invites'; room: Room } | { name: 'close'; room: Room };

function CloseRoom({ room, onClose, onDone }: { room: Room; onClose: () => void; onDone: () => void }) {
    const problem = useSignal<Problem | null>(null);
    const close = async () => {
        const answer = await api.closeRoom(room.slug);
        if (answer.ok) onDone();
        else problem.value = answer.problem;
    };
    return (
        <Dialog title={t('room-close-title', { title: room.title })} onClose={onClose}>
            <p>{t('room-close-text')}</p>
            <ProblemNote problem={problem.value} />
            <div class="actions">
                <Button look="danger" data-testid="admin-room-close-confirm" onClick={close}>{t('room-close')}</Button>
                <Button onClick={onClose}>{t('cancel')}</Button>
            </div>
        </Dialog>
    );
}

function RoomCard({ room, open }: { room: Room; open: (what: Open) => void }) {
    return (
        <li class="card admin-room" data-testid={`admin-room-${room.slug}`}>
            <div>
                <h3>{room.title}</h3>
                <p class="hint">
                    {[kindTitle(room.kind), t(`topic-${room.topic}`), list(room.languages.map((l) => localeNames[l] ?? l))].join(' · ')}
                </p>
                <p class="hint">/room/{room.slug} · {room.archived ? t('room-archived') : room.open ? t('room-open') : t('room-by-invite')}</p>
            </div>
            {!room.archived && (
                <div class="actions">
                    <Button look="primary" data-testid={`admin-invite-${room.slug}`} onClick={() => open({ name: 'invites', room })}>{t('invitations')}</Button>
                    <Button data-testid={`admin-room-edit-${room.slug}`} onClick={() => open({ name: 'form', room })}>{t('edit')}</Button>
                    <a class="button" href={`/room/${encodeURIComponent(room.slug)}`}>{t('room-enter')}</a>
                    <Button look="quiet" data-testid={`admin-room-close-${room.slug}`} onClick={() => open({ name: 'close', room })}>{t('room-close')}</Button>
                </div>
            )}
        </li>
    );
}

export function Rooms() {
    const rooms = useSignal<readonly Room[] | null>(null);
    const problem = useSignal<Problem | null>(null);
    const open = useSignal<Open | null>(null);
    const load = async () => {
        const answer = await api.rooms();
        problem.value = answer.ok ? null : answer.problem;
        if (answer.ok) rooms.value = answer.value.rooms;
    };
    useEffect(() => void load(), []);
    const close = () => (open.value = null);
    const done = (text: string) => async () => {
        close();
        announce(text);
        await load();
        await refreshMe();
    };
    const what = open.value;
    return (
        <section aria-labelledby="admin-rooms">
            <div class="section-head">
                <h2 id="admin-rooms">{t('admin-rooms')}</h2>
                <Button look="primary" icon="plus" data-testid="admin-room-new" onClick={() => (open.value = { name: 'form', room: null })}>{t('room-new')}</Button>
            </div>
            <ProblemNote problem={problem.value} retry={load} />
            {rooms.value === null && !problem.value && <Loading />}
            {rooms.value?.length === 0 && <Empty icon="room" title={t('rooms-none')}><p>{t('rooms-none-hint')}</p></Empty>}
            <ul class="cards">{rooms.value?.map((room) => <RoomCard key={room.slug} room={room} open={(o) => (open.value = o)} />)}</ul>
            {what?.name === 'form' && <RoomForm room={what.room} onClose={close} onDone={done(t('room-saved'))} />}
            {what?.name === 'invites' && <Invites room={what.room} onClose={close} />}
            {what?.name === 'close' && <CloseRoom room={what.room} onClose={close} onDone={done(t('room-closed'))} />}
        </section>
    );
}
