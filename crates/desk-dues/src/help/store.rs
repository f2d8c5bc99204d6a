//! The only SQL of requests for help.

sportello_core::statements! {
    RECORD = "INSERT INTO help_requests (tenant, id, kind, source, sender, subject, message, member_code, albo_number, phone,
                                         firm_id, agrees, state, created_at)
              VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 'open', $13)";
    WAITING = "SELECT r.id, r.kind, r.source, r.sender, r.subject, r.message, r.member_code, r.albo_number, r.phone, r.firm_id,
                      f.name AS firm_name, r.agrees, r.state, r.created_at
               FROM help_requests r LEFT JOIN firms f ON f.tenant = r.tenant AND f.id = r.firm_id
               WHERE r.tenant = $1 AND r.state = 'open' ORDER BY r.id LIMIT 200";
    BY_ID = "SELECT r.id, r.kind, r.source, r.sender, r.subject, r.message, r.member_code, r.albo_number, r.phone, r.firm_id,
                    f.name AS firm_name, r.agrees, r.state, r.created_at
             FROM help_requests r LEFT JOIN firms f ON f.tenant = r.tenant AND f.id = r.firm_id
             WHERE r.tenant = $1 AND r.id = $2";
    DECIDE = "UPDATE help_requests SET state = $3, answer = $4, operator_id = $5, decided_at = $6
              WHERE tenant = $1 AND id = $2 AND state = 'open'";
}
