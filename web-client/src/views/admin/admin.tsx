// Administration: rooms with their invitations, the people who look after them, and spellings to look at.
import { t } from '../../app/i18n';
import type { AdminTab } from '../../app/router';
import { isAdmin, me, meProblem, refreshMe } from '../../app/session';
import { NeedStaff } from '../desk/desk';
import { Shell } from '../shell';
import { Loading, ProblemNote, useTitle } from '../ui';
import { Rooms } from './rooms';
import { Spellings } from './spellings';
import { Staff } from './staff';

export function AdminPage({ tab }: { tab: AdminTab }) {
    useTitle(`${t('nav-admin')} · Hearth`);
    const person = me.value;
    if (meProblem.value) return <Shell><ProblemNote problem={meProblem.value} retry={() => void refreshMe()} /></Shell>;
    if (person === undefined) return <Shell><Loading /></Shell>;
    if (!person || !isAdmin.value) return <NeedStaff />;
    return (
        <Shell wide>
            <h1>{t('nav-admin')}</h1>
            <nav class="tabs" aria-label={t('nav-admin')}>
                <a href="/admin" aria-current={tab === 'rooms' ? 'page' : undefined} data-testid="admin-tab-rooms">{t('admin-rooms')}</a>
                <a href="/admin/staff" aria-current={tab === 'staff' ? 'page' : undefined} data-testid="admin-tab-staff">{t('admin-staff')}</a>
                <a href="/admin/spellings" aria-current={tab === 'spellings' ? 'page' : undefined} data-testid="admin-tab-spellings">{t('admin-spellings')}</a>
            </nav>
            {tab === 'rooms' ? <Rooms /> : tab === 'staff' ? <Staff /> : <Spellings />}
        </Shell>
    );
}
