//! Certified mail (PEC): messages, receipts and delivery state, with the SMTP and IMAP clients that carry them.
