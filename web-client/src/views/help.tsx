// Help for now: people to reach outside this site, how to leave, and what this place is not.
import { directory } from '../app/help';
import { t } from '../app/i18n';
import type { Channel, CountryResources, Resource } from '../protocol/types';
import { LanguageChoice } from './shell';
import { Dialog } from './ui';

const digits = (value: string): string => value.replace(/[^\d+*#]/g, '');

/** "text HOME to 741741" style values become an sms: link to the number they name. */
function address({ kind, value }: Channel): string | null {
    if (kind === 'call') return /\d/.test(value) ? `tel:${digits(value.split(/ext|poste|option/i)[0]!)}` : null;
    if (kind === 'text') {
        const number = value.match(/[\d][\d ]{2,}/g)?.at(-1);
        return number ? `sms:${digits(number)}` : null;
    }
    const url = /^https?:\/\//.test(value) ? value : `https://${value}`;
    return URL.canParse?.(url) === false ? null : url;
}

function Way({ channel }: { channel: Channel }) {
    const href = address(channel);
    const outside = channel.kind === 'chat' || channel.kind === 'web';
    const shown = `${t(`channel-${channel.kind}`)} ${channel.value.replace(/^https?:\/\//, '')}`;
    if (!href) return <span>{shown}</span>;
    return (
        <a class="way" href={href} target={outside ? '_blank' : undefined} rel="noreferrer noopener">{shown}</a>
    );
}

export function ResourceLines({ resources }: { resources: readonly Resource[] }) {
    return (
        <ul class="resources">
            {resources.map((resource) => (
                <li key={`${resource.country}-${resource.name}`}>
                    <strong>{resource.name}</strong>
                    <span class="ways">{resource.channels.map((c) => <Way key={c.kind + c.value} channel={c} />)}</span>
                    {(resource.hours || resource.note) && (
                        <span class="hint">{[resource.hours, resource.note].filter(Boolean).join(' · ')}</span>
                    )}
                </li>
            ))}
        </ul>
    );
}

function Country({ country, open }: { country: CountryResources; open: boolean }) {
    return (
        <details open={open}>
            <summary>{country.name}</summary>
            <ResourceLines resources={country.resources} />
        </details>
    );
}

export function HelpDialog({ onClose }: { onClose: () => void }) {
    const countries = directory.value;
    return (
        <Dialog title={t('help-title')} onClose={onClose} wide testId="help-dialog">
            <p class="lead">{t('help-danger')}</p>
            <section>
                <h3>{t('help-people')}</h3>
                {countries?.length ? (
                    countries.map((country, n) => <Country key={country.code} country={country} open={n === 0} />)
                ) : (
                    <p data-testid="help-offline">
                        {t('help-offline')}{' '}
                        <a class="way" href="https://findahelpline.com" target="_blank" rel="noreferrer noopener">findahelpline.com</a>
                    </p>
                )}
            </section>
            <section>
                <h3>{t('help-exit-title')}</h3>
                <p>{t('help-exit')}</p>
            </section>
            <section>
                <h3>{t('help-here-title')}</h3>
                <p>{t('help-here')}</p>
            </section>
            <section>
                <h3>{t('language')}</h3>
                <LanguageChoice />
            </section>
        </Dialog>
    );
}
