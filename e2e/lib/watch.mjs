// Listens to a page from its first request: whatever goes wrong on the way is told at the next check.
import { markup } from './checks.mjs';

const LOCAL = /^(data:|blob:|about:|http:\/\/(127\.0\.0\.1|localhost|\[::1\])(:|\/|$))/;

/** What a first view of a page may weigh on the wire, in bytes: everything that it needs, compressed. */
export const BUDGET = 130 * 1024;

/** Watches a page; `problems()` empties what was found so far, after waiting for what is under way. */
export function watch(page) {
  let found = [];
  let pending = [];
  let status = 0;
  let latest = null;
  // What every address weighed when it came over the wire: later pages take it from the browser's cache.
  const weights = new Map();
  let needed = new Set();

  page.on('console', (message) => {
    if (!['error', 'warning'].includes(message.type())) return;
    // Chromium also reports the status of the document itself; a refused form is answered with 422,
    // and the status is checked where the page is expected.
    const ofDocument = message.text().startsWith('Failed to load resource') && message.location().url === page.url();
    if (!ofDocument) found.push(`console ${message.type()}: ${message.text()}`);
  });
  page.on('pageerror', (error) => found.push(`script error: ${error.message}`));
  page.on('request', (request) => {
    const starts = request.isNavigationRequest() && request.frame() === page.mainFrame();
    if (starts) needed = new Set();
    if (!request.url().startsWith('data:')) needed.add(request.url());
    if (!LOCAL.test(request.url())) found.push(`request to somebody else: ${request.url()}`);
  });
  page.on('requestfailed', (request) => {
    const reason = request.failure()?.errorText ?? '';
    // A navigation that a newer one replaces, or a download, is not a fault.
    if (!/ERR_ABORTED/.test(reason)) found.push(`request failed: ${request.url()} ${reason}`);
  });
  page.on('requestfinished', (request) => pending.push(weigh(request)));
  page.on('response', (response) => {
    const isPage = response.request().isNavigationRequest() && response.frame() === page.mainFrame();
    if (isPage && (response.status() < 300 || response.status() >= 400)) status = response.status();
    if (!isPage && response.status() >= 400) found.push(`${response.status()} for ${response.url()}`);
    if (!(response.headers()['content-type'] ?? '').startsWith('text/html')) return;
    const redirect = response.status() >= 300 && response.status() < 400;
    if (isPage && !redirect) {
      latest = response;
      pending.push(inspect(response));
    }
    const policy = response.headers()['content-security-policy'] ?? '';
    if (isPage && !redirect && !(policy.includes("default-src 'none'") && !policy.includes('unsafe'))) {
      found.push(`no strict Content-Security-Policy on ${response.url()}: «${policy}»`);
    }
  });

  async function weigh(request) {
    const sizes = await request.sizes().catch(() => null);
    const before = weights.get(request.url()) ?? 0;
    if (sizes) weights.set(request.url(), Math.max(before, sizes.responseBodySize));
  }

  /** What somebody who has never been here would have to fetch for this page. */
  function weight() {
    return [...needed].reduce((sum, address) => sum + (weights.get(address) ?? 0), 0);
  }

  async function inspect(response) {
    let html;
    try {
      html = await response.text();
    } catch (error) {
      // The browser forgets the body when the reader has already gone on, or the page has reloaded itself.
      if (response === latest) found.push(`the markup of ${response.url()} could not be read: ${error.message}`);
      return;
    }
    found.push(...await markup(html, response.url()));
  }

  return {
    status: () => status,
    weight,
    async problems() {
      await Promise.all(pending);
      if (weight() > BUDGET) found.push(`budget: the first view of ${page.url()} weighs ${Math.ceil(weight() / 1024)} KiB of ${BUDGET / 1024}`);
      const told = [...new Set(found)];
      found = [];
      pending = [];
      return told;
    },
  };
}
