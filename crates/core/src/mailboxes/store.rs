//! The only SQL of mailboxes and of what comes out of them.

use ::store::Sql;

crate::statements! {
    CURSOR = "SELECT uid_validity, uid FROM mail_cursors WHERE tenant = $1 AND mailbox = $2";
    // Two nodes may read the same mailbox for a moment: within an epoch the place never goes back.
    MOVE_CURSOR = "INSERT INTO mail_cursors (tenant, mailbox, uid_validity, uid) VALUES ($1, $2, $3, $4)
                   ON CONFLICT (tenant, mailbox) DO UPDATE SET uid_validity = $3,
                       uid = CASE WHEN mail_cursors.uid_validity = $3 AND mail_cursors.uid > $4 THEN mail_cursors.uid ELSE $4 END";
    // Known by its number or by its digest.
    KEEP = "INSERT INTO mail_evidence (tenant, id, mailbox, uid_validity, uid, kind, reason, notice_id, raw, received_at,
                                       digest, size, truncated, irregularities, cause)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
            ON CONFLICT DO NOTHING";
    KEEP_AGAIN = "UPDATE mail_evidence SET kind = $3, reason = $4, notice_id = $5, irregularities = $6, raw = $7,
                         truncated = $8, tried_at = $9, cause = $10, tries = tries + 1
                  WHERE tenant = $1 AND id = $2 AND kind = 'quarantined'";
    TRIED = "UPDATE mail_evidence SET reason = $3, tried_at = $4, cause = $5, tries = tries + 1
             WHERE tenant = $1 AND id = $2 AND kind = 'quarantined'";
    UNDIGESTED = "SELECT id, raw FROM mail_evidence WHERE tenant = $1 AND mailbox = $2 AND digest IS NULL LIMIT $3";
    // Of two equal ones one has the digest; the other is told apart by its id.
    DIGEST = "UPDATE mail_evidence SET digest = CASE
                  WHEN EXISTS (SELECT 1 FROM mail_evidence o WHERE o.tenant = $1 AND o.mailbox = $3 AND o.digest = $4)
                  THEN $4 || '/' || cast(id AS text) ELSE $4 END
              WHERE tenant = $1 AND id = $2";
    FAILURES = "SELECT uid, fetched, tries, reason FROM mail_failures
                WHERE tenant = $1 AND mailbox = $2 AND uid_validity = $3";
    FAILED = "INSERT INTO mail_failures (tenant, mailbox, uid_validity, uid, fetched, tries, reason, first_at)
              VALUES ($1, $2, $3, $4, $5, 1, $6, $7)
              ON CONFLICT (tenant, mailbox, uid_validity, uid)
              DO UPDATE SET tries = mail_failures.tries + 1, reason = $6, fetched = $5";
    FORGET_FAILURE = "DELETE FROM mail_failures WHERE tenant = $1 AND mailbox = $2 AND uid_validity = $3 AND uid = $4";
    QUARANTINED = "SELECT id, mailbox, size, truncated, cause, reason, received_at, tries, tried_at FROM mail_evidence
                   WHERE tenant = $1 AND kind = 'quarantined' ORDER BY id DESC LIMIT $2";
    COUNT_QUARANTINED = "SELECT count(*) AS n FROM mail_evidence WHERE tenant = $1 AND kind = 'quarantined'";
    QUARANTINED_ONE = "SELECT mailbox, uid_validity, uid, size, truncated, raw FROM mail_evidence
                       WHERE tenant = $1 AND id = $2 AND kind = 'quarantined'";
    SET_ASIDE = "UPDATE mail_evidence SET kind = 'aside' WHERE tenant = $1 AND id = $2 AND kind = 'quarantined'";
    IRREGULAR = "SELECT e.received_at, e.irregularities, e.notice_id, n.firm_id FROM mail_evidence e
                 LEFT JOIN notices n ON n.tenant = e.tenant AND n.id = e.notice_id
                 WHERE e.tenant = $1 AND e.irregularities IS NOT NULL ORDER BY e.id DESC LIMIT $2";
    TAKE = "INSERT INTO mail_leases (tenant, mailbox, holder, until_at) VALUES ($1, $2, $3, $4)
            ON CONFLICT (tenant, mailbox) DO UPDATE SET holder = $3, until_at = $4 WHERE mail_leases.until_at <= $5";
    WATCHED = "SELECT count(*) AS n FROM mail_leases WHERE tenant = $1 AND mailbox = $2 AND until_at > $3";
}

/// Whoever keeps mailboxes open says so for all of them at once, whatever tenants they belong to.
pub(super) const RENEW: Sql = Sql::new("UPDATE mail_leases SET until_at = $2 WHERE holder = $1");
/// Who keeps what open.
pub(super) const LEASES: Sql = Sql::new("SELECT tenant, mailbox, holder, until_at FROM mail_leases");
/// Another node need not wait for one that stops.
pub(super) const RELEASE: Sql = Sql::new("DELETE FROM mail_leases WHERE holder = $1");

/// The statements that serve all tenants, with their names.
pub const SHARED: &[(&str, Sql)] =
    &[("mailboxes::RENEW", RENEW), ("mailboxes::LEASES", LEASES), ("mailboxes::RELEASE", RELEASE)];
