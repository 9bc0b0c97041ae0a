// Keys for people who read many cases. They act only outside of fields and can be switched off.
import { signal, useSignal, type Signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { DeskSession } from '../../app/desk-session';
import { t } from '../../app/i18n';
import { go } from '../../app/router';
import { device } from '../../net/storage';
import { Dialog } from '../ui';

/** What the open case can do; the case's view fills it. */
export interface CaseKeys {
    claim?: () => void;
    reveal?: () => void;
    decide?: () => void;
}

export const caseKeys = signal<CaseKeys>({});

const keys = [['j', 'next'], ['k', 'previous'], ['v', 'reveal'], ['c', 'claim'], ['d', 'decide'], ['u', 'back'], ['?', 'help']] as const;

const typing = (target: EventTarget | null): boolean =>
    target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

function move(desk: DeskSession, current: string | null, by: 1 | -1): void {
    const list = desk.shown.value;
    const at = list.findIndex((c) => c.id === current);
    const next = list[at < 0 ? (by === 1 ? 0 : list.length - 1) : at + by];
    if (next) go(`/desk/${encodeURIComponent(next.id)}`);
}

export function useShortcuts(desk: DeskSession, current: string | null): { open: Signal<boolean>; enabled: Signal<boolean> } {
    const open = useSignal(false);
    const enabled = useSignal(device.get('desk-keys') !== 'off');
    useEffect(() => {
        const onKey = (event: KeyboardEvent) => {
            if (!enabled.value || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
            if (document.querySelector('dialog[open]')) return;
            const actions: Record<string, (() => void) | undefined> = {
                'j': () => move(desk, current, 1),
                'k': () => move(desk, current, -1),
                'v': caseKeys.value.reveal,
                'c': caseKeys.value.claim,
                'd': caseKeys.value.decide,
                'u': () => go('/desk'),
                '?': () => (open.value = true),
            };
            const action = actions[event.key];
            if (!action) return;
            event.preventDefault();
            action();
        };
        document.addEventListener('keydown', onKey);
        return () => document.removeEventListener('keydown', onKey);
    }, [desk, current]);
    return { open, enabled };
}

export function Shortcuts({ enabled, onClose }: { enabled: Signal<boolean>; onClose: () => void }) {
    const toggle = () => {
        enabled.value = !enabled.value;
        device.set('desk-keys', enabled.value ? 'on' : 'off');
    };
    return (
        <Dialog title={t('shortcuts')} onClose={onClose} testId="shortcuts-dialog">
            <dl class="keys">
                {keys.map(([key, name]) => (
                    <div key={key}>
                        <dt><kbd>{key}</kbd></dt>
                        <dd>{t(`key-${name}`)}</dd>
                    </div>
                ))}
            </dl>
            <label class="check">
                <input type="checkbox" checked={enabled.value} onChange={toggle} />
                <span>{t('shortcuts-enabled')}</span>
            </label>
        </Dialog>
    );
}
