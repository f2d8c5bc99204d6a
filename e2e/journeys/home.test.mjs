// The first page of the register: it opens, it is sound in every mode, and its other language works.
import assert from 'node:assert/strict';
import { journey } from '../lib/journey.mjs';

journey('home', { portal: 'albo' }, async ({ firm, mode }) => {
  await firm.goes();
  const heading = await firm.reads('h1');
  await firm.isAt(heading, { state: 'home', walk: mode.name === 'js-desktop' });
  assert.equal(await firm.page.locator('html').getAttribute('lang'), 'it');

  await firm.follows('English');
  await firm.isAt(await firm.reads('h1'), { state: 'home in English' });
  assert.equal(await firm.page.locator('html').getAttribute('lang'), 'en');
});
