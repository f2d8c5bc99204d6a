//! The only SQL of the measurements: they look into the product's tables, and fill them where people would be too slow.

sportello_core::statements! {
    FIRMS = "SELECT f.id, f.tax_code, f.albo_number FROM firms f WHERE f.tenant = $1 ORDER BY f.id";
    RESERVE = "INSERT INTO counters (tenant, name, value) VALUES ($1, $2, $3)
               ON CONFLICT (tenant, name) DO UPDATE SET value = counters.value + $3 RETURNING value AS n";
    OPEN_CHARGES = "SELECT c.notice_number, c.amount, f.tax_code, f.name FROM charges c
                    JOIN firms f ON f.tenant = c.tenant AND f.id = c.firm_id
                    WHERE c.tenant = $1 AND c.state = 'open' ORDER BY c.id";
    PAYMENTS = "SELECT count(*) AS n FROM payments WHERE tenant = $1";
    QUEUED = "SELECT (SELECT count(*) FROM notices WHERE tenant = $1 AND state = 'queued')
                   + (SELECT count(*) FROM jobs WHERE tenant = $1 AND name = 'notice.send') AS n";
    DEAD = "SELECT count(*) AS n FROM jobs WHERE tenant = $1 AND state = 'dead'";
    // As if the pause between death and restart had been longer than any lease.
    END_LEASES = "UPDATE jobs SET lease_until = 0 WHERE tenant = $1 AND state = 'running'";
    ACCOUNTS = "SELECT a.email, a.password_hash, f.tax_code FROM accounts a
                JOIN firms f ON f.tenant = a.tenant AND f.id = a.firm_id WHERE a.tenant = $1";
    STORED = "SELECT p.receipt_id, p.number, p.surplus, c.notice_number, c.state, coalesce(a.email, '') AS email
              FROM payments p JOIN charges c ON c.tenant = p.tenant AND c.id = p.charge_id
              LEFT JOIN accounts a ON a.tenant = p.tenant AND a.firm_id = p.firm_id WHERE p.tenant = $1";
    LIVING = "SELECT f.tax_code, c.notice_number FROM charges c
              JOIN firms f ON f.tenant = c.tenant AND f.id = c.firm_id WHERE c.tenant = $1 AND c.state <> 'cancelled'";
}

/// Asks the embedded engine whether its file is whole.
pub const INTEGRITY: ::store::Sql = ::store::Sql::new("PRAGMA integrity_check");
