// Whether the line holds, in one sentence. Nothing here is alarming: unsent text is kept whatever happens.
import { t } from '../../app/i18n';
import type { RoomSession } from '../../app/room-session';
import { Icon } from '../icons';
import { Button } from '../ui';

export function StoppedNote({ session }: { session: Pick<RoomSession, 'connection' | 'takeOver'> }) {
    const state = session.connection.value;
    if (state.name !== 'stopped' || state.reason === 'closed_by_us') return null;
    const reason = state.reason.replace(/_/g, '-');
    return (
        <div class="note warn" role="alert" data-testid="connection-stopped" data-reason={state.reason}>
            <Icon name="alert" />
            <p>{t(`stopped-${reason}`)}</p>
            {state.reason === 'unauthenticated' ? (
                <a class="button" href="/sign-in">{t('staff-sign-in')}</a>
            ) : (
                state.reason !== 'banned' && (
                    <Button data-testid="take-over" onClick={() => session.takeOver()}>
                        {state.reason === 'replaced' ? t('take-over') : t('try-again')}
                    </Button>
                )
            )}
        </div>
    );
}

export function ConnectionLine({ session }: { session: Pick<RoomSession, 'connection' | 'takeOver'> }) {
    const { name } = session.connection.value;
    const first = name === 'idle' || ((name === 'connecting' || name === 'greeting') && 'attempt' in session.connection.value && session.connection.value.attempt === 0);
    const broken = name !== 'open' && name !== 'stopped';
    return (
        <>
            <p class={`connection ${broken ? 'broken' : ''}`} role="status" data-testid="connection-state" data-state={name}>
                {broken ? (first ? t('connecting') : t('reconnecting')) : ''}
            </p>
            <StoppedNote session={session} />
        </>
    );
}
