// The invented firms of the demonstration, as its files tell them.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { MODES } from './modes.mjs';

const FOLDER = fileURLToPath(new URL('../../tenants/albo/demo/', import.meta.url));

/** The rows of one of the files (`firms.csv`, `register.csv`, …), by the names of its columns. */
export function rows(file) {
  const [head, ...lines] = readFileSync(FOLDER + file, 'utf8').trim().split(/\r?\n/).map((line) => line.split(';'));
  return lines.map((cells) => Object.fromEntries(head.map((name, at) => [name, cells[at] ?? ''])));
}

const pecs = new Map(rows('register.csv').map((row) => [row.codice_fiscale, row.pec]));
const lorries = rows('fleet-2027.csv');

/** Firms that may register: enrolled in time, not removed, with a PEC and a few vehicles. */
const FIRMS = rows('firms.csv')
  .filter((row) => !row.cancellata_dal && row.iscritta_dal < '2016' && pecs.get(row.codice_fiscale))
  .map((row) => ({
    name: row.denominazione,
    code: row.codice_fiscale,
    albo: row.numero_albo,
    pec: pecs.get(row.codice_fiscale),
    fleet: lorries.filter((lorry) => lorry.codice_fiscale === row.codice_fiscale),
  }))
  .filter((firm) => firm.fleet.length > 1 && firm.fleet.length < 60);

/** A firm with its `name`, `code`, `albo` number, `pec` and `fleet`: another one in every mode and for every place. */
export function firmFor(mode, place = 0) {
  const at = MODES.findIndex((one) => one.name === mode.name) + place * MODES.length;
  if (!FIRMS[at]) throw new Error(`there are only ${FIRMS.length} firms`);
  return FIRMS[at];
}
