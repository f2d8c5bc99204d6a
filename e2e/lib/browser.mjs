// The system's Chromium, driven by playwright-core, which downloads nothing.
import { chromium } from 'playwright-core';

/** Starts the browser. Where it is can be told by `CHROMIUM`. */
export function launch() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-dev-shm-usage'],
  });
}

/** A fresh visitor in a mode: no cookies, Italian, Rome. */
export function visitor(browser, mode) {
  return browser.newContext({
    javaScriptEnabled: mode.js,
    viewport: { width: mode.width, height: mode.height },
    hasTouch: mode.width < 600,
    locale: 'it-IT',
    timezoneId: 'Europe/Rome',
    reducedMotion: 'reduce',
  });
}
