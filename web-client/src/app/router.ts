// Addresses to pages and back. The server answers every page address with the same document.
import { signal } from '@preact/signals';

export type AdminTab = 'rooms' | 'staff' | 'spellings';

export type Route =
    | { page: 'home' }
    | { page: 'join'; code: string }
    | { page: 'room'; slug: string }
    | { page: 'sign-in' }
    | { page: 'desk'; case: string | null }
    | { page: 'admin'; tab: AdminTab }
    | { page: 'lost' };

function decode(segment: string | undefined): string {
    try {
        return decodeURIComponent(segment ?? '');
    } catch {
        return '';
    }
}

export function routeOf(path: string): Route {
    const [first, second, third] = path.split('/').filter((segment) => segment !== '');
    const deep = third !== undefined;
    if (first === undefined) return { page: 'home' };
    if (first === 'join' && second && !deep) return { page: 'join', code: decode(second) };
    if (first === 'room' && second && !deep) return { page: 'room', slug: decode(second) };
    if (first === 'sign-in' && !second) return { page: 'sign-in' };
    if (first === 'desk' && !deep) return { page: 'desk', case: second ? decode(second) : null };
    if (first === 'admin' && !second) return { page: 'admin', tab: 'rooms' };
    if (first === 'admin' && (second === 'staff' || second === 'spellings') && !deep) return { page: 'admin', tab: second };
    return { page: 'lost' };
}

export const route = signal<Route>(routeOf(location.pathname));

export function go(path: string, options: { replace?: boolean } = {}): void {
    if (path !== location.pathname + location.search) {
        if (options.replace) history.replaceState(null, '', path);
        else history.pushState(null, '', path);
    }
    route.value = routeOf(location.pathname);
    scrollTo(0, 0);
}

/** Plain left clicks on links of this site change the page without loading it again. */
function onClick(event: MouseEvent): void {
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = (event.target as Element | null)?.closest?.('a');
    if (!link || link.origin !== location.origin || link.target || link.hasAttribute('download') || link.hash) return;
    event.preventDefault();
    go(link.pathname + link.search);
}

export function startRouter(): void {
    addEventListener('popstate', () => (route.value = routeOf(location.pathname)));
    document.addEventListener('click', onClick);
}
