//! The only SQL of accounts, sessions, tries, links and operators.

crate::statements! {
    BY_ID = "SELECT id, firm_id, member_code, level, email, email_kind, refuses_ordinary, phone, password_hash,
                    must_change, temporary_until, pin_hash, created_at, signed_in_at, language
             FROM accounts WHERE tenant = $1 AND id = $2";
    BY_FIRM = "SELECT id, firm_id, member_code, level, email, email_kind, refuses_ordinary, phone, password_hash,
                      must_change, temporary_until, pin_hash, created_at, signed_in_at, language
               FROM accounts WHERE tenant = $1 AND firm_id = $2";
    BY_MEMBER_CODE = "SELECT id, firm_id, member_code, level, email, email_kind, refuses_ordinary, phone, password_hash,
                             must_change, temporary_until, pin_hash, created_at, signed_in_at, language
                      FROM accounts WHERE tenant = $1 AND member_code = $2";
    OPEN = "INSERT INTO accounts (tenant, id, firm_id, member_code, level, email, email_kind, refuses_ordinary, phone,
                                  password_hash, must_change, temporary_until, pin_hash, created_at, language)
            VALUES ($1, $2, $3, $4, $5, $6, $7, FALSE, $8, $9, TRUE, $10, $11, $12, $13)";
    ISSUE = "UPDATE accounts SET password_hash = $3, must_change = TRUE, temporary_until = $4, pin_hash = $5
             WHERE tenant = $1 AND id = $2";
    MAKE_FULL = "UPDATE accounts SET level = 'full', email = $3, email_kind = 'pec', refuses_ordinary = FALSE
                 WHERE tenant = $1 AND id = $2";
    START_AGAIN = "UPDATE accounts SET level = 'payment-only', email = $3, email_kind = $4, refuses_ordinary = FALSE, phone = $5
                   WHERE tenant = $1 AND id = $2";
    SET_EMAIL = "UPDATE accounts SET email = $3, email_kind = $4, refuses_ordinary = FALSE WHERE tenant = $1 AND id = $2";
    SET_PHONE = "UPDATE accounts SET phone = $3 WHERE tenant = $1 AND id = $2";
    SET_REFUSES = "UPDATE accounts SET refuses_ordinary = $3 WHERE tenant = $1 AND lower(email) = lower($2)";
    SET_PASSWORD = "UPDATE accounts SET password_hash = $3, must_change = FALSE, temporary_until = NULL
                    WHERE tenant = $1 AND id = $2";
    SIGNED_IN = "UPDATE accounts SET signed_in_at = $3, language = $4 WHERE tenant = $1 AND id = $2";
    REMEMBER_PASSWORD = "INSERT INTO past_passwords (tenant, id, account_id, password_hash, replaced_at)
                         VALUES ($1, $2, $3, $4, $5)";
    PAST_PASSWORDS = "SELECT password_hash FROM past_passwords WHERE tenant = $1 AND account_id = $2
                      ORDER BY id DESC LIMIT $3";

    COUNT_TRY = "INSERT INTO tries (tenant, name, failures, last_at) VALUES ($1, $2, 1, $3)
                 ON CONFLICT (tenant, name) DO UPDATE SET failures = tries.failures + 1, last_at = $3
                 WHERE tries.failures < $4 OR tries.last_at < $5
                 RETURNING failures AS n";
    TRIES = "SELECT coalesce(max(failures), 0) AS n FROM tries WHERE tenant = $1 AND name = $2";
    FORGET_TRIES = "DELETE FROM tries WHERE tenant = $1 AND name = $2";

    MAKE_LINK = "INSERT INTO links (tenant, token, account_id, expires_at) VALUES ($1, $2, $3, $4)";
    LINK = "SELECT account_id FROM links WHERE tenant = $1 AND token = $2 AND expires_at > $3";
    USE_LINK = "DELETE FROM links WHERE tenant = $1 AND token = $2";
    END_LINKS = "DELETE FROM links WHERE tenant = $1 AND account_id = $2";

    OPEN_SESSION = "INSERT INTO sessions (tenant, id, token, account_id, operator_id, created_at, seen_at, expires_at, agent, api_key_id)
                    VALUES ($1, $2, $3, $4, $5, $6, $6, $7, $8, $9)";
    // A key that is revoked and a committente that is suspended end their sessions at once.
    SESSION = "SELECT s.account_id, s.operator_id, s.seen_at, s.level AS proved, a.firm_id, a.level, a.must_change, o.role,
                      coalesce(f.name, o.name, c.name) AS name, coalesce(a.member_code, k.prefix) AS label,
                      c.id AS committente_id, k.id AS key_id
               FROM sessions s
               LEFT JOIN accounts a ON a.tenant = s.tenant AND a.id = s.account_id
               LEFT JOIN firms f ON f.tenant = s.tenant AND f.id = a.firm_id
               LEFT JOIN operators o ON o.tenant = s.tenant AND o.id = s.operator_id AND o.active
               LEFT JOIN api_keys k ON k.tenant = s.tenant AND k.id = s.api_key_id AND k.revoked_at IS NULL AND k.expires_at > $3
               LEFT JOIN committenti c ON c.tenant = k.tenant AND c.id = k.committente_id AND c.suspended_at IS NULL
               WHERE s.tenant = $1 AND s.token = $2 AND s.expires_at > $3 AND s.seen_at > $4";
    SEEN = "UPDATE sessions SET seen_at = $3 WHERE tenant = $1 AND token = $2";
    SESSION_ID = "SELECT coalesce(max(id), 0) AS n FROM sessions WHERE tenant = $1 AND token = $2";
    OWN_SESSIONS = "SELECT id, created_at, seen_at, agent FROM sessions
                    WHERE tenant = $1 AND account_id = $2 AND expires_at > $3 AND seen_at > $4 ORDER BY seen_at DESC";
    END_SESSION = "DELETE FROM sessions WHERE tenant = $1 AND token = $2";
    END_SESSIONS = "DELETE FROM sessions WHERE tenant = $1 AND account_id = $2";
    END_OTHERS = "DELETE FROM sessions WHERE tenant = $1 AND account_id = $2 AND token <> $3";
    END_OPERATOR_SESSIONS = "DELETE FROM sessions WHERE tenant = $1 AND operator_id = $2";
    SWEEP_SESSIONS = "DELETE FROM sessions WHERE tenant = $1 AND (expires_at < $2 OR seen_at < $3)";
    SWEEP_TRIES = "DELETE FROM tries WHERE tenant = $1 AND last_at < $2 AND failures < $3";
    SWEEP_LINKS = "DELETE FROM links WHERE tenant = $1 AND expires_at < $2";

    OPERATOR_BY_EMAIL = "SELECT id, name, email, role, password_hash, otp_secret, active FROM operators
                         WHERE tenant = $1 AND lower(email) = lower($2)";
    OPERATORS = "SELECT id, name, email, role, password_hash, otp_secret, active FROM operators
                 WHERE tenant = $1 ORDER BY name";
    ADD_OPERATOR = "INSERT INTO operators (tenant, id, name, email, role, password_hash, otp_secret, otp_step, active, created_at)
                    VALUES ($1, $2, $3, $4, $5, $6, $7, 0, TRUE, $8)";
    // A step is good once, also when it is used twice at the same time.
    USE_OTP_STEP = "UPDATE operators SET otp_step = $3 WHERE tenant = $1 AND id = $2 AND otp_step < $3";
    SET_OPERATOR = "UPDATE operators SET password_hash = $3, otp_secret = $4, otp_step = 0 WHERE tenant = $1 AND id = $2";
    SET_OPERATOR_ACTIVE = "UPDATE operators SET active = $3 WHERE tenant = $1 AND id = $2";
}
