// Coming in with an invitation: which group this is, what its rules are, and a name that is not one's own.
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { length } from '../app/format';
import { locale, t } from '../app/i18n';
import { go } from '../app/router';
import { me, refreshMe, rememberAccepted } from '../app/session';
import { api } from '../net/api';
import type { Problem } from '../net/http';
import { defaultLimits, type Room } from '../protocol/types';
import { KindCard, RulesText } from './kind';
import { Shell } from './shell';
import { Button, Field, Loading, ProblemNote, problemText, useTitle } from './ui';

function nameProblem(name: string): string | null {
    if (name.trim() === '') return t('name-missing');
    if (length(name.trim()) > defaultLimits.name_chars) return t('error-too-long-limit', { limit: defaultLimits.name_chars });
    return null;
}

function JoinForm({ code, room }: { code: string; room: Room }) {
    const name = useSignal('');
    const accepted = useSignal(false);
    const tried = useSignal(false);
    const busy = useSignal(false);
    const problem = useSignal<Problem | null>(null);
    const known = me.value;

    const enter = async (event: Event) => {
        event.preventDefault();
        tried.value = true;
        if (busy.value || !accepted.value || (!known && nameProblem(name.value))) return;
        busy.value = true;
        const answer = await api.enter(code, known ? null : name.value.trim(), locale.value);
        busy.value = false;
        if (!answer.ok) {
            problem.value = answer.problem;
            return;
        }
        if (room.rules) rememberAccepted(answer.value.room.slug, room.rules.version);
        await refreshMe();
        go(`/room/${encodeURIComponent(answer.value.room.slug)}`, { replace: true });
    };

    const nameError = problem.value?.field === 'name' ? problemText({ ...problem.value, field: undefined }) : tried.value ? nameProblem(name.value) : null;
    return (
        <form class="card" onSubmit={enter} noValidate>
            <h2>{t('join-form')}</h2>
            {known ? (
                <p>{t('join-as', { name: known.user.name })}</p>
            ) : (
                <Field label={t('join-name')} hint={t('join-name-hint', { limit: defaultLimits.name_chars })} error={nameError}>
                    {(ids) => (
                        <input
                            {...ids} value={name.value} data-testid="join-name" autocomplete="off" spellcheck={false} required
                            onInput={(e) => (name.value = e.currentTarget.value)}
                        />
                    )}
                </Field>
            )}
            <label class="check">
                <input
                    type="checkbox" checked={accepted.value} data-testid="join-accept" required
                    aria-invalid={tried.value && !accepted.value ? true : undefined} aria-describedby="accept-error"
                    onChange={(e) => (accepted.value = e.currentTarget.checked)}
                />
                <span>{room.rules ? t('join-accept') : t('join-accept-no-rules')}</span>
            </label>
            <p class="field-error" id="accept-error">{tried.value && !accepted.value ? t('join-accept-missing') : ''}</p>
            <ProblemNote problem={problem.value?.field === 'name' ? null : problem.value} />
            <Button type="submit" look="primary" data-testid="join-submit" disabled={busy.value}>{t('join-submit')}</Button>
        </form>
    );
}

export function Join({ code }: { code: string }) {
    const room = useSignal<Room | null>(null);
    const problem = useSignal<Problem | null>(null);
    const load = async () => {
        const answer = await api.invite(code);
        problem.value = answer.ok ? null : answer.problem;
        if (answer.ok) room.value = answer.value.room;
    };
    useEffect(() => void load(), [code, locale.value]);
    const found = room.value;
    useTitle(`${found?.title ?? t('join-title')} · Hearth`);

    if (problem.value?.status === 404) {
        return (
            <Shell>
                <h1>{t('join-unknown')}</h1>
                <p>{t('join-unknown-text')}</p>
                <p><a class="button primary" href="/">{t('go-home')}</a></p>
            </Shell>
        );
    }
    if (!found) return <Shell>{problem.value ? <ProblemNote problem={problem.value} retry={load} /> : <Loading />}</Shell>;
    return (
        <Shell>
            <p class="eyebrow">{t('join-invited-to')}</p>
            <h1>{found.title}</h1>
            <p class="lead">{t('join-topic', { topic: t(`topic-${found.topic}`) })}</p>
            <KindCard kind={found.kind} />
            {found.rules && (
                <section class="card" aria-labelledby="rules-title">
                    <h2 id="rules-title">{t('ground-rules')}</h2>
                    <RulesText text={found.rules.text} />
                </section>
            )}
            <JoinForm code={code} room={found} />
        </Shell>
    );
}
