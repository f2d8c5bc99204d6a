//! The only SQL of notices.

crate::statements! {
    COMPOSE = "INSERT INTO notices (tenant, id, unique_key, kind, channel, recipient, subject, body, secret, attachment,
                                    message_id, state, firm_id, case_id, created_at)
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 'queued', $12, $13, $14)
               ON CONFLICT (tenant, unique_key) DO NOTHING";
    TO_SEND = "SELECT id, channel, recipient, subject, body, attachment, message_id, sender, state FROM notices
               WHERE tenant = $1 AND id = $2";
    HANDED_OVER_BY = "UPDATE notices SET sender = $3 WHERE tenant = $1 AND id = $2";
    // What held credentials is destroyed; the rest can be sent again. A receipt may have overtaken this.
    SENT = "UPDATE notices SET state = CASE WHEN state = 'queued' THEN 'sent' ELSE state END, sent_at = coalesce(sent_at, $3),
                   body = CASE WHEN secret THEN NULL ELSE body END
            WHERE tenant = $1 AND id = $2";
    FAILED = "UPDATE notices SET state = 'failed', reason = $3, failed_at = $4,
                     body = CASE WHEN secret THEN NULL ELSE body END
              WHERE tenant = $1 AND id = $2 AND state = 'queued'";
    BOUNCED = "UPDATE notices SET state = 'failed', reason = $3, failed_at = $4
               WHERE tenant = $1 AND id = $2 AND channel = 'mail' AND state = 'sent'";
    RESEND = "UPDATE notices SET state = 'queued', recipient = $3, message_id = $4, reason = NULL, sent_at = NULL,
                     accepted_at = NULL, delivered_at = NULL, failed_at = NULL, delivery = NULL, sender = NULL,
                     provider_id = NULL
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
    NEVER_ARRIVED = "SELECT count(*) AS n FROM notices
                     WHERE tenant = $1 AND firm_id = $2 AND secret AND state = 'failed'
                       AND NOT EXISTS (SELECT 1 FROM notices o
                                       WHERE o.tenant = $1 AND o.firm_id = $2 AND o.secret AND o.state <> 'failed')";
    BY_MESSAGE = "SELECT id, recipient, message_id, sender, provider_id, delivery, state, reason, created_at, accepted_at,
                         delivered_at, failed_at
                  FROM notices WHERE tenant = $1 AND message_id = $2 /*FOR UPDATE*/";
    BY_PROVIDER_ID = "SELECT id, recipient, message_id, sender, provider_id, delivery, state, reason, created_at, accepted_at,
                             delivered_at, failed_at
                      FROM notices WHERE tenant = $1 AND provider_id = $2 /*FOR UPDATE*/";
    // What the reader sees follows from what is certified. A provider that certifies anything has the text.
    CERTIFIED = "UPDATE notices SET delivery = $3, state = $4, reason = $5, accepted_at = $6, delivered_at = $7, failed_at = $8,
                        provider_id = coalesce(provider_id, $9), body = CASE WHEN secret THEN NULL ELSE body END
                 WHERE tenant = $1 AND id = $2";
}
