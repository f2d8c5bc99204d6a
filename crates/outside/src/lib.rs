//! The outside world in a box: register, mail, certified mail and payments over their real protocols.
