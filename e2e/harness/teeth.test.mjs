// The checks bite: each planted defect is told, and a sound page is not.
import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { Actor } from '../lib/actor.mjs';
import { launch } from '../lib/browser.mjs';
import { startDemo } from '../lib/demo.mjs';
import { chosenModes } from '../lib/modes.mjs';
import { serve } from '../lib/serve.mjs';
import { totp } from '../lib/totp.mjs';

const page = ({ head = '', body = '<p>Testo.</p>', lang = ' lang="it"' } = {}) =>
  `<!DOCTYPE html><html${lang}><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Prova</title><link rel="icon" href="data:,">${head}</head><body><main><h1>Prova</h1>${body}</main></body></html>`;

const WIDE = 'main{min-width:700px}';
const BARE = 'a:focus-visible{outline:none}';
const PAGES = {
  '/sound.html': page(),
  '/no-language.html': page({ lang: '' }),
  '/no-label.html': page({ body: '<form action="/"><input name="a"></form>' }),
  '/same-id.html': page({ body: '<p id="a">x</p><p id="a">y</p>' }),
  '/pale.html': page({ head: '<link rel="stylesheet" href="/pale.css">' }),
  '/wide.html': page({ head: '<link rel="stylesheet" href="/wide.css">' }),
  '/bare-focus.html': page({ head: '<link rel="stylesheet" href="/bare.css">', body: '<p><a href="/sound.html">Avanti</a></p>' }),
  '/inline.html': page({ body: '<p style="color: red">x</p>' }),
  '/inline-script.html': page({ head: '<script>document.title = "x"</script>' }),
  '/no-paste.html': page({ body: '<p><label for="a">A</label> <input id="a" onpaste="return false"></p>' }),
  '/echo.html': page({ body: '<p><label for="a">A</label> <input id="a" name="a" type="password" autocomplete="current-password" value="segreto"></p>' }),
  '/broken-script.html': page({ head: '<script src="/broken.js"></script>' }),
  '/missing-picture.html': page({ body: '<p><img src="/nowhere.png" alt="Un disegno"></p>' }),
  '/abroad.html': page({ body: '<p><img src="http://abroad.invalid/a.png" alt="Un disegno"></p>' }),
  '/nameless.html': page({ body: '<p>[fee-title-short]</p>' }),
  '/heavy.html': page({ body: '<p><img src="/heavy.svg" alt="Un disegno"></p>' }),
  '/heavy.svg': `<svg xmlns="http://www.w3.org/2000/svg"><!--${'x'.repeat(140 * 1024)}--></svg>`,
  '/pale.css': 'p{color:#bbb;background:#fff}',
  '/wide.css': WIDE,
  '/bare.css': BARE,
  '/broken.js': 'throw new Error("planted")',
};

let browser;
let server;

before(async () => {
  server = await serve((path) => PAGES[path]);
  browser = await launch();
});

after(async () => {
  await browser?.close();
  await server?.stop();
});

async function problemsOf(path, mode = { name: 'js', js: true, width: 1280, height: 900 }) {
  const reader = await Actor.arrive(browser, { name: 'reader', home: server.url, mode, journey: 'teeth' });
  await reader.goes(path);
  const problems = await reader.check({ walk: mode.js });
  await reader.closes();
  return problems;
}

test('a sound page is sound, with and without scripts', async () => {
  assert.deepEqual(await problemsOf('/sound.html'), []);
  assert.deepEqual(await problemsOf('/sound.html', { name: 'nojs', js: false, width: 390, height: 844 }), []);
});

