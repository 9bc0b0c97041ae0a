// One case: what was said (masked until asked for), why it is here, what stood around it, who is behind it.
import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
import type { DeskSession } from '../../app/desk-session';
import { clock, countdown, dateTime } from '../../app/format';
import { locale, t, worded } from '../../app/i18n';
import { isAdmin, me } from '../../app/session';
import type { Problem } from '../../net/http';
import { messageId } from '../../protocol/taxonomy';
import type { Case, ContextMessage, Finding } from '../../protocol/types';
import { cut } from '../../protocol/utf8';
import { isSlideAlone, isWaiting, leaseLeft } from '../../state/review-queue';
import { Icon } from '../icons';
import { reasonText } from '../room/notice-card';
import { Button, Loading, ProblemNote, useNow } from '../ui';
import { Cards } from './cards';
import { Decide } from './decide';
import { actionName, caseTitle, Clock, LaneTag, Severity } from './queue';
import { caseKeys } from './shortcuts';

/** A lease is renewed by itself when this little is left and the moderator was active lately. */
const renew_ms = 90_000;
const active_ms = 120_000;

function Marked({ text, findings }: { text: string; findings: readonly Finding[] }) {
    return (
        <p class="case-text" data-testid="case-text">
            {cut(text, findings).map((piece, n) => (piece.marked ? <mark key={n} data-testid="case-mark">{piece.text}</mark> : <span key={n}>{piece.text}</span>))}
        </p>
    );
}

function Context({ messages, before }: { messages: readonly ContextMessage[]; before: boolean }) {
    if (!messages.length) return null;
    return (
        <ul class="context" aria-label={t(before ? 'context-before' : 'context-after')}>
            {messages.map((m) => (
                <li key={m.seq}><strong>{m.from.name}</strong> <time dateTime={m.at}>{clock(m.at)}</time> <span>{m.text ?? t('message-gone')}</span></li>
            ))}
        </ul>
    );
}

/** What was said, covered until somebody wants to read it. */
function Covered({ shown, onToggle, children }: { shown: boolean; onToggle: () => void; children: ComponentChildren }) {
    return (
        <>
            {shown ? children : <p class="masked"><Icon name="eyeOff" />{t('case-masked')}</p>}
            <Button icon={shown ? 'eyeOff' : 'eye'} data-testid="case-reveal" aria-expanded={shown} onClick={onToggle}>
                {shown ? t('case-hide') : t('case-reveal')}
            </Button>
        </>
    );
}

/** The lines of a conversation that slides. */
function TheSlide({ item, shown, onToggle }: { item: Case; shown: boolean; onToggle: () => void }) {
    const { kind, about, evidence = [] } = item.drift!;
    return (
        <section class="card" aria-labelledby="case-slide" data-testid="case-slide" data-kind={kind}>
            <h3 id="case-slide">{t('drift-lines', { count: evidence.length })}</h3>
            <p class="hint">{about ? t('drift-about', { name: about.name }) : t('drift-hint')}</p>
            <Covered shown={shown} onToggle={onToggle}>
                <ul class="context evidence" aria-label={t('drift-lines', { count: evidence.length })}>
                    {evidence.map((m) => (
                        <li key={m.seq} data-testid="drift-line"><strong>{m.from.name}</strong> <time dateTime={m.at}>{clock(m.at)}</time> <span>{m.text || t('message-gone')}</span></li>
                    ))}
                </ul>
            </Covered>
        </section>
    );
}

function TheMessage({ item, shown, onToggle }: { item: Case; shown: boolean; onToggle: () => void }) {
    const { text, disposition, at } = item.message;
    return (
        <section class="card" aria-labelledby="case-message">
            <h3 id="case-message">{t('case-message', { name: item.author.name })}</h3>
            <p class="hint">{dateTime(at)} · {t(`disposition-${disposition}`)}</p>
            <Covered shown={shown} onToggle={onToggle}>
                {item.context && <Context messages={item.context.before} before />}
                {text === undefined ? <p>{t('case-text-gone')}</p> : <Marked text={text} findings={item.findings ?? []} />}
                {item.context && <Context messages={item.context.after} before={false} />}
            </Covered>
        </section>
    );
}

