// Somebody who uses the portal: a firm at its desk, an operator behind the counter.
//
// Verbs find things as people do, by what is written on them. Every new page is checked before the
// next verb acts, so a journey cannot walk past a fault.
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { visitor } from './browser.mjs';
import { accessibility, courtesy, keyboard, reflow, twinOf, wording } from './checks.mjs';
import { watch } from './watch.mjs';

const OUT = fileURLToPath(new URL('../out', import.meta.url));

// With `E2E_LATER=1` the faults of pages are told together when people leave, so that one walk finds them all.
const LATER = process.env.E2E_LATER === '1';

export class Actor {
  /** A fresh visitor called `name` (used for screenshots and messages), whose first page is `home`. */
  static async arrive(browser, { name, home, mode, journey }) {
    const context = await visitor(browser, mode);
    const page = await context.newPage();
    page.setDefaultTimeout(15_000);
    return new Actor({ browser, name, home, mode, journey, context, page, watched: watch(page) });
  }

  constructor(parts) {
    Object.assign(this, parts);
    this.shots = 0;
    this.kept = [];
  }

  /** Goes to an address: absolute, or within the portal. */
  async goes(address = '') {
    const { href } = address ? new URL(address, `${this.home}/`) : new URL(this.home);
    await this.page.goto(href).catch((error) => {
      // What Chromium says of a refusal without a page.
      const empty = error.message.includes('ERR_HTTP_RESPONSE_CODE_FAILURE');
      assert.fail(empty ? `${href} answered ${this.watched.status()} with nothing to read` : error.message);
    });
    return this;
  }

  /** Writes in the field with this label. */
  async writes(label, value) {
    await this.page.getByLabel(label).and(this.page.locator('input, textarea')).first().fill(value);
    return this;
  }

  /** Chooses the answer, or ticks the statement, with this label. */
  async chooses(label) {
    // Cards spread the label over the control: the label is what a finger meets.
    await this.page.getByLabel(label).and(this.page.locator('[type=radio], [type=checkbox]')).first().check({ force: true });
    return this;
  }

  /** Chooses from the list with this label. */
  async picks(label, option) {
    await this.page.getByLabel(label).selectOption(option);
    return this;
  }

  /** Gives a file to the field with this label. */
  async uploads(label, file) {
    await this.page.getByLabel(label).setInputFiles(file);
    return this;
  }

  /** Presses the button with this name, and waits for the page that answers. */
  async presses(name) {
    await this.#follow(() => this.page.getByRole('button', { name }).first().click());
    return this;
  }

  /** Follows the link with this name. */
  async follows(name) {
    await this.#follow(() => this.page.getByRole('link', { name }).first().click());
    return this;
  }

  /** Does something that leads to another page, and waits for that page. */
  async proceeds(act) {
    await this.#follow(act);
    return this;
  }

  /** Opens what is folded under this summary (the personal menu, an explanation). */
  async opens(name) {
    await this.page.locator('summary').filter({ hasText: name }).first().click();
    return this;
  }

  /** Downloads through the link or button with this name; returns the path of the file. */
  async downloads(name) {
    const waiting = this.page.waitForEvent('download');
    await this.page.getByRole('link', { name }).or(this.page.getByRole('button', { name })).first().click();
    return (await waiting).path();
  }

  /** Opens the PDF behind the link with this name, as its reader would; returns its bytes. */
  async opensPaper(name) {
    const href = await this.page.getByRole('link', { name }).first().getAttribute('href');
    const answer = await this.context.request.get(new URL(href, this.page.url()).href);
    assert.equal(answer.status(), 200, `the paper «${name}» at ${href}`);
    assert.equal(answer.headers()['content-type'], 'application/pdf');
    const bytes = await answer.body();
    assert.equal(bytes.subarray(0, 5).toString(), '%PDF-', `the paper «${name}» at ${href}`);
    return bytes;
  }

