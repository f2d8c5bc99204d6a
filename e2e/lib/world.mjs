// The world around the portals, through the same JSON that scripts use: mailboxes, clock, register.
import assert from 'node:assert/strict';

export class World {
  /** `origin` is the address of the outside world, as the demo says it. */
  constructor(origin) {
    this.origin = origin;
  }

  /** What the world's clock says, in Unix seconds. */
  async seconds() {
    return Math.floor(new Date((await this.#asks('clock')).now).getTime() / 1000);
  }

  /** Lets time pass at once. */
  async lets(seconds) {
    await this.#asks('clock', { advance_seconds: seconds });
  }

  /** Opens a box, or changes what it does: `normal`, `never_activated`, `full`, … */
  async box(address, behaviour = 'normal') {
    await this.#asks(`mailboxes/${encodeURIComponent(address)}`, { behaviour });
  }

  /** Writes a message as the holder of a box. */
  async writes(from, { to, subject, text }) {
    await this.#asks(`mailboxes/${encodeURIComponent(from)}/messages`, { to, subject, text });
  }

  /** The messages of a box, oldest first; none when the box has not received any. */
  async letters(address) {
    const answer = await fetch(`${this.origin}/api/mailboxes/${encodeURIComponent(address)}`);
    if (answer.status === 404) return [];
    return (await answer.json()).messages;
  }

  /** The newest message of a box whose subject contains a text, waiting for it. */
  async letter(address, subject, { seconds = 30 } = {}) {
    const end = Date.now() + seconds * 1000;
    let seen = [];
    while (Date.now() < end) {
      seen = await this.letters(address);
      const found = seen.filter((letter) => letter.subject.includes(subject)).sort((a, b) => a.id - b.id).at(-1);
      if (found) return found;
      await new Promise((done) => { setTimeout(done, 200); });
    }
    return assert.fail(`no «${subject}» in ${address} after ${seconds} s; there is: ${seen.map((letter) => letter.subject).join(' | ') || 'nothing'}`);
  }

  /** Tells the business register how to behave: `normal`, `down`, … */
  async register(mode) {
    const answer = await fetch(`${this.origin}/register/control`, {
      method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ mode }),
    });
    assert.ok(answer.ok, `the register refuses the mode ${mode}: ${await answer.text()}`);
  }

  async #asks(path, body) {
    const answer = await fetch(`${this.origin}/api/${path}`, body && {
      method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body),
    });
    const text = await answer.text();
    assert.ok(answer.ok, `the world refuses ${path}: ${answer.status} ${text}`);
    return text && JSON.parse(text);
  }
}
