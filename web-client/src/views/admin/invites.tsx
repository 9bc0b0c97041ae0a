// Invitations to one room. The code is shown once, when it is made: the server keeps only its hash.
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { dateTime, duration } from '../../app/format';
import { t } from '../../app/i18n';
import { api } from '../../net/api';
import type { Problem } from '../../net/http';
import type { Invite, NewInvite, Room } from '../../protocol/types';
import { Button, CopyField, Dialog, Empty, Field, Loading, ProblemNote } from '../ui';

const day_s = 86_400;
const lifetimes = [day_s, 7 * day_s, 30 * day_s, 365 * day_s] as const;
const most_uses = 10_000;

function NewInviteForm({ room, onMade }: { room: Room; onMade: (made: NewInvite) => void }) {
    const uses = useSignal('10');
    const lifetime = useSignal<number>(7 * day_s);
    const busy = useSignal(false);
    const problem = useSignal<Problem | null>(null);
    const wrong = () => !/^\d+$/.test(uses.value) || Number(uses.value) < 1 || Number(uses.value) > most_uses;
    const create = async (event: Event) => {
        event.preventDefault();
        if (busy.value || wrong()) return;
        busy.value = true;
        const answer = await api.createInvite(room.slug, { uses: Number(uses.value), expires_in_s: lifetime.value });
        busy.value = false;
        problem.value = answer.ok ? null : answer.problem;
        if (answer.ok) onMade(answer.value);
    };
    return (
        <form class="inline-form" onSubmit={create} noValidate>
            <Field label={t('invite-uses')} error={wrong() ? t('invite-uses-wrong', { limit: most_uses }) : null}>
                {(ids) => <input {...ids} inputMode="numeric" value={uses.value} data-testid="admin-invite-uses" onInput={(e) => (uses.value = e.currentTarget.value.trim())} />}
            </Field>
            <Field label={t('invite-expires')}>
                {(ids) => (
                    <select {...ids} value={lifetime.value} data-testid="admin-invite-expires" onChange={(e) => (lifetime.value = Number(e.currentTarget.value))}>
                        {lifetimes.map((s) => <option key={s} value={s}>{duration(s)}</option>)}
                    </select>
                )}
            </Field>
            <ProblemNote problem={problem.value} />
            <Button type="submit" look="primary" data-testid="admin-invite-create" disabled={busy.value}>{t('invite-create')}</Button>
        </form>
    );
}

export function Invites({ room, onClose }: { room: Room; onClose: () => void }) {
    const invites = useSignal<readonly Invite[] | null>(null);
    const made = useSignal<NewInvite | null>(null);
    const problem = useSignal<Problem | null>(null);
    const load = async () => {
        const answer = await api.invites(room.slug);
        problem.value = answer.ok ? null : answer.problem;
        if (answer.ok) invites.value = answer.value.invites;
    };
    useEffect(() => void load(), [room.slug]);
    const revoke = async (id: string) => {
        const answer = await api.revokeInvite(room.slug, id);
        if (!answer.ok) problem.value = answer.problem;
        else {
            if (made.value?.id === id) made.value = null;
            await load();
        }
    };
    const onMade = (invite: NewInvite) => {
        made.value = invite;
        void load();
    };
    // The address people use is the one the administrator sees, whatever the server believes its name to be.
    const link = made.value ? `${location.origin}/join/${encodeURIComponent(made.value.code)}` : '';
    return (
        <Dialog title={t('invites-title', { title: room.title })} onClose={onClose} wide testId="admin-invites">
            <NewInviteForm room={room} onMade={onMade} />
            <div role="status">
                {made.value && (
                    <div class="note ok">
                        <p>{t('invite-once')}</p>
                        <CopyField value={link} label={t('invite-link')} testId="admin-invite-link" />
                        <CopyField value={made.value.code} label={t('invite-code')} testId="admin-invite-code" />
                    </div>
                )}
            </div>
            <h3>{t('invites-current')}</h3>
            <ProblemNote problem={problem.value} />
            {invites.value === null && !problem.value && <Loading />}
            {invites.value?.length === 0 && <Empty icon="chat" title={t('invites-none')} />}
            <ul class="lines">
                {invites.value?.map((invite) => (
                    <li key={invite.id} data-testid="admin-invite-row">
                        <span>
                            <strong>{t('uses-left', { count: invite.uses_left })}</strong> {t('invite-until', { when: dateTime(invite.expires_at) })}
                            <span class="hint">{t('made-at', { when: dateTime(invite.created_at) })}</span>
                        </span>
                        <Button data-testid="admin-invite-revoke" onClick={() => revoke(invite.id)}>{t('invite-revoke')}</Button>
                    </li>
                ))}
            </ul>
        </Dialog>
    );
}
