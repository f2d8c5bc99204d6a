//! The only SQL of contact changes.

sportello_core::statements! {
    ASK = "INSERT INTO contact_changes (tenant, account_id, email, email_kind, code, expires_at) VALUES ($1, $2, $3, $4, $5, $6)
           ON CONFLICT (tenant, account_id) DO UPDATE SET email = $3, email_kind = $4, code = $5, expires_at = $6";
    PENDING = "SELECT email, email_kind, code, expires_at FROM contact_changes
               WHERE tenant = $1 AND account_id = $2 AND expires_at > $3";
    DONE = "DELETE FROM contact_changes WHERE tenant = $1 AND account_id = $2 AND code = $3";
}
