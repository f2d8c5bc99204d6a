-- Sources that are asked about firms belong to the installation, not to a tenant: bodies may share one, and its budget.
CREATE TABLE register_sources (
    name text NOT NULL PRIMARY KEY, -- as in [sources.NAME]; a tenant's own is TENANT/register
    mode text NOT NULL, -- open, paused, draining
    per_minute bigint, -- set by an administrator; otherwise the configured budget holds
    per_day bigint, -- the same
    blocked_until bigint NOT NULL, -- the source's own Retry-After, or the breaker
    failures bigint NOT NULL, -- in a row
    pass bigint NOT NULL, -- of the lane that was served last
    last_answer_at bigint
);
CREATE TABLE register_lanes (
    source text NOT NULL,
    lane text NOT NULL, -- person, third-party, background
    share bigint, -- set by an administrator; otherwise the configured share holds
    pass bigint NOT NULL, -- grows by 1/share with each question that is asked
    arrived bigint NOT NULL, -- the number of the last arrival
    taken bigint NOT NULL, -- how many arrivals were asked at least once
    drains_to bigint, -- while the source drains: later arrivals wait
    PRIMARY KEY (source, lane)
);
-- One open question for a code at a source, however many wait for its answer.
CREATE TABLE register_questions (
    id bigint NOT NULL PRIMARY KEY,
    source text NOT NULL,
    code text NOT NULL,
    lane text NOT NULL,
    number bigint NOT NULL, -- its place in the lane
    state text NOT NULL, -- waiting, asked (a call is under way), listed (the source makes a list)
    alone boolean NOT NULL, -- asked by itself, because a question about several codes was rejected
    missed boolean NOT NULL, -- left out of an answer once; asked again before that is believed
    request text, -- the source's own id of the list
    not_before bigint NOT NULL, -- nothing is done about it before; for asked: when the call is given up
    attempts bigint NOT NULL,
    polls bigint NOT NULL,
    reason text, -- why there is no answer yet
    created_at bigint NOT NULL
);
CREATE UNIQUE INDEX register_questions_open ON register_questions (source, code);
CREATE UNIQUE INDEX register_questions_place ON register_questions (source, lane, number);
CREATE INDEX register_questions_next ON register_questions (source, state, lane, number);
-- What was spent. A call counts from when it is sent until a minute after its answer.
CREATE TABLE register_calls (
    id bigint NOT NULL PRIMARY KEY,
    source text NOT NULL,
    sent_at bigint NOT NULL,
    answered_at bigint,
    spent bigint NOT NULL
);
CREATE INDEX register_calls_by_time ON register_calls (source, sent_at);
-- The last good answer about a code.
CREATE TABLE register_answers (
    source text NOT NULL,
    code text NOT NULL,
    sealed bytes NOT NULL, -- the addresses on file
    on_file boolean NOT NULL, -- whether there is one
    at bigint NOT NULL,
    PRIMARY KEY (source, code)
);
CREATE INDEX register_answers_by_time ON register_answers (at);
-- What happened in each minute, for the day's budget, the waiting time and the operators' plot.
CREATE TABLE register_minutes (
    source text NOT NULL,
    lane text NOT NULL,
    minute bigint NOT NULL, -- minutes since 1970
    arrived bigint NOT NULL,
    spent bigint NOT NULL,
    answered bigint NOT NULL,
    failed bigint NOT NULL,
    waited_ms bigint NOT NULL, -- of those that were answered, together
    PRIMARY KEY (source, lane, minute)
);

-- Whoever waits for an answer; it may be one of several.
ALTER TABLE lookups ADD COLUMN question bigint;
INSERT INTO register_sources (name, mode, per_minute, per_day, blocked_until, failures, pass, last_answer_at)
SELECT tenant || '/register', CASE WHEN paused THEN 'paused' ELSE 'open' END, per_minute, NULL,
       -- What was asked in the last minute still counts.
       CASE WHEN blocked_until > coalesce((SELECT max(at) + 61000 FROM source_calls WHERE source_calls.tenant = sources.tenant), 0)
            THEN blocked_until
            ELSE coalesce((SELECT max(at) + 61000 FROM source_calls WHERE source_calls.tenant = sources.tenant), 0) END,
       0, 0, last_answer_at
FROM sources;
INSERT INTO register_questions (id, source, code, lane, number, state, alone, missed, request, not_before, attempts, polls, reason, created_at)
SELECT min(id), tenant || '/register', tax_code, 'person', row_number() OVER (PARTITION BY tenant ORDER BY min(id)), 'waiting',
       FALSE, FALSE, NULL, 0, 0, 0, NULL, min(created_at)
FROM lookups WHERE state <> 'answered' GROUP BY tenant, tax_code;
INSERT INTO register_lanes (source, lane, share, pass, arrived, taken, drains_to)
SELECT source, 'person', NULL, 0, max(number), 0, NULL FROM register_questions GROUP BY source;
UPDATE lookups SET state = 'waiting', question = (SELECT q.id FROM register_questions q
    WHERE q.source = lookups.tenant || '/register' AND q.code = lookups.tax_code)
WHERE state <> 'answered';
UPDATE lookups SET source = tenant || '/register';
DROP INDEX lookups_waiting;
CREATE INDEX lookups_by_question ON lookups (question);
ALTER TABLE lookups DROP COLUMN request;
ALTER TABLE lookups DROP COLUMN not_before;
ALTER TABLE lookups DROP COLUMN attempts;
ALTER TABLE lookups DROP COLUMN reason;
DROP TABLE source_calls;
DROP TABLE sources;
DELETE FROM jobs WHERE name = 'register.drain' AND state <> 'running';
