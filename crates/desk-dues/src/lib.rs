//! The dues desk: members of a register who owe a yearly fee.
