-- What receipts certify about a notice, and what they quote of it.
ALTER TABLE notices ADD COLUMN delivery text; -- JSON: every certified fact; state, reason and times follow from it
ALTER TABLE notices ADD COLUMN sender text; -- in whose name it was handed over last
ALTER TABLE notices ADD COLUMN provider_id text; -- the provider's own identifier, once an acceptance has named it
CREATE INDEX notices_by_provider_id ON notices (tenant, provider_id) WHERE provider_id IS NOT NULL;

ALTER TABLE mail_evidence ADD COLUMN digest text; -- of the message: it is kept once, whatever number it has in the mailbox
ALTER TABLE mail_evidence ADD COLUMN size bigint NOT NULL DEFAULT 0; -- as the server announced it
ALTER TABLE mail_evidence ADD COLUMN truncated boolean NOT NULL DEFAULT FALSE; -- at most the header is kept
ALTER TABLE mail_evidence ADD COLUMN tries bigint NOT NULL DEFAULT 1;
ALTER TABLE mail_evidence ADD COLUMN tried_at bigint; -- the last time that somebody had it tried again
ALTER TABLE mail_evidence ADD COLUMN irregularities text; -- what was odd about a receipt that counts, one a line
CREATE UNIQUE INDEX mail_evidence_by_digest ON mail_evidence (tenant, mailbox, digest);
CREATE INDEX mail_evidence_quarantined ON mail_evidence (tenant, id) WHERE kind = 'quarantined';
CREATE INDEX mail_evidence_irregular ON mail_evidence (tenant, id) WHERE irregularities IS NOT NULL;

-- Messages that could not be dealt with and will be tried again; after a few tries they are quarantined.
CREATE TABLE mail_failures (
    tenant text NOT NULL,
    mailbox text NOT NULL,
    uid_validity bigint NOT NULL,
    uid bigint NOT NULL,
    fetched boolean NOT NULL, -- it was there, and what failed came later
    tries bigint NOT NULL,
    reason text NOT NULL,
    first_at bigint NOT NULL,
    PRIMARY KEY (tenant, mailbox, uid_validity, uid)
);
-- Which node keeps a mailbox open.
CREATE TABLE mail_leases (
    tenant text NOT NULL,
    mailbox text NOT NULL,
    holder text NOT NULL, -- a word that a node makes up when it starts
    until_at bigint NOT NULL, -- then another node may take it
    PRIMARY KEY (tenant, mailbox)
);
CREATE INDEX mail_leases_by_holder ON mail_leases (holder);
-- One job for every mailbox takes the place of one job for each kind.
DELETE FROM jobs WHERE name IN ('pec.read', 'assistance.read') AND state <> 'running';
