//! The only SQL of look-ups, of the questions that they wait for, and of the sources.

use ::store::Sql;

crate::statements! {
    WAIT = "INSERT INTO lookups (tenant, id, source, tax_code, email, firm_id, state, then_job, created_at, question)
            VALUES ($1, $2, $3, $4, $5, $6, 'waiting', $7, $8, $9)";
    BY_ID = "SELECT l.id, l.firm_id, l.email, l.source, l.question, l.state, l.answer, l.masked, q.reason, l.created_at, l.answered_at
             FROM lookups l LEFT JOIN register_questions q ON q.id = l.question WHERE l.tenant = $1 AND l.id = $2";
    ABOUT_FIRM = "SELECT l.id, l.firm_id, l.email, l.source, l.question, l.state, l.answer, l.masked, q.reason, l.created_at, l.answered_at
                  FROM lookups l LEFT JOIN register_questions q ON q.id = l.question
                  WHERE l.tenant = $1 AND l.firm_id = $2 ORDER BY l.id DESC LIMIT $3";
    ANSWER = "UPDATE lookups SET state = 'answered', answer = $3, masked = $4, answered_at = $5
              WHERE tenant = $1 AND id = $2 AND state = 'waiting'";
    NAME = "INSERT INTO register_named (tenant, source, since) VALUES ($1, $2, $3)
            ON CONFLICT (tenant) DO UPDATE SET source = $2, since = $3 WHERE register_named.source <> $2";
    NAMED = "SELECT source FROM register_named WHERE tenant = $1";
    LEFT_BEHIND = "SELECT id FROM lookups WHERE tenant = $1 AND state = 'waiting' AND source <> $2 AND id > $3 ORDER BY id LIMIT $4";
    STILL_BEHIND = "SELECT tax_code, email, then_job, source FROM lookups
                    WHERE tenant = $1 AND id = $2 AND state = 'waiting' AND source <> $3 /*FOR UPDATE*/";
    FOLLOW = "UPDATE lookups SET source = $3, question = $4 WHERE tenant = $1 AND id = $2 AND state = 'waiting' AND source = $5";
    GROWN_OLD = "SELECT DISTINCT l.tax_code AS code FROM lookups l JOIN register_answers a ON a.source = l.source AND a.code = l.tax_code
                 WHERE l.tenant = $1 AND l.source = $2 AND l.answer = 'match' AND a.at < $3
                   AND NOT EXISTS (SELECT 1 FROM register_questions q WHERE q.source = l.source AND q.code = l.tax_code)
                 LIMIT $4";
}

macro_rules! shared {
    ($($name:ident = $sql:expr;)*) => {
        $(pub(super) const $name: Sql = Sql::new($sql);)*
        /// The statements about what no tenant owns, with their names.
        pub const SHARED: &[(&str, Sql)] = &[$((concat!(module_path!(), "::", stringify!($name)), $name)),*];
    };
}

