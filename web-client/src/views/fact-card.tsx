// What a fact card says, on the desk and in the room: it corrects a claim and blames nobody.
import { day } from '../app/format';
import { t } from '../app/i18n';
import type { AboutClaim, ClaimText, FactCard } from '../protocol/types';

/** The reader's language, else English, else whatever there is. */
export const textIn = (card: FactCard, locale: string): ClaimText =>
    card.texts[locale] ?? card.texts['en'] ?? Object.values(card.texts)[0]!;

const host = (url: string): string => url.replace(/^https?:\/\/(www\.)?/, '').replace(/\/.*$/, '');

export function FactText({ text }: { text: ClaimText }) {
    return (
        <dl class="facts">
            <div><dt>{t('card-claim')}</dt><dd class="said">{text.claim}</dd></div>
            <div><dt>{t('card-known')}</dt><dd>{text.correction}</dd></div>
            <div><dt>{t('card-do')}</dt><dd>{text.what_to_do}</dd></div>
        </dl>
    );
}

export function FactSources({ about }: { about: AboutClaim }) {
    return (
        <>
            <details class="sources">
                <summary>{t('card-sources')}</summary>
                <ul>
                    {about.sources.map((source) => (
                        <li key={source.title}>
                            {source.name}, <cite>{source.title}</cite>{' '}
                            <a href={source.url} target="_blank" rel="noreferrer noopener">{host(source.url)}</a>
                        </li>
                    ))}
                </ul>
            </details>
            <p class="hint" data-testid="card-review">
                {about.reviewed_by && about.reviewed_on
                    ? t('card-reviewed', { name: about.reviewed_by, when: day(about.reviewed_on) })
                    : t('card-not-reviewed')}
            </p>
        </>
    );
}
