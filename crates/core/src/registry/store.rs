//! The only SQL of look-ups and of the sources' budgets.

crate::statements! {
    ASK = "INSERT INTO lookups (tenant, id, source, tax_code, email, firm_id, state, not_before, attempts, then_job, created_at)
           VALUES ($1, $2, $3, $4, $5, $6, 'waiting', 0, 0, $7, $8)";
    BY_ID = "SELECT id, firm_id, email, state, answer, masked, reason, attempts, created_at, answered_at
             FROM lookups WHERE tenant = $1 AND id = $2";
    ABOUT_FIRM = "SELECT id, firm_id, email, state, answer, masked, reason, attempts, created_at, answered_at
                  FROM lookups WHERE tenant = $1 AND firm_id = $2 ORDER BY id DESC LIMIT $3";
    AHEAD = "SELECT count(*) AS n FROM lookups WHERE tenant = $1 AND source = $2 AND state = 'waiting' AND id < $3";
    WAITING = "SELECT count(*) AS n FROM lookups WHERE tenant = $1 AND source = $2 AND state <> 'answered'";
    WAITING_IN_TX = "SELECT count(*) AS n FROM lookups WHERE tenant = $1 AND source = $2 AND state = 'waiting'";
    OLDEST = "SELECT coalesce(min(created_at), 0) AS n FROM lookups WHERE tenant = $1 AND source = $2 AND state <> 'answered'";
    NEXT = "SELECT id, tax_code FROM lookups WHERE tenant = $1 AND source = $2 AND state = 'waiting' ORDER BY id LIMIT $3";
    ASKED = "UPDATE lookups SET state = 'asked', request = NULL, not_before = $3, attempts = attempts + 1
             WHERE tenant = $1 AND id = $2";
    REQUESTED = "UPDATE lookups SET request = $3, not_before = $4 WHERE tenant = $1 AND id = $2 AND state = 'asked'";
    BACK = "UPDATE lookups SET state = 'waiting', request = NULL, reason = $3 WHERE tenant = $1 AND id = $2 AND state = 'asked'";
    ABANDON = "UPDATE lookups SET state = 'waiting', request = NULL, reason = 'no answer to the request'
               WHERE tenant = $1 AND source = $2 AND state = 'asked' AND not_before < $3";
    OPEN_REQUESTS = "SELECT id, tax_code, email, request, not_before, then_job FROM lookups
                     WHERE tenant = $1 AND source = $2 AND state = 'asked' AND request IS NOT NULL ORDER BY request, id";
    LATER = "UPDATE lookups SET not_before = $3 WHERE tenant = $1 AND id = $2 AND state = 'asked'";
    ANSWER = "UPDATE lookups SET state = 'answered', answer = $3, masked = $4, answered_at = $5, reason = NULL
              WHERE tenant = $1 AND id = $2 AND state = 'asked'";

    SOURCE = "SELECT per_minute, paused, blocked_until, failures, last_answer_at FROM sources WHERE tenant = $1 AND name = $2";
    ENSURE_SOURCE = "INSERT INTO sources (tenant, name, paused, blocked_until, failures) VALUES ($1, $2, FALSE, 0, 0)
                     ON CONFLICT (tenant, name) DO NOTHING";
    LOCK_SOURCE = "SELECT per_minute, paused, blocked_until, failures, last_answer_at FROM sources
                   WHERE tenant = $1 AND name = $2 /*FOR UPDATE*/";
    FAILED = "UPDATE sources SET failures = failures + 1 WHERE tenant = $1 AND name = $2";
    // What the source has asked for stays: an answer to an earlier question takes nothing of it back.
    BLOCK = "UPDATE sources SET blocked_until = CASE WHEN blocked_until > $3 THEN blocked_until ELSE $3 END
             WHERE tenant = $1 AND name = $2";
    ANSWERED_SOURCE = "UPDATE sources SET failures = 0, last_answer_at = $3 WHERE tenant = $1 AND name = $2";
    MANAGE = "INSERT INTO sources (tenant, name, paused, per_minute, blocked_until, failures) VALUES ($1, $2, $3, $4, 0, 0)
              ON CONFLICT (tenant, name) DO UPDATE SET paused = $3, per_minute = $4";
    CALLS = "SELECT at, codes FROM source_calls WHERE tenant = $1 AND source = $2 AND at > $3 ORDER BY at";
    CALLS_SINCE = "SELECT CAST(coalesce(sum(codes), 0) AS bigint) AS n FROM source_calls WHERE tenant = $1 AND source = $2 AND at > $3";
    SPEND = "INSERT INTO source_calls (tenant, id, source, at, codes) VALUES ($1, $2, $3, $4, $5)";
    FORGET_CALLS = "DELETE FROM source_calls WHERE tenant = $1 AND source = $2 AND at < $3";
}
