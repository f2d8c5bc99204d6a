//! The only SQL of imports, and the keys that a file is checked against.

sportello_core::statements! {
    KEEP = "INSERT INTO imports (tenant, id, kind, year, file_name, content, good, bad, report, state, operator_id, created_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'preview', $10, $11)";
    TAKE = "UPDATE imports SET state = 'applied', applied_at = $3 WHERE tenant = $1 AND id = $2 AND state = 'preview'";
    CONTENT = "SELECT kind, year, content FROM imports WHERE tenant = $1 AND id = $2";
    FINISH = "UPDATE imports SET good = $3, bad = $4, report = $5, content = NULL WHERE tenant = $1 AND id = $2";
    DROP = "UPDATE imports SET state = 'dropped', content = NULL WHERE tenant = $1 AND id = $2 AND state = 'preview'";
    BY_ID = "SELECT id, kind, year, file_name, good, bad, report, state, created_at, applied_at
             FROM imports WHERE tenant = $1 AND id = $2";
    LATEST = "SELECT id, kind, year, file_name, good, bad, report, state, created_at, applied_at
              FROM imports WHERE tenant = $1 ORDER BY id DESC LIMIT 50";

    FIRM_KEYS = "SELECT id, tax_code, albo_number FROM firms WHERE tenant = $1 AND tax_code > $2 ORDER BY tax_code LIMIT $3";
    SUSPENDED = "SELECT id AS firm_id FROM firms
                 WHERE tenant = $1 AND suspended_from IS NOT NULL AND (suspended_until IS NULL OR suspended_until >= $2) LIMIT 1";
    PAID = "SELECT firm_id FROM charges WHERE tenant = $1 AND kind = $2 AND year = $3 AND state = 'paid' AND firm_id > $4
            ORDER BY firm_id LIMIT $5";
    OPEN_CHARGES = "SELECT count(*) AS n FROM charges WHERE tenant = $1 AND kind = $2 AND year = $3 AND state = 'open'
                    AND firm_id IN (SELECT firm_id FROM vehicles WHERE tenant = $1 AND year = $3 AND source = $4)";
}
