//! Clients of Italian registries: the business register, INI-PEC, INAD, PDND vouchers.
