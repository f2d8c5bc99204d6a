// What people do on the portal of a yearly fee, in steps that several journeys share. They fill and send; where they
// have arrived is said by the journey.
import assert from 'node:assert/strict';
import { totp } from './totp.mjs';

/** A password that the demo's policy takes. */
export const PASSWORD = 'Cavallo-verde-7';

/** The labels of a registration by PEC. */
export const DATA = {
  code: 'Codice fiscale o partita IVA', albo: 'Numero di iscrizione all’Albo', address: 'PEC della Camera di commercio', phone: 'Telefono',
};

/** Fills the data of a registration: an enrolled firm, the address for the credentials, a telephone. */
export async function writesData(actor, firm, { address = firm.pec, labels = DATA } = {}) {
  await actor.writes(labels.code, firm.code);
  await actor.writes(labels.albo, firm.albo);
  await actor.writes(labels.address, address);
  await actor.writes(labels.phone, '06 5550 0123');
}

/** Registers with the PEC of the Chamber of Commerce, without looking around. */
export async function registers(actor, firm) {
  await actor.goes('registrazione/dati?modo=pec');
  await writesData(actor, firm);
  await actor.presses('Continua');
  await actor.presses('Invia la registrazione');
}

/** The credentials out of the letter that brought them: member code, PIN, temporary password. */
export function credentials(letter) {
  const found = (label) => letter.text.match(new RegExp(`(?:${label}): (\\S+)`))?.[1];
  const received = { code: found('Matricola|Member number'), pin: found('PIN'), password: found('Password temporanea|Temporary password') };
  assert.match(received.code ?? '', /^IT\d+$/, `no credentials in «${letter.text}»`);
  return received;
}

/** Signs in with member code and password. */
export async function signsIn(actor, code, password) {
  await actor.goes('accesso');
  await actor.writes('Matricola', code);
  await actor.writes('Password', password);
  await actor.presses('Accedi');
}

/** Registers, signs in and chooses a password, without looking around; returns the credentials. */
export async function isRegistered(actor, firm, world) {
  await registers(actor, firm);
  const received = credentials(await world.letter(firm.pec, 'Credenziali'));
  await signsIn(actor, received.code, received.password);
  await actor.writes('PIN', received.pin);
  await actor.writes('Password ricevuta', received.password);
  await actor.writes('Nuova password', PASSWORD);
  await actor.writes('Conferma password', PASSWORD);
  await actor.presses('Salva la password');
  return received;
}

/** An operator of a role signs in with password and second factor, whose code follows the world's clock. */
export async function entersOffice(actor, demo, world, role, lang = 'it') {
  const words = lang === 'it'
    ? { email: 'E-mail', code: 'Codice di 6 cifre', button: 'Accedi' }
    : { email: 'E-mail', code: '6-digit code', button: 'Sign in' };
  const { email, password, otp_secret: secret } = demo.operator('albo', role);
  await actor.writes(words.email, email);
  await actor.writes('Password', password);
  await actor.writes(words.code, totp(secret, await world.seconds()));
  await actor.presses(words.button);
}
