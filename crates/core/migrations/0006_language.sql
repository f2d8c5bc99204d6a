-- The language in which an account's holder used the portal last: messages that nobody is waiting for are written in it.
ALTER TABLE accounts ADD COLUMN language text NOT NULL DEFAULT 'it';
