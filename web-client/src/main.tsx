// Wiring: words, address, person, page.
import { render } from 'preact';
import { startLocale } from './app/i18n';
import { startRouter } from './app/router';
import { refreshMe } from './app/session';
import { App } from './views/app';

startRouter();
void refreshMe();
await startLocale();
render(<App />, document.getElementById('app')!);
