//! The only SQL of registrations.

sportello_core::statements! {
    BEGIN = "INSERT INTO registrations (tenant, id, token, kind, firm_id, email, email_kind, phone, language, state, created_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
    SET_LOOKUP = "UPDATE registrations SET lookup_id = $3 WHERE tenant = $1 AND id = $2";
    SET_ACCOUNT = "UPDATE registrations SET account_id = $3 WHERE tenant = $1 AND id = $2";
    SETTLE = "UPDATE registrations SET state = $3, settled_at = $5 WHERE tenant = $1 AND id = $2 AND state = $4";
    SETTLE_OPEN = "UPDATE registrations SET state = $3, settled_at = $4
                   WHERE tenant = $1 AND id = $2 AND state IN ('checking', 'provisional')";
    BY_TOKEN = "SELECT id, kind, firm_id, email, email_kind, phone, language, state, lookup_id, account_id, created_at, settled_at
                FROM registrations WHERE tenant = $1 AND token = $2";
    BY_ID = "SELECT id, kind, firm_id, email, email_kind, phone, language, state, lookup_id, account_id, created_at, settled_at
             FROM registrations WHERE tenant = $1 AND id = $2";
    BY_LOOKUP = "SELECT id, kind, firm_id, email, email_kind, phone, language, state, lookup_id, account_id, created_at, settled_at
                 FROM registrations WHERE tenant = $1 AND lookup_id = $2";
    OF_FIRM = "SELECT id, kind, firm_id, email, email_kind, phone, language, state, lookup_id, account_id, created_at, settled_at
               FROM registrations WHERE tenant = $1 AND firm_id = $2 ORDER BY id DESC";
}
