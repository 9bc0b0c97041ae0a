// The staff's door. A sign-in link carries its token behind the #, which browsers never send to a server.
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { t } from '../app/i18n';
import { go } from '../app/router';
import { hasRole, refreshMe } from '../app/session';
import { api } from '../net/api';
import type { Problem } from '../net/http';
import { Shell } from './shell';
import { Button, Field, Loading, ProblemNote, useTitle } from './ui';

/** Where this person works. */
async function enter(): Promise<void> {
    await refreshMe();
    go(hasRole('admin') ? '/admin' : hasRole('moderator') ? '/desk' : '/', { replace: true });
}

function linkToken(): string | null {
    return new URLSearchParams(location.hash.slice(1)).get('link');
}

export function SignIn() {
    useTitle(`${t('sign-in-title')} · Hearth`);
    const name = useSignal('');
    const password = useSignal('');
    const busy = useSignal(false);
    const following = useSignal(linkToken() !== null);
    const problem = useSignal<Problem | null>(null);

    useEffect(() => {
        const link = linkToken();
        if (link === null) return;
        history.replaceState(null, '', location.pathname);
        void api.loginByLink(link).then((answer) => {
            if (answer.ok) return enter();
            following.value = false;
            problem.value = answer.problem.status === 0 ? answer.problem : { ...answer.problem, code: 'link_refused', detail: '', field: undefined };
            return undefined;
        });
    }, []);

    const signIn = async (event: Event) => {
        event.preventDefault();
        if (busy.value) return;
        busy.value = true;
        const answer = await api.login(name.value.trim(), password.value);
        busy.value = false;
        if (answer.ok) return enter();
        problem.value = answer.problem.status === 401 ? { ...answer.problem, code: 'wrong_password', detail: '', field: undefined } : answer.problem;
    };

    if (following.value) return <Shell><h1>{t('sign-in-title')}</h1><Loading /></Shell>;
    return (
        <Shell>
            <h1>{t('sign-in-title')}</h1>
            <p>{t('sign-in-text')}</p>
            <form class="card" onSubmit={signIn} noValidate>
                <Field label={t('sign-in-name')}>
                    {(ids) => (
                        <input
                            {...ids} value={name.value} autocomplete="username" data-testid="sign-in-name" autocapitalize="off" spellcheck={false}
                            onInput={(e) => (name.value = e.currentTarget.value)}
                        />
                    )}
                </Field>
                <Field label={t('sign-in-password')}>
                    {(ids) => (
                        <input
                            {...ids} type="password" value={password.value} autocomplete="current-password" data-testid="sign-in-password"
                            onInput={(e) => (password.value = e.currentTarget.value)}
                        />
                    )}
                </Field>
                <ProblemNote problem={problem.value} />
                <Button type="submit" look="primary" data-testid="sign-in-submit" disabled={busy.value}>{t('sign-in-submit')}</Button>
            </form>
        </Shell>
    );
}
