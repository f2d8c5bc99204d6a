//! The only SQL of identities.

crate::statements! {
    BEGIN = "INSERT INTO identity_requests (tenant, relay, provider, intent, account_id, browser, back_to, request, created_at, expires_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    TAKE_REQUEST = "DELETE FROM identity_requests WHERE tenant = $1 AND relay = $2 AND expires_at > $3
                    RETURNING provider, intent, account_id, browser, back_to, request";
    TAKE_CARD_REQUEST = "DELETE FROM identity_requests WHERE tenant = $1 AND relay = $2 AND expires_at > $3 AND provider = $4
                         RETURNING provider, intent, account_id, browser, back_to, request";
    USE_ASSERTION = "INSERT INTO used_assertions (tenant, id, expires_at) VALUES ($1, $2, $3)
                     ON CONFLICT (tenant, id) DO NOTHING";
    KEEP_OUTCOME = "INSERT INTO identity_outcomes (tenant, token, intent, account_id, browser, back_to, identity, expires_at)
                    VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    OUTCOME = "SELECT intent, account_id, back_to, identity FROM identity_outcomes
               WHERE tenant = $1 AND token = $2 AND browser = $3 AND expires_at > $4";
    USE_OUTCOME = "DELETE FROM identity_outcomes WHERE tenant = $1 AND token = $2 AND browser = $3 AND expires_at > $4";

    // The firm's own tax code, the company's for which the person acts, or an account that was linked before.
    CANDIDATES = "SELECT a.id AS id, a.firm_id AS firm_id, a.member_code AS member_code, f.name AS firm FROM accounts a
                  JOIN firms f ON f.tenant = a.tenant AND f.id = a.firm_id
                  WHERE a.tenant = $1 AND (f.tax_code = $2 OR f.tax_code = $3 OR f.tax_code = $4)
                  UNION
                  SELECT a.id AS id, a.firm_id AS firm_id, a.member_code AS member_code, f.name AS firm FROM identity_links l
                  JOIN accounts a ON a.tenant = l.tenant AND a.id = l.account_id
                  JOIN firms f ON f.tenant = a.tenant AND f.id = a.firm_id
                  WHERE l.tenant = $1 AND l.person = $5
                  ORDER BY firm, id LIMIT 50";
    // The same for one account.
    MAY_ENTER = "SELECT a.id AS id, a.firm_id AS firm_id, a.member_code AS member_code, f.name AS firm FROM accounts a
                 JOIN firms f ON f.tenant = a.tenant AND f.id = a.firm_id
                 WHERE a.tenant = $1 AND a.id = $6
                   AND (f.tax_code = $2 OR f.tax_code = $3 OR f.tax_code = $4
                        OR EXISTS (SELECT 1 FROM identity_links l
                                   WHERE l.tenant = $1 AND l.account_id = a.id AND l.person = $5))";
    LINK = "INSERT INTO identity_links (tenant, id, account_id, person, label, linked_at) VALUES ($1, $2, $3, $4, $5, $6)
            ON CONFLICT (tenant, person, account_id) DO NOTHING";
    LINKS = "SELECT id, label, linked_at FROM identity_links WHERE tenant = $1 AND account_id = $2 ORDER BY id";
    UNLINK = "DELETE FROM identity_links WHERE tenant = $1 AND account_id = $2 AND id = $3";

    UNLINK_ALL = "DELETE FROM identity_links WHERE tenant = $1 AND account_id = $2";
    // Who may no longer enter with an identity is not in either; a session with a password stays.
    END_PROVED = "DELETE FROM sessions WHERE tenant = $1 AND account_id = $2 AND level > 0 AND token <> $3";

    PROVE_SESSION = "UPDATE sessions SET level = $3, subject = $4, proof = $5 WHERE tenant = $1 AND token = $2";
    PROOF = "SELECT proof FROM sessions WHERE tenant = $1 AND token = $2";
    END_BY_SUBJECT = "DELETE FROM sessions WHERE tenant = $1 AND subject = $2";

    LOG = "INSERT INTO identity_log (tenant, id, at, provider, result, messages, destroy_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7)";
    LOGGED = "SELECT id, at, provider, result, messages FROM identity_log
              WHERE tenant = $1 AND at >= $2 AND at < $3 AND id > $4 ORDER BY id LIMIT 200";

    LIST = "SELECT list FROM provider_lists WHERE tenant = $1 AND scheme = $2";
    KEPT_LIST = "SELECT list, fetched_at FROM provider_lists WHERE tenant = $1 AND scheme = $2";
    SET_LIST = "INSERT INTO provider_lists (tenant, scheme, list, fetched_at) VALUES ($1, $2, $3, $4)
                ON CONFLICT (tenant, scheme) DO UPDATE SET list = $3, fetched_at = $4";

    SWEEP_REQUESTS = "DELETE FROM identity_requests WHERE tenant = $1 AND expires_at < $2";
    OVERDUE_OUTCOMES = "SELECT token, identity FROM identity_outcomes WHERE tenant = $1 AND expires_at < $2";
    SWEEP_OUTCOMES = "DELETE FROM identity_outcomes WHERE tenant = $1 AND expires_at < $2";
    SWEEP_ASSERTIONS = "DELETE FROM used_assertions WHERE tenant = $1 AND expires_at < $2";
    SWEEP_LOG = "DELETE FROM identity_log WHERE tenant = $1 AND destroy_at < $2";
}
