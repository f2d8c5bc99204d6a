// A day behind the counter: the second level helps firms, the administrator keeps the house, the Committee looks on.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { entersOffice, isRegistered } from '../lib/dues.mjs';
import { firmFor } from '../lib/firms.mjs';
import { journey } from '../lib/journey.mjs';

journey('office', { portal: 'albo', modes: ['js-desktop', 'nojs-phone'] }, async ({ firm, operator, arrive, demo, world, mode }) => {
  const who = firmFor(mode, 2);
  await isWaitedFor(firm, world, who);
  await enters(operator, demo, world, mode);
  await findsFirm(operator, world, who);
  await answersRequests(operator, world, who);
  await decidesClaims(operator, world, who);
  await operator.goes('da-controllare');
  await operator.isAt('Da controllare');
  await isNotAllowed(operator);
  const administrator = await arrive('administrator', demo.backOffice('albo'));
  await administrator.goes();
  await entersOffice(administrator, demo, world, 'administrator');
  await imports(administrator);
  await extendsTerm(administrator);
  await keepsRegister(administrator);
  await keepsOperators(administrator);
  await watches(await arrive('committee', demo.backOffice('albo')), demo, world);
});

/** A firm that has registered, asked for help and contested its fleet. */
async function isWaitedFor(firm, world, who) {
  const { code } = await isRegistered(firm, who, world);
  await firm.goes('quota/contestazione');
  const present = await firm.page.getByLabel('Veicoli corretti').inputValue();
  await firm.writes('Che cosa non torna', 'Il primo veicolo è stato venduto.');
  await firm.writes('Veicoli corretti', present.split('\n').slice(1).join('\n'));
  await firm.presses('Invia la segnalazione');
  await firm.goes('password/richiesta');
  await firm.writes('Matricola', code);
  await firm.writes('Numero di iscrizione all’Albo', who.albo);
  await firm.writes('Telefono', '06 5550 0123');
  await firm.writes('Che cosa è successo', 'Non ricordo la password.');
  await firm.presses('Invia la richiesta');
  // req: A-37 A-55
  await world.box('titolare@posta.example');
  await world.writes('titolare@posta.example', {
    to: 'assistenza.albo@assistenza.example', subject: 'RESET PASSWORD', text: 'Buongiorno, non riesco ad accedere. Grazie.',
  });
}

async function enters(operator, demo, world, mode) {
  await operator.goes();
  await operator.isAt('Accesso degli operatori', { walk: mode.js });
  await operator.writes('E-mail', 'nessuno@albo.example');
  await operator.writes('Password', 'sbagliata');
  await operator.writes('Codice di 6 cifre', '000000');
  await operator.presses('Accedi');
  await operator.isRefused('Accesso degli operatori', 'E-mail, password o codice non sono corretti');
  await entersOffice(operator, demo, world, 'second-level');
  await operator.isAt('Ufficio', { walk: mode.js });
  await operator.opens('Mostra i numeri');
  await operator.isAt('Ufficio', { state: 'dashboard with numbers' });
}

// req: A-40
async function findsFirm(operator, world, who) {
  await operator.goes('imprese');
  await operator.isAt('Imprese');
  await operator.writes('Cerca un’impresa', 'nessuna impresa così');
  await operator.presses('Cerca');
  await operator.isAt('Imprese', { state: 'nothing found' });
  await operator.writes('Cerca un’impresa', who.name.split(' ')[0]);
  await operator.presses('Cerca');
  await operator.isAt('Imprese', { state: 'found' });
  await operator.follows(who.name);
  await operator.isAt(who.name, { state: 'firm' });
  await operator.sees('Che cosa è successo', who.pec, 'Registrazione con PEC');
  await operator.follows('Calcolo completo e veicoli');
  await operator.isAt('Quota 2027', { state: 'fee of a firm' });
  await operator.presses('Calcola la quota');
  await operator.isAt('Quota 2027', { state: 'fee computed again' });
  await operator.goes('imprese?q=' + encodeURIComponent(who.code));
  await operator.follows(who.name);
  await operator.follows(/Messaggio: Credenziali/);
  await operator.isAt(/Credenziali/, { state: 'message' });
  await operator.sees('Conteneva credenziali');
  await operator.goes('imprese?q=' + encodeURIComponent(who.code));
  await operator.follows(who.name);
  await operator.follows('Reimposta la password');
  await operator.isAt('Reimposta la password');
  await operator.presses('Invia nuove credenziali');
  await operator.isRefused('Reimposta la password', 'Scrivi il motivo', 'Conferma di aver verificato');
  await operator.writes('Motivo', 'Ha chiamato il titolare.');
  await operator.chooses('Ho verificato che matricola');
  await operator.presses('Invia nuove credenziali');
  await operator.isAt(who.name, { state: 'password reset' });
  await operator.sees('Le nuove credenziali sono partite');
  await world.letter(who.pec, 'Nuove credenziali');
}

