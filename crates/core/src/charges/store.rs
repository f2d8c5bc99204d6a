//! The only SQL of charges.

crate::statements! {
    MAKE = "INSERT INTO charges (tenant, id, firm_id, kind, year, amount, computation, notice_number, state, created_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'open', $9)";
    LIVING = "SELECT id, firm_id, kind, year, amount, computation, notice_number, state, asked_at, created_at, settled_at
              FROM charges WHERE tenant = $1 AND firm_id = $2 AND kind = $3 AND year = $4 AND state <> 'cancelled'";
    BY_ID_IN_TX = "SELECT id, firm_id, kind, year, amount, computation, notice_number, state, asked_at, created_at, settled_at
                   FROM charges WHERE tenant = $1 AND id = $2";
    OF_FIRM = "SELECT id, firm_id, kind, year, amount, computation, notice_number, state, asked_at, created_at, settled_at
               FROM charges WHERE tenant = $1 AND firm_id = $2 ORDER BY id DESC";
    CANCEL = "UPDATE charges SET state = 'cancelled', settled_at = $3 WHERE tenant = $1 AND id = $2 AND state = 'open'";
}
