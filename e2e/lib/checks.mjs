// What is asked of every page, whatever it says. Each check returns sentences: none means good.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { HtmlValidate } from 'html-validate';

const require = createRequire(import.meta.url);
const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const AXE_TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const MARKUP = new HtmlValidate(JSON.parse(readFileSync(fileURLToPath(new URL('../../.htmlvalidate.json', import.meta.url)), 'utf8')));

/** Widths at which nothing may stick out: the WCAG reflow width, a phone, a tablet, a desk. */
export const WIDTHS = [320, 390, 768, 1280];

/**
 * Accessibility by axe: WCAG 2.0 to 2.2, A and AA, and good practice. Axe is a script: of a page where
 * scripts are off, give what `twinOf` shows.
 */
export async function accessibility(page) {
  const { violations } = await page.evaluate(async ([source, tags]) => {
    // Evaluated in the page through the debugger, which its policy does not concern.
    if (!window.axe) (0, eval)(source);
    return window.axe.run(document, { runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'] });
  }, [AXE, AXE_TAGS]);
  return violations.map((found) => {
    const where = found.nodes.slice(0, 3).map((node) => `${node.target.join(' ')} (${node.failureSummary?.split('\n').slice(1).join('; ').trim()})`);
    return `axe ${found.id}: ${found.help}: ${where.join(', ')}`;
  });
}

/**
 * A window of a browser that runs scripts, for pages of a reader without them. `shows(page)` makes it a copy of
 * the page as it is now, from which the page's own scripts are taken away: what is seen and heard is what that
 * reader has. Styles and fonts come from the window's cache, so that a copy costs little.
 */
export async function twinOf(browser) {
  const context = await browser.newContext({ locale: 'it-IT', reducedMotion: 'reduce' });
  const twin = await context.newPage();
  const wire = await context.newCDPSession(twin);
  let body = '';
  wire.on('Fetch.requestPaused', ({ requestId }) => wire.send('Fetch.fulfillRequest', {
    requestId,
    responseCode: 200,
    responseHeaders: [{ name: 'content-type', value: 'text/html; charset=utf-8' }],
    body: Buffer.from(body).toString('base64'),
  }).catch(() => {}));
  // Playwright's own interception would switch the cache off.
  await wire.send('Fetch.enable', { patterns: [{ urlPattern: '*', resourceType: 'Document' }] });
  return {
    async shows(page) {
      body = (await page.content()).replace(/<script\b[^>]*>[^]*?<\/script>/g, '');
      await twin.setViewportSize(page.viewportSize());
      await twin.goto(page.url().split('#')[0]);
      return twin;
    },
    leaves: () => context.close(),
  };
}

/** The markup as it left the server, by html-validate. */
export async function markup(html, name = 'page') {
  const report = await MARKUP.validateString(html, name);
  return report.results.flatMap((result) => result.messages).map((found) =>
    `html ${found.ruleId} at ${found.line}:${found.column}: ${found.message}`);
}

/** Nothing sticks out of the page to the right, at any width. Tables may scroll in their own box. */
export async function reflow(page) {
  const before = page.viewportSize();
  const problems = [];
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: before.height });
    const found = await page.evaluate(() => {
      const { scrollWidth, clientWidth } = document.documentElement;
      if (scrollWidth <= clientWidth) return null;
      const wide = [...document.querySelectorAll('body *')].filter((element) => element.getBoundingClientRect().right > clientWidth + 1);
      return `${scrollWidth - clientWidth} px too wide: ${wide.slice(0, 3).map((element) => `<${element.localName} class="${element.className?.baseVal ?? element.className}">`).join(', ')}`;
    });
    if (found) problems.push(`reflow at ${width} px: ${found}`);
  }
  await page.setViewportSize(before);
  return problems;
}

/** Walks the page with the Tab key: every stop shows where it is, and the walk ends. */
export async function keyboard(page, limit = 200) {
  const problems = [];
  await page.evaluate(() => {
    document.activeElement?.blur();
    getSelection()?.removeAllRanges();
    window.scrollTo(0, 0);
  });
  for (let stops = 0; stops < limit; stops += 1) {
    await page.keyboard.press('Tab');
    const stop = await page.evaluate(() => {
      const element = document.activeElement;
      if (!element || element === document.body) return null;
      const again = element.dataset.walked !== undefined;
      element.dataset.walked = '';
      const style = getComputedStyle(element);
      const box = element.getBoundingClientRect();
      return {
        again,
        name: `<${element.localName} id="${element.id}" class="${element.className}">`,
        ring: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
        seen: box.width > 1 && box.height > 1,
      };
    });
    if (!stop || stop.again) break;
    if (!stop.ring) problems.push(`keyboard: no focus ring on ${stop.name}`);
    if (!stop.seen) problems.push(`keyboard: the focus is on something that cannot be seen, ${stop.name}`);
  }
  await page.evaluate(() => document.querySelectorAll('[data-walked]').forEach((element) => element.removeAttribute('data-walked')));
  return problems;
}

/** Every text is there: no name of a text in its place, no mark of a machine around a value. */
export async function wording(page) {
  const text = await page.evaluate(() => `${document.title}\n${document.body.innerText}`);
  const found = text.match(/\[[a-z][a-z0-9]*(?:-[a-z0-9]+)+\]|\{ ?\$\w+ ?\}|[\u2066-\u2069]/g) ?? [];
  return [...new Set(found)].map((name) => `wording: «${name}» stands where a text should`);
}

/** Nothing that fights the browser's own help: paste is never blocked, secrets are never sent back. */
export async function courtesy(page) {
  return page.evaluate(() => {
    const problems = [];
    for (const element of document.querySelectorAll('[onpaste], [oncopy], [oncontextmenu]')) {
      problems.push(`courtesy: <${element.localName} id="${element.id}"> stands in the way of paste or copy`);
    }
    for (const element of document.querySelectorAll('input[type=password]')) {
      if (!/^(current|new)-password$/.test(element.autocomplete)) problems.push(`courtesy: password ${element.name} says autocomplete="${element.autocomplete}"`);
      if (element.getAttribute('value')) problems.push(`courtesy: password ${element.name} is sent back to the page`);
    }
    return problems;
  });
}
