// A fact card in the conversation, put there by a moderator for everyone.
import { locale, t } from '../../app/i18n';
import type { FactCard } from '../../protocol/types';
import { FactSources, FactText, textIn } from '../fact-card';
import { Icon } from '../icons';
import { Button } from '../ui';
import type { RoomUi } from './ui';

export function RoomCard({ seq, card, ui }: { seq: number; card: FactCard; ui: RoomUi }) {
    if (ui.dismissed.value.has(seq)) return null;
    const text = textIn(card, locale.value);
    return (
        <li>
            <aside class="notice fact" aria-label={`${t('card-title')}: ${text.claim}`} data-testid="fact-card" data-claim={card.claim}>
                <h2><Icon name="book" />{t('card-title')}</h2>
                <FactText text={text} />
                <FactSources about={card} />
                <p class="only-you">{t('card-for-all')}</p>
                <div class="actions">
                    <Button look="quiet" data-testid="card-dismiss" onClick={() => ui.dismiss(seq)}>{t('notice-dismiss')}</Button>
                </div>
            </aside>
        </li>
    );
}
