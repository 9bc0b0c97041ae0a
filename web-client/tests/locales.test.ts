// Every text a page asks for exists in every language with the same variables, and no catalogue carries dead weight.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { FluentBundle, FluentResource } from '@fluent/bundle';
import { describe, expect, it } from 'vitest';
import { actions, categories, messageId, reactionKinds, reportReasons, roomKinds, staffRoles, topics } from '../src/protocol/taxonomy';

const root = join(import.meta.dirname, '../src');
const locales = ['en', 'fr', 'id'] as const;

const source = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => readFileSync(join(root, name), 'utf8'))
    .join('\n');

function catalogue(locale: string): Map<string, string> {
    const entries = new Map<string, string>();
    let id = '';
    for (const line of readFileSync(join(root, `locales/${locale}.ftl`), 'utf8').split('\n')) {
        const start = /^([a-z][a-z0-9-]*) =(.*)$/.exec(line);
        if (start) {
            id = start[1]!;
            expect(entries.has(id), `${locale}: ${id} is there twice`).toBe(false);
            entries.set(id, start[2]!);
        } else if (/^(\s|\}$)/.test(line) && id) entries.set(id, `${entries.get(id)}\n${line}`);
        else expect(line === '' || line.startsWith('#'), `${locale}: ${line}`).toBe(true);
    }
    return entries;
}

/** Ids that are put together from a list known to the code. */
const each = (prefix: string, names: readonly string[], suffix = '') => names.map((name) => `${prefix}-${messageId(name)}${suffix}`);
const composed = [
    ...each('category', [...categories, 'other', 'reported']), ...each('report', reportReasons), ...each('topic', topics),
    ...each('reaction', reactionKinds), ...each('kind', roomKinds), ...each('kind', roomKinds, '-short'),
    ...['led', 'does', 'does-not'].flatMap((p) => [`kind-${p}`, ...each('kind', roomKinds, `-${p}`)]),
    ...each('role', staffRoles), ...each('role', staffRoles, '-means'), ...each('action', actions), ...each('action', actions, '-means'),
    ...each('severity', ['0', '1', '2', '3', '4']), ...each('lane', ['care', 'harm']), ...each('lane-tab', ['all', 'care', 'harm']),
    ...each('case-state', ['open', 'claimed', 'escalated', 'decided', 'appealed', 'upheld', 'overturned']),
    ...each('disposition', ['published', 'held', 'blocked']), ...each('filter-state', ['waiting', 'decided', 'all']),
    ...each('drift', ['numbers', 'restriction', 'romanticising', 'ganging']),
    ...each('queue-empty', ['waiting', 'decided', 'all']), ...each('channel', ['call', 'text', 'chat', 'web']),
    ...each('outcome', ['released', 'removed', 'kept', 'warned', 'resources']),
    ...['warn', 'lift', 'mute', 'ban'].flatMap((a) => [`sanction-${a}`, `sanction-${a}-you`]),
    ...['mute', 'ban'].flatMap((a) => [`sanction-${a}-until`, `sanction-${a}-you-until`]),
    ...each('stopped', ['protocol_error', 'unauthenticated', 'banned', 'replaced', 'too_many_connections', 'refused']),
    ...['banned', 'unknown_room', 'not_a_member', 'forbidden', 'not_found', 'other'].flatMap((c) => [`refused-${messageId(c)}`, `refused-${messageId(c)}-text`]),
    ...each('key', ['next', 'previous', 'reveal', 'claim', 'decide', 'back', 'help']), ...each('claim', ['own', 'admin']),
    ...['peers', 'watched', 'yours', 'limits'].flatMap((n) => [`home-${n}`, `home-${n}-text`]),
    ...each('error', [
        'network', 'unreadable', 'unauthenticated', 'forbidden', 'not_found', 'conflict', 'bad_request', 'too_long', 'rate_limited', 'try_later',
        'muted', 'banned', 'not_a_member', 'unknown_room', 'agreement_required', 'lost', 'link_refused', 'wrong_password', 'claim_conflict',
        'decision_conflict', 'card_conflict', 'name_taken', 'unknown', 'with_field',
    ]),
    ...each('voice', [
        'self', 'you', 'other', 'everyone', 'past', 'now', 'planned', 'disclosing', 'recovering', 'quoting', 'refusing', 'warning', 'questioning',
        'asking_help', 'concern', 'encouraging', 'instructing', 'selling',
    ]),
    'error-too-long-limit',
];

const literal = new Set([...source.matchAll(/'([a-z][a-z0-9]*(?:-[a-z0-9]+)*)'/g)].map((m) => m[1]!));
const asked = new Set([...source.matchAll(/\bt\('([a-z0-9-]+)'/g)].map((m) => m[1]!));
const variables = (text: string) => [...new Set([...text.matchAll(/\{\s*\$([a-z]+)/g)].map((m) => m[1]!))].sort();
const english = catalogue('en');

describe.each(locales)('the catalogue %s', (locale) => {
    const entries = catalogue(locale);

    it('words everything that is asked for', () => {
        expect([...asked, ...composed].filter((id) => !entries.has(id))).toEqual([]);
    });
    it('holds nothing that nobody asks for', () => {
        const used = new Set([...asked, ...literal, ...composed]);
        expect([...entries.keys()].filter((id) => !used.has(id))).toEqual([]);
    });
    it('has the same variables as English', () => {
        for (const [id, text] of entries) {
            // A language without plural forms may leave the count out.
            const needed = variables(english.get(id) ?? '').filter((name) => name !== 'count' || variables(text).includes('count'));
            expect(variables(text), id).toEqual(needed);
        }
    });
    it('is read by Fluent without a mistake', () => {
        const bundle = new FluentBundle(locale, { useIsolating: false });
        expect(bundle.addResource(new FluentResource(readFileSync(join(root, `locales/${locale}.ftl`), 'utf8')))).toEqual([]);
        for (const [id, text] of entries) {
            const errors: Error[] = [];
            const args = Object.fromEntries(variables(text).map((name) => [name, name === 'count' ? 3 : 'x']));
            const made = bundle.formatPattern(bundle.getMessage(id)!.value!, args, errors);
            expect(errors, id).toEqual([]);
            expect(made.trim(), id).not.toBe('');
        }
    });
    it('is its own language', () => {
        if (locale === 'en') return;
        const same = [...entries].filter(([id, text]) => text === english.get(id) && /[a-z]{4}/i.test(text.replace(/\{[^}]*\}/g, '')));
        // Words that are truly the same in both.
        const shared = ['role-moderator', 'join-title', 'nav-admin', 'invitations', 'conversation', 'room-slug'];
        expect(same.map(([id]) => id).filter((id) => !shared.includes(id))).toEqual([]);
    });
});

it('catalogue texts are plain: no markup, no straight quotes around words', () => {
    for (const locale of locales) for (const [id, text] of catalogue(locale)) expect(text.replaceAll('->', ''), `${locale} ${id}`).not.toMatch(/[<>"]/);
});

it('French punctuation stays with its word', () => {
    for (const [id, text] of catalogue('fr')) expect(text, id).not.toMatch(/« | [»;:?!]/);
});
