//! The only SQL of claims.

sportello_core::statements! {
    FILE = "INSERT INTO fleet_claims (tenant, id, firm_id, account_id, year, message, fleet, state, created_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, 'open', $8)
            ON CONFLICT (tenant, firm_id, year) WHERE state = 'open' DO NOTHING";
    BY_ID = "SELECT id, firm_id, account_id, year, message, fleet, state, answer, created_at, decided_at
             FROM fleet_claims WHERE tenant = $1 AND id = $2";
    OF_FIRM = "SELECT id, firm_id, account_id, year, message, fleet, state, answer, created_at, decided_at
               FROM fleet_claims WHERE tenant = $1 AND firm_id = $2 ORDER BY id DESC";
    OPEN = "SELECT c.id, c.firm_id, f.name, f.albo_number, c.year, c.message, c.created_at
            FROM fleet_claims c JOIN firms f ON f.tenant = c.tenant AND f.id = c.firm_id
            WHERE c.tenant = $1 AND c.state = 'open' ORDER BY c.id LIMIT 500";
    DECIDE = "UPDATE fleet_claims SET state = $3, answer = $4, operator_id = $5, decided_at = $6
              WHERE tenant = $1 AND id = $2 AND state = 'open'";
}
