// Starts the built program as `sportello demo --port 0 --json` and stops it by its process id.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const START_LIMIT = 60_000;

/**
 * Starts a demo of its own. Its first line is a JSON object: `portals` and `back_office` give the
 * addresses by the name of the tenant, `outside` the world around, `operators` their credentials.
 * All of it is in `ready`.
 */
export async function startDemo({ bin = process.env.SPORTELLO_BIN ?? `${ROOT}target/debug/sportello`, args = [] } = {}) {
  if (!existsSync(bin)) throw new Error(`there is no program at ${bin}: build it, or say where it is in SPORTELLO_BIN`);
  const child = spawn(bin, ['demo', '--port', '0', '--json', ...args], { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] });
  let log = '';
  child.stderr.on('data', (bytes) => { log = (log + bytes).slice(-20_000); });

  const ready = await firstLine(child, () => log);
  return {
    ready,
    log: () => log,
    portal: (name) => named(ready.portals, name),
    backOffice: (name) => named(ready.back_office, name),
    operator: (tenant, role) => ready.operators.find((one) => one.tenant === tenant && (!role || one.role === role)),
    stop: () => stop(child),
  };
}

function firstLine(child, log) {
  return new Promise((resolve, reject) => {
    const fail = (why) => {
      child.kill('SIGKILL');
      reject(new Error(`${why}\n${log()}`));
    };
    const timer = setTimeout(() => fail(`the demo said nothing in ${START_LIMIT / 1000} s`), START_LIMIT);
    child.once('error', (error) => fail(error.message));
    child.once('exit', (code, signal) => fail(`the demo ended at once (${signal ?? code})`));
    createInterface({ input: child.stdout }).once('line', (line) => {
      clearTimeout(timer);
      try {
        resolve(JSON.parse(line));
      } catch {
        fail(`the first line of the demo is not JSON: ${line}`);
      }
    });
    // What follows the first line is for people.
    child.stdout.resume();
  });
}

/** An address by its name. */
export function named(addresses = {}, name) {
  const found = addresses[name];
  if (!found) throw new Error(`the demo has no «${name}»; it has ${Object.keys(addresses).join(', ') || 'nothing'}`);
  return found.replace(/\/$/, '');
}

async function stop(child) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((done) => child.once('exit', done));
  child.kill('SIGTERM');
  const late = setTimeout(() => child.kill('SIGKILL'), 10_000);
  await ended;
  clearTimeout(late);
}
