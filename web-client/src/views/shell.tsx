// What surrounds every page: the way in, the way to help, the way out.
import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
import { announcement } from '../app/announce';
import { helpOpen, loadDirectory } from '../app/help';
import { chooseLocale, isLocale, locale, localeNames, locales, t } from '../app/i18n';
import { isAdmin, isStaff, me } from '../app/session';
import { quickExit } from '../app/ways-out';
import { HelpDialog } from './help';
import { Flame } from './icons';
import { Button } from './ui';

export function LanguageChoice() {
    return (
        <label class="language">
            <span class="sr-only">{t('language')}</span>
            <select
                value={locale.value}
                data-testid="language"
                onChange={({ currentTarget: { value } }) => isLocale(value) && void chooseLocale(value)}
            >
                {locales.map((name) => <option key={name} value={name} lang={name}>{localeNames[name]}</option>)}
            </select>
        </label>
    );
}

export function StaffLinks() {
    if (!isStaff.value) return null;
    return (
        <nav class="staff-links" aria-label={t('nav-staff')}>
            <a href="/desk">{t('nav-desk')}</a>
            {isAdmin.value && <a href="/admin">{t('nav-admin')}</a>}
        </nav>
    );
}

export function Header() {
    return (
        <header class="top">
            <a class="brand" href="/"><Flame /><span>Hearth</span></a>
            <StaffLinks />
            <div class="ways-out">
                <Button look="plain" icon="help" data-testid="help" onClick={() => (helpOpen.value = true)}>{t('help')}</Button>
                <Button look="exit" icon="exit" data-testid="quick-exit" onClick={quickExit} title={t('quick-exit-hint')}>
                    {t('quick-exit')}
                </Button>
            </div>
        </header>
    );
}

export function Footer() {
    return (
        <footer class="foot">
            <LanguageChoice />
            <p>{t('footer-emergency')}</p>
            {me.value && <p class="who">{t('signed-in-as', { name: me.value.user.name })}</p>}
        </footer>
    );
}

/** `fixed`: the page fills the window and scrolls inside, as the room does. */
export function Shell({ children, fixed, wide }: { children: ComponentChildren; fixed?: boolean; wide?: boolean }) {
    const wanted = locale.value;
    useEffect(() => void loadDirectory(wanted), [wanted]);
    return (
        <div class={`shell ${fixed ? 'fixed' : ''}`}>
            <a class="skip" href="#main" onClick={focusMain}>{t('skip')}</a>
            <Header />
            <main id="main" tabIndex={-1} class={wide ? 'wide' : ''}>{children}</main>
            {!fixed && <Footer />}
            <p class={`toast ${announcement.value ? 'shown' : ''}`} role="status" data-testid="announcement">{announcement.value}</p>
            {helpOpen.value && <HelpDialog onClose={() => (helpOpen.value = false)} />}
        </div>
    );
}

function focusMain(event: MouseEvent): void {
    event.preventDefault();
    document.getElementById('main')?.focus();
}
