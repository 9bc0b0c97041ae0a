// Leaving fast. The page goes blank first and is replaced after, so that nothing stays on the screen while that happens,
// and the way back in this tab does not lead here. What a tab kept is forgotten; the browser's history is out of reach.
import { tab } from '../net/storage';

const leaving: (() => void)[] = [];

/** Work to do at the last moment, such as closing a socket. Returns how to forget it. */
export function onLeave(work: () => void): () => void {
    leaving.push(work);
    return () => void leaving.splice(leaving.indexOf(work), 1);
}

export function quickExit(): void {
    document.documentElement.hidden = true;
    document.title = ' ';
    for (const work of leaving) work();
    tab.clear();
    location.replace('about:blank');
}

const presses = 3;
const within_ms = 1_500;

/** Escape three times in a row does the same, from anywhere, dialogs included. */
export function startQuickExitKey(): void {
    let times: number[] = [];
    // Closing one dialog after another is no wish to leave: whatever a person does in between starts the count again.
    document.addEventListener('pointerdown', () => (times = []), { capture: true });
    document.addEventListener(
        'keydown',
        (event) => {
            if (event.key !== 'Escape' || event.repeat) {
                if (event.key !== 'Escape') times = [];
                return;
            }
            const now = Date.now();
            times = [...times.filter((at) => now - at < within_ms), now];
            if (times.length >= presses) quickExit();
        },
        { capture: true },
    );
}
