// The same counter in English, from the first page to the receipt, and a look at every page of the back office.
import assert from 'node:assert/strict';
import { PASSWORD, credentials, entersOffice, writesData } from '../lib/dues.mjs';
import { firmFor } from '../lib/firms.mjs';
import { journey } from '../lib/journey.mjs';

const LABELS = { code: 'Tax code or VAT number', albo: 'Albo enrolment number', address: 'Chamber of Commerce PEC', phone: 'Phone' };

journey('english', { portal: 'albo', modes: ['js-phone', 'nojs-desktop'] }, async ({ firm, operator, demo, world, mode }) => {
  const who = firmFor(mode, 1);
  await chooses(firm);
  await registers(firm, who);
  await signsIn(firm, credentials(await world.letter(who.pec, 'Credentials')));
  await pays(firm, world, who);
  await looksBehind(operator, demo, world, who);
});

async function chooses(firm) {
  await firm.goes();
  await firm.isAt('Quota Albo 2027', { state: 'home in Italian' });
  assert.equal(await firm.page.locator('html').getAttribute('lang'), 'it');
  await firm.follows('English');
  await firm.isAt('Albo fee 2027', { state: 'home' });
  assert.equal(await firm.page.locator('html').getAttribute('lang'), 'en');
  await firm.follows('Full instructions');
  await firm.isAt('Step-by-step instructions');
}

async function registers(firm, who) {
  await firm.follows('Register the firm');
  await firm.isAt('Registration');
  await firm.presses('Continue');
  await firm.isRefused('Registration', 'Choose how you want to register');
  await firm.chooses('With the Chamber of Commerce PEC');
  await firm.presses('Continue');
  await firm.isAt('Firm details and PEC');
  await writesData(firm, who, { labels: LABELS });
  await firm.presses('Continue');
  await firm.isAt('Check the details');
  await firm.presses('Send the registration');
  await firm.waitsFor('Delivered to the mailbox');
  await firm.isAt('Registration complete');
}

async function signsIn(firm, { code, pin, password }) {
  await firm.follows('Sign in');
  await firm.isAt('Sign in');
  await firm.writes('Member number', code);
  await firm.writes('Password', password);
  await firm.presses('Sign in');
  await firm.isAt('Choose your password');
  await firm.writes('PIN', pin);
  await firm.writes('Password you were sent', password);
  await firm.writes('New password', PASSWORD);
  await firm.writes('Confirm password', PASSWORD);
  await firm.presses('Save the password');
}

async function pays(firm, world, who) {
  await firm.isAt('Fee 2027', { state: 'fee to pay' });
  await firm.follows('How it is worked out');
  await firm.isAt('How it is worked out');
  await firm.sees('Total due');
  await firm.goes('quota/contestazione');
  await firm.isAt('Is this not your fleet?');
  await firm.goes('quota');
  await firm.presses('Pay online');
  await firm.proceeds(() => firm.page.locator('button[value=default]').click());
  await firm.waitsFor('Paid:');
  await firm.isAt('Fee 2027', { state: 'fee paid' });
  await firm.opensPaper('Download the receipt');
  // Also letters that no visit causes are in the reader's language.
  await world.letter(who.pec, 'Payment receipt');
  for (const [path, heading] of [['pagamenti', 'Payments'], ['impresa', 'Firm'], ['profilo', 'Profile'], ['profilo/email', 'Change address'], ['password', 'Change password']]) {
    await firm.goes(path);
    await firm.isAt(heading);
  }
}

async function looksBehind(operator, demo, world, who) {
  await operator.goes();
  await operator.follows('English');
  await operator.isAt('Operators’ sign-in');
  await entersOffice(operator, demo, world, 'administrator', 'en');
  await operator.isAt('Back office');
  const rooms = {
    imprese: 'Firms', richieste: 'Requests for help', contestazioni: 'Claims', 'da-controllare': 'To be checked',
    registro: 'Questions to the business register', scadenze: 'Deadlines', importazioni: 'Imports', operatori: 'Operators',
    'registro-attivita': 'Activity log',
  };
  for (const [path, heading] of Object.entries(rooms)) {
    await operator.goes(path);
    await operator.isAt(heading);
  }
  await operator.goes(`imprese?q=${who.code}`);
  await operator.follows(who.name);
  await operator.isAt(who.name, { state: 'firm' });
  await operator.sees('What has happened');
}
