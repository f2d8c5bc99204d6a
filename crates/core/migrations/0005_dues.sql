-- The dues desk: registrations, fleets, claims, requests for help, imports.
CREATE TABLE registrations (
    tenant text NOT NULL,
    id bigint NOT NULL,
    token bytes NOT NULL, -- SHA-256 of the token in the case's address
    kind text NOT NULL, -- pec, simplified, upgrade
    firm_id bigint NOT NULL,
    email text NOT NULL,
    email_kind text NOT NULL,
    phone text NOT NULL,
    language text NOT NULL,
    state text NOT NULL, -- checking, provisional, verified, mismatch, simplified, known, failed
    lookup_id bigint,
    account_id bigint,
    created_at bigint NOT NULL,
    settled_at bigint,
    PRIMARY KEY (tenant, id)
);
CREATE UNIQUE INDEX registrations_by_token ON registrations (tenant, token);
CREATE INDEX registrations_by_firm ON registrations (tenant, firm_id, id);
CREATE INDEX registrations_by_lookup ON registrations (tenant, lookup_id);
CREATE INDEX registrations_by_day ON registrations (tenant, created_at);
CREATE TABLE vehicles (
    tenant text NOT NULL,
    firm_id bigint NOT NULL,
    year bigint NOT NULL, -- the fee's year: the fleet as it stood on that year's reference date
    plate text NOT NULL,
    kind text NOT NULL, -- lorry, tractor, trailer, semitrailer
    mass_kg bigint NOT NULL, -- full-load mass; for a tractor the mass that it may tow
    source bigint NOT NULL, -- the import or claim that wrote the row
    PRIMARY KEY (tenant, year, firm_id, plate)
);
CREATE TABLE fleet_claims (
    tenant text NOT NULL,
    id bigint NOT NULL,
    firm_id bigint NOT NULL,
    account_id bigint NOT NULL,
    year bigint NOT NULL,
    message text NOT NULL,
    fleet text NOT NULL, -- JSON: the fleet as the firm says it is
    state text NOT NULL, -- open, accepted, refused
    answer text, -- what the operator says
    operator_id bigint,
    created_at bigint NOT NULL,
    decided_at bigint,
    PRIMARY KEY (tenant, id)
);
CREATE INDEX fleet_claims_by_firm ON fleet_claims (tenant, firm_id, id);
CREATE INDEX fleet_claims_by_state ON fleet_claims (tenant, state, id);
CREATE UNIQUE INDEX fleet_claims_open ON fleet_claims (tenant, firm_id, year) WHERE state = 'open';
CREATE TABLE help_requests (
    tenant text NOT NULL,
    id bigint NOT NULL,
    kind text NOT NULL, -- reset, other
    source text NOT NULL, -- mail, web
    sender text NOT NULL, -- address that it came from
    subject text NOT NULL,
    message text NOT NULL,
    member_code text, -- as read in the message
    albo_number text,
    phone text,
    firm_id bigint, -- the firm that matricola and number agree on
    agrees boolean NOT NULL, -- matricola, number and phone agree with the record
    state text NOT NULL, -- open, done, refused
    answer text,
    operator_id bigint,
    created_at bigint NOT NULL,
    decided_at bigint,
    PRIMARY KEY (tenant, id)
);
CREATE INDEX help_requests_by_state ON help_requests (tenant, state, id);
CREATE TABLE imports (
    tenant text NOT NULL,
    id bigint NOT NULL,
    kind text NOT NULL, -- firms, fleet
    year bigint, -- for fleets
    file_name text NOT NULL,
    content bytes, -- the file, until it is applied or dropped
    good bigint NOT NULL, -- rows that can be applied
    bad bigint NOT NULL, -- rows with errors
    report text NOT NULL, -- JSON: the first errors, with line and reason; the fleets that were left as they were
    state text NOT NULL, -- preview, applied, dropped
    operator_id bigint,
    created_at bigint NOT NULL,
    applied_at bigint,
    PRIMARY KEY (tenant, id)
);
