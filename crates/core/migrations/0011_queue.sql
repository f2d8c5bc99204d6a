-- What is due next, and since when the oldest waits, is found in one step however many wait.
CREATE INDEX register_questions_due ON register_questions (source, state, not_before);
CREATE INDEX register_questions_age ON register_questions (source, created_at);
