-- What every capability stands on: audit, jobs, counters.
CREATE TABLE audit (
    tenant text NOT NULL,
    id bigint NOT NULL,
    at bigint NOT NULL, -- milliseconds since 1970
    actor_kind text NOT NULL, -- anonymous, account, operator, system:NAME
    actor_id bigint,
    operation text NOT NULL, -- the operation's key, see access.rs
    firm_id bigint, -- the firm that it is about
    detail text NOT NULL, -- a JSON object without secrets
    request text NOT NULL, -- id of the request or job
    PRIMARY KEY (tenant, id)
);
CREATE INDEX audit_by_firm ON audit (tenant, firm_id, id);
CREATE TABLE jobs (
    tenant text NOT NULL,
    id bigint NOT NULL PRIMARY KEY,
    lane text NOT NULL,
    name text NOT NULL,
    payload text NOT NULL, -- JSON
    state text NOT NULL, -- ready, running, dead; a job that is done is deleted
    run_at bigint NOT NULL, -- not before
    attempts bigint NOT NULL,
    lease_until bigint NOT NULL, -- end of the claim of a running job
    unique_key text, -- at most one ready job with this key
    last_error text,
    created_at bigint NOT NULL
);
CREATE UNIQUE INDEX jobs_unique ON jobs (tenant, name, unique_key) WHERE state = 'ready';
CREATE INDEX jobs_due ON jobs (state, run_at);
CREATE TABLE counters (
    tenant text NOT NULL,
    name text NOT NULL,
    value bigint NOT NULL,
    PRIMARY KEY (tenant, name)
);
