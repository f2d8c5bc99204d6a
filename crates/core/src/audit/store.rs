//! The only SQL of the audit.

crate::statements! {
    WRITE = "INSERT INTO audit (tenant, id, at, actor_kind, actor_id, operation, firm_id, detail, request)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    ABOUT_FIRM = "SELECT a.at, a.actor_kind, o.name AS actor_name, a.operation, a.detail
                  FROM audit a LEFT JOIN operators o ON o.tenant = a.tenant AND o.id = a.actor_id
                  WHERE a.tenant = $1 AND a.firm_id = $2 ORDER BY a.id DESC LIMIT $3";
    LATEST = "SELECT a.at, a.actor_kind, o.name AS actor_name, a.operation, a.detail
              FROM audit a LEFT JOIN operators o ON o.tenant = a.tenant AND o.id = a.actor_id
              WHERE a.tenant = $1 ORDER BY a.id DESC LIMIT $2";
}
