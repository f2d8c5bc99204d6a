// A firm from the first page to its receipt, by the PEC of the Chamber of Commerce, and what it can change afterwards.
import assert from 'node:assert/strict';
import { PASSWORD, credentials, signsIn, writesData } from '../lib/dues.mjs';
import { firmFor } from '../lib/firms.mjs';
import { journey } from '../lib/journey.mjs';

const NEW_PASSWORD = 'Treno-lento-81';

journey('firm', { portal: 'albo' }, async ({ firm, world, mode }) => {
  const who = firmFor(mode);
  const walk = mode.name === 'js-desktop';
  await isTold(firm, walk);
  const received = await registers(firm, world, who);
  await signsInFirst(firm, received, walk);
  await looksAtFee(firm, who, walk);
  await claims(firm, who);
  await pays(firm, world, who);
  await changesContacts(firm, world, who, received);
  await forgets(firm, world, who, received);
});

// req: A-64 A-65 A-66
async function isTold(firm, walk) {
  await firm.goes();
  await firm.isAt('Quota Albo 2027', { state: 'home', walk });
  await firm.sees('Prima di cominciare', 'il numero di iscrizione all’Albo;', 'un numero di telefono, per l’assistenza.');
  await firm.opens('Non riesco ad accedere');
  await firm.sees('La vecchia password non si può recuperare');
  await firm.opens('Non ho ricevuto la ricevuta');
  await firm.sees('ristamparla dalla pagina dei pagamenti');
  await firm.isAt('Quota Albo 2027', { state: 'home with answers open' });
  await firm.follows('Istruzioni complete');
  await firm.isAt('Istruzioni operative');
}

// req: A-01 A-02 A-03 A-04 A-05 A-13 A-14
async function registers(firm, world, who) {
  await firm.goes('quota');
  await firm.isAt('Accedi', { state: 'sign-in first' });
  await firm.goes();
  await firm.follows('Registra l’impresa');
  await firm.isAt('Registrazione');
  await firm.presses('Continua');
  await firm.isRefused('Registrazione', 'Scegli come vuoi registrarti');
  await firm.chooses('Con la PEC della Camera di commercio');
  await firm.presses('Continua');
  await firm.isAt('Dati dell’impresa e PEC');
  await firm.sees('Lo usa l’assistenza per richiamarti.');
  await firm.presses('Continua');
  await firm.isRefused('Dati dell’impresa e PEC', 'Inserisci il codice fiscale dell’impresa', 'Inserisci un numero di telefono');
  await writesData(firm, who);
  await firm.presses('Continua');
  await firm.isAt('Controlla i dati');
  await firm.sees(who.name, who.albo, who.pec);
  await firm.presses('Invia la registrazione');
  await firm.waitsFor('Registrazione completata');
  await firm.waitsFor('Consegnato nella casella');
  await firm.isAt('Registrazione completata');
  const received = credentials(await world.letter(who.pec, 'Credenziali'));
  assert.ok(received.pin && received.password);
  return received;
}

// req: A-24 A-25 A-27 A-28 A-29 A-31
async function signsInFirst(firm, { code, pin, password }, walk) {
  await firm.follows('Accedi');
  await signsIn(firm, code, 'sbagliata');
  await firm.isRefused('Accedi', 'Matricola o password non corrette');
  await signsIn(firm, code, password);
  await firm.isAt('Scegli la tua password', { walk });
  // Nothing else before the password is changed.
  await firm.goes('quota');
  await firm.isAt('Scegli la tua password', { state: 'still the first password' });
  await firm.writes('PIN', pin);
  await firm.writes('Password ricevuta', password);
  await firm.writes('Nuova password', 'corta');
  await firm.writes('Conferma password', 'diversa');
  await firm.presses('Salva la password');
  await firm.isRefused('Scegli la tua password', 'La nuova password non rispetta tutte le regole');
  await firm.writes('PIN', pin);
  await firm.writes('Password ricevuta', password);
  await firm.writes('Nuova password', PASSWORD);
  await firm.writes('Conferma password', PASSWORD);
  await firm.presses('Salva la password');
}

// req: A-06 A-42 A-43 A-44 A-45 A-50
async function looksAtFee(firm, who, walk) {
  await firm.isAt('Quota 2027', { state: 'fee to pay', walk });
  await firm.sees('Da pagare:', 'Codice avviso');
  await firm.opensPaper('Scarica l’avviso (PDF)');
  await firm.follows('Come si calcola');
  await firm.isAt('Come si calcola');
  await firm.sees('Totale dovuto', who.fleet[0].targa);
  await firm.goes('impresa');
  await firm.isAt('Impresa');
  await firm.sees(who.name, who.fleet.at(-1).targa);
}

async function claims(firm, who) {
  await firm.goes('quota');
  await firm.follows('Segnala i veicoli corretti');
  await firm.isAt('Il parco veicolare non è questo?');
  await firm.presses('Invia la segnalazione');
  await firm.isRefused('Il parco veicolare non è questo?', 'Spiega che cosa non torna');
  const present = await firm.page.getByLabel('Veicoli corretti').inputValue();
  await firm.writes('Che cosa non torna', 'Il primo veicolo è stato venduto.');
  await firm.writes('Veicoli corretti', present.split('\n').slice(1).join('\n'));
  await firm.presses('Invia la segnalazione');
  await firm.isAt('Quota 2027', { state: 'fee with a claim' });
  await firm.sees('La tua segnalazione è in esame');
  await firm.goes('quota/contestazione');
  await firm.isAt('Il parco veicolare non è questo?', { state: 'claim that was filed' });
  await firm.sees('In esame');
  assert.ok(!present.split('\n')[0].includes(who.fleet.at(-1).targa));
}

