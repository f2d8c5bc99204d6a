-- Why a message was put aside, as a kind that the pages put into words; `reason` says it as the program does.
ALTER TABLE mail_evidence ADD COLUMN cause text;
