// The register does not answer, or the box is dead: what the page of the registration says, and how it goes on.
import assert from 'node:assert/strict';
import { entersOffice, registers, writesData } from '../lib/dues.mjs';
import { firmFor } from '../lib/firms.mjs';
import { journey } from '../lib/journey.mjs';

journey('register', { portal: 'albo', modes: ['js-phone', 'nojs-desktop'] }, async ({ firm, operator, arrive, demo, world, mode }) => {
  await waits(firm, world, firmFor(mode, 2));
  await isDead(await arrive('dead'), world, firmFor(mode, 3));
  await isMistaken(await arrive('mistaken'), firmFor(mode, 4));
  await isManaged(operator, firm, demo, world, firmFor(mode, 5));
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
  await firm.sees(`Il messaggio per ${who.pec} è tornato indietro`, 'La casella non esiste o non è mai stata attivata');
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

// An administrator slows the questions down and has the queue emptied: whoever comes meanwhile is told.
async function isManaged(operator, firm, demo, world, who) {
  await operator.goes();
  await entersOffice(operator, demo, world, 'administrator');
  await operator.goes('registro');
  await operator.isAt('Domande al Registro imprese', { state: 'the last day' });
  await operator.sees('Domande ogni quarto d’ora', 'Il ritmo ammesso, 900 ogni quarto d’ora, è molto più in alto');
  await operator.writes('Domande al minuto', '1');
  await operator.presses('Salva');
  await operator.isAt('Domande al Registro imprese', { state: 'slowed down' });
  await operator.sees('Il ritmo ammesso, 15 ogni quarto d’ora');
  await operator.presses('Svuota la coda');
  await operator.isAt('Domande al Registro imprese', { state: 'being emptied' });
  await registers(firm, who);
  await firm.isAt('Stiamo verificando la PEC', { state: 'held back' });
  await firm.sees('L’ente ha messo in pausa le verifiche');
  await operator.goes('registro');
  await operator.presses('Riprendi le domande');
  await operator.goes('caselle');
  await operator.isAt('Messaggi delle caselle');
}
