// The moderator's desk: what waits on the left, one case on the right; on a phone one after the other.
import { useSignal } from '@preact/signals';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import { DeskSession } from '../../app/desk-session';
import { t } from '../../app/i18n';
import { go } from '../../app/router';
import { isStaff, me, meProblem, refreshMe } from '../../app/session';
import { onLeave } from '../../app/ways-out';
import { device } from '../../net/storage';
import { Icon } from '../icons';
import { ConnectionLine } from '../room/connection-line';
import { Shell } from '../shell';
import { Button, Loading, ProblemNote, useTitle } from '../ui';
import { CaseView } from './case';
import { Queue } from './queue';
import { Shortcuts, useShortcuts } from './shortcuts';
import { chime } from './sound';

export function DeskPage({ caseId }: { caseId: string | null }) {
    const person = me.value;
    if (meProblem.value) return <Shell><ProblemNote problem={meProblem.value} retry={() => void refreshMe()} /></Shell>;
    if (person === undefined) return <Shell><Loading /></Shell>;
    if (!person || !isStaff.value) return <NeedStaff />;
    return <Desk caseId={caseId} />;
}

export function NeedStaff() {
    useTitle('Hearth');
    return (
        <Shell>
            <h1>{t('need-staff')}</h1>
            <p>{t('need-staff-text')}</p>
            <p><a class="button primary" href="/sign-in">{t('staff-sign-in')}</a></p>
        </Shell>
    );
}

/** A case that pages says so once, aloud; the count stays in the title for as long as it waits. */
function Alarm({ desk, sound }: { desk: DeskSession; sound: boolean }) {
    const arrived = desk.arrived.value;
    const last = useRef<string | null>(null);
    useEffect(() => {
        if (!arrived || arrived.id === last.current) return;
        last.current = arrived.id;
        if (sound) chime();
    }, [arrived, sound]);
    const waiting = desk.urgent.value.length;
    return (
        <div role="alert" class="alarm" data-testid="desk-alarm">
            {waiting > 0 && (
                <p class="note danger">
                    <Icon name="alert" />
                    <span>{t('desk-urgent', { count: waiting })}</span>
                    <a class="button" href={`/desk/${encodeURIComponent(desk.urgent.value[0]!.id)}`}>{t('desk-urgent-open')}</a>
                </p>
            )}
        </div>
    );
}

function Desk({ caseId }: { caseId: string | null }) {
    const desk = useMemo(() => new DeskSession(), []);
    const sound = useSignal(device.get('desk-sound') === 'on');
    const shortcuts = useShortcuts(desk, caseId);
    useEffect(() => {
        desk.start();
        const forget = onLeave(() => desk.stop());
        return () => {
            forget();
            desk.stop();
        };
    }, [desk]);
    const open = desk.cases.value;
    const waiting = [...open.values()].filter((c) => c.state === 'open' || c.state === 'escalated').length;
    const urgent = desk.urgent.value.length;
    useTitle(`${urgent ? `(!${urgent}) ` : waiting ? `(${waiting}) ` : ''}${t('nav-desk')} · Hearth`);

    const toggleSound = () => {
        sound.value = !sound.value;
        device.set('desk-sound', sound.value ? 'on' : 'off');
        if (sound.value) chime();
    };
    return (
        <Shell wide>
            <div class="desk-head">
                <h1>{t('nav-desk')}</h1>
                <Button look="quiet" aria-pressed={sound.value} data-testid="desk-sound" onClick={toggleSound}>
                    {sound.value ? t('sound-on') : t('sound-off')}
                </Button>
                <Button look="quiet" icon="keyboard" data-testid="desk-shortcuts" onClick={() => (shortcuts.open.value = true)}>{t('shortcuts')}</Button>
            </div>
            <Alarm desk={desk} sound={sound.value} />
            <ConnectionLine session={desk} />
            <ProblemNote problem={desk.problem.value} retry={() => void desk.reload()} />
            <div class={`desk ${caseId ? 'has-case' : ''}`}>
                <Queue desk={desk} current={caseId} />
                {caseId ? (
                    <CaseView key={caseId} desk={desk} id={caseId} onBack={() => go('/desk')} />
                ) : (
                    <p class="desk-choose">{t('desk-choose')}</p>
                )}
            </div>
            {shortcuts.open.value && <Shortcuts enabled={shortcuts.enabled} onClose={() => (shortcuts.open.value = false)} />}
        </Shell>
    );
}
