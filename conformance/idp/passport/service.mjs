// A service whose whole sign-in is passport-spid: nothing of SAML is written here, only its configuration.
//
//     service.mjs LEVEL METADATA KEY CERTIFICATE BINDING
//
// METADATA is a file with the metadata of the provider, BINDING is HTTP-Redirect or HTTP-POST. Prints one line of JSON with
// its addresses once it listens, on a free port of the loopback address.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';

import express from 'express';
import session from 'express-session';
import passport from 'passport';
import spid from 'passport-spid';

const [level, metadata, key, certificate, binding] = process.argv.slice(2);
const read = (file) => readFileSync(file, 'utf8');

const app = express();
const server = createServer(app);
await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
const base = `http://127.0.0.1:${server.address().port}`;

/** Who is signed in, by the provider's name for them: the same object at sign-in and at a logout from the provider. */
const people = new Map();
const strategy = new spid.SpidStrategy(
  {
    saml: {
      // Without this it sends the word RelayState in place of whatever state there was.
      additionalParams: {},
      attributeConsumingServiceIndex: '0',
      audience: base,
      authnRequestBinding: binding,
      callbackUrl: `${base}/login/cb`,
      digestAlgorithm: 'sha256',
      logoutCallbackUrl: `${base}/logout/cb`,
      privateKey: read(key),
      racComparison: 'minimum',
      signatureAlgorithm: 'sha256',
    },
    spid: {
      IDPRegistryMetadata: read(metadata),
      authnContext: Number(level),
      getIDPEntityIdFromRequest: () => undefined,
      serviceProvider: {
        type: 'public',
        entityId: base,
        certificate: read(certificate),
        acs: [{ name: 'Servizio di prova', attributes: ['spidCode', 'name', 'familyName', 'fiscalNumber', 'email'] }],
        organization: { it: { name: 'Ente di prova', displayName: 'Ente di prova', url: 'https://ente.example' } },
        contactPerson: { IPACode: 'prova', email: 'prova@ente.example' },
      },
    },
    cache: new Map(),
  },
  (profile, done) => {
    people.set(profile.nameID, profile);
    done(null, profile);
  },
  (profile, done) => done(null, people.get(profile.nameID)),
);
passport.use('spid', strategy);
passport.serializeUser((user, done) => done(null, user.nameID));
passport.deserializeUser((name, done) => done(null, people.get(name) ?? false));
const spMetadata = await strategy.generateSpidServiceProviderMetadata();

app.use(session({ name: 'passport', secret: 'for one run on the loopback address', resave: false, saveUninitialized: false }));
app.use(express.urlencoded({ extended: false }));
app.use(passport.initialize());
app.use(passport.session());
const home = (_, response) => response.send('home');
app.get('/', home);
app.get('/metadata', (_, response) => response.type('text/xml').send(spMetadata));
app.get('/login', passport.authenticate('spid'));
app.post('/login/cb', passport.authenticate('spid'), (_, response) => response.redirect('/'));
app.get('/logout', passport.authenticate('spid', { samlFallback: 'logout-request' }));
// The provider's answer is let through by passport-spid, which leaves the end of our own session to us.
const signedOut = (request, response, next) =>
  request.logout((error) => (error ? next(error) : response.redirect('/')));
app.all('/logout/cb', passport.authenticate('spid'), signedOut);
app.get('/who', (request, response) => {
  if (!request.user) return response.status(401).json(null);
  const { spidCode, name, familyName, fiscalNumber, email } = request.user;
  return response.json({ spidCode, name, familyName, fiscalNumber, email });
});
app.use((error, _request, response, _next) => response.status(403).type('text/plain').send(String(error)));

const address = (path) => `${base}${path}`;
const addresses = {
  base,
  entity_id: base,
  metadata: address('/metadata'),
  login: address('/login'),
  logout: address('/logout'),
  who: address('/who'),
  home: address('/'),
};
console.log(JSON.stringify(addresses));
