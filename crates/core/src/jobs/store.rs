//! The only SQL of the job queue.

use ::store::Sql;

crate::statements! {
    // The partial index makes `unique` hold among waiting jobs only: a job may enqueue its own successor.
    ENQUEUE = "INSERT INTO jobs (tenant, id, lane, name, payload, state, run_at, attempts, lease_until, unique_key, created_at)
               VALUES ($1, $2, $3, $4, $5, 'ready', $6, 0, 0, $7, $8)
               ON CONFLICT (tenant, name, unique_key) WHERE state = 'ready' DO NOTHING";
    // If one waits already, it runs at the earlier of both times.
    ENQUEUE_SOONER = "INSERT INTO jobs (tenant, id, lane, name, payload, state, run_at, attempts, lease_until, unique_key, created_at)
               VALUES ($1, $2, $3, $4, $5, 'ready', $6, 0, 0, $7, $8)
               ON CONFLICT (tenant, name, unique_key) WHERE state = 'ready' DO UPDATE SET run_at = $6 WHERE jobs.run_at > $6";
    DEAD = "SELECT id, name, last_error, attempts, created_at FROM jobs
            WHERE tenant = $1 AND state = 'dead' ORDER BY id DESC LIMIT 100";
    KEEP = "UPDATE jobs SET lease_until = $3 WHERE tenant = $1 AND id = $2 AND state = 'running' AND lease_until < $3";
    DONE = "DELETE FROM jobs WHERE tenant = $1 AND id = $2";
    // The key stays, so that nobody enqueues a second one beside it, unless a successor has it already.
    RETRY = "UPDATE jobs SET state = 'ready', run_at = $3, lease_until = 0, last_error = $4,
                    unique_key = CASE WHEN EXISTS (SELECT 1 FROM jobs other
                                                   WHERE other.tenant = jobs.tenant AND other.name = jobs.name
                                                     AND other.unique_key = jobs.unique_key AND other.state = 'ready')
                                      THEN NULL ELSE unique_key END
             WHERE tenant = $1 AND id = $2";
    KILL = "UPDATE jobs SET state = 'dead', lease_until = 0, last_error = $3, unique_key = NULL
            WHERE tenant = $1 AND id = $2";
}

/// Claims due jobs of all tenants and of three lanes, which may be the same: workers serve the whole installation.
pub const CLAIM: Sql = Sql::new(
    "UPDATE jobs SET state = 'running', lease_until = $2, attempts = attempts + 1
     WHERE id IN (SELECT id FROM jobs
                  WHERE ((state = 'ready' AND run_at <= $1) OR (state = 'running' AND lease_until <= $1))
                    AND lane IN ($4, $5, $6)
                  ORDER BY run_at, id LIMIT $3 /*FOR UPDATE SKIP LOCKED*/)
     RETURNING tenant, id, name, payload, attempts",
);

/// Whether anything is due in these lanes.
pub const NEXT_CLAIM: Sql = Sql::new(
    "SELECT count(*) AS n FROM (SELECT id FROM jobs
     WHERE ((state = 'ready' AND run_at <= $1) OR (state = 'running' AND lease_until <= $1))
       AND lane IN ($2, $3, $4) LIMIT 1) due",
);
