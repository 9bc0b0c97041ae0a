// Which folder may include which; prose alone does not hold.
import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { expect, it } from 'vitest';

const root = join(import.meta.dirname, '../src');
const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) => /\.tsx?$/.test(name));

const allowed: Record<string, string[]> = {
    protocol: ['protocol'],
    state: ['state', 'protocol'],
    net: ['net', 'state', 'protocol'],
    app: ['app', 'net', 'state', 'protocol'],
    views: ['views', 'app', 'net', 'state', 'protocol'],
};

it.each(files.filter((name) => name.includes('/')))('%s includes only what its folder may', (name) => {
    const text = readFileSync(join(root, name), 'utf8');
    const folder = name.split('/')[0]!;
    for (const [, target] of text.matchAll(/(?:from|import\() ?'(\.[^']+)'/g)) {
        const into = relative(root, join(root, dirname(name), target!)).split('/')[0]!;
        expect(allowed[folder], `${name} includes ${target}`).toContain(into);
    }
});

it.each(files.filter((name) => /^(protocol|state)\//.test(name)))('%s is pure', (name) => {
    expect(readFileSync(join(root, name), 'utf8')).not.toMatch(/Date\.now|Math\.random|setTimeout|fetch\(|localStorage|sessionStorage|document\.|window\.|preact/);
});

it.each(files)('%s writes no markup from text', (name) => {
    expect(readFileSync(join(root, name), 'utf8')).not.toMatch(/innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(/);
});

it.each(files)('%s is of a size one can read', (name) => {
    expect(readFileSync(join(root, name), 'utf8').split('\n').length).toBeLessThanOrEqual(300);
});
