// A committente signs in with its key, asks about a firm and about a file of them, takes a statement, and somebody else
// checks it; an administrator looks on and ends it.
import assert from 'node:assert/strict';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { entersOffice } from '../lib/dues.mjs';
import { journey } from '../lib/journey.mjs';

const ESEMPIO = '00001015015';

journey('committenti', { portal: 'albo' }, async ({ arrive, operator, demo, world, mode }) => {
  const { key } = demo.ready.committenti.find((one) => one.tenant === 'albo');
  const committente = await arrive('committente');
  await signsIn(committente, key, mode);
  await asks(committente);
  await sendsFile(committente);
  const code = await takesStatement(committente);
  await checks(await arrive('carrier'), code, mode);
  await rollsKeys(committente);
  await isEnded(operator, committente, demo, world);
});

async function signsIn(committente, key, mode) {
  await committente.goes('committenti');
  await committente.isAt('Accesso dei committenti', { walk: mode.js });
  await committente.writes('Chiave di accesso', 'spk_sbagliata');
  await committente.presses('Accedi');
  await committente.isRefused('Accesso dei committenti', 'La chiave non è valida');
  await committente.writes('Chiave di accesso', key);
  await committente.presses('Accedi');
  await committente.isAt('Regolarità delle imprese', { walk: mode.js });
}

// req: A-67 F-03
async function asks(committente) {
  await committente.writes('Codice fiscale', '123');
  await committente.presses('Verifica');
  await committente.isRefused('Regolarità delle imprese', '11');
  await committente.writes('Codice fiscale', '00743110157');
  await committente.presses('Verifica');
  await committente.isAt('Regolarità di 00743110157', { state: 'not registered' });
  await committente.sees('Il codice fiscale non risulta iscritto all’Albo.');
  await committente.goes('committenti');
  await committente.writes('Codice fiscale', ESEMPIO);
  await committente.presses('Verifica');
  await committente.isAt(`Regolarità di ${ESEMPIO}`, { state: 'regular' });
  await committente.sees('Autotrasporti Esempio', 'Regolare');
}

async function sendsFile(committente) {
  const file = join(mkdtempSync(join(tmpdir(), 'sportello-')), 'imprese.csv');
  writeFileSync(file, `codice_fiscale\n${ESEMPIO}\n00001385020\n${ESEMPIO}\nnessuno\n`);
  await committente.goes('committenti');
  await committente.presses('Carica il file');
  await committente.isRefused('Regolarità delle imprese', 'Scegli un file');
  await committente.uploads('File con i codici fiscali', file);
  await committente.presses('Carica il file');
  await committente.waitsFor('Trasporti Fantasia');
  await committente.isAt('Elenco di imprese');
  await committente.sees('Il codice è già più in alto nell’elenco.');
  const csv = await committente.downloads('Scarica i risultati in CSV');
  assert.ok(csv);
  await committente.goes('committenti');
  await committente.isAt('Regolarità delle imprese', { state: 'with queries and lists' });
}

async function takesStatement(committente) {
  await committente.follows(ESEMPIO);
  await committente.isAt(`Regolarità di ${ESEMPIO}`, { state: 'statement' });
  await committente.opensPaper('Attestazione in PDF');
  const href = await committente.page.getByRole('link', { name: 'Attestazione firmata' }).getAttribute('href');
  const answer = await committente.context.request.get(new URL(href, committente.page.url()).href);
  const jws = await answer.text();
  const payload = JSON.parse(Buffer.from(jws.split('.')[1], 'base64url'));
  assert.equal(payload.sub, ESEMPIO);
  return { jws, code: payload.verification.split('/').at(-1) };
}

async function checks(carrier, { jws, code }, mode) {
  await carrier.goes('verifica');
  await carrier.isAt('Verifica un’attestazione', { walk: mode.js });
  await carrier.writes('Codice di verifica', 'ABCD-EFGH');
  await carrier.presses('Verifica');
  await carrier.isRefused('Verifica un’attestazione', 'Non c’è un’attestazione autentica');
  await carrier.writes('Codice di verifica', code.toLowerCase());
  await carrier.presses('Verifica');
  await carrier.isAt('L’attestazione è autentica');
  await carrier.sees('Autotrasporti Esempio', 'La situazione può essere cambiata');
  await carrier.follows('Verifica un’altra attestazione');
  await carrier.writes('Attestazione firmata', jws);
  await carrier.presses('Verifica');
  await carrier.isAt('L’attestazione è autentica', { state: 'genuine by signature' });
}

// req: A-68
async function rollsKeys(committente) {
  await committente.goes('committenti/chiavi');
  await committente.isAt('Chiavi di accesso');
  await committente.presses('Crea la chiave');
  await committente.isRefused('Chiavi di accesso', 'Scrivi un nome');
  await committente.writes('Nome della chiave', 'gestionale');
  await committente.presses('Crea la chiave');
  await committente.isAt('La tua chiave di accesso');
  await committente.follows('Ho conservato la chiave');
  await committente.presses('Revoca la chiave gestionale');
  await committente.isAt('Chiavi di accesso', { state: 'a key revoked' });
  await committente.sees('La chiave è revocata');
}

async function isEnded(operator, committente, demo, world) {
  await operator.goes();
  await entersOffice(operator, demo, world, 'administrator');
  await operator.goes('committenti');
  await operator.isAt('Committenti');
  await operator.follows('Aggiungi un committente');
  await operator.isAt('Aggiungi un committente');
  await operator.presses('Aggiungi un committente');
  await operator.isRefused('Aggiungi un committente', 'Scrivi la denominazione');
  await operator.goes('committenti');
  await operator.follows('Committenti Esempio');
  await operator.isAt('Committenti Esempio S.p.A.');
  await operator.presses('Sospendi il committente');
  await operator.isAt('Committenti Esempio S.p.A.', { state: 'suspended' });
  await committente.goes('committenti');
  await committente.isAt('Accesso dei committenti', { state: 'after the suspension' });
}