const DEFECTS = {
  '/no-language.html': /^axe html-has-lang/,
  '/no-label.html': /^axe label/,
  '/same-id.html': /^html no-dup-id/,
  '/pale.html': /^axe color-contrast/,
  '/wide.html': /^reflow at 320 px/,
  '/bare-focus.html': /^keyboard: no focus ring on <a/,
  '/inline.html': /^console error: .*Content Security Policy/s,
  '/inline-script.html': /^console error: .*Content Security Policy/s,
  '/no-paste.html': /^courtesy: .*paste/,
  '/echo.html': /^courtesy: password a is sent back/,
  '/broken-script.html': /^script error: planted/,
  '/missing-picture.html': /^404 for .*nowhere\.png/,
  '/nameless.html': /^wording: «\[fee-title-short\]»/,
  '/heavy.html': /^budget: the first view of .*heavy\.html weighs 14\d KiB of 130/,
  '/abroad.html': /^request to somebody else: http:\/\/abroad\.invalid/,
};

for (const [path, expected] of Object.entries(DEFECTS)) {
  test(`a defect is told: ${path}`, async () => {
    const problems = await problemsOf(path);
    assert.ok(problems.some((problem) => expected.test(problem)), `told only: ${problems.join(' | ') || 'nothing'}`);
  });
}

test('defects that the eye sees are told without scripts too', async () => {
  const problems = await problemsOf('/pale.html', { name: 'nojs', js: false, width: 390, height: 844 });
  assert.ok(problems.some((problem) => problem.startsWith('axe color-contrast')), problems.join(' | '));
});

test('the wrong page, and a page without a policy, are told', async () => {
  const reader = await Actor.arrive(browser, { name: 'reader', home: server.url, mode: { name: 'js', js: true, width: 1280, height: 900 }, journey: 'teeth' });
  reader.page.setDefaultTimeout(1000);
  await reader.goes('/sound.html');
  await assert.rejects(reader.isAt('Un’altra pagina'), /expected the heading «Un’altra pagina», found «Prova»/);
  await reader.goes('/nowhere.html');
  await assert.rejects(reader.isAt('404'), /answered 404 instead of 200/);
  await reader.page.route('**/sound.html', (route) => route.fulfill({ contentType: 'text/html', body: page() }));
  await reader.goes('/sound.html');
  await assert.rejects(reader.leaves(), /no strict Content-Security-Policy/);
});

/** A program that stands in for the built one: a script that does what is said and no more. */
function program(lines) {
  const path = join(mkdtempSync(join(tmpdir(), 'program-')), 'sportello');
  writeFileSync(path, `#!/bin/sh\n${lines}\n`);
  chmodSync(path, 0o755);
  return path;
}

test('a demo is started by its first line and ended by its process', async () => {
  const demo = await startDemo({ bin: program('echo \'{"portals":{"albo":"http://127.0.0.1:9/albo"}}\'\nexec sleep 60') });
  assert.equal(demo.portal('albo'), 'http://127.0.0.1:9/albo');
  assert.throws(() => demo.portal('other'), /it has albo/);
  await demo.stop();
});

test('a demo that ends, or does not speak JSON, is told with its last words', async () => {
  await assert.rejects(startDemo({ bin: program('echo no room >&2; sleep 0.2; exit 3') }), /ended at once \(3\)\nno room/);
  await assert.rejects(startDemo({ bin: program('echo hello; exec sleep 60') }), /not JSON: hello/);
  await assert.rejects(startDemo({ bin: '/nowhere/sportello' }), /no program/);
});

test('the second factor is that of RFC 6238, appendix B', () => {
  const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
  assert.equal(totp(secret, 59, 8), '94287082');
  assert.equal(totp(secret, 20_000_000_000, 8), '65353130');
  assert.match(totp(secret, 59), /^287082$/);
});

test('modes are chosen by name or part, and a wrong name is refused', () => {
  assert.deepEqual(chosenModes('nojs').map((mode) => mode.name), ['nojs-desktop', 'nojs-phone']);
  assert.deepEqual(chosenModes('js-phone').map((mode) => mode.name), ['js-phone']);
  assert.equal(chosenModes('').length, 4);
  assert.throws(() => chosenModes('tablet'), /names none of/);
});
