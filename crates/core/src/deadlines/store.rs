//! The only SQL of deadlines.

crate::statements! {
    OF = "SELECT id, due, reason, set_at FROM deadlines WHERE tenant = $1 AND name = $2 ORDER BY id";
    ADD = "INSERT INTO deadlines (tenant, id, name, due, reason, operator_id, set_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7)";
}
