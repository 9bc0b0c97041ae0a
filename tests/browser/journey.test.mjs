// One journey through everything a person can see: an admin opens a room, two members talk, a moderator looks after them.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { House, Line } from './house.mjs';

const password = 'a lantern in the window';
let house, admin, moderator, rowan, sage, line, invite;

const by = (page, id) => page.getByTestId(id);
const shown = (page, id) => by(page, id).first().waitFor();
const said = (page, text) => page.getByTestId('message').filter({ hasText: text });

async function say(page, text) {
    await by(page, 'composer').fill(text);
    await by(page, 'send').click();
}

async function signIn(page, name) {
    await page.goto(`${house.url}/sign-in`);
    await by(page, 'sign-in-name').fill(name);
    await by(page, 'sign-in-password').fill(password);
    await by(page, 'sign-in-submit').click();
    await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
}

async function join(page, base, name) {
    await page.goto(`${base}/join/${invite}`);
    await shown(page, 'kind-card');
    await by(page, 'join-name').fill(name);
    await by(page, 'join-accept').check();
    await by(page, 'join-submit').click();
    await page.waitForURL(/\/room\/quiet-corner/);
    await page.locator('[data-testid=connection-state][data-state=open]').waitFor({ state: 'attached' });
}

/** Waits until `probe` holds in the page; says what was hoped for if it never does. */
async function until(what, probe, within = 15_000) {
    const deadline = Date.now() + within;
    while (!(await probe())) {
        if (Date.now() > deadline) assert.fail(`never: ${what}`);
        await new Promise((done) => setTimeout(done, 50));
    }
}

before(async () => {
    house = await House.open();
    house.staff('harper', 'admin', password);
    house.staff('moss', 'moderator', password);
    [admin, moderator, rowan, sage] = await Promise.all([house.person(), house.person(), house.person(), house.person({ viewport: { width: 360, height: 740 } })]);
    line = await new Line(house.port).open();
});

after(async () => {
    line?.close();
    await house?.close();
});

test('an admin creates a room and an invite', async () => {
    await signIn(admin, 'harper');
    await admin.goto(`${house.url}/admin`);
    await by(admin, 'admin-room-new').click();
    await by(admin, 'admin-room-title').fill('Quiet corner');
    await until('a slug is suggested', async () => (await by(admin, 'admin-room-slug').inputValue()) === 'quiet-corner');
    await by(admin, 'admin-room-topic').selectOption('eating');
    assert.notEqual(await by(admin, 'admin-room-rules').inputValue(), '', 'ground rules are suggested');
    await by(admin, 'admin-room-save').click();
    await shown(admin, 'admin-room-quiet-corner');
    await by(admin, 'admin-invite-quiet-corner').click();
    await by(admin, 'admin-invite-uses').fill('5');
    await by(admin, 'admin-invite-create').click();
    await shown(admin, 'admin-invite-code');
    const link = await by(admin, 'admin-invite-link').inputValue();
    invite = link.split('/').pop();
    assert.match(invite, /^[\w-]{22}$/);
});

test('members come in by invite, on a desk and on a small phone, and talk', async () => {
    await join(rowan, `http://127.0.0.1:${line.port}`, 'Rowan');
    await join(sage, house.url, 'Sage');
    await say(rowan, 'Good evening, the walk by the river helped me today');
    await said(sage, 'the walk by the river').waitFor();
    await say(sage, 'Thank you for sharing that');
    await said(rowan, 'Thank you for sharing').waitFor();
    const overflow = await sage.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.ok(overflow <= 0, `nothing sticks out at 360 px (${overflow} px)`);
});

