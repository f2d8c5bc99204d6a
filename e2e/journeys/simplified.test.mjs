// A firm without a working PEC: the simplified way, payment and nothing else, and later the full profile.
import assert from 'node:assert/strict';
import { DATA, PASSWORD, credentials, signsIn, writesData } from '../lib/dues.mjs';
import { firmFor } from '../lib/firms.mjs';
import { journey } from '../lib/journey.mjs';

journey('simplified', { portal: 'albo', modes: ['js-phone', 'nojs-desktop'] }, async ({ firm, world, mode }) => {
  const who = firmFor(mode, 1);
  const address = `ufficio.${who.code.toLowerCase()}@posta.example`;
  await world.box(address);
  const { code } = await registers(firm, world, who, address);
  await paysOnly(firm, who, address);
  await becomesFull(firm, world, who, code);
});

// req: A-07 A-08 A-13
async function registers(firm, world, who, address) {
  await firm.goes('registrazione');
  await firm.chooses('Con un’altra e-mail o PEC');
  await firm.presses('Continua');
  await firm.isAt('Dati dell’impresa ed e-mail');
  await writesData(firm, who, { address, labels: { ...DATA, address: 'E-mail o PEC' } });
  await firm.presses('Continua');
  await firm.isRefused('Dati dell’impresa ed e-mail', 'Indica se la casella è ordinaria o PEC');
  await firm.chooses('E-mail ordinaria');
  await firm.presses('Continua');
  await firm.isAt('Controlla i dati');
  await firm.presses('Invia la registrazione');
  await firm.waitsFor('Inviato');
  await firm.isAt('Registrazione ricevuta');
  const received = credentials(await world.letter(address, 'Credenziali'));
  await signsIn(firm, received.code, received.password);
  await firm.isAt('Scegli la tua password');
  await firm.writes('PIN', '000000');
  await firm.writes('Password ricevuta', received.password);
  await firm.writes('Nuova password', PASSWORD);
  await firm.writes('Conferma password', PASSWORD);
  await firm.presses('Salva la password');
  await firm.isRefused('Scegli la tua password', 'Il PIN non è corretto');
  await firm.writes('PIN', received.pin);
  await firm.writes('Password ricevuta', received.password);
  await firm.writes('Nuova password', PASSWORD);
  await firm.writes('Conferma password', `${PASSWORD}!`);
  await firm.presses('Salva la password');
  await firm.isRefused('Scegli la tua password', 'Le due password non coincidono');
  await firm.writes('PIN', received.pin);
  await firm.writes('Password ricevuta', received.password);
  await firm.writes('Nuova password', PASSWORD);
  await firm.writes('Conferma password', PASSWORD);
  await firm.presses('Salva la password');
  return received;
}

// req: A-09
async function paysOnly(firm, who, address) {
  await firm.isAt('Quota 2027', { state: 'fee to pay' });
  await firm.sees('Solo pagamento');
  await firm.goes('profilo');
  await firm.isAt('Profilo');
  await firm.sees('Solo pagamento', address, 'E-mail ordinaria');
  await firm.goes('impresa');
  await firm.isAt('Operazione non consentita', { status: 403 });
}

// req: A-11
async function becomesFull(firm, world, who, code) {
  await firm.goes('profilo/completo');
  await firm.isAt('Passa al profilo completo');
  await firm.presses('Chiedi la verifica');
  await firm.isRefused('Passa al profilo completo', 'Inserisci l’indirizzo');
  await firm.writes('PEC della Camera di commercio', who.pec);
  await firm.presses('Chiedi la verifica');
  await firm.waitsFor('Il profilo è completo');
  await firm.isAt('Il profilo è completo', { state: 'upgraded' });
  const fresh = credentials(await world.letter(who.pec, 'redenziali'));
  assert.equal(fresh.code, code);
  await signsIn(firm, fresh.code, fresh.password);
  await firm.isAt('Scegli la tua password');
}
