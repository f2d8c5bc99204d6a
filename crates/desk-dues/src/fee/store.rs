//! The SQL of fees beyond that of charges: the lock under which a charge is replaced, and charges in bulk.

sportello_core::statements! {
    LOCK_LIVING = "SELECT id, firm_id, kind, year, amount, computation, notice_number, state, asked_at, created_at, settled_at
                   FROM charges WHERE tenant = $1 AND firm_id = $2 AND kind = $3 AND year = $4 AND state <> 'cancelled'
                   /*FOR UPDATE*/";
    WITHOUT_CHARGE = "SELECT f.id FROM firms f
                      WHERE f.tenant = $1 AND f.id > $2 AND f.enrolled_on <= $3
                            AND (f.removed_on IS NULL OR f.removed_on > $3)
                            AND NOT EXISTS (SELECT c.id FROM charges c WHERE c.tenant = f.tenant AND c.firm_id = f.id
                                            AND c.kind = $4 AND c.year = $5 AND c.state <> 'cancelled')
                      ORDER BY f.id LIMIT $6";
    // A block of numbers from the same counter that single charges use.
    RESERVE_NUMBERS = "INSERT INTO counters (tenant, name, value) VALUES ($1, $2, $3)
                       ON CONFLICT (tenant, name) DO UPDATE SET value = counters.value + $3 RETURNING value AS n";
}
