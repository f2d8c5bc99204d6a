-- The source that a tenant named when a program last started: whoever waits elsewhere follows to it.
CREATE TABLE register_named (
    tenant text NOT NULL PRIMARY KEY,
    source text NOT NULL,
    since bigint NOT NULL
);
CREATE INDEX register_named_by_source ON register_named (source);
-- Who waits at another source is found without reading those who were answered.
CREATE INDEX lookups_waiting ON lookups (tenant, id) WHERE state = 'waiting';
