-- Firms, their accounts, and the operators.
CREATE TABLE firms (
    tenant text NOT NULL,
    id bigint NOT NULL,
    tax_code text NOT NULL, -- canonical: 11 digits or 16 characters
    albo_number text NOT NULL, -- enrolment number, canonical
    name text NOT NULL,
    address text NOT NULL,
    enrolled_on text NOT NULL, -- civil date
    removed_on text, -- civil date, when the firm left the register
    updated_at bigint NOT NULL,
    PRIMARY KEY (tenant, id)
);
CREATE UNIQUE INDEX firms_by_tax_code ON firms (tenant, tax_code);
CREATE UNIQUE INDEX firms_by_albo_number ON firms (tenant, albo_number);
CREATE TABLE accounts (
    tenant text NOT NULL,
    id bigint NOT NULL,
    firm_id bigint NOT NULL,
    member_code text NOT NULL, -- matricola
    level text NOT NULL, -- payment-only, full
    email text NOT NULL,
    email_kind text NOT NULL, -- pec, ordinary
    refuses_ordinary boolean NOT NULL, -- a PEC that sent ordinary mail back
    phone text NOT NULL, -- E.164
    password_hash text NOT NULL, -- PHC string
    must_change boolean NOT NULL,
    temporary_until bigint, -- end of a temporary password
    pin_hash text NOT NULL, -- PHC string
    created_at bigint NOT NULL,
    signed_in_at bigint,
    PRIMARY KEY (tenant, id)
);
CREATE UNIQUE INDEX accounts_by_firm ON accounts (tenant, firm_id);
CREATE UNIQUE INDEX accounts_by_member_code ON accounts (tenant, member_code);
CREATE TABLE past_passwords (
    tenant text NOT NULL,
    id bigint NOT NULL,
    account_id bigint NOT NULL,
    password_hash text NOT NULL,
    replaced_at bigint NOT NULL,
    PRIMARY KEY (tenant, id)
);
CREATE INDEX past_passwords_by_account ON past_passwords (tenant, account_id, id);
CREATE TABLE tries (
    tenant text NOT NULL,
    name text NOT NULL, -- what is guessed at, as a digest
    failures bigint NOT NULL,
    last_at bigint NOT NULL,
    PRIMARY KEY (tenant, name)
);
CREATE TABLE links (
    tenant text NOT NULL,
    token bytes NOT NULL, -- SHA-256
    account_id bigint NOT NULL,
    expires_at bigint NOT NULL,
    PRIMARY KEY (tenant, token)
);
CREATE INDEX links_by_account ON links (tenant, account_id);
CREATE TABLE sessions (
    tenant text NOT NULL,
    id bigint NOT NULL,
    token bytes NOT NULL, -- SHA-256
    account_id bigint, -- one of these two is set
    operator_id bigint,
    created_at bigint NOT NULL,
    seen_at bigint NOT NULL, -- last request, to within a minute
    expires_at bigint NOT NULL,
    agent text NOT NULL, -- what the browser calls itself
    PRIMARY KEY (tenant, token)
);
CREATE INDEX sessions_by_account ON sessions (tenant, account_id);
CREATE TABLE operators (
    tenant text NOT NULL,
    id bigint NOT NULL,
    name text NOT NULL,
    email text NOT NULL,
    role text NOT NULL, -- first-level, second-level, administrator, committee
    password_hash text NOT NULL, -- PHC string
    otp_secret bytes NOT NULL, -- sealed
    otp_step bigint NOT NULL, -- last used step of RFC 6238
    active boolean NOT NULL,
    created_at bigint NOT NULL,
    PRIMARY KEY (tenant, id)
);
CREATE UNIQUE INDEX operators_by_email ON operators (tenant, lower(email));
CREATE TABLE contact_changes (
    tenant text NOT NULL,
    account_id bigint NOT NULL,
    email text NOT NULL, -- the new address
    email_kind text NOT NULL,
    code bytes NOT NULL, -- keyed digest of the code
    expires_at bigint NOT NULL,
    PRIMARY KEY (tenant, account_id)
);