shared! {
    SOURCE = "SELECT mode, per_minute, per_day, blocked_until, failures, pass, last_answer_at, silent_from, silent_until, spent_until
              FROM register_sources WHERE name = $1";
    ENSURE_SOURCE = "INSERT INTO register_sources (name, mode, blocked_until, failures, pass) VALUES ($1, 'open', 0, 0, 0)
                     ON CONFLICT (name) DO NOTHING";
    HOLD_SOURCE = "SELECT mode, per_minute, per_day, blocked_until, failures, pass, last_answer_at, silent_from, silent_until, spent_until
                   FROM register_sources WHERE name = $1 /*FOR UPDATE*/";
    STANDS = "UPDATE register_sources SET pass = $2 WHERE name = $1";
    FAILED = "UPDATE register_sources SET failures = failures + 1 WHERE name = $1";
    ANSWERED_SOURCE = "UPDATE register_sources SET failures = 0, last_answer_at = $2,
                           silent_from = CASE WHEN failures >= $3 THEN last_answer_at ELSE silent_from END,
                           silent_until = CASE WHEN failures >= $3 THEN $2 ELSE silent_until END WHERE name = $1";
    // What the source has asked for stays: an answer to an earlier question takes nothing of it back.
    BLOCK = "UPDATE register_sources SET blocked_until = CASE WHEN blocked_until > $2 THEN blocked_until ELSE $2 END WHERE name = $1";
    SPENT = "UPDATE register_sources SET spent_until = CASE WHEN spent_until > $2 THEN spent_until ELSE $2 END WHERE name = $1";
    SET_MODE = "UPDATE register_sources SET mode = $2 WHERE name = $1";
    SET_BUDGET = "UPDATE register_sources SET per_minute = $2, per_day = $3 WHERE name = $1";

    LANES = "SELECT lane, share, pass, arrived, taken, drains_to FROM register_lanes WHERE source = $1 ORDER BY lane";
    // In the order of their names: whoever holds several lanes holds them in this order.
    HOLD_LANES = "SELECT lane, share, pass, arrived, taken, drains_to FROM register_lanes WHERE source = $1 ORDER BY lane /*FOR UPDATE*/";
    HOLD_LANE = "SELECT lane, share, pass, arrived, taken, drains_to FROM register_lanes
                 WHERE source = $1 AND lane = $2 /*FOR UPDATE*/";
    ENSURE_LANE = "INSERT INTO register_lanes (source, lane, pass, arrived, taken) VALUES ($1, $2, 0, 0, 0)
                   ON CONFLICT (source, lane) DO NOTHING";
    ARRIVED = "UPDATE register_lanes SET arrived = $3 WHERE source = $1 AND lane = $2";
    LEFT = "UPDATE register_lanes SET taken = taken + 1 WHERE source = $1 AND lane = $2";
    TAKEN = "UPDATE register_lanes SET taken = taken + $3, pass = $4 WHERE source = $1 AND lane = $2";
    DRAIN_TO_HERE = "UPDATE register_lanes SET drains_to = arrived WHERE source = $1";
    DRAIN_NO_MORE = "UPDATE register_lanes SET drains_to = NULL WHERE source = $1";
    SET_SHARE = "UPDATE register_lanes SET share = $3 WHERE source = $1 AND lane = $2";

    OPEN = "SELECT id, lane, state FROM register_questions WHERE source = $1 AND code = $2";
    // Changes nothing and holds the row: the question cannot be answered before whoever joins it is seen.
    JOIN = "UPDATE register_questions SET attempts = attempts WHERE id = $1";
    NEW = "INSERT INTO register_questions (id, source, code, lane, number, state, alone, missed, not_before, attempts, polls, created_at)
           VALUES ($1, $2, $3, $4, $5, 'waiting', FALSE, FALSE, 0, 0, 0, $6) ON CONFLICT (source, code) DO NOTHING";
    PROMOTE = "UPDATE register_questions SET lane = $2, number = $3 WHERE id = $1 AND lane = $4 AND state = 'waiting' AND attempts = 0";
    NEXT = "SELECT id, code, alone, missed, attempts, created_at FROM register_questions
            WHERE source = $1 AND state = 'waiting' AND lane = $2 AND number <= $3 AND not_before <= $4 ORDER BY number LIMIT $5";
    ASKED = "UPDATE register_questions SET state = 'asked', attempts = attempts + 1, not_before = $2, request = NULL, polls = 0 WHERE id = $1";
    LISTED = "UPDATE register_questions SET state = 'listed', request = $2, not_before = $3 WHERE id = $1 AND state = 'asked'";
    BACK = "UPDATE register_questions SET state = 'waiting', request = NULL, reason = $2, not_before = $3, alone = (alone OR $4)
            WHERE id = $1 AND state <> 'waiting'";
    MISSED = "UPDATE register_questions SET missed = TRUE WHERE id = $1";
    // Their node died while it asked.
    GIVE_UP = "UPDATE register_questions SET state = 'waiting', request = NULL, not_before = 0, reason = 'no answer to the request'
               WHERE source = $1 AND state = 'asked' AND not_before <= $2";
    DUE_LIST = "SELECT request, max(polls) AS polls FROM register_questions WHERE source = $1 AND state = 'listed' AND not_before <= $2
                GROUP BY request ORDER BY min(not_before), request LIMIT 1";
    CLAIM_LIST = "UPDATE register_questions SET not_before = $3, polls = polls + 1
                  WHERE source = $1 AND request = $2 AND state = 'listed' AND not_before <= $4
                  RETURNING id, code, lane, missed, created_at";
    POLL_LATER = "UPDATE register_questions SET not_before = $3 WHERE source = $1 AND request = $2 AND state = 'listed'";
    DELETE = "DELETE FROM register_questions WHERE id = $1";
    UNNAMED = "SELECT DISTINCT source FROM register_questions q
               WHERE NOT EXISTS (SELECT 1 FROM register_named n WHERE n.source = q.source)";
    // What is under way is answered, and kept.
    ORPHANS = "SELECT id, lane, (attempts = 0) AS fresh FROM register_questions q WHERE source = $1 AND state = 'waiting'
                 AND NOT EXISTS (SELECT 1 FROM lookups l WHERE l.question = q.id AND l.state = 'waiting') ORDER BY id LIMIT 1000";
    DROP_ORPHAN = "DELETE FROM register_questions WHERE id = $1 AND state = 'waiting'
                     AND NOT EXISTS (SELECT 1 FROM lookups l WHERE l.question = register_questions.id AND l.state = 'waiting')";
    ASKERS = "SELECT tenant, id, email, then_job FROM lookups WHERE question = $1 AND state = 'waiting' ORDER BY id";
    // Each of the three is one step in an index, however many wait.
    NEXT_AT = "SELECT (SELECT min(not_before) FROM register_questions WHERE source = $1 AND state = 'waiting') AS waiting,
                      (SELECT min(not_before) FROM register_questions WHERE source = $1 AND state = 'listed') AS listed,
                      (SELECT min(not_before) FROM register_questions WHERE source = $1 AND state = 'asked') AS asked";
    OLDEST = "SELECT min(created_at) AS n FROM register_questions WHERE source = $1";
    OPEN_QUESTIONS = "SELECT lane, count(*) AS n FROM register_questions WHERE source = $1 GROUP BY lane";
    // Counts no further than to the bound: whoever asks wants to know whether it is reached.
    WAITING_IN_LANE = "SELECT count(*) AS n FROM (SELECT 1 FROM register_questions WHERE source = $1 AND lane = $2 LIMIT $3) AS found";
    PLACE = "SELECT lane, number, state FROM register_questions WHERE id = $1";

    CALLS = "SELECT sent_at, answered_at, spent FROM register_calls WHERE source = $1 AND sent_at > $2 ORDER BY sent_at";
    SPEND = "INSERT INTO register_calls (id, source, sent_at, spent) VALUES ($1, $2, $3, $4)";
    UNSPEND = "UPDATE register_calls SET spent = 0 WHERE id = $1";
    CALL_ANSWERED = "UPDATE register_calls SET answered_at = $2 WHERE id = $1";
    FORGET_CALLS = "DELETE FROM register_calls WHERE source = $1 AND sent_at < $2";

    SAVE_ANSWER = "INSERT INTO register_answers (source, code, sealed, on_file, at) VALUES ($1, $2, $3, $4, $5)
                   ON CONFLICT (source, code) DO UPDATE SET sealed = $3, on_file = $4, at = $5";
    LAST_ANSWER = "SELECT sealed, on_file, at FROM register_answers WHERE source = $1 AND code = $2";
    FORGET_ANSWERS = "DELETE FROM register_answers WHERE at < $1";

    COUNT = "INSERT INTO register_minutes (source, lane, minute, arrived, spent, answered, failed, waited_ms)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
             ON CONFLICT (source, lane, minute) DO UPDATE SET arrived = register_minutes.arrived + $4,
               spent = register_minutes.spent + $5, answered = register_minutes.answered + $6,
               failed = register_minutes.failed + $7, waited_ms = register_minutes.waited_ms + $8";
    SPENT_SINCE = "SELECT CAST(coalesce(sum(spent), 0) AS bigint) AS n FROM register_minutes WHERE source = $1 AND minute >= $2";
    SPENT_CALLS_SINCE = "SELECT CAST(coalesce(sum(spent), 0) AS bigint) AS n FROM register_calls WHERE source = $1 AND sent_at > $2";
    // $2 is this minute; arrivals and their ages count since $3, failures since $4 unless between $6 and $7, what arrives now
    // since $5.
    FLOWS = "SELECT lane, CAST(sum(CASE WHEN minute >= $5 THEN arrived ELSE 0 END) AS bigint) AS arrived,
                    CAST(sum(arrived) AS bigint) AS arrived_since, CAST(sum(arrived * ($2 - minute)) AS bigint) AS ages,
                    min(CASE WHEN arrived > 0 THEN minute END) AS oldest,
                    CAST(sum(CASE WHEN minute >= $4 THEN answered ELSE 0 END) AS bigint) AS answered,
                    CAST(sum(CASE WHEN minute >= $4 AND NOT (minute >= $6 AND minute <= $7) THEN failed ELSE 0 END) AS bigint) AS failed
             FROM register_minutes WHERE source = $1 AND minute >= $3 GROUP BY lane";
    HISTORY = "SELECT minute / $3 AS slot, CAST(sum(arrived) AS bigint) AS arrived, CAST(sum(spent) AS bigint) AS spent,
                      CAST(sum(answered) AS bigint) AS answered, CAST(sum(failed) AS bigint) AS failed,
                      CAST(sum(waited_ms) AS bigint) AS waited_ms
               FROM register_minutes WHERE source = $1 AND minute >= $2 GROUP BY minute / $3 ORDER BY slot";
    FORGET_MINUTES = "DELETE FROM register_minutes WHERE source = $1 AND minute < $2";
}
