// Every component in every state, in every mode: the gallery of `crates/web` under the same checks as
// the product. It is written by cargo unless `GALLERY` names a folder that has it.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Actor } from '../lib/actor.mjs';
import { launch } from '../lib/browser.mjs';
import { chosenModes } from '../lib/modes.mjs';
import { serve } from '../lib/serve.mjs';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
let folder;
let browser;
let server;
let changed = false;

before(async () => {
  folder = process.env.GALLERY;
  if (!folder) {
    folder = mkdtempSync(join(tmpdir(), 'gallery-'));
    execFileSync('cargo', ['run', '-q', '-p', 'web', '--example', 'gallery', '--', folder], { cwd: ROOT, stdio: 'inherit' });
  }
  // The waiting page is answered with the settled one once the world has answered.
  const page = (path) => path === '/case-waiting.html' && changed
    ? readFileSync(join(folder, 'case-waiting.html'), 'utf8').replaceAll('Verifica in corso', 'Dati confermati')
    : readdirSync(folder).includes(path.slice(1)) && readFileSync(join(folder, path.slice(1)));
  server = await serve(page);
  browser = await launch();
});

after(async () => {
  await browser?.close();
  await server?.stop();
});

const PAGES = ['home', 'home-en', 'form', 'form-errors', 'case', 'case-waiting', 'messages', 'messages-green'];

const arrive = (mode) => Actor.arrive(browser, { name: 'reader', home: server.url, mode, journey: 'gallery' });

for (const mode of chosenModes()) {
  test(`every component is sound [${mode.name}]`, { timeout: 240_000 }, async () => {
    const reader = await arrive(mode);
    for (const name of PAGES) {
      await reader.goes(`/${name}.html`);
      await reader.isAt(await reader.reads('h1'), { state: name, walk: mode.js });
    }
    await reader.leaves();
  });
}

test('without scripts, nothing that needs them is shown', async () => {
  const reader = await arrive({ name: 'nojs', js: false, width: 1280, height: 900 });
  await reader.goes('/form.html');
  assert.equal(await reader.page.locator('.password-toggle').isVisible(), false);
  await reader.goes('/case.html');
  assert.equal(await reader.page.locator('[data-copy]').isVisible(), false);
  await reader.opens('Autotrasporti Rossi');
  assert.equal(await reader.page.getByRole('button', { name: 'Esci' }).isVisible(), true);
  await reader.leaves();
});

const JS = { name: 'js', js: true, width: 1280, height: 900 };

test('the summary of errors has the focus, and leads to the field', async () => {
  const reader = await arrive(JS);
  await reader.goes('/form-errors.html');
  assert.equal(await reader.page.evaluate(() => document.activeElement.className), 'error-summary');
  await reader.page.getByRole('link', { name: /10 cifre/ }).click();
  assert.equal(await reader.page.evaluate(() => document.activeElement.id), 'field-tax_code');
  await reader.leaves();
});

test('a password can be shown, and is hidden again when it is sent', async () => {
  const reader = await arrive(JS);
  await reader.goes('/form.html');
  const box = reader.page.locator('#field-password');
  await box.fill('segreto 1');
  await reader.page.getByRole('button', { name: 'Mostra la password' }).click();
  assert.equal(await box.getAttribute('type'), 'text');
  assert.equal(await reader.page.getByRole('button', { name: 'Nascondi la password' }).getAttribute('aria-pressed'), 'true');
  await reader.page.locator('form[action="#contenuto"]').evaluate((form) => {
    form.addEventListener('submit', (event) => event.preventDefault());
    form.requestSubmit();
  });
  assert.equal(await box.getAttribute('type'), 'password');
  await reader.leaves();
});

test('the rules of a password tick themselves', async () => {
  const reader = await arrive(JS);
  await reader.goes('/form.html');
  const met = () => reader.page.locator('.password-rules .is-met').count();
  assert.equal(await met(), 0);
  await reader.writes('Scegli una password', 'rossi');
  assert.equal(await met(), 0);
  await reader.writes('Scegli una password', 'cavallo verde');
  assert.equal(await met(), 2);
  assert.equal(await reader.reads('#field-password-rules-state'), 'Regole ancora da rispettare: 1.');
  await reader.writes('Scegli una password', 'cavallo verde 7');
  assert.equal(await met(), 3);
  assert.equal(await reader.reads('#field-password-rules-state'), 'La password rispetta tutte le regole.');
  await reader.leaves();
});

test('a code is copied whole', async () => {
  const reader = await arrive(JS);
  await reader.context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await reader.goes('/case.html');
  await reader.page.getByRole('button', { name: 'Copia' }).click();
  await reader.sees('Copiato');
  assert.equal(await reader.page.evaluate(() => navigator.clipboard.readText()), '301 0000 0012 3456 789');
  await reader.leaves();
});

test('a second press does not send a form twice', async () => {
  const reader = await arrive(JS);
  await reader.goes('/form.html');
  const sent = await reader.page.locator('form[action="#contenuto"]').evaluate((form) => {
    let count = 0;
    window.addEventListener('submit', (event) => {
      if (!event.defaultPrevented) count += 1;
      event.preventDefault();
    });
    form.requestSubmit();
    form.requestSubmit();
    return count;
  });
  assert.equal(sent, 1);
  await reader.leaves();
});

test('a page that waits changes only its live part, and keeps the focus', async () => {
  changed = false;
  const reader = await arrive(JS);
  await reader.goes('/case-waiting.html');
  await reader.sees('Verifica in corso');
  await reader.page.evaluate(() => { window.stayed = true; });
  await reader.page.getByRole('button', { name: 'Copia' }).focus();
  changed = true;
  await reader.sees('Dati confermati');
  assert.equal(await reader.page.evaluate(() => window.stayed), true);
  assert.equal(await reader.page.evaluate(() => document.activeElement.dataset.copy), 'avviso');
  await reader.leaves();
});

test('every page fits on A4 paper, with its content and without its buttons', async () => {
  const reader = await arrive(JS);
  await reader.page.emulateMedia({ media: 'print' });
  await reader.page.setViewportSize({ width: 650, height: 920 });
  for (const name of PAGES) {
    await reader.goes(`/${name}.html`);
    assert.equal(await reader.page.locator('.it-brand-title').isVisible(), true, `${name}: who answers for the page`);
    assert.equal(await reader.page.locator('.btn:visible, nav:visible').count(), 0, `${name}: buttons on paper`);
    const wide = await reader.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.equal(wide, 0, `${name} sticks out of the paper`);
  }
  await reader.leaves();
});
