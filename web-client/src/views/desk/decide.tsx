// The decision. Two questions are asked apart: is the message safe for others, and what does its author need?
import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { announce } from '../../app/announce';
import type { DeskSession } from '../../app/desk-session';
import { duration } from '../../app/format';
import { t } from '../../app/i18n';
import type { Problem } from '../../net/http';
import { categories, isHarm } from '../../protocol/taxonomy';
import type { Case, DecisionAction } from '../../protocol/types';
import { isSlideAlone } from '../../state/review-queue';
import { reasonText } from '../room/notice-card';
import { Button, Field, ProblemNote } from '../ui';
import { actionName } from './queue';
import { caseKeys } from './shortcuts';

const hour_s = 3_600;
const day_s = 24 * hour_s;
/** A ban without a duration lasts until someone lifts it. */
const until_lifted = 0;
const durations: Partial<Record<DecisionAction, readonly number[]>> = {
    mute: [hour_s, 12 * hour_s, day_s, 3 * day_s, 7 * day_s],
    ban: [day_s, 7 * day_s, 30 * day_s, 90 * day_s, until_lifted],
};

/** A disclosure ends in no sanction; a message that is public already needs no release, one decided before may. */
function actionsFor(item: Case): { others: DecisionAction[]; author: DecisionAction[] } {
    // No single line of a slide is at fault.
    if (isSlideAlone(item)) return { others: ['keep'], author: [] };
    const again = (item.decisions?.length ?? 0) > 0;
    const others: DecisionAction[] = again ? ['release', 'keep', 'remove'] : item.message.disposition === 'published' ? ['keep', 'remove'] : ['release', 'remove'];
    const careOnly = item.lane === 'care' && !item.categories.some(isHarm);
    return { others, author: careOnly ? ['resources'] : ['resources', 'warn', 'mute', 'ban'] };
}

interface ChoiceProps {
    action: DecisionAction;
    chosen: DecisionAction | null;
    onChoose: (action: DecisionAction) => void;
}

function Choice({ action, chosen, onChoose }: ChoiceProps) {
    return (
        <label class="check choice">
            <input type="radio" name="action" checked={chosen === action} data-testid={`case-action-${action}`} onChange={() => onChoose(action)} />
            <span><strong>{actionName(action)}</strong><span class="hint">{t(`action-${action}-means`)}</span></span>
        </label>
    );
}

export function Decide({ desk, item }: { desk: DeskSession; item: Case }) {
    const action = useSignal<DecisionAction | null>(null);
    const reason = useSignal(item.categories[0] ?? 'other');
    const length = useSignal<number>(day_s);
    const note = useSignal('');
    const reply = useSignal('');
    const busy = useSignal(false);
    const problem = useSignal<Problem | null>(null);
    const form = useRef<HTMLFormElement>(null);
    const { others, author } = actionsFor(item);
    const lengths = action.value ? durations[action.value] : undefined;

    useEffect(() => {
        const decide = () => form.current?.querySelector('input')?.focus();
        caseKeys.value = { ...caseKeys.peek(), decide };
    }, [item.id]);

    const choose = (chosen: DecisionAction) => {
        action.value = chosen;
        if (durations[chosen] && !durations[chosen].includes(length.value)) length.value = day_s;
    };
    const decide = async (event: Event) => {
        event.preventDefault();
        if (!action.value || busy.value) return;
        busy.value = true;
        problem.value = await desk.decide(item.id, {
            action: action.value,
            reason: reason.value,
            duration_s: lengths && length.value !== until_lifted ? length.value : undefined,
            note: note.value.trim() || undefined,
            reply: reply.value.trim() || undefined,
        });
        busy.value = false;
        if (problem.value === null) announce(t('decided-now', { action: actionName(action.value) }));
    };

    return (
        <form ref={form} class="card decide" onSubmit={decide} aria-labelledby="decide-title">
            <h3 id="decide-title">{t('decide')}</h3>
            <fieldset class="choices">
                <legend>{t('question-others')}</legend>
                {others.map((a) => <Choice key={a} action={a} chosen={action.value} onChoose={choose} />)}
            </fieldset>
            {author.length > 0 && (
                <fieldset class="choices">
                    <legend>{t('question-author')}</legend>
                    {author.map((a) => <Choice key={a} action={a} chosen={action.value} onChoose={choose} />)}
                </fieldset>
            )}
            <fieldset class="choices">
                <legend>{t('question-second')}</legend>
                <Choice action="escalate" chosen={action.value} onChoose={choose} />
            </fieldset>
            {lengths && (
                <Field label={t('decide-duration')}>
                    {(ids) => (
                        <select {...ids} value={length.value} data-testid="case-duration" onChange={(e) => (length.value = Number(e.currentTarget.value))}>
                            {lengths.map((s) => <option key={s} value={s}>{s === until_lifted ? t('duration-until-lifted') : duration(s)}</option>)}
                        </select>
                    )}
                </Field>
            )}
            <Field label={t('decide-reason')} hint={t('decide-reason-hint')}>
                {(ids) => (
                    <select {...ids} value={reason.value} data-testid="case-reason" onChange={(e) => (reason.value = e.currentTarget.value)}>
                        {[...categories, 'other'].map((id) => <option key={id} value={id}>{reasonText(id)}</option>)}
                    </select>
                )}
            </Field>
            {author.length > 0 && (
                <Field label={t('decide-reply')} hint={t('decide-reply-hint')}>
                    {(ids) => <textarea {...ids} rows={2} maxLength={1000} value={reply.value} data-testid="case-reply" onInput={(e) => (reply.value = e.currentTarget.value)} />}
                </Field>
            )}
            <Field label={t('decide-note')} hint={t('decide-note-hint')}>
                {(ids) => <textarea {...ids} rows={2} maxLength={1000} value={note.value} data-testid="case-note" onInput={(e) => (note.value = e.currentTarget.value)} />}
            </Field>
            <ProblemNote problem={problem.value?.status === 409 ? { ...problem.value, code: 'decision_conflict', detail: '' } : problem.value} />
            <Button type="submit" look="primary" data-testid="case-decide" disabled={!action.value || busy.value}>
                {action.value ? t('decide-as', { action: actionName(action.value) }) : t('decide-choose')}
            </Button>
        </form>
    );
}
