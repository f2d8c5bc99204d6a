//! The only SQL of questions about regularity, and of statements.

sportello_core::statements! {
    ROLL_AT = "SELECT max(applied_at) AS n FROM imports WHERE tenant = $1 AND kind = 'firms' AND state = 'applied'";

    ASK = "INSERT INTO regularity_queries (tenant, id, committente_id, bulk_id, position, code, state, fresh, answer, asked_at, answered_at)
           VALUES ($1, $2, $3, NULL, 0, $4, $5, $6, $7, $8, $9) ON CONFLICT (tenant, id) DO NOTHING";
    QUERY = "SELECT id, committente_id, code, state, answer, asked_at, answered_at FROM regularity_queries
             WHERE tenant = $1 AND committente_id = $2 AND id = $3";
    // An answer is never changed.
    SETTLE = "UPDATE regularity_queries SET state = 'answered', answer = $3, answered_at = $4
              WHERE tenant = $1 AND id = $2 AND state = 'waiting'";
    LATEST = "SELECT id, committente_id, code, state, answer, asked_at, answered_at FROM regularity_queries
              WHERE tenant = $1 AND committente_id = $2 AND bulk_id IS NULL AND id < $3 ORDER BY id DESC LIMIT $4";

    OPEN_BULKS = "SELECT count(*) AS n FROM bulk_queries
                  WHERE tenant = $1 AND committente_id = $2 AND finished_at IS NULL";
    ADD_BULK = "INSERT INTO bulk_queries (tenant, id, committente_id, items, fresh, created_at)
                VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (tenant, id) DO NOTHING";
    BULK = "SELECT b.id, b.items, b.created_at, b.finished_at,
                   (SELECT count(*) FROM regularity_queries q
                    WHERE q.tenant = b.tenant AND q.bulk_id = b.id AND q.state = 'answered') AS answered,
                   (SELECT count(*) FROM regularity_queries q
                    WHERE q.tenant = b.tenant AND q.bulk_id = b.id AND q.state = 'refused') AS refused
            FROM bulk_queries b WHERE b.tenant = $1 AND b.committente_id = $2 AND b.id = $3";
    BULKS = "SELECT b.id, b.items, b.created_at, b.finished_at,
                    (SELECT count(*) FROM regularity_queries q
                     WHERE q.tenant = b.tenant AND q.bulk_id = b.id AND q.state = 'answered') AS answered,
                    (SELECT count(*) FROM regularity_queries q
                     WHERE q.tenant = b.tenant AND q.bulk_id = b.id AND q.state = 'refused') AS refused
             FROM bulk_queries b WHERE b.tenant = $1 AND b.committente_id = $2 AND b.id < $3 ORDER BY b.id DESC LIMIT $4";
    ITEMS = "SELECT id, position, code, state, reason, answer FROM regularity_queries
             WHERE tenant = $1 AND committente_id = $2 AND bulk_id = $3 AND position > $4 ORDER BY position LIMIT $5";
    WAITING = "SELECT id, position, code, fresh, asked_at FROM regularity_queries
               WHERE tenant = $1 AND bulk_id = $2 AND position > $3 AND state = 'waiting' ORDER BY position LIMIT $4";
    LEFT = "SELECT count(*) AS n FROM regularity_queries WHERE tenant = $1 AND bulk_id = $2 AND state = 'waiting'";
    FINISH = "UPDATE bulk_queries SET finished_at = $3 WHERE tenant = $1 AND id = $2 AND finished_at IS NULL
              AND NOT EXISTS (SELECT q.id FROM regularity_queries q
                              WHERE q.tenant = $1 AND q.bulk_id = $2 AND q.state = 'waiting')";

    STATE = "INSERT INTO statements (tenant, id, code, committente_id, query_id, jws, made_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (tenant, query_id) DO NOTHING";
    STATEMENT_OF_QUERY = "SELECT id, committente_id, query_id, jws, made_at FROM statements
                          WHERE tenant = $1 AND query_id = $2";
    STATEMENT_BY_CODE = "SELECT id, committente_id, query_id, jws, made_at FROM statements
                         WHERE tenant = $1 AND code = $2";
    STATEMENT = "SELECT id, committente_id, query_id, jws, made_at FROM statements WHERE tenant = $1 AND id = $2";

    SWEEP_QUERIES = "DELETE FROM regularity_queries WHERE tenant = $1 AND asked_at < $2";
    SWEEP_BULKS = "DELETE FROM bulk_queries WHERE tenant = $1 AND created_at < $2";
    SWEEP_STATEMENTS = "DELETE FROM statements WHERE tenant = $1 AND made_at < $2";
}
