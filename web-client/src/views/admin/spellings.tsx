// Spellings that may slip past the rules: what several people write, for a person to accept or dismiss.
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { announce } from '../../app/announce';
import { dateTime } from '../../app/format';
import { t } from '../../app/i18n';
import { api } from '../../net/api';
import type { Problem } from '../../net/http';
import type { Spelling, SpellingDecision } from '../../protocol/types';
import { reasonText } from '../room/notice-card';
import { Button, Empty, Loading, ProblemNote } from '../ui';

type Decide = (word: string, accept: boolean) => void;

interface ButtonsProps {
    of: { word: string; term: string };
    accept: boolean;
    dismiss: boolean;
    decide: Decide;
}

function Buttons({ of, accept, dismiss, decide }: ButtonsProps) {
    return (
        <>
            {accept && (
                <Button aria-label={t('spelling-accept-word', of)} data-testid="spelling-accept" onClick={() => decide(of.word, true)}>
                    {t('spelling-accept')}
                </Button>
            )}
            {dismiss && (
                <Button aria-label={t('spelling-dismiss-word', { word: of.word })} data-testid="spelling-dismiss" onClick={() => decide(of.word, false)}>
                    {t('spelling-dismiss')}
                </Button>
            )}
        </>
    );
}

export function Spellings() {
    const variants = useSignal<readonly Spelling[] | null>(null);
    const decided = useSignal<readonly SpellingDecision[]>([]);
    const problem = useSignal<Problem | null>(null);
    const load = async () => {
        const answer = await api.spellings();
        problem.value = answer.ok ? null : answer.problem;
        if (!answer.ok) return;
        variants.value = answer.value.variants;
        decided.value = answer.value.decided;
    };
    useEffect(() => void load(), []);
    const decide: Decide = async (word, accept) => {
        const answer = await api.decideSpelling(word, accept);
        if (answer.ok) announce(t('saved'));
        await load();
        if (!answer.ok) problem.value = answer.problem;
    };
    return (
        <section aria-labelledby="admin-spellings">
            <div class="section-head"><h2 id="admin-spellings">{t('admin-spellings')}</h2></div>
            <p class="hint">{t('spellings-text')}</p>
            <ProblemNote problem={problem.value} retry={load} />
            {variants.value === null && !problem.value && <Loading />}
            {variants.value?.length === 0 && <Empty icon="check" title={t('spellings-none')} />}
            <ul class="lines card" hidden={!variants.value?.length}>
                {variants.value?.map((one) => (
                    <li key={one.word} data-testid={`spelling-row-${one.word}`}>
                        <span>
                            <strong>{one.word}</strong> {t('spelling-like', { term: one.term, category: reasonText(one.category) })}
                            {one.rising && <span class="badge">{t('spelling-rising')}</span>}
                            <span class="hint">{t('spelling-often', { count: one.count, authors: one.authors, when: dateTime(one.last_seen) })}</span>
                        </span>
                        <Buttons of={{ word: one.word, term: one.term }} accept dismiss decide={decide} />
                    </li>
                ))}
            </ul>
            {decided.value.length > 0 && <h3>{t('spellings-decided')}</h3>}
            <ul class="lines card" hidden={decided.value.length === 0}>
                {decided.value.map((one) => (
                    <li key={one.word} data-testid={`spelling-decided-${one.word}`}>
                        <span>
                            <strong>{one.word}</strong>
                            <span class="hint">
                                {t(one.accepted ? 'spelling-accepted' : 'spelling-dismissed', { term: one.term, when: dateTime(one.at) })}
                            </span>
                        </span>
                        <Buttons of={{ word: one.word, term: one.term }} accept={!one.accepted} dismiss={one.accepted} decide={decide} />
                    </li>
                ))}
            </ul>
        </section>
    );
}