test('a promotion line is held: its author and the moderator see it, others do not, and it is removed', async () => {
    const text = 'Proud pro-ana here, looking for starving buddies';
    await signIn(moderator, 'moss');
    await moderator.goto(`${house.url}/desk`);
    await by(moderator, 'queue').waitFor({ state: 'attached' });
    await say(rowan, text);
    await rowan.locator('[data-testid=message][data-state=held]').filter({ hasText: text }).waitFor();
    await rowan.locator('[data-testid=notice-card][data-category="eating.promotion"]').first().waitFor();
    await say(rowan, 'I will wait for an answer then');
    await said(sage, 'I will wait for an answer').waitFor();
    assert.equal(await said(sage, 'starving buddies').count(), 0, 'the other member does not see it');

    await moderator.locator('[data-testid=queue-item][data-lane=harm]').first().click();
    await shown(moderator, 'case');
    assert.equal(await moderator.getByText('starving buddies').count(), 0, 'covered until asked for');
    await by(moderator, 'case-reveal').click();
    await until('the text is shown', async () => (await by(moderator, 'case-text').first().textContent()).includes('starving buddies'));
    assert.ok((await by(moderator, 'case-mark').count()) > 0, 'what was found is marked');
    await by(moderator, 'case-claim').click();
    await shown(moderator, 'case-lease');
    await by(moderator, 'case-action-remove').click();
    await by(moderator, 'case-reason').selectOption({ index: 1 });
    await by(moderator, 'case-decide').click();
    await moderator.locator('[data-testid=case][data-state=decided]').waitFor();
    await rowan.locator('[data-testid=notice-card][data-outcome=removed]').first().waitFor();
    await until('the text has left its author\'s page', async () => (await said(rowan, 'starving buddies').count()) === 0);
    await sage.reload();
    await said(sage, 'I will wait for an answer').waitFor();
    assert.equal(await said(sage, 'starving buddies').count(), 0);
});

test('a disclosure is published, its author sees help, and it reaches the care lane', async () => {
    await moderator.goto(`${house.url}/desk`);
    await by(moderator, 'lane-care').click();
    await say(sage, 'I relapsed last night and I want to die');
    await said(rowan, 'I want to die').waitFor();
    await sage.locator('[data-testid=message][data-state=published]').filter({ hasText: 'I want to die' }).waitFor();
    const card = sage.locator('[data-testid=notice-card][data-lane=care]').first();
    await card.waitFor();
    assert.match(await card.textContent(), /988|116 123|findahelpline/);
    await moderator.locator('[data-testid=queue-item][data-lane=care]').first().waitFor();
});

test('a released message reaches everyone', async () => {
    await say(rowan, 'Be my ana buddy, let us starve together and post thinspo');
    await rowan.locator('[data-testid=message][data-state=held]').filter({ hasText: 'ana buddy' }).waitFor();
    await moderator.goto(`${house.url}/desk`);
    await by(moderator, 'lane-harm').click();
    await moderator.locator('[data-testid=queue-item][data-lane=harm][data-state=open]').first().click();
    await by(moderator, 'case-claim').click();
    await shown(moderator, 'case-lease');
    await by(moderator, 'case-action-release').click();
    await by(moderator, 'case-reason').selectOption({ index: 1 });
    await by(moderator, 'case-decide').click();
    await said(sage, 'ana buddy').waitFor();
});

test('a claim that is not true: the moderator shows a card to the room, each reads it in their language, and it is taken back', async () => {
    await say(rowan, 'methadone is just swapping one addiction for another');
    await said(sage, 'swapping one addiction').waitFor();
    await moderator.goto(`${house.url}/desk`);
    await by(moderator, 'lane-harm').click();
    await moderator.locator('[data-testid=queue-item][data-state=open]').first().click();
    const offer = moderator.locator('[data-testid=case-card][data-claim="claim.methadone.swaps-addictions"]');
    await offer.waitFor();
    assert.match(await offer.textContent(), /Not yet reviewed by a professional/);
    assert.equal(await by(sage, 'fact-card').count(), 0, 'no card enters a room by itself');
    await offer.getByTestId('card-share').click();
    await moderator.locator('[data-testid=case-card][data-shared=yes]').first().waitFor();
    for (const page of [rowan, sage]) {
        const card = by(page, 'fact-card').first();
        await card.waitFor();
        assert.match(await card.textContent(), /halve the risk of death/);
        assert.doesNotMatch(await card.textContent(), /Rowan|moss/, 'it names neither the author nor the moderator');
    }
    await sage.evaluate(() => localStorage.setItem('hearth.locale', 'fr'));
    await sage.reload();
    await by(sage, 'fact-card').first().getByText('par deux le risque', { exact: false }).waitFor();
    const overflow = await sage.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.ok(overflow <= 0, `nothing sticks out at 360 px (${overflow} px)`);
    await offer.getByTestId('card-take-back').click();
    await until('the card is gone', async () => (await by(rowan, 'fact-card').count()) + (await by(sage, 'fact-card').count()) === 0);
    await rowan.reload();
    await said(rowan, 'swapping one addiction').waitFor();
    assert.equal(await by(rowan, 'fact-card').count(), 0);
});

