// A journey is a test that is walked once in every mode, each time with a demo of its own.
import { after, before, test } from 'node:test';
import { Actor } from './actor.mjs';
import { launch } from './browser.mjs';
import { startDemo } from './demo.mjs';
import { chosenModes } from './modes.mjs';

/**
 * Declares a journey on a portal of the demo.
 *
 * `walk` is given `firm`, whose home is the portal, and `operator`, whose home is the back office (each
 * an `Actor` with a browser of its own, not yet anywhere), `arrive(name, home)` for further people,
 * the `demo`, and the `mode`.
 */
export function journey(name, { portal, args }, walk) {
  let browser;
  before(async () => { browser = await launch(); });
  after(async () => { await browser?.close(); });

  for (const mode of chosenModes()) {
    test(`${name} [${mode.name}]`, { timeout: 300_000 }, async () => {
      const demo = await startDemo({ args });
      const people = [];
      try {
        const arrive = async (who, home = demo.portal(portal)) => {
          const actor = await Actor.arrive(browser, { name: who, home, mode, journey: name.replace(/\W+/g, '-') });
          people.push(actor);
          return actor;
        };
        const firm = await arrive('firm');
        const operator = await arrive('operator', demo.backOffice(portal));
        await walk({ firm, operator, arrive, demo, mode });
        for (const actor of people) await actor.leaves();
      } catch (error) {
        error.message += `\n\nThe demo's last lines:\n${demo.log().split('\n').slice(-30).join('\n')}`;
        throw error;
      } finally {
        for (const actor of people) await actor.context.close();
        await demo.stop();
      }
    });
  }
}