// req: A-38 A-54 A-55 A-60
async function answersRequests(operator, world, who) {
  await operator.goes('richieste');
  await operator.waitsFor('titolare@posta.example');
  await operator.isAt('Richieste di aiuto');
  await operator.proceeds(() => operator.page.getByRole('row').filter({ hasText: who.name }).getByRole('link').first().click());
  await operator.isAt(/Reimpostazione/, { state: 'request from the form' });
  await operator.sees('Non ricordo la password.', 'Coincide');
  await operator.presses('Invia nuove credenziali');
  await operator.isRefused(/Reimpostazione/, 'Scrivi il motivo');
  await operator.writes('Motivo', 'Dal modulo, tutto coincide.');
  await operator.chooses('Ho verificato che matricola');
  await operator.presses('Invia nuove credenziali');
  await operator.isAt('Richieste di aiuto', { state: 'request answered' });
  await operator.proceeds(() => operator.page.getByRole('row').filter({ hasText: 'titolare@' }).getByRole('link').first().click());
  await operator.isAt(/Reimpostazione/, { state: 'request by mail' });
  await operator.presses('Invia la risposta e chiudi');
  await operator.isRefused(/Reimpostazione/, 'Scrivi la risposta');
  await operator.writes('Risposta', 'Ci servono matricola, numero di iscrizione e telefono.');
  await operator.presses('Invia la risposta e chiudi');
  await operator.isAt('Richieste di aiuto', { state: 'no requests' });
  await operator.sees('Nessuna richiesta aperta');
  const answer = await world.letter('titolare@posta.example', 'La tua richiesta');
  assert.match(answer.text, /Ci servono matricola/);
}

async function decidesClaims(operator, world, who) {
  await operator.goes('contestazioni');
  await operator.isAt('Contestazioni');
  await operator.follows(who.name);
  await operator.isAt(new RegExp(who.name.slice(0, 12)), { state: 'claim' });
  await operator.sees('Il primo veicolo è stato venduto.', 'Tolto');
  await operator.presses('Decidi e avvisa l’impresa');
  await operator.isRefused(new RegExp(who.name.slice(0, 12)), 'Scegli se accogliere o respingere');
  await operator.chooses('Accogli');
  await operator.presses('Decidi e avvisa l’impresa');
  await operator.isAt('Contestazioni', { state: 'no claims' });
  await operator.sees('Nessuna contestazione aperta');
  await world.letter(who.pec, 'Esito della contestazione');
}

// req: A-69
async function isNotAllowed(operator) {
  await operator.goes('importazioni');
  await operator.isAt('Operazione non consentita', { status: 403 });
}

async function imports(administrator) {
  const file = join(mkdtempSync(join(tmpdir(), 'import-')), 'veicoli.csv');
  const good = readFileSync(new URL('../../tenants/albo/demo/fleet-2027.csv', import.meta.url), 'utf8').split('\n').slice(0, 4);
  writeFileSync(file, [...good, '00001015015;;autocarro;7500', '99999999999;GA111AA;autocarro;7500', '00001015015;GA222AA;carro;-1', ''].join('\n'));
  await administrator.goes('importazioni');
  await administrator.isAt('Importazioni');
  await administrator.opens('Quali colonne servono');
  await administrator.presses('Carica e controlla');
  await administrator.isRefused('Importazioni', 'Scegli che cosa contiene il file', 'Scegli il file da caricare');
  await administrator.chooses('Veicoli di un anno');
  await administrator.picks('Anno della quota', '2027');
  await administrator.uploads('File CSV', file);
  await administrator.presses('Carica e controlla');
  await administrator.isAt('veicoli.csv', { state: 'import checked' });
  await administrator.sees('Non è ancora cambiato nulla', 'Manca la targa.', 'Il tipo è autocarro');
  const errors = readFileSync(await administrator.downloads('Scarica gli errori (CSV)'), 'utf8');
  assert.match(errors, /riga.*motivo/);
  await administrator.presses(/^Applica/);
  await administrator.isAt('veicoli.csv', { state: 'import applied' });
  await administrator.sees('Le righe corrette sono applicate.');
  await administrator.goes('importazioni');
  await administrator.isAt('Importazioni', { state: 'imports so far' });
}