/** A voice reads "self/now/disclosing"; parts that say nothing ("none", "open") have no words. */
const voiceText = (voice = ''): string | null => {
    const words = voice.split('/').map((part) => `voice-${messageId(part)}`).filter(worded).map((id) => t(id));
    return words.length ? words.join(', ') : null;
};

/** Several rules may see the same thing: it is said once, with all of them behind it. */
function FindingLine({ category, findings }: { category: string; findings: readonly Finding[] }) {
    const voices = [...new Set(findings.map((f) => voiceText(f.voice)).filter((text) => text !== null))];
    const rules = [...new Set(findings.map((f) => f.rule))];
    return (
        <li>
            <strong>{reasonText(category)}</strong>
            {voices.map((voice) => <span key={voice}>{voice}</span>)}
            <span class="hint">{t('finding-rule', { rule: rules.join(', ') })}</span>
        </li>
    );
}

function Why({ item }: { item: Case }) {
    const findings = item.findings ?? [];
    return (
        <section class="card" aria-labelledby="case-why">
            <h3 id="case-why">{t('case-why')}</h3>
            <ul class="findings">
                {[...new Set(findings.map((f) => f.category))].map((category) => (
                    <FindingLine key={category} category={category} findings={findings.filter((f) => f.category === category)} />
                ))}
                {(item.reports ?? []).map((r, n) => (
                    <li key={`r${n}`} data-testid="case-report">
                        <strong>{t('reported-as', { reason: worded(`report-${messageId(r.reason)}`) ? t(`report-${messageId(r.reason)}`) : reasonText(r.reason) })}</strong>
                        {r.note && <q>{r.note}</q>}
                        <span class="hint">{dateTime(r.at)}</span>
                    </li>
                ))}
                {findings.length === 0 && !item.reports?.length && <li>{t('case-no-findings')}</li>}
            </ul>
            {item.author_history && !isSlideAlone(item) && <p class="hint">{t('author-history', { name: item.author.name, ...item.author_history })}</p>}
            {item.pack_version && <p class="hint">{t('pack-version', { version: item.pack_version.slice(0, 12) })}</p>}
        </section>
    );
}

function Decisions({ item }: { item: Case }) {
    if (!item.decisions?.length) return null;
    return (
        <section class="card" aria-labelledby="case-decisions">
            <h3 id="case-decisions">{t('case-decisions')}</h3>
            <ul class="findings">
                {item.decisions.map((d, n) => (
                    <li key={n} data-testid="case-decision">
                        <strong>{actionName(d.action)}</strong>
                        <span>{t('decided-by', { name: d.by.name, reason: reasonText(d.reason) })}</span>
                        {d.note && <q>{d.note}</q>}
                        <span class="hint">{dateTime(d.at)}</span>
                    </li>
                ))}
            </ul>
        </section>
    );
}

function useActivity(): () => number {
    const last = useSignal(Date.now());
    useEffect(() => {
        const seen = () => (last.value = Date.now());
        document.addEventListener('keydown', seen);
        document.addEventListener('pointerdown', seen);
        return () => {
            document.removeEventListener('keydown', seen);
            document.removeEventListener('pointerdown', seen);
        };
    }, []);
    return () => last.peek();
}

/** Why this person cannot take the case at all, if so. */
function claimObstacle(item: Case): 'own' | 'admin' | null {
    if (item.author.id === me.value?.user.id) return 'own';
    return (item.state === 'escalated' || item.state === 'decided') && !isAdmin.value ? 'admin' : null;
}

interface ClaimBarProps {
    desk: DeskSession;
    item: Case;
    report: (problem: Problem | null) => void;
}

