//! The only SQL of payments and checkouts.

crate::statements! {
    OF_FIRM = "SELECT p.id, p.charge_id, p.firm_id, p.receipt_id, p.number, p.amount, p.psp, p.method, p.paid_at, p.received_at,
                      p.surplus, c.year, c.notice_number
               FROM payments p JOIN charges c ON c.tenant = p.tenant AND c.id = p.charge_id
               WHERE p.tenant = $1 AND p.firm_id = $2 ORDER BY p.id DESC";
    BY_ID = "SELECT p.id, p.charge_id, p.firm_id, p.receipt_id, p.number, p.amount, p.psp, p.method, p.paid_at, p.received_at,
                    p.surplus, c.year, c.notice_number
             FROM payments p JOIN charges c ON c.tenant = p.tenant AND c.id = p.charge_id
             WHERE p.tenant = $1 AND p.id = $2";
    OF_CHARGE = "SELECT p.id, p.charge_id, p.firm_id, p.receipt_id, p.number, p.amount, p.psp, p.method, p.paid_at, p.received_at,
                        p.surplus, c.year, c.notice_number
                 FROM payments p JOIN charges c ON c.tenant = p.tenant AND c.id = p.charge_id
                 WHERE p.tenant = $1 AND p.charge_id = $2 AND c.state = 'paid' ORDER BY p.id LIMIT 1";
    SURPLUS = "SELECT p.id, p.charge_id, p.firm_id, p.receipt_id, p.number, p.amount, p.psp, p.method, p.paid_at, p.received_at,
                      p.surplus, c.year, c.notice_number
               FROM payments p JOIN charges c ON c.tenant = p.tenant AND c.id = p.charge_id
               WHERE p.tenant = $1 AND p.surplus ORDER BY p.id DESC LIMIT 200";
    CHARGE_BY_NOTICE = "SELECT id, firm_id, kind, year, amount, computation, notice_number, state, asked_at, created_at, settled_at
                        FROM charges WHERE tenant = $1 AND notice_number = $2";
    LOCK_CHARGE = "SELECT id, firm_id, kind, year, amount, computation, notice_number, state, asked_at, created_at, settled_at
                   FROM charges WHERE tenant = $1 AND notice_number = $2 /*FOR UPDATE*/";
    ASKED = "UPDATE charges SET asked_at = $3 WHERE tenant = $1 AND id = $2";
    BY_RECEIPT = "SELECT charge_id, content FROM payments WHERE tenant = $1 AND receipt_id = $2";
    RECORD = "INSERT INTO payments (tenant, id, charge_id, firm_id, receipt_id, content, number, amount, psp, method, paid_at,
                                    received_at, surplus)
              VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)";
    SETTLE = "UPDATE charges SET state = 'paid', settled_at = $3 WHERE tenant = $1 AND id = $2 AND state = 'open'";
    START = "INSERT INTO checkouts (tenant, id, token, charge_id, account_id, started_at) VALUES ($1, $2, $3, $4, $5, $6)";
    RETURN = "UPDATE checkouts SET outcome = $3, returned_at = $4 WHERE tenant = $1 AND token = $2 AND returned_at IS NULL";
    RETURNED_OK = "SELECT returned_at FROM checkouts WHERE tenant = $1 AND charge_id = $2 AND outcome = 'ok'
                   ORDER BY id DESC LIMIT 1";
}
