//! The SQL of the figures: it counts what other modules own.

sportello_core::statements! {
    REGISTERED_SINCE = "SELECT count(*) AS n FROM accounts WHERE tenant = $1 AND created_at >= $2";
    OWING = "SELECT count(*) AS n FROM firms WHERE tenant = $1 AND enrolled_on <= $2 AND (removed_on IS NULL OR removed_on > $2)";
    CHARGES = "SELECT count(*) AS n FROM charges WHERE tenant = $1 AND kind = $2 AND year = $3 AND state = $4";
    AMOUNT = "SELECT CAST(coalesce(sum(amount), 0) AS bigint) AS n FROM charges
              WHERE tenant = $1 AND kind = $2 AND year = $3 AND state = $4";
    PAID_SINCE = "SELECT count(*) AS n FROM charges
                  WHERE tenant = $1 AND kind = $2 AND year = $3 AND state = 'paid' AND settled_at >= $4";
    REGISTERED_BY_HOUR = "SELECT created_at / 3600000 AS hour, count(*) AS n FROM accounts
                          WHERE tenant = $1 AND created_at >= $2 AND created_at < $3 GROUP BY created_at / 3600000";
    PAID_BY_HOUR = "SELECT received_at / 3600000 AS hour, count(*) AS n FROM payments
                    WHERE tenant = $1 AND received_at >= $2 AND received_at < $3 AND NOT surplus
                    GROUP BY received_at / 3600000";
}