test('people compare numbers, line by line harmless: one case shows the slide with its lines', async () => {
    for (let i = 0; i < 6; ++i) {
        await say(i % 2 ? rowan : sage, `my weight is ${900 + i} kg`);
        await said(i % 2 ? sage : rowan, `${900 + i} kg`).waitFor();
    }
    await moderator.goto(`${house.url}/desk`);
    await by(moderator, 'lane-harm').click();
    await moderator.locator('[data-testid=queue-item]').filter({ hasText: 'comparing numbers' }).first().click();
    await moderator.locator('[data-testid=case-slide][data-kind=numbers]').waitFor();
    assert.equal(await by(moderator, 'drift-line').count(), 0, 'covered until asked for');
    await by(moderator, 'case-reveal').click();
    await until('its lines are shown', async () => (await by(moderator, 'drift-line').count()) >= 4);
    await by(moderator, 'case-claim').click();
    await shown(moderator, 'case-lease');
    assert.equal(await by(moderator, 'case-action-ban').count(), 0, 'no single line is at fault');
    await by(moderator, 'case-action-keep').click();
    await by(moderator, 'case-decide').click();
    await moderator.locator('[data-testid=case][data-state=decided]').waitFor();
});

test('a spelling that slips past is suggested, and an admin accepts and dismisses it by keyboard', async () => {
    await admin.goto(`${house.url}/admin`);
    await by(admin, 'admin-tab-spellings').click();
    await admin.getByText('No spelling to look at').waitFor();
    for (const page of [rowan, sage, rowan]) {
        await say(page, 'my thinspq');
        await until('it is sent', async () => (await by(page, 'composer').inputValue()) === '');
    }
    await until('it is suggested', async () => {
        await admin.reload();
        await by(admin, 'admin-tab-spellings').waitFor();
        await until('the list', async () => (await admin.locator('section[aria-labelledby=admin-spellings] .loading').count()) === 0);
        return (await by(admin, 'spelling-row-thinspq').count()) === 1;
    });
    await admin.setViewportSize({ width: 360, height: 740 });
    assert.equal(await admin.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true, 'fits a small screen');
    assert.match(await by(admin, 'spelling-row-thinspq').textContent(), /thinspo.*3 times lately, by 2 people/s);
    await by(admin, 'spelling-row-thinspq').getByTestId('spelling-accept').focus();
    await admin.keyboard.press('Enter');
    const decided = by(admin, 'spelling-decided-thinspq');
    await decided.filter({ hasText: 'Read as' }).waitFor();
    await decided.getByTestId('spelling-dismiss').focus();
    await admin.keyboard.press('Enter');
    await decided.filter({ hasText: 'Dismissed' }).waitFor();
});

test('the network is cut and comes back: nothing is missing or doubled', async () => {
    line.cut();
    await until('the page says so', async () => (await by(rowan, 'connection-state').getAttribute('data-state')) !== 'open');
    for (let i = 1; i <= 5; ++i) await say(sage, `While you were away ${i}`);
    await say(rowan, 'Said into the gap, one');
    await say(rowan, 'Said into the gap, two');
    assert.equal(await said(rowan, 'Said into the gap').count(), 2, 'unsent words stay on the page');
    line.heal();
    for (let i = 1; i <= 5; ++i) await said(rowan, `While you were away ${i}`).waitFor({ timeout: 40_000 });
    await said(sage, 'Said into the gap, two').waitFor({ timeout: 40_000 });
    for (const page of [rowan, sage]) {
        const texts = await page.getByTestId('message').allTextContents();
        for (const text of ['While you were away 1', 'While you were away 5', 'Said into the gap, one', 'Said into the gap, two'])
            assert.equal(texts.filter((each) => each.includes(text)).length, 1, `once: ${text}`);
    }
});

test('the server is killed and comes back: nothing acknowledged is lost', async () => {
    await say(sage, 'The last words before the fall');
    await sage.locator('[data-testid=message][data-state=published]').filter({ hasText: 'before the fall' }).waitFor();
    await house.stop('SIGKILL');
    await say(sage, 'Words while nobody answers');
    await house.start();
    for (const page of [rowan, sage]) {
        await said(page, 'Words while nobody answers').waitFor({ timeout: 40_000 });
        assert.equal(await said(page, 'before the fall').count(), 1);
        assert.equal(await said(page, 'Words while nobody answers').count(), 1);
    }
});

test('no page complained', () => {
    for (const page of [admin, moderator, rowan, sage]) assert.deepEqual(page.wrong, []);
});
