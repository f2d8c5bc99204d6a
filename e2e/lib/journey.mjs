// A journey is a test that is walked once in every mode, each time with a demo of its own.
import { after, before, test } from 'node:test';
import { Actor } from './actor.mjs';
import { launch } from './browser.mjs';
import { startDemo } from './demo.mjs';
import { chosenModes } from './modes.mjs';
import { World } from './world.mjs';

/**
 * Declares a journey on a portal of the demo.
 *
 * `walk` is given `firm`, whose home is the portal, and `operator`, whose home is the back office (each
 * an `Actor` with a browser of its own, not yet anywhere), `arrive(name, home)` for further people,
 * the `world` around, the `demo`, and the `mode`. `modes` names those in which it is walked, if not in all.
 */
export function journey(name, { portal, args, modes, seconds = 240 }, walk) {
  let browser;
  before(async () => { browser = await launch(); });
  after(async () => { await browser?.close(); });

  for (const mode of chosenModes().filter((one) => !modes || modes.includes(one.name))) {
    test(`${name} [${mode.name}]`, { timeout: seconds * 1000 }, async () => {
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
        await walk({ firm, operator, arrive, demo, mode, world: new World(demo.ready.outside) });
        for (const actor of people) await actor.leaves();
      } catch (error) {
        for (const actor of people) error.message += actor.kept.map((line) => `\n${line}`).join('');
        error.message += `\n\nThe demo's last lines:\n${demo.log().split('\n').slice(-30).join('\n')}`;
        throw error;
      } finally {
        for (const actor of people) await actor.closes();
        await demo.stop();
      }
    });
  }
}
