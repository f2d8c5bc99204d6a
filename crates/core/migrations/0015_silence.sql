-- The last time that a source was silent: from its last answer before to its first one after. What failed then says nothing
-- about how often it fails while it answers.
ALTER TABLE register_sources ADD COLUMN silent_from bigint;
ALTER TABLE register_sources ADD COLUMN silent_until bigint;
-- The source has said that nothing more may be asked before; what was asked may be fetched.
ALTER TABLE register_sources ADD COLUMN spent_until bigint NOT NULL DEFAULT 0;
