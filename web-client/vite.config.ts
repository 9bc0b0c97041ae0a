// How the pages are built: hashed files for a server with a strict content policy, each with a gzip sibling.
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { defineConfig, type Plugin } from 'vite';

const outDir = fileURLToPath(new URL('../build/web', import.meta.url));
const compressible = /\.(html|js|css|svg|json|webmanifest|txt)$/;

function gzipSiblings(): Plugin {
    return {
        name: 'gzip-siblings',
        apply: 'build',
        closeBundle() {
            for (const name of readdirSync(outDir, { recursive: true, encoding: 'utf8' })) {
                if (!compressible.test(name)) continue;
                const path = join(outDir, name);
                writeFileSync(`${path}.gz`, gzipSync(readFileSync(path), { level: 9 }));
            }
        },
    };
}

export default defineConfig({
    plugins: [gzipSiblings()],
    build: {
        outDir,
        emptyOutDir: true,
        target: ['chrome100', 'firefox100', 'safari15.4'],
        // The content policy allows no data: or inline script, so nothing is inlined.
        assetsInlineLimit: 0,
        modulePreload: { polyfill: false },
        sourcemap: false,
    },
    server: {
        // `npm run dev` next to a running server: HEARTH_SERVER says where it listens.
        proxy: Object.fromEntries(
            ['/api', '/ws'].map((path) => [
                path,
                { target: process.env['HEARTH_SERVER'] ?? 'http://127.0.0.1:8080', ws: true, changeOrigin: false },
            ]),
        ),
    },
    test: { include: ['tests/**/*.test.ts'] },
} as Parameters<typeof defineConfig>[0]);
