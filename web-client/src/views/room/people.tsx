// Who is here now. Hiding someone is this person's own affair: nobody is told.
import { t } from '../../app/i18n';
import type { RoomSession } from '../../app/room-session';
import type { User } from '../../protocol/types';
import { Button, Dialog } from '../ui';
import { RoleBadge } from './message';

function Person({ session, user }: { session: RoomSession; user: User }) {
    const mine = user.id === session.user.id;
    const hidden = session.hidden.value.has(user.id);
    return (
        <li data-testid="person" data-user={user.id}>
            <span class="name">{user.name}</span>
            {mine && <span class="badge you">{t('you')}</span>}
            <RoleBadge user={user} />
            {!mine && (
                <Button look="quiet" icon={hidden ? 'eye' : 'eyeOff'} bare onClick={() => session.setHidden(user.id, !hidden)}>
                    {hidden ? t('show-person', { name: user.name }) : t('hide-person', { name: user.name })}
                </Button>
            )}
        </li>
    );
}

/** Those hidden stay listed even when they left, so that hiding can be undone. */
function hiddenElsewhere(session: RoomSession, here: readonly User[]): User[] {
    const names = new Map<string, User>();
    for (const { from } of session.log.value.items.values()) {
        if (session.hidden.value.has(from.id) && !here.some((u) => u.id === from.id)) names.set(from.id, from);
    }
    return [...names.values()];
}

export function PeopleList({ session }: { session: RoomSession }) {
    const { members } = session.people.value;
    const absent = hiddenElsewhere(session, members ?? []);
    return (
        <>
            {members ? (
                <ul class="people">{members.map((user) => <Person key={user.id} session={session} user={user} />)}</ul>
            ) : (
                <p class="hint">{t('people-many')}</p>
            )}
            {absent.length > 0 && (
                <>
                    <h3>{t('people-hidden')}</h3>
                    <ul class="people">{absent.map((user) => <Person key={user.id} session={session} user={user} />)}</ul>
                </>
            )}
            <p class="hint">{t('hide-explained')}</p>
        </>
    );
}

export function PeopleDialog({ session, onClose }: { session: RoomSession; onClose: () => void }) {
    return (
        <Dialog title={t('people-here', { count: session.people.value.count })} onClose={onClose} testId="people-dialog">
            <PeopleList session={session} />
        </Dialog>
    );
}
