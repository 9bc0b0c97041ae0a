// The people who look after the rooms. A generated password is shown once and then known to its owner alone.
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { announce } from '../../app/announce';
import { dateTime } from '../../app/format';
import { t } from '../../app/i18n';
import { me } from '../../app/session';
import { api } from '../../net/api';
import type { Problem } from '../../net/http';
import { staffRoles } from '../../protocol/taxonomy';
import type { StaffMember, StaffRole } from '../../protocol/types';
import { Button, CopyField, Dialog, Empty, Field, Loading, ProblemNote, problemText } from '../ui';

function AddStaff({ onClose, onAdded }: { onClose: () => void; onAdded: (added: StaffMember) => void }) {
    const name = useSignal('');
    const role = useSignal<StaffRole>('moderator');
    const tried = useSignal(false);
    const busy = useSignal(false);
    const problem = useSignal<Problem | null>(null);
    const add = async (event: Event) => {
        event.preventDefault();
        tried.value = true;
        if (busy.value || name.value.trim() === '') return;
        busy.value = true;
        const answer = await api.addStaff({ name: name.value.trim(), role: role.value });
        busy.value = false;
        if (answer.ok) onAdded(answer.value);
        else problem.value = answer.problem.code === 'conflict' ? { ...answer.problem, code: 'name_taken', detail: '', field: undefined } : answer.problem;
    };
    const nameError = problem.value?.field === 'name' ? problemText({ ...problem.value, field: undefined }) : null;
    return (
        <Dialog title={t('staff-add')} onClose={onClose} testId="staff-form">
            <form onSubmit={add} noValidate>
                <Field label={t('staff-name')} hint={t('staff-name-hint')} error={nameError ?? (tried.value && !name.value.trim() ? t('field-required') : null)}>
                    {(ids) => <input {...ids} value={name.value} data-testid="staff-name" autocomplete="off" onInput={(e) => (name.value = e.currentTarget.value)} />}
                </Field>
                <fieldset class="choices">
                    <legend>{t('staff-role')}</legend>
                    {staffRoles.map((r) => (
                        <label key={r} class="check choice">
                            <input type="radio" name="role" checked={role.value === r} data-testid={`staff-role-${r}`} onChange={() => (role.value = r)} />
                            <span><strong>{t(`role-${r}`)}</strong><span class="hint">{t(`role-${r}-means`)}</span></span>
                        </label>
                    ))}
                </fieldset>
                <ProblemNote problem={nameError ? null : problem.value} />
                <div class="actions">
                    <Button type="submit" look="primary" data-testid="staff-save" disabled={busy.value}>{t('staff-add')}</Button>
                    <Button onClick={onClose}>{t('cancel')}</Button>
                </div>
            </form>
        </Dialog>
    );
}

interface PersonProps {
    person: StaffMember;
    change: (id: string, form: { role?: StaffRole; disabled?: boolean }) => void;
}

function Person({ person, change }: PersonProps) {
    const self = person.id === me.value?.user.id;
    return (
        <li data-testid={`staff-row-${person.name}`} data-disabled={person.disabled}>
            <span>
                <strong>{person.name}</strong>
                {person.disabled && <span class="badge">{t('staff-disabled')}</span>}
                <span class="hint">{t('made-at', { when: dateTime(person.created_at) })}</span>
            </span>
            <label>
                <span class="sr-only">{t('staff-role-of', { name: person.name })}</span>
                <select
                    value={person.role} disabled={self} data-testid="staff-change-role"
                    onChange={(e) => change(person.id, { role: e.currentTarget.value as StaffRole })}
                >
                    {staffRoles.map((r) => <option key={r} value={r}>{t(`role-${r}`)}</option>)}
                </select>
            </label>
            {!self && (
                <Button data-testid="staff-disable" onClick={() => change(person.id, { disabled: !person.disabled })}>
                    {person.disabled ? t('staff-enable') : t('staff-disable')}
                </Button>
            )}
        </li>
    );
}

export function Staff() {
    const staff = useSignal<readonly StaffMember[] | null>(null);
    const problem = useSignal<Problem | null>(null);
    const adding = useSignal(false);
    const added = useSignal<StaffMember | null>(null);
    const load = async () => {
        const answer = await api.staff();
        problem.value = answer.ok ? null : answer.problem;
        if (answer.ok) staff.value = answer.value.staff;
    };
    useEffect(() => void load(), []);
    const change: PersonProps['change'] = async (id, form) => {
        const answer = await api.changeStaff(id, form);
        if (answer.ok) announce(t('saved'));
        await load();
        if (!answer.ok) problem.value = answer.problem;
    };
    const onAdded = (person: StaffMember) => {
        adding.value = false;
        added.value = person;
        void load();
    };
    const fresh = added.value;
    return (
        <section aria-labelledby="admin-staff">
            <div class="section-head">
                <h2 id="admin-staff">{t('admin-staff')}</h2>
                <Button look="primary" icon="plus" data-testid="staff-new" onClick={() => (adding.value = true)}>{t('staff-add')}</Button>
            </div>
            <div role="status">
                {fresh?.password && (
                    <div class="note ok" data-testid="staff-password-note">
                        <p>{t('staff-password-once', { name: fresh.name })}</p>
                        <CopyField value={fresh.password} label={t('sign-in-password')} testId="staff-password" />
                        <Button look="quiet" onClick={() => (added.value = null)}>{t('staff-password-noted')}</Button>
                    </div>
                )}
            </div>
            <ProblemNote problem={problem.value} retry={load} />
            {staff.value === null && !problem.value && <Loading />}
            {staff.value?.length === 0 && <Empty icon="people" title={t('staff-none')} />}
            <ul class="lines card">{staff.value?.map((person) => <Person key={person.id} person={person} change={change} />)}</ul>
            {adding.value && <AddStaff onClose={() => (adding.value = false)} onAdded={onAdded} />}
        </section>
    );
}