function ClaimBar({ desk, item, report }: ClaimBarProps) {
    const now = useNow(1_000);
    const activeAt = useActivity();
    const busy = useSignal(false);
    const lease = desk.leases.value.get(item.id);
    const left = leaseLeft(lease?.expires_at, now);
    const mine = lease !== undefined && left > 0;
    const claim = async () => {
        if (busy.value) return;
        busy.value = true;
        report(await desk.claim(item.id));
        busy.value = false;
    };
    useEffect(() => {
        const wanted = mine && left < renew_ms && now - activeAt() < active_ms && document.visibilityState === 'visible';
        if (wanted && !busy.value) void claim();
    }, [mine && left < renew_ms, Math.floor(now / 15_000)]);
    const obstacle = claimObstacle(item);
    useEffect(() => {
        caseKeys.value = { ...caseKeys.peek(), claim: obstacle ? undefined : () => void claim() };
    }, [item.id, mine, obstacle]);

    const heldLeft = item.claimed_by ? leaseLeft(item.lease_expires_at, now) : 0;
    const byMe = item.claimed_by?.id === me.value?.user.id;
    if (mine) {
        return (
            <div class="claim-bar" data-testid="case-lease">
                <p><Icon name="check" />{t('lease-yours', { left: countdown(left) })}</p>
                <Button data-testid="case-renew" disabled={busy.value} onClick={claim}>{t('lease-renew')}</Button>
                <Button look="quiet" data-testid="case-release-claim" onClick={async () => report(await desk.release(item.id))}>{t('lease-release')}</Button>
            </div>
        );
    }
    if (obstacle) return isWaiting(item) ? <div class="claim-bar"><p>{t(`claim-${obstacle}`)}</p></div> : null;
    const heldFor = countdown(heldLeft);
    return (
        <div class="claim-bar">
            <p>{!heldLeft ? t('lease-none') : byMe ? t('lease-elsewhere', { left: heldFor }) : t('lease-other', { name: item.claimed_by!.name, left: heldFor })}</p>
            {isWaiting(item) && !heldLeft && <p class="hint">{t('decide-claim-first')}</p>}
            <Button look={isWaiting(item) ? 'primary' : 'plain'} data-testid="case-claim" disabled={busy.value || heldLeft > 0} onClick={claim}>
                {isWaiting(item) ? t('claim') : t('claim-again')}
            </Button>
        </div>
    );
}

export function CaseView({ desk, id, onBack }: { desk: DeskSession; id: string; onBack: () => void }) {
    const item = desk.cases.value.get(id);
    const shown = useSignal(false);
    const problem = useSignal<Problem | null>(null);
    const now = useNow(1_000);
    useEffect(() => {
        void desk.open(id).then((failed) => (problem.value = failed));
    }, [id, locale.value]);
    useEffect(() => {
        const reveal = () => (shown.value = !shown.value);
        caseKeys.value = { ...caseKeys.peek(), reveal };
        return () => (caseKeys.value = {});
    }, [id]);

    const back = <Button look="quiet" icon="back" class="case-back" data-testid="case-back" onClick={onBack}>{t('back-to-queue')}</Button>;
    if (!item) {
        return <section class="case" aria-label={t('case')}>{back}{problem.value ? <ProblemNote problem={problem.value} /> : <Loading />}</section>;
    }
    const lease = desk.leases.value.get(id);
    const holding = leaseLeft(lease?.expires_at, now) > 0;
    return (
        <section class="case" aria-labelledby="case-title" data-testid="case" data-case={id} data-state={item.state}>
            {back}
            <header>
                <h2 id="case-title">{caseTitle(item)}</h2>
                <p class="queue-tags"><Severity severity={item.severity} /><LaneTag item={item} /><span class="hint">{t(`case-state-${item.state}`)}</span></p>
                <p><a href={`/room/${encodeURIComponent(item.room)}`}>{item.room}</a> · <Clock item={item} now={now} /></p>
            </header>
            <ClaimBar desk={desk} item={item} report={(p) => (problem.value = p)} />
            <ProblemNote problem={problem.value?.status === 409 ? { ...problem.value, code: 'claim_conflict', detail: '' } : problem.value} />
            {item.drift && <TheSlide item={item} shown={shown.value} onToggle={() => (shown.value = !shown.value)} />}
            {!isSlideAlone(item) && <TheMessage item={item} shown={shown.value} onToggle={() => (shown.value = !shown.value)} />}
            <Why item={item} />
            <Cards desk={desk} item={item} />
            {holding && <Decide desk={desk} item={item} />}
            <Decisions item={item} />
        </section>
    );
}
