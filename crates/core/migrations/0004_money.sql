-- What is owed, what was paid.
CREATE TABLE deadlines (
    tenant text NOT NULL,
    id bigint NOT NULL,
    name text NOT NULL, -- fee-2017
    due text NOT NULL, -- civil date, the last day
    reason text NOT NULL,
    operator_id bigint,
    set_at bigint NOT NULL,
    PRIMARY KEY (tenant, id)
);
CREATE INDEX deadlines_by_name ON deadlines (tenant, name, id);
CREATE TABLE charges (
    tenant text NOT NULL,
    id bigint NOT NULL,
    firm_id bigint NOT NULL,
    kind text NOT NULL, -- annual-fee
    year bigint NOT NULL,
    amount bigint NOT NULL, -- euro cents
    computation text NOT NULL, -- JSON: lines with their legal source, and the frozen facts
    notice_number text NOT NULL, -- 18 digits
    state text NOT NULL, -- open, paid, cancelled
    asked_at bigint, -- the node asked for it: somebody is paying
    created_at bigint NOT NULL,
    settled_at bigint, -- paid or cancelled
    PRIMARY KEY (tenant, id)
);
CREATE UNIQUE INDEX charges_by_notice ON charges (tenant, notice_number);
CREATE UNIQUE INDEX charges_live ON charges (tenant, firm_id, kind, year) WHERE state <> 'cancelled';
CREATE TABLE payments (
    tenant text NOT NULL,
    id bigint NOT NULL,
    charge_id bigint NOT NULL,
    firm_id bigint NOT NULL,
    receipt_id text NOT NULL, -- the node's own id
    content bytes NOT NULL, -- digest of the receipt, to tell a repetition from a contradiction
    number text NOT NULL, -- our receipt number, YEAR/N
    amount bigint NOT NULL, -- euro cents
    psp text NOT NULL, -- who took the money
    method text, -- how
    paid_at bigint NOT NULL, -- as the receipt says
    received_at bigint NOT NULL,
    surplus boolean NOT NULL, -- the charge was already paid, or another amount: to be looked at by an operator
    PRIMARY KEY (tenant, id)
);
CREATE UNIQUE INDEX payments_by_receipt ON payments (tenant, receipt_id);
CREATE UNIQUE INDEX payments_by_number ON payments (tenant, number);
CREATE INDEX payments_by_charge ON payments (tenant, charge_id);
CREATE INDEX payments_by_firm ON payments (tenant, firm_id, id);
CREATE INDEX payments_by_day ON payments (tenant, received_at);
CREATE TABLE checkouts (
    tenant text NOT NULL,
    id bigint NOT NULL,
    token bytes NOT NULL, -- SHA-256 of the token in the return address
    charge_id bigint NOT NULL,
    account_id bigint NOT NULL,
    started_at bigint NOT NULL,
    returned_at bigint,
    outcome text, -- ok, cancel, error: what the return address said, which is no proof
    PRIMARY KEY (tenant, id)
);
CREATE UNIQUE INDEX checkouts_by_token ON checkouts (tenant, token);
CREATE INDEX checkouts_by_charge ON checkouts (tenant, charge_id, id);
