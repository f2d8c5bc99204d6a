//! The only SQL of committenti.

crate::statements! {
    ADD = "INSERT INTO committenti (tenant, id, name, tax_code, email, per_minute, created_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (tenant, tax_code) DO NOTHING";
    ALL_OF_THEM = "SELECT id, name, tax_code, email, per_minute, created_at, suspended_at FROM committenti
                   WHERE tenant = $1 ORDER BY name, id";
    BY_ID = "SELECT id, name, tax_code, email, per_minute, created_at, suspended_at FROM committenti
             WHERE tenant = $1 AND id = $2";
    BY_TAX_CODE = "SELECT id, name, tax_code, email, per_minute, created_at, suspended_at FROM committenti
                   WHERE tenant = $1 AND tax_code = $2";
    SET_SUSPENDED = "UPDATE committenti SET suspended_at = $3 WHERE tenant = $1 AND id = $2";
    SET_LIMIT = "UPDATE committenti SET per_minute = $3 WHERE tenant = $1 AND id = $2";
    // A write that changes nothing: on both engines the next one of the same committente waits for this transaction.
    HOLD = "UPDATE committenti SET per_minute = per_minute WHERE tenant = $1 AND id = $2";

    GOOD_KEYS = "SELECT count(*) AS n FROM api_keys
                 WHERE tenant = $1 AND committente_id = $2 AND revoked_at IS NULL AND expires_at > $3";
    ADD_KEY = "INSERT INTO api_keys (tenant, id, committente_id, prefix, digest, label, created_at, expires_at)
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    KEYS = "SELECT id, committente_id, prefix, label, created_at, expires_at, used_at, revoked_at FROM api_keys
            WHERE tenant = $1 AND committente_id = $2 ORDER BY id DESC";
    REVOKE_KEY = "UPDATE api_keys SET revoked_at = $4
                  WHERE tenant = $1 AND committente_id = $2 AND id = $3 AND revoked_at IS NULL";
    END_KEY_SESSIONS = "DELETE FROM sessions WHERE tenant = $1 AND api_key_id = $2";
    KNOWN = "SELECT k.committente_id, k.id AS key_id, c.name, k.prefix, c.per_minute, k.expires_at, k.used_at
             FROM api_keys k JOIN committenti c ON c.tenant = k.tenant AND c.id = k.committente_id
             WHERE k.tenant = $1 AND k.digest = $2 AND k.revoked_at IS NULL AND k.expires_at > $3
                   AND c.suspended_at IS NULL";
    KEY_USED = "UPDATE api_keys SET used_at = $3 WHERE tenant = $1 AND id = $2";
    EXPIRING = "SELECT k.id, k.committente_id, k.prefix, k.label, k.created_at, k.expires_at, k.used_at, k.revoked_at
                FROM api_keys k JOIN committenti c ON c.tenant = k.tenant AND c.id = k.committente_id
                WHERE k.tenant = $1 AND k.revoked_at IS NULL AND k.expires_at > $2 AND k.expires_at <= $3
                      AND c.suspended_at IS NULL ORDER BY k.expires_at";

    END_INVITATIONS = "DELETE FROM committente_invitations WHERE tenant = $1 AND committente_id = $2";
    INVITE = "INSERT INTO committente_invitations (tenant, token, committente_id, expires_at) VALUES ($1, $2, $3, $4)";
    INVITATION = "SELECT committente_id FROM committente_invitations
                  WHERE tenant = $1 AND token = $2 AND expires_at > $3";
    USE_INVITATION = "DELETE FROM committente_invitations WHERE tenant = $1 AND token = $2";

    COUNT_REQUEST = "INSERT INTO committente_minutes (tenant, committente_id, minute, requests) VALUES ($1, $2, $3, 1)
                     ON CONFLICT (tenant, committente_id, minute)
                     DO UPDATE SET requests = committente_minutes.requests + 1 RETURNING requests";
    COUNT_DAY = "INSERT INTO committente_days (tenant, committente_id, day, requests, queries)
                 VALUES ($1, $2, $3, $4, $5) ON CONFLICT (tenant, committente_id, day)
                 DO UPDATE SET requests = committente_days.requests + excluded.requests,
                               queries = committente_days.queries + excluded.queries";
    DAYS = "SELECT day, requests, queries FROM committente_days
            WHERE tenant = $1 AND committente_id = $2 ORDER BY day DESC LIMIT $3";

    FORGET_ANSWER = "DELETE FROM idempotency WHERE tenant = $1 AND committente_id = $2 AND name = $3 AND created_at < $4";
    CLAIM = "INSERT INTO idempotency (tenant, committente_id, name, claim_id, fingerprint, busy_until, created_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (tenant, committente_id, name) DO NOTHING";
    CLAIMED = "SELECT claim_id, fingerprint, busy_until, created_at, status, head, body FROM idempotency
               WHERE tenant = $1 AND committente_id = $2 AND name = $3";
    TAKE_OVER = "UPDATE idempotency SET busy_until = $5, created_at = $6
                 WHERE tenant = $1 AND committente_id = $2 AND name = $3 AND busy_until = $4 AND status IS NULL";
    KEEP = "UPDATE idempotency SET status = $4, head = $5, body = $6
            WHERE tenant = $1 AND committente_id = $2 AND name = $3";
    RELEASE = "DELETE FROM idempotency WHERE tenant = $1 AND committente_id = $2 AND name = $3 AND status IS NULL";

    SWEEP_IDEMPOTENCY = "DELETE FROM idempotency WHERE tenant = $1 AND created_at < $2";
    SWEEP_MINUTES = "DELETE FROM committente_minutes WHERE tenant = $1 AND minute < $2";
    SWEEP_DAYS = "DELETE FROM committente_days WHERE tenant = $1 AND day < $2";
    SWEEP_INVITATIONS = "DELETE FROM committente_invitations WHERE tenant = $1 AND expires_at < $2";
}
