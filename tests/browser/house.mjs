// A real server on data of its own, a browser, and a line between them that can be cut: all ended by whoever made them.
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const here = path.dirname(fileURLToPath(import.meta.url));  // a folder's name may hold spaces
const require = createRequire(path.join(here, '../../web-client/package.json'));
const { chromium } = require('playwright-core');
const binary = process.env.HEARTH ?? path.join(here, '../../build/release/hearth');

/** One to listen on, now and again after a restart: none of those that the system gives to connections. */
export async function freePort() {
    for (;;) {
        const port = 10_000 + Math.floor(Math.random() * 20_000);
        const probe = net.createServer();
        const free = await new Promise((done) => {
            probe.once('error', () => done(false));
            probe.listen(port, '127.0.0.1', () => done(true));
        });
        if (!free) continue;
        await new Promise((done) => probe.close(done));
        return port;
    }
}

/** Passes bytes between a browser and the server until it is cut; then it refuses until it is healed. */
export class Line {
    constructor(to) {
        this.to = to;
        this.whole = true;
        this.pairs = new Set();
    }

    async open() {
        this.server = net.createServer((near) => {
            if (!this.whole) return near.destroy();
            const far = net.connect(this.to, '127.0.0.1');
            const pair = [near, far];
            this.pairs.add(pair);
            for (const [a, b] of [[near, far], [far, near]]) {
                a.pipe(b);
                a.on('error', () => b.destroy());
                a.on('close', () => {
                    b.destroy();
                    this.pairs.delete(pair);
                });
            }
        });
        this.port = await freePort();
        await new Promise((done) => this.server.listen(this.port, '127.0.0.1', done));
        return this;
    }

    cut() {
        this.whole = false;
        for (const pair of this.pairs) for (const end of pair) end.destroy();
    }

    heal() {
        this.whole = true;
    }

    close() {
        this.cut();
        this.server.close();
    }
}

export class House {
    static async open() {
        const house = new House();
        house.data = mkdtempSync(path.join(os.tmpdir(), 'hearth-browser-'));
        house.port = await freePort();
        house.url = `http://127.0.0.1:${house.port}`;
        await house.start();
        house.browser = await chromium.launch({
            executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
            args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
                '--disable-component-update', '--disable-sync'],
        });
        house.contexts = [];
        return house;
    }

    async start() {
        this.log = '';
        this.server = spawn(binary, ['serve', '--listen', `127.0.0.1:${this.port}`, '--data', this.data], { stdio: ['ignore', 'pipe', 'pipe'] });
        for (const out of [this.server.stdout, this.server.stderr]) out.on('data', (bytes) => (this.log += bytes));
        const deadline = Date.now() + 20_000;
        for (;;) {
            try {
                if ((await fetch(`${this.url}/readyz`)).ok) return;
            } catch {
                // not listening yet
            }
            if (Date.now() > deadline || this.server.exitCode !== null) throw new Error(`the server did not start:\n${this.log}`);
            await new Promise((done) => setTimeout(done, 50));
        }
    }

    /** Asks the server to end, or kills it. */
    async stop(signal = 'SIGTERM') {
        if (this.server.exitCode !== null || this.server.signalCode !== null) return;
        const ended = new Promise((done) => this.server.once('exit', done));
        this.server.kill(signal);
        await ended;
    }

    staff(name, role, password) {
        execFileSync(binary, ['user', 'add', name, '--role', role, '--data', this.data], { input: `${password}\n` });
    }

    /** A browser profile of its own, as another person would have; what goes wrong in its pages is kept in `wrong`. */
    async person(options = {}) {
        const context = await this.browser.newContext({ locale: 'en-GB', viewport: { width: 1100, height: 800 }, ...options });
        this.contexts.push(context);
        const page = await context.newPage();
        page.wrong = [];
        page.on('pageerror', (error) => page.wrong.push(String(error)));
        page.on('console', (message) => {
            if (message.type() === 'error' && !/Failed to load resource|WebSocket connection/.test(message.text())) page.wrong.push(message.text());
        });
        page.setDefaultTimeout(15_000);
        return page;
    }

    async close() {
        await this.browser?.close();
        await this.stop();
        rmSync(this.data, { recursive: true, force: true });
    }
}
