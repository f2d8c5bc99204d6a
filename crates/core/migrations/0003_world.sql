-- What goes out to the world and what comes back: look-ups at the register, messages, their receipts.
CREATE TABLE sources (
    tenant text NOT NULL,
    name text NOT NULL, -- business-register
    per_minute bigint, -- set by an administrator; otherwise the configured budget holds
    paused boolean NOT NULL,
    blocked_until bigint NOT NULL, -- the source's own Retry-After, or the breaker
    failures bigint NOT NULL, -- in a row
    last_answer_at bigint,
    PRIMARY KEY (tenant, name)
);
CREATE TABLE source_calls (
    tenant text NOT NULL,
    id bigint NOT NULL,
    source text NOT NULL,
    at bigint NOT NULL,
    codes bigint NOT NULL, -- how many codes the call asked for
    PRIMARY KEY (tenant, id)
);
CREATE INDEX source_calls_by_time ON source_calls (tenant, source, at);
CREATE TABLE lookups (
    tenant text NOT NULL,
    id bigint NOT NULL, -- increases with time: the order of arrival
    source text NOT NULL,
    tax_code text NOT NULL,
    email text NOT NULL, -- the address that is declared
    firm_id bigint NOT NULL,
    state text NOT NULL, -- waiting, asked, answered
    answer text, -- match, no-entry, another-address
    masked text, -- the other address, masked
    request text, -- the source's own id of the request
    not_before bigint NOT NULL,
    attempts bigint NOT NULL,
    reason text, -- why there is no answer yet
    then_job text NOT NULL, -- name of the job that is enqueued with the answer
    created_at bigint NOT NULL,
    answered_at bigint,
    PRIMARY KEY (tenant, id)
);
CREATE INDEX lookups_waiting ON lookups (tenant, source, state, id);
CREATE INDEX lookups_by_firm ON lookups (tenant, firm_id, id);
CREATE TABLE notices (
    tenant text NOT NULL,
    id bigint NOT NULL,
    unique_key text NOT NULL, -- what happened: the same event sends one message
    kind text NOT NULL,
    channel text NOT NULL, -- pec, mail
    recipient text NOT NULL,
    subject text NOT NULL,
    body bytes, -- sealed; gone once sent when it held credentials
    secret boolean NOT NULL,
    attachment text, -- JSON: the paper that is made when it is sent
    message_id text NOT NULL,
    state text NOT NULL, -- queued, sent, accepted, delivered, delayed, failed
    reason text, -- why it failed or was delayed
    firm_id bigint,
    case_id bigint, -- the registration that it belongs to
    created_at bigint NOT NULL,
    sent_at bigint,
    accepted_at bigint,
    delivered_at bigint,
    failed_at bigint,
    PRIMARY KEY (tenant, id)
);
CREATE UNIQUE INDEX notices_by_key ON notices (tenant, unique_key);
CREATE UNIQUE INDEX notices_by_message ON notices (tenant, message_id);
CREATE INDEX notices_by_firm ON notices (tenant, firm_id, id);
CREATE INDEX notices_by_case ON notices (tenant, case_id, id);
CREATE INDEX notices_failed ON notices (tenant, id) WHERE state = 'failed';
CREATE TABLE mail_evidence (
    tenant text NOT NULL,
    id bigint NOT NULL,
    mailbox text NOT NULL,
    uid_validity bigint NOT NULL,
    uid bigint NOT NULL,
    kind text NOT NULL, -- what it was read as, or quarantined
    reason text, -- why it was quarantined
    notice_id bigint, -- the message that it is about
    raw bytes NOT NULL,
    received_at bigint NOT NULL,
    PRIMARY KEY (tenant, id)
);
CREATE UNIQUE INDEX mail_evidence_once ON mail_evidence (tenant, mailbox, uid_validity, uid);
CREATE TABLE mail_cursors (
    tenant text NOT NULL,
    mailbox text NOT NULL,
    uid_validity bigint NOT NULL,
    uid bigint NOT NULL, -- the last message that was read
    PRIMARY KEY (tenant, mailbox)
);
