// What kind of group this is. Two different things share the word, and people must know which one they enter.
import { t } from '../app/i18n';
import type { RoomKind } from '../protocol/types';
import { Icon } from './icons';

const points = ['led', 'does', 'does-not'] as const;

export function KindExplained({ kind }: { kind: RoomKind }) {
    return (
        <dl class="kind">
            {points.map((point) => (
                <div key={point}>
                    <dt>{t(`kind-${point}`)}</dt>
                    <dd>{t(`kind-${kind.replace('_', '-')}-${point}`)}</dd>
                </div>
            ))}
        </dl>
    );
}

export const kindName = (kind: RoomKind): string => t(`kind-${kind.replace('_', '-')}`);
/** At the beginning of a line. */
export const kindTitle = (kind: RoomKind): string => kindName(kind).replace(/^./u, (first) => first.toLocaleUpperCase());
export const kindShort = (kind: RoomKind): string => t(`kind-${kind.replace('_', '-')}-short`);

const otherKind: Record<RoomKind, RoomKind> = { peer_support: 'therapy_group', therapy_group: 'peer_support' };

export function KindCard({ kind }: { kind: RoomKind }) {
    return (
        <section class="card" aria-labelledby="kind-title" data-testid="kind-card">
            <h2 id="kind-title"><Icon name="people" />{t('kind-this-is', { kind: kindName(kind) })}</h2>
            <KindExplained kind={kind} />
            <p class="emergency-line"><Icon name="alert" />{t('kind-not-emergency')}</p>
            <details>
                <summary>{t('kind-compare', { kind: kindName(otherKind[kind]) })}</summary>
                <KindExplained kind={otherKind[kind]} />
            </details>
        </section>
    );
}

/** Ground rules come as plain text: one line, one paragraph; lines that open with a dash or number are a list's. */
export function RulesText({ text = '' }: { text?: string }) {
    const lines = text.split('\n').map((line) => line.trim()).filter((line) => line !== '');
    const bullet = /^(?:[-•*]|\d+[.)])\s+/;
    const listed = lines.length > 1 && lines.filter((line) => bullet.test(line)).length * 2 >= lines.length;
    if (!listed) return <div class="rules">{lines.map((line, n) => <p key={n}>{line}</p>)}</div>;
    return <ul class="rules">{lines.map((line, n) => <li key={n}>{line.replace(bullet, '')}</li>)}</ul>;
}
