// A person links a digital identity to the firm's profile, enters with it, and is told what to do when it does not work.
import { isRegistered } from '../lib/dues.mjs';
import { firmFor } from '../lib/firms.mjs';
import { journey } from '../lib/journey.mjs';

journey('identity', { portal: 'albo', modes: ['js-phone', 'nojs-desktop'] }, async ({ firm, arrive, demo, world, mode }) => {
  const { pin } = await isRegistered(firm, firmFor(mode, 2), world);
  await links(firm, pin);
  const person = await arrive('person', demo.portal('albo'));
  await enters(person);
  await entersWithCie(await arrive('card', demo.portal('albo')));
  await isRefused(await arrive('hesitant', demo.portal('albo')));
  await isUnlinked(firm);
  await hasNoAccount(await arrive('stranger', demo.portal('albo')));
});

/** At the provider: who one is, and how it ends; then back to us. */
async function answers(actor, button = 'Acconsento') {
  await actor.chooses('Luca Invenzione');
  await actor.proceeds(() => actor.page.getByRole('button', { name: button, exact: true }).click());
  if (!actor.mode.js) await actor.proceeds(() => actor.page.getByRole('button', { name: 'Continua' }).click());
  await actor.page.waitForURL(/\/albo\//);
}

async function picksProvider(actor, name, button = 'Entra con SPID') {
  await actor.opens(button);
  await actor.proceeds(() => actor.page.getByRole('link', { name }).click());
}

async function links(firm, pin) {
  await firm.goes('profilo');
  await firm.isAt('Profilo', { state: 'profile before' });
  await picksProvider(firm, 'Poste Esempio ID', 'Collega la tua identità SPID');
  await answers(firm);
  await firm.isAt('Collegare questa identità?', { walk: true });
  await firm.sees('Luca Invenzione potrà entrare');
  await firm.writes('PIN', '000000');
  await firm.presses('Collega');
  await firm.isRefused('Collegare questa identità?', 'Il PIN non è corretto');
  await firm.writes('PIN', pin);
  await firm.presses('Collega');
  await firm.isAt('Profilo', { state: 'profile linked' });
  await firm.sees('Identità collegata', 'Luca Invenzione');
}

// req: C-02 C-03 D-37
async function enters(person) {
  await person.goes('accesso');
  await person.opens('Entra con SPID');
  await person.isAt('Accedi', { state: 'providers', walk: true });
  await person.sees('Maggiori informazioni', 'Non hai SPID?', 'Serve aiuto?');
  await person.proceeds(() => person.page.getByRole('link', { name: 'Chiave Civica ID' }).click());
  await answers(person);
  await person.isAt('Quota 2027', { state: 'entered' });
}

/** The whole way of CIE: refused once, and in English, then entered. */
async function entersWithCie(person) {
  await person.goes('accesso');
  await person.follows('Entra con CIE');
  await person.chooses('Luca Invenzione');
  await person.proceeds(() => person.page.getByRole('button', { name: 'Annulla (nr25)' }).click());
  await person.isAt('Accesso con CIE non riuscito', { status: 403 });
  await person.sees('Hai annullato');
  await person.follows('Riprova con CIE');
  await person.chooses('Luca Invenzione');
  await person.proceeds(() => person.page.getByRole('button', { name: 'Acconsento e accedo' }).click());
  await person.isAt('Quota 2027', { state: 'entered with CIE' });
}

// req: C-04 F-28
async function isRefused(person) {
  await person.goes('accesso/spid');
  await person.isAt('Entra con SPID');
  await person.proceeds(() => person.page.getByRole('link', { name: 'Poste Esempio ID' }).click());
  await answers(person, 'Identità sospesa o bloccata (nr23)');
  await person.isAt('Accesso con SPID non riuscito', { status: 403 });
  await person.sees('Rivolgiti al gestore della tua identità');
  await person.follows('Riprova con SPID');
  await person.isAt('Entra con SPID', { state: 'once more' });
}

async function isUnlinked(firm) {
  await firm.goes('profilo');
  await firm.presses('Scollega Luca Invenzione');
  await firm.isAt('Profilo', { state: 'unlinked' });
  await firm.sees('Identità scollegata');
}

async function hasNoAccount(person) {
  await person.goes('accesso');
  await picksProvider(person, 'Poste Esempio ID');
  await answers(person);
  await person.isAt('Nessun profilo con la tua identità');
  await person.sees('Luca Invenzione');
}
