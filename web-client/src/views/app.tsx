// Which page stands at which address. The desk and the administration are loaded only by those who go there.
import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { t } from '../app/i18n';
import { route, type AdminTab } from '../app/router';
import { startQuickExitKey } from '../app/ways-out';
import { Home } from './home';
import { Join } from './join';
import { RoomPage } from './room/room';
import { Shell } from './shell';
import { SignIn } from './sign-in';
import { Button, Loading, useTitle } from './ui';

type Loader<P> = () => Promise<ComponentType<P>>;

const loadDesk: Loader<{ caseId: string | null }> = async () => (await import('./desk/desk')).DeskPage;
const loadAdmin: Loader<{ tab: AdminTab }> = async () => (await import('./admin/admin')).AdminPage;

function Later<P extends object>({ load, props }: { load: Loader<P>; props: P }) {
    const [Page, setPage] = useState<ComponentType<P> | null>(null);
    const [failed, setFailed] = useState(false);
    useEffect(() => {
        load().then((page) => setPage(() => page), () => setFailed(true));
    }, [load]);
    if (Page) return <Page {...props} />;
    return (
        <Shell>
            {failed ? <Button onClick={() => location.reload()}>{t('try-again')}</Button> : <Loading />}
        </Shell>
    );
}

function Lost() {
    useTitle(`${t('lost-title')} · Hearth`);
    return (
        <Shell>
            <h1>{t('lost-title')}</h1>
            <p>{t('lost-text')}</p>
            <p><a class="button primary" href="/">{t('go-home')}</a></p>
        </Shell>
    );
}

export function App() {
    useEffect(startQuickExitKey, []);
    const at = route.value;
    switch (at.page) {
        case 'home':
            return <Home />;
        case 'join':
            return <Join key={at.code} code={at.code} />;
        case 'room':
            return <RoomPage key={at.slug} slug={at.slug} />;
        case 'sign-in':
            return <SignIn />;
        case 'desk':
            return <Later key="desk" load={loadDesk} props={{ caseId: at.case }} />;
        case 'admin':
            return <Later key="admin" load={loadAdmin} props={{ tab: at.tab }} />;
        case 'lost':
            return <Lost />;
    }
}
