-- Committenti: organisations that query the regularity of firms, with keys, limits and statements of their own.
CREATE TABLE committenti (
    tenant text NOT NULL,
    id bigint NOT NULL,
    name text NOT NULL,
    tax_code text NOT NULL, -- canonical
    email text NOT NULL, -- to whom invitations go
    per_minute bigint NOT NULL, -- requests in a minute, over all keys
    created_at bigint NOT NULL,
    suspended_at bigint, -- while set, no key opens anything
    PRIMARY KEY (tenant, id)
);
CREATE UNIQUE INDEX committenti_by_tax_code ON committenti (tenant, tax_code);
CREATE TABLE api_keys (
    tenant text NOT NULL,
    id bigint NOT NULL,
    committente_id bigint NOT NULL,
    prefix text NOT NULL, -- the first characters, to tell keys apart
    digest bytes NOT NULL, -- SHA-256
    label text NOT NULL,
    created_at bigint NOT NULL,
    expires_at bigint NOT NULL,
    used_at bigint, -- last request, to within a minute
    revoked_at bigint,
    PRIMARY KEY (tenant, id)
);
CREATE UNIQUE INDEX api_keys_by_digest ON api_keys (tenant, digest);
CREATE INDEX api_keys_by_committente ON api_keys (tenant, committente_id, id);
CREATE TABLE committente_invitations (
    tenant text NOT NULL,
    token bytes NOT NULL, -- SHA-256
    committente_id bigint NOT NULL,
    expires_at bigint NOT NULL,
    PRIMARY KEY (tenant, token)
);
CREATE TABLE committente_minutes (
    tenant text NOT NULL,
    committente_id bigint NOT NULL,
    minute bigint NOT NULL, -- minutes since 1970
    requests bigint NOT NULL,
    PRIMARY KEY (tenant, committente_id, minute)
);
CREATE TABLE committente_days (
    tenant text NOT NULL,
    committente_id bigint NOT NULL,
    day text NOT NULL, -- civil date in Rome
    requests bigint NOT NULL,
    queries bigint NOT NULL, -- firms that were asked about
    PRIMARY KEY (tenant, committente_id, day)
);
CREATE TABLE idempotency (
    tenant text NOT NULL,
    committente_id bigint NOT NULL,
    name bytes NOT NULL, -- SHA-256 of the Idempotency-Key
    claim_id bigint NOT NULL, -- the id of what the request makes
    fingerprint bytes NOT NULL, -- SHA-256 of method, path and body
    busy_until bigint NOT NULL, -- a request that is under way gives up its claim then
    status bigint, -- set once it is answered
    head text, -- JSON: the headers of the answer that are repeated
    body bytes,
    created_at bigint NOT NULL,
    PRIMARY KEY (tenant, committente_id, name)
);
ALTER TABLE sessions ADD COLUMN api_key_id bigint;
CREATE TABLE regularity_queries (
    tenant text NOT NULL,
    id bigint NOT NULL,
    committente_id bigint NOT NULL,
    bulk_id bigint, -- of which bulk it is an item
    position bigint NOT NULL, -- in the bulk, from 1; 0 for a single query
    code text NOT NULL, -- canonical; of an item that is no tax code the first characters
    state text NOT NULL, -- waiting, answered, refused
    reason text, -- why it was refused: duplicate, or the key of the tax code's error
    fresh boolean NOT NULL, -- waits until the register has answered after asked_at
    answer text, -- JSON
    asked_at bigint NOT NULL,
    answered_at bigint,
    PRIMARY KEY (tenant, id)
);
CREATE INDEX regularity_queries_by_committente ON regularity_queries (tenant, committente_id, bulk_id, id);
CREATE INDEX regularity_queries_by_bulk ON regularity_queries (tenant, bulk_id, position);
CREATE INDEX regularity_queries_by_time ON regularity_queries (tenant, asked_at);
CREATE TABLE bulk_queries (
    tenant text NOT NULL,
    id bigint NOT NULL,
    committente_id bigint NOT NULL,
    items bigint NOT NULL,
    fresh boolean NOT NULL,
    created_at bigint NOT NULL,
    finished_at bigint,
    PRIMARY KEY (tenant, id)
);
CREATE INDEX bulk_queries_by_committente ON bulk_queries (tenant, committente_id, id);
CREATE TABLE statement_keys (
    tenant text NOT NULL,
    kid text NOT NULL, -- RFC 7638
    jwk text NOT NULL, -- the public key, JSON; kept after the key is retired
    sealed bytes, -- PKCS#8 of a generated key; a configured one lies in its file
    created_at bigint NOT NULL,
    retired_at bigint,
    PRIMARY KEY (tenant, kid)
);
CREATE TABLE statements (
    tenant text NOT NULL,
    id bigint NOT NULL,
    code bytes NOT NULL, -- SHA-256 of the code on the paper
    committente_id bigint NOT NULL,
    query_id bigint NOT NULL,
    jws text NOT NULL, -- compact, with what is stated
    made_at bigint NOT NULL,
    PRIMARY KEY (tenant, id)
);
CREATE UNIQUE INDEX statements_by_code ON statements (tenant, code);
CREATE UNIQUE INDEX statements_by_query ON statements (tenant, query_id);
