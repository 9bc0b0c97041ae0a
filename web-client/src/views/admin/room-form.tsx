// Making or changing a room. The kind is explained where it is chosen, because it cannot be changed later.
import { useSignal } from '@preact/signals';
import { locale, localeNames, locales, t } from '../../app/i18n';
import { api } from '../../net/api';
import type { Problem } from '../../net/http';
import { roomKinds, topics } from '../../protocol/taxonomy';
import type { Locale, Room, RoomKind, Topic } from '../../protocol/types';
import { KindExplained, kindTitle } from '../kind';
import { Button, Dialog, Field, ProblemNote, problemText } from '../ui';
import { slugOf } from './slug';

export function RoomForm({ room, onClose, onDone }: { room: Room | null; onClose: () => void; onDone: () => void }) {
    const title = useSignal(room?.title ?? '');
    const slug = useSignal(room?.slug ?? '');
    const slugTouched = useSignal(room !== null);
    const kind = useSignal<RoomKind>(room?.kind ?? 'peer_support');
    const topic = useSignal<Topic>(room?.topic ?? 'general');
    const languages = useSignal<readonly Locale[]>(room?.languages ?? [locale.value]);
    const open = useSignal(room?.open ?? false);
    const rules = useSignal(room ? (room.rules?.text ?? '') : t('default-rules'));
    const busy = useSignal(false);
    const tried = useSignal(false);
    const problem = useSignal<Problem | null>(null);

    const missing = () => title.value.trim() === '' || slug.value === '' || languages.value.length === 0;
    const save = async (event: Event) => {
        event.preventDefault();
        tried.value = true;
        if (busy.value || missing()) return;
        busy.value = true;
        const common = {
            title: title.value.trim(), topic: topic.value, languages: [...languages.value], open: open.value, rules: rules.value.trim(),
        };
        const answer = room ? await api.changeRoom(room.slug, common) : await api.createRoom({ ...common, slug: slug.value, kind: kind.value });
        busy.value = false;
        if (answer.ok) onDone();
        else problem.value = answer.problem;
    };
    const error = (field: string, empty = false): string | null => {
        if (field === 'slug' && problem.value?.code === 'conflict') return t('slug-taken');
        if (problem.value?.field === field) return problemText({ ...problem.value, field: undefined });
        return tried.value && empty ? t('field-required') : null;
    };
    const shownElsewhere = ['title', 'slug', 'languages', 'rules'];
    const general = problem.value && !shownElsewhere.includes(problem.value.field ?? '') && problem.value.code !== 'conflict' ? problem.value : null;
    const toggle = (name: Locale) => {
        const has = languages.value.includes(name);
        languages.value = has ? languages.value.filter((l) => l !== name) : [...languages.value, name];
    };
    return (
        <Dialog title={room ? t('room-edit', { title: room.title }) : t('room-new')} onClose={onClose} wide testId="admin-room-form">
            <form onSubmit={save} noValidate>
                <Field label={t('room-title')} error={error('title', title.value.trim() === '')}>
                    {(ids) => (
                        <input
                            {...ids} value={title.value} data-testid="admin-room-title" maxLength={80}
                            onInput={(e) => {
                                title.value = e.currentTarget.value;
                                if (!slugTouched.value) slug.value = slugOf(title.value);
                            }}
                        />
                    )}
                </Field>
                {!room && (
                    <Field label={t('room-slug')} hint={t('room-slug-hint', { slug: slug.value || '…' })} error={error('slug', slug.value === '')}>
                        {(ids) => (
                            <input
                                {...ids} value={slug.value} data-testid="admin-room-slug" autocapitalize="off" spellcheck={false}
                                onInput={(e) => {
                                    slugTouched.value = true;
                                    slug.value = e.currentTarget.value.toLowerCase().replace(/[^a-z0-9-]/g, '-').slice(0, 40);
                                }}
                            />
                        )}
                    </Field>
                )}
                {!room && (
                    <fieldset class="choices">
                        <legend>{t('room-kind')}</legend>
                        {roomKinds.map((k) => (
                            <label key={k} class="check choice">
                                <input type="radio" name="kind" checked={kind.value === k} data-testid={`admin-room-kind-${k}`} onChange={() => (kind.value = k)} />
                                <span><strong>{kindTitle(k)}</strong></span>
                            </label>
                        ))}
                        <KindExplained kind={kind.value} />
                    </fieldset>
                )}
                <Field label={t('room-topic')} hint={t('room-topic-hint')}>
                    {(ids) => (
                        <select {...ids} value={topic.value} data-testid="admin-room-topic" onChange={(e) => (topic.value = e.currentTarget.value as Topic)}>
                            {topics.map((name) => <option key={name} value={name}>{t(`topic-${name}`)}</option>)}
                        </select>
                    )}
                </Field>
                <fieldset class="choices row">
                    <legend>{t('room-languages')}</legend>
                    {locales.map((name) => (
                        <label key={name} class="check">
                            <input type="checkbox" checked={languages.value.includes(name)} data-testid={`admin-room-language-${name}`} onChange={() => toggle(name)} />
                            <span lang={name}>{localeNames[name]}</span>
                        </label>
                    ))}
                    <p class="field-error">{error('languages', languages.value.length === 0)}</p>
                </fieldset>
                <label class="check">
                    <input type="checkbox" checked={open.value} data-testid="admin-room-open" onChange={(e) => (open.value = e.currentTarget.checked)} />
                    <span>{t('room-open-label')}</span>
                </label>
                <Field label={t('ground-rules')} hint={t('room-rules-hint')} error={error('rules')}>
                    {(ids) => <textarea {...ids} rows={8} value={rules.value} data-testid="admin-room-rules" onInput={(e) => (rules.value = e.currentTarget.value)} />}
                </Field>
                <ProblemNote problem={general} />
                <div class="actions">
                    <Button type="submit" look="primary" data-testid="admin-room-save" disabled={busy.value}>{t('save')}</Button>
                    <Button onClick={onClose}>{t('cancel')}</Button>
                </div>
            </form>
        </Dialog>
    );
}
