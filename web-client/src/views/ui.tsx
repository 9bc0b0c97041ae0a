// The few building blocks that every page shares.
import { useSignal } from '@preact/signals';
import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { t, worded } from '../app/i18n';
import type { Problem } from '../net/http';
import { messageId } from '../protocol/taxonomy';
import { Icon, type IconName } from './icons';

type ButtonProps = Omit<JSX.IntrinsicElements['button'], 'icon'> & {
    look?: 'primary' | 'plain' | 'quiet' | 'danger' | 'exit';
    icon?: IconName;
    /** Only the icon shows; the children are its name. */
    bare?: boolean;
};

export function Button({ look = 'plain', icon, bare, children, class: extra, ...rest }: ButtonProps) {
    return (
        <button type="button" {...rest} class={`button ${look} ${bare ? 'bare' : ''} ${extra ?? ''}`}>
            {icon && <Icon name={icon} />}
            <span class={bare ? 'sr-only' : ''}>{children}</span>
        </button>
    );
}

interface DialogProps {
    title: string;
    onClose: () => void;
    children: ComponentChildren;
    wide?: boolean;
    testId?: string;
}

/** Open as long as it is drawn. The browser keeps focus inside and gives it back after. */
export function Dialog({ title, onClose, children, wide, testId }: DialogProps) {
    const dialog = useRef<HTMLDialogElement>(null);
    const heading = useId();
    useEffect(() => {
        const shown = dialog.current!;
        const before = document.activeElement;
        shown.showModal();
        return () => {
            shown.close();
            if (before instanceof HTMLElement && before.isConnected) before.focus();
        };
    }, []);
    return (
        <dialog
            ref={dialog}
            class={wide ? 'wide' : ''}
            aria-labelledby={heading}
            data-testid={testId}
            onCancel={(event) => {
                event.preventDefault();
                onClose();
            }}
            onClick={(event) => event.target === dialog.current && onClose()}
        >
            <div class="dialog-inner">
                <header>
                    <h2 id={heading} tabIndex={-1} autofocus>{title}</h2>
                    <Button look="quiet" icon="close" bare onClick={onClose}>{t('close')}</Button>
                </header>
                {children}
            </div>
        </dialog>
    );
}

interface FieldProps {
    label: string;
    hint?: string;
    error?: string | null;
    children: (ids: { id: string; 'aria-describedby'?: string; 'aria-invalid'?: boolean }) => ComponentChildren;
}

export function Field({ label, hint, error, children }: FieldProps) {
    const id = useId();
    const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ');
    return (
        <div class="field">
            <label for={id}>{label}</label>
            {hint && <p class="hint" id={`${id}-hint`}>{hint}</p>}
            {children({ id, 'aria-describedby': described || undefined, 'aria-invalid': error ? true : undefined })}
            {error && <p class="field-error" id={`${id}-error`}><Icon name="alert" />{error}</p>}
        </div>
    );
}

/** A code in the client's own words. */
export function codeText(code: string, limit?: number): string | null {
    const id = `error-${messageId(code)}`;
    if (limit !== undefined && worded(`${id}-limit`)) return t(`${id}-limit`, { limit });
    return worded(id) ? t(id) : null;
}

/** What went wrong: the server's sentence, which knows fields and limits, or else the client's own. */
export function problemText(problem: Pick<Problem, 'code' | 'detail' | 'field' | 'limit'>): string {
    if (problem.detail) return problem.detail;
    const said = codeText(problem.code, problem.limit) ?? t('error-unknown', { code: problem.code });
    return problem.field ? t('error-with-field', { text: said, field: problem.field }) : said;
}

export function ProblemNote({ problem, retry }: { problem: Problem | null; retry?: () => void }) {
    return (
        <div role="alert" class="problem-slot">
            {problem && (
                <div class="note danger" data-testid="problem">
                    <Icon name="alert" />
                    <p>{problemText(problem)}</p>
                    {retry && <Button onClick={retry}>{t('try-again')}</Button>}
                </div>
            )}
        </div>
    );
}

export function Empty({ icon, title, children }: { icon: IconName; title: string; children?: ComponentChildren }) {
    return (
        <div class="empty">
            <Icon name={icon} />
            <p class="empty-title">{title}</p>
            {children}
        </div>
    );
}

export const Loading = () => <p class="loading" role="status">{t('loading')}</p>;

/** A button that copies and says that it did; where copying is forbidden the text can still be selected. */
export function CopyField({ value, label, testId }: { value: string; label: string; testId?: string }) {
    const copied = useSignal(false);
    const input = useRef<HTMLInputElement>(null);
    const copy = async () => {
        try {
            await navigator.clipboard.writeText(value);
            copied.value = true;
        } catch {
            input.current?.select();
        }
    };
    return (
        <div class="copy-field">
            <Field label={label}>
                {(ids) => (
                    <input {...ids} ref={input} readOnly value={value} data-testid={testId} onFocus={(e) => e.currentTarget.select()} />
                )}
            </Field>
            <Button icon={copied.value ? 'check' : 'copy'} onClick={copy}>{copied.value ? t('copied') : t('copy')}</Button>
        </div>
    );
}

/** The current time, as often as a page needs it. */
export function useNow(every_ms: number): number {
    const [now, setNow] = useState(Date.now());
    useEffect(() => {
        const timer = setInterval(() => setNow(Date.now()), every_ms);
        return () => clearInterval(timer);
    }, [every_ms]);
    return now;
}

export function useTitle(title: string): void {
    useEffect(() => {
        document.title = title;
    }, [title]);
}
