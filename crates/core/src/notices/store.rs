//! The only SQL of notices and of the mail that comes back.

crate::statements! {
    COMPOSE = "INSERT INTO notices (tenant, id, unique_key, kind, channel, recipient, subject, body, secret, attachment,
                                    message_id, state, firm_id, case_id, created_at)
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 'queued', $12, $13, $14)
               ON CONFLICT (tenant, unique_key) DO NOTHING";
    TO_SEND = "SELECT id, channel, recipient, subject, body, attachment, message_id, state FROM notices
               WHERE tenant = $1 AND id = $2";
    // What held credentials is destroyed; the rest can be sent again.
    SENT = "UPDATE notices SET state = 'sent', sent_at = $3, body = CASE WHEN secret THEN NULL ELSE body END
            WHERE tenant = $1 AND id = $2 AND state = 'queued'";
    FAILED = "UPDATE notices SET state = 'failed', reason = $3, failed_at = $4,
                     body = CASE WHEN secret THEN NULL ELSE body END
              WHERE tenant = $1 AND id = $2 AND state <> 'delivered'";
    RESEND = "UPDATE notices SET state = 'queued', recipient = $3, message_id = $4, reason = NULL, sent_at = NULL,
                     accepted_at = NULL, delivered_at = NULL, failed_at = NULL
              WHERE tenant = $1 AND id = $2 AND NOT secret AND state <> 'queued'";
    BY_ID = "SELECT id, kind, channel, recipient, subject, secret, state, reason, firm_id, created_at, sent_at,
                    accepted_at, delivered_at, failed_at
             FROM notices WHERE tenant = $1 AND id = $2";
    ABOUT_FIRM = "SELECT id, kind, channel, recipient, subject, secret, state, reason, firm_id, created_at, sent_at,
                         accepted_at, delivered_at, failed_at
                  FROM notices WHERE tenant = $1 AND firm_id = $2 ORDER BY id DESC LIMIT $3";
    FAILED_NOTICES = "SELECT id, kind, channel, recipient, subject, secret, state, reason, firm_id, created_at, sent_at,
                             accepted_at, delivered_at, failed_at
                      FROM notices WHERE tenant = $1 AND state = 'failed' ORDER BY id DESC LIMIT $2";
    COUNT_FAILED = "SELECT count(*) AS n FROM notices WHERE tenant = $1 AND state = 'failed'";
    OF_CASE = "SELECT id, kind, channel, recipient, subject, secret, state, reason, firm_id, created_at, sent_at,
                      accepted_at, delivered_at, failed_at
               FROM notices WHERE tenant = $1 AND case_id = $2 ORDER BY id DESC";
    BY_MESSAGE = "SELECT id, recipient FROM notices WHERE tenant = $1 AND message_id = $2";
    // Receipts may overtake each other: a time is set once, and a state never goes back.
    ACCEPTED = "UPDATE notices SET accepted_at = coalesce(accepted_at, $3),
                       state = CASE WHEN state IN ('queued', 'sent') THEN 'accepted' ELSE state END
                WHERE tenant = $1 AND id = $2";
    DELAYED = "UPDATE notices SET reason = $3, state = CASE WHEN state IN ('queued', 'sent', 'accepted') THEN 'delayed' ELSE state END
               WHERE tenant = $1 AND id = $2";
    DELIVERED = "UPDATE notices SET delivered_at = coalesce(delivered_at, $3), state = 'delivered', reason = NULL
                 WHERE tenant = $1 AND id = $2";

    CURSOR = "SELECT uid_validity, uid FROM mail_cursors WHERE tenant = $1 AND mailbox = $2";
    MOVE_CURSOR = "INSERT INTO mail_cursors (tenant, mailbox, uid_validity, uid) VALUES ($1, $2, $3, $4)
                   ON CONFLICT (tenant, mailbox) DO UPDATE SET uid_validity = $3, uid = $4";
    KEEP = "INSERT INTO mail_evidence (tenant, id, mailbox, uid_validity, uid, kind, reason, notice_id, raw, received_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
            ON CONFLICT (tenant, mailbox, uid_validity, uid) DO NOTHING";
    QUARANTINED = "SELECT count(*) AS n FROM mail_evidence WHERE tenant = $1 AND kind = 'quarantined'";
}
