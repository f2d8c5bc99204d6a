//! The only SQL of fleets.

sportello_core::statements! {
    OF = "SELECT firm_id, plate, kind, mass_kg FROM vehicles WHERE tenant = $1 AND firm_id = $2 AND year = $3 ORDER BY plate";
    CLEAR = "DELETE FROM vehicles WHERE tenant = $1 AND firm_id = $2 AND year = $3";
    ANY = "SELECT count(*) AS n FROM (SELECT plate FROM vehicles WHERE tenant = $1 AND year = $2 LIMIT 1) AS one";
    OF_FIRMS = "SELECT firm_id, plate, kind, mass_kg FROM vehicles
                WHERE tenant = $1 AND year = $2 AND firm_id >= $3 AND firm_id <= $4 ORDER BY firm_id, plate";
    // What an import has not written again is gone from the firms that it has written.
    CLEAR_STALE = "DELETE FROM vehicles WHERE tenant = $1 AND year = $2 AND source <> $3 AND firm_id IN
                   (SELECT firm_id FROM vehicles WHERE tenant = $1 AND year = $2 AND source = $3)";
}
