//! The only SQL of the keys of statements.

crate::statements! {
    KNOWN = "SELECT count(*) AS n FROM statement_keys WHERE tenant = $1 AND kid = $2";
    ADD = "INSERT INTO statement_keys (tenant, kid, jwk, sealed, created_at) VALUES ($1, $2, $3, $4, $5)
           ON CONFLICT (tenant, kid) DO NOTHING";
    CURRENT = "SELECT kid, sealed FROM statement_keys
               WHERE tenant = $1 AND sealed IS NOT NULL AND retired_at IS NULL ORDER BY created_at, kid LIMIT 1";
    RETIRE = "UPDATE statement_keys SET retired_at = $2 WHERE tenant = $1 AND sealed IS NOT NULL AND retired_at IS NULL";
    KEYS = "SELECT kid, jwk, created_at, retired_at FROM statement_keys WHERE tenant = $1 ORDER BY created_at DESC, kid";
    BY_KID = "SELECT kid, jwk, created_at, retired_at FROM statement_keys WHERE tenant = $1 AND kid = $2";
}
