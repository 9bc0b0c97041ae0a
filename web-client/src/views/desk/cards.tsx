// The fact cards of a case: one act puts one into the room, one takes it out again.
import { useSignal } from '@preact/signals';
import { announce } from '../../app/announce';
import type { DeskSession } from '../../app/desk-session';
import { clock } from '../../app/format';
import { t } from '../../app/i18n';
import type { Problem } from '../../net/http';
import type { Case, CaseCard } from '../../protocol/types';
import { FactSources, FactText } from '../fact-card';
import { Icon } from '../icons';
import { Button, ProblemNote } from '../ui';

function Card({ desk, item, card }: { desk: DeskSession; item: Case; card: CaseCard }) {
    const busy = useSignal(false);
    const problem = useSignal<Problem | null>(null);
    const act = async (share: boolean) => {
        if (busy.value) return;
        busy.value = true;
        problem.value = await desk.card(item.id, card.claim, share);
        busy.value = false;
        if (problem.value === null) announce(t(share ? 'card-shared-now' : 'card-taken-back'));
    };
    return (
        <li class="case-card" data-testid="case-card" data-claim={card.claim} data-shared={card.shared ? 'yes' : 'no'}>
            <FactText text={card.text} />
            <FactSources about={card} />
            {card.shared && <p class="shared"><Icon name="check" />{t('card-shared', { name: card.shared.by.name, when: clock(card.shared.at) })}</p>}
            <ProblemNote problem={problem.value?.status === 409 ? { ...problem.value, code: 'card_conflict', detail: '' } : problem.value} />
            {card.shared
                ? <Button icon="undo" disabled={busy.value} data-testid="card-take-back" onClick={() => act(false)}>{t('card-take-back')}</Button>
                : <Button look="primary" icon="book" disabled={busy.value} data-testid="card-share" onClick={() => act(true)}>{t('card-share')}</Button>}
        </li>
    );
}

export function Cards({ desk, item }: { desk: DeskSession; item: Case }) {
    const cards = item.cards ?? [];
    if (!cards.length) return null;
    const first = cards.filter((card) => card.matched || card.shared);
    const others = cards.filter((card) => !first.includes(card));
    return (
        <section class="card" aria-labelledby="case-cards" data-testid="case-cards">
            <h3 id="case-cards">{t('cards')}</h3>
            <p class="hint">{t('cards-hint')}</p>
            {first.length > 0 && <ul class="case-cards">{first.map((card) => <Card key={card.claim} desk={desk} item={item} card={card} />)}</ul>}
            {others.length > 0 && (
                <details data-testid="cards-others">
                    <summary>{t('cards-others', { count: others.length })}</summary>
                    <ul class="case-cards">{others.map((card) => <Card key={card.claim} desk={desk} item={item} card={card} />)}</ul>
                </details>
            )}
        </section>
    );
}
