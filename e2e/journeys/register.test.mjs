// The register does not answer, or the box is dead: what the page of the registration says, and how it goes on.
import assert from 'node:assert/strict';
import { registers, writesData } from '../lib/dues.mjs';
import { firmFor } from '../lib/firms.mjs';
import { journey } from '../lib/journey.mjs';

journey('register', { portal: 'albo', modes: ['js-phone', 'nojs-desktop'] }, async ({ firm, arrive, world, mode }) => {
  await waits(firm, world, firmFor(mode, 2));
  await isDead(await arrive('dead'), world, firmFor(mode, 3));
  await isMistaken(await arrive('mistaken'), firmFor(mode, 4));
});

// req: A-18 A-19
async function waits(firm, world, who) {
  await world.register('down');
  await registers(firm, who);
  await firm.isAt('Stiamo verificando la PEC');
  await firm.sees('non vuol dire che l’indirizzo sia sbagliato');
  await world.lets(70);
  await firm.waitsFor('Puoi già pagare');
  await firm.isAt('Puoi già pagare');
  await firm.sees('il ritardo non dipende da te');
  await world.letter(who.pec, 'Credenziali per pagare');
  await world.register('normal');
  await world.lets(600);
  await firm.waitsFor('Registrazione completata');
  await firm.isAt('Registrazione completata');
  await world.letter(who.pec, 'Il profilo è completo');
}

// req: A-15 A-17
async function isDead(firm, world, who) {
  await world.box(who.pec, 'never_activated');
  await registers(firm, who);
  await firm.waitsFor('Non consegnato');
  await firm.isAt('Il messaggio non è stato consegnato');
  await firm.sees('La casella non esiste o non è mai stata attivata');
}

async function isMistaken(firm, who) {
  await firm.goes('registrazione/dati?modo=pec');
  await writesData(firm, who, { address: `sbagliata.${who.pec}` });
  await firm.writes('Numero di iscrizione all’Albo', 'RM/0000001/A');
  await firm.presses('Continua');
  await firm.isRefused('Dati dell’impresa e PEC', 'Il numero di iscrizione non è quello di questa impresa');
  await firm.writes('Numero di iscrizione all’Albo', who.albo);
  await firm.presses('Continua');
  await firm.presses('Invia la registrazione');
  await firm.waitsFor('L’indirizzo non corrisponde');
  await firm.isAt('L’indirizzo non corrisponde');
  const text = await firm.reads('main');
  assert.ok(!text.includes(who.pec), 'the address on file is not given away');
}