// req: A-45
async function extendsTerm(administrator) {
  await administrator.goes('scadenze');
  await administrator.isAt('Scadenze');
  await administrator.follows(/Proroga la scadenza\s+2027/);
  await administrator.isAt('Proroga la scadenza della quota 2027');
  await administrator.presses('Proroga la scadenza');
  await administrator.isRefused('Proroga la scadenza della quota 2027', 'Scrivi il giorno', 'Scrivi l’atto');
  const date = administrator.page.getByLabel('Nuovo ultimo giorno');
  await date.fill(await date.getAttribute('type') === 'date' ? '2027-02-28' : '28/02/2027');
  await administrator.writes('Atto e motivo', 'D.L. 30 dicembre 2026, n. 1');
  await administrator.chooses('Confermo la proroga');
  await administrator.presses('Proroga la scadenza');
  await administrator.isAt('Scadenze', { state: 'extended' });
  await administrator.sees('28 febbraio 2027', 'D.L. 30 dicembre 2026, n. 1');
  await administrator.goes('../');
  await administrator.sees('Si paga entro il 28 febbraio 2027', 'Il termine è stato prorogato');
}

// req: A-20
async function keepsRegister(administrator) {
  await administrator.goes('registro');
  await administrator.isAt('Domande al Registro imprese');
  await administrator.presses('Sospendi le domande');
  await administrator.isAt('Domande al Registro imprese', { state: 'register paused' });
  await administrator.presses('Riprendi le domande');
  await administrator.writes('Domande al minuto', '0');
  await administrator.presses('Salva');
  await administrator.isRefused('Domande al Registro imprese', 'Zero non è un ritmo');
  await administrator.writes('Domande al minuto', '30');
  await administrator.presses('Salva');
  await administrator.isAt('Domande al Registro imprese', { state: 'register with its own pace' });
  await administrator.sees('Il nuovo ritmo vale da subito.');
}

async function keepsOperators(administrator) {
  await administrator.goes('operatori');
  await administrator.isAt('Operatori');
  await administrator.follows('Aggiungi un operatore');
  await administrator.isAt('Aggiungi un operatore');
  await administrator.presses('Aggiungi un operatore');
  await administrator.isRefused('Aggiungi un operatore', 'Scrivi nome e cognome', 'Scegli un ruolo');
  await administrator.writes('Nome e cognome', 'Elena Nuova');
  await administrator.writes('E-mail', 'elena.nuova@albo.example');
  await administrator.chooses('Assistenza di primo livello');
  await administrator.presses('Aggiungi un operatore');
  await administrator.isAt('Credenziali dell’operatore');
  await administrator.follows('Ho consegnato le credenziali');
  await administrator.isAt(/Operatori|Elena Nuova/, { state: 'operator added' });
  await administrator.goes('operatori');
  await administrator.follows('Elena Nuova');
  await administrator.isAt('Elena Nuova');
  await administrator.presses('Disattiva l’operatore');
  await administrator.isAt('Elena Nuova', { state: 'operator disabled' });
  await administrator.sees('Non attivo');
  await administrator.goes('registro-attivita');
  await administrator.isAt('Registro attività');
}

// req: A-71
async function watches(committee, demo, world) {
  await committee.goes();
  await entersOffice(committee, demo, world, 'committee');
  await committee.isAt('Ufficio', { state: 'what the Committee sees' });
  assert.deepEqual(await committee.page.getByRole('navigation', { name: 'Menu principale' }).getByRole('link').allInnerTexts(), ['Ufficio', 'Scadenze']);
  await committee.opens('Dino Comitato');
  await committee.presses('Esci');
  await committee.isAt('Accesso degli operatori', { state: 'signed out' });
}