// req: A-41 A-46 A-48 A-49
async function pays(firm, world, who) {
  await firm.goes('pagamenti');
  await firm.isAt('Pagamenti', { state: 'no payments yet' });
  await firm.sees('Ancora nessun pagamento');
  await firm.goes('quota');
  await firm.presses('Paga online');
  await firm.isAt(/./, { state: 'checkout' });
  await firm.proceeds(() => firm.page.locator('button[value=cancelled], button[value=cancel]').first().click());
  await firm.isAt('Quota 2027', { state: 'payment cancelled' });
  await firm.sees('la quota è ancora da pagare');
  await firm.presses('Paga online');
  await firm.proceeds(() => firm.page.locator('button[value=default]').click());
  await firm.waitsFor('Pagata:');
  await firm.isAt('Quota 2027', { state: 'fee paid' });
  const receipt = await firm.opensPaper('Scarica la ricevuta');
  const letter = await world.letter(who.pec, 'Ricevuta di pagamento');
  assert.match(letter.attachments[0].name, /\.pdf$/);
  await firm.goes('pagamenti');
  await firm.isAt('Pagamenti', { state: 'one payment' });
  assert.deepEqual(await firm.opensPaper('Scarica la ricevuta'), receipt);
}

// req: A-22 A-39
async function changesContacts(firm, world, who, { pin }) {
  const address = `nuovo.${who.code.toLowerCase()}@posta.example`;
  await world.box(address);
  await firm.goes('profilo');
  await firm.isAt('Profilo');
  await firm.sees('Completo', who.pec);
  await firm.follows(/Modifica\s+Telefono/);
  await firm.isAt('Cambia telefono');
  await firm.writes('Telefono', '333 555 01 23');
  await firm.writes('PIN', '000000');
  await firm.presses('Salva il numero');
  await firm.isRefused('Cambia telefono', 'Il PIN non è corretto');
  await firm.writes('PIN', pin);
  await firm.presses('Salva il numero');
  await firm.isAt('Profilo', { state: 'telephone changed' });
  await firm.sees('Numero di telefono aggiornato.');
  await firm.follows(/Modifica\s+Indirizzo/);
  await firm.isAt('Cambia indirizzo');
  await firm.writes('Nuovo indirizzo', address);
  await firm.writes('PIN', pin);
  await firm.presses('Invia il codice');
  await firm.isRefused('Cambia indirizzo', 'Indica se la casella è ordinaria o PEC');
  await firm.chooses('E-mail ordinaria');
  await firm.writes('PIN', pin);
  await firm.presses('Invia il codice');
  await firm.isAt('Conferma il nuovo indirizzo');
  const { text } = await world.letter(address, 'Codice di conferma');
  await firm.writes('Codice ricevuto', '000000');
  await firm.presses('Conferma');
  await firm.isRefused('Conferma il nuovo indirizzo', 'Il codice non è corretto');
  await firm.writes('Codice ricevuto', text.match(/: (\d+)/)[1]);
  await firm.presses('Conferma');
  await firm.isAt('Profilo', { state: 'address changed' });
  await firm.sees(address);
  who.address = address;
}

// req: A-36 A-37 A-38 A-39
async function forgets(firm, world, who, { code }) {
  await firm.opens(who.name);
  await firm.isAt('Profilo', { state: 'personal menu' });
  await firm.presses('Esci');
  await firm.isAt('Quota Albo 2027', { state: 'signed out' });
  await firm.goes('password/dimenticata');
  await firm.isAt('Password dimenticata');
  await firm.writes('Matricola', code);
  await firm.presses('Inviami il collegamento');
  await firm.isAt('Password dimenticata', { state: 'link asked' });
  await firm.sees('Richiesta ricevuta');
  const [link] = (await world.letter(who.address, 'Scegli una nuova password')).links;
  await firm.goes(link);
  await firm.isAt('Scegli la password');
  await firm.writes('Nuova password', PASSWORD);
  await firm.writes('Conferma password', PASSWORD);
  await firm.presses('Salva la password');
  // req: A-30
  await firm.isRefused('Scegli la password', 'Hai già usato questa password');
  await firm.writes('Nuova password', NEW_PASSWORD);
  await firm.writes('Conferma password', NEW_PASSWORD);
  await firm.presses('Salva la password');
  await firm.isAt('Accedi', { state: 'password chosen' });
  await firm.goes(link);
  await firm.isAt('Scegli la password', { state: 'link used' });
  await firm.sees('Il collegamento non è più valido');
  await firm.goes('password/richiesta');
  await firm.isAt('Chiedi il ripristino');
  await firm.presses('Invia la richiesta');
  await firm.isRefused('Chiedi il ripristino', 'La matricola comincia con IT', 'Inserisci un numero di telefono');
  await firm.writes('Matricola', code);
  await firm.writes('Numero di iscrizione all’Albo', who.albo);
  await firm.writes('Telefono', '333 555 01 23');
  await firm.presses('Invia la richiesta');
  await firm.isAt('Chiedi il ripristino', { state: 'reset asked' });
  await firm.sees('Richiesta inviata');
  await signsIn(firm, code, NEW_PASSWORD);
  await firm.isAt('Quota 2027', { state: 'back with the new password' });
}