  /**
   * Waits until a text is on the page, reloading as people do where scripts do not refresh. For what
   * other programs decide (an answer of a register, a receipt).
   */
  async waitsFor(text, { seconds = 30 } = {}) {
    const end = Date.now() + seconds * 1000;
    for (;;) {
      if (await this.page.getByText(text).first().isVisible()) return this;
      if (Date.now() > end) assert.fail(`${this.name} waited ${seconds} s for «${text}» at ${this.page.url()}`);
      await this.page.waitForTimeout(500);
      if (!this.mode.js || !(await this.page.locator('main[data-refresh]').count())) await this.#reloads();
    }
  }

  /** Reloads the page. A page that is just reloading itself refuses: then it has done what was wanted. */
  async #reloads() {
    await this.page.reload().catch((error) => {
      if (!/Not attached to an active page|ERR_ABORTED|interrupted by another navigation/.test(error.message)) throw error;
    });
  }

  /** Reads the text of the first element that matches a selector. */
  async reads(selector) {
    return (await this.page.locator(selector).first().innerText()).trim();
  }

  /**
   * Is at a page whose heading is `heading`: checks everything that is asked of a page and keeps a
   * picture. `state` names the picture; `status` is what the server answered.
   */
  async isAt(heading, { state = heading, status = 200, walk = false } = {}) {
    const where = `${this.name} [${this.mode.name}] at ${this.page.url()}`;
    await this.page.getByRole('heading', { level: 1, name: heading }).first().waitFor().catch(async () => {
      const seen = await this.page.locator('h1').allInnerTexts();
      assert.fail(`${where}: expected the heading «${heading}», found «${seen.join('», «')}» (status ${this.watched.status()})`);
    });
    await this.#picture(state);
    const problems = await this.check({ walk });
    if (this.watched.status() !== status) problems.push(`the server answered ${this.watched.status()} instead of ${status}`);
    if (LATER && problems.length) this.kept.push(`${where}, «${heading}»`, ...problems);
    else assert.deepEqual(problems, [], `${where}, «${heading}»`);
    return this;
  }

  /** Is at a form that was refused: the same heading, the status 422, and the summary of errors. */
  async isRefused(heading, ...errors) {
    await this.isAt(heading, { state: `${heading} errors`, status: 422 });
    const summary = await this.reads('.error-summary');
    for (const error of errors) assert.ok(summary.includes(error), `the summary says «${summary}», not «${error}»`);
    assert.match(await this.page.title(), /^(Errore|Error): /);
    return this;
  }

  /** Sees a text on the page. */
  async sees(...texts) {
    for (const text of texts) {
      await this.page.getByText(text).first().waitFor().catch(() => assert.fail(`${this.name} does not see «${text}» at ${this.page.url()}`));
    }
    return this;
  }

  /** Everything that is wrong with the page as it is now. */
  async check({ walk = false } = {}) {
    const problems = await this.watched.problems();
    problems.push(...await this.#accessibility(), ...await courtesy(this.page), ...await wording(this.page), ...await reflow(this.page));
    if (walk) problems.push(...await keyboard(this.page));
    return problems;
  }

  /** Goes away; what was left unchecked is still told. */
  async leaves() {
    const problems = [...this.kept, ...await this.watched.problems()];
    await this.closes();
    assert.deepEqual(problems, [], `${this.name} [${this.mode.name}] on leaving`);
  }

  /** Closes the windows, whatever is on them. */
  async closes() {
    await this.twin?.leaves();
    await this.context.close();
  }

  async #accessibility() {
    if (this.mode.js) return accessibility(this.page);
    this.twin ??= await twinOf(this.browser);
    return accessibility(await this.twin.shows(this.page));
  }

  async #follow(act) {
    const arrived = this.page.waitForNavigation({ waitUntil: 'load' });
    arrived.catch(() => {});
    await act();
    await arrived;
  }

  async #picture(state) {
    this.shots += 1;
    const folder = join(OUT, this.journey, this.mode.name);
    mkdirSync(folder, { recursive: true });
    const slug = String(state).toLowerCase().normalize('NFD').replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '').slice(0, 60);
    const number = String(this.shots).padStart(2, '0');
    // Without scripts nothing can be awaited in the page; the fonts are there once it has loaded.
    if (this.mode.js) await this.page.evaluate(() => document.fonts.ready.then(() => true));
    await this.page.screenshot({ path: join(folder, `${this.name}-${number}-${slug}.png`), fullPage: true });
  }
}
