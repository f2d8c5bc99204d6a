//! The only SQL of firms.

crate::statements! {
    BY_ID = "SELECT id, tax_code, albo_number, name, address, enrolled_on, removed_on,
                    suspended_from, suspended_until FROM firms
             WHERE tenant = $1 AND id = $2";
    BY_TAX_CODE = "SELECT id, tax_code, albo_number, name, address, enrolled_on, removed_on,
                    suspended_from, suspended_until FROM firms
                   WHERE tenant = $1 AND tax_code = $2";
    BY_ALBO_NUMBER = "SELECT id, tax_code, albo_number, name, address, enrolled_on, removed_on,
                    suspended_from, suspended_until FROM firms
                      WHERE tenant = $1 AND albo_number = $2";
    // A write that changes nothing: on both engines the next one of the same firm waits for this transaction.
    HOLD = "UPDATE firms SET updated_at = updated_at WHERE tenant = $1 AND id = $2";
    SEARCH = "SELECT f.id, f.tax_code, f.albo_number, f.name, a.member_code, a.level
              FROM firms f LEFT JOIN accounts a ON a.tenant = f.tenant AND a.firm_id = f.id
              WHERE f.tenant = $1 AND (lower(f.name) LIKE $2 ESCAPE '\\' OR lower(f.tax_code) LIKE $3 ESCAPE '\\'
                    OR lower(replace(f.albo_number, '/', '')) LIKE $3 ESCAPE '\\'
                    OR lower(a.member_code) LIKE $3 ESCAPE '\\' OR lower(a.email) LIKE $2 ESCAPE '\\'
                    OR a.phone LIKE $3 ESCAPE '\\')
              ORDER BY f.name, f.id LIMIT $4 OFFSET $5";
}
