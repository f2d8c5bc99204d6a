-- Sign-in with an identity that somebody else vouches for: SPID and CIE.
-- A request that waits for its answer. Deleted by the first answer that names it.
CREATE TABLE identity_requests (
    tenant text NOT NULL,
    relay bytes NOT NULL, -- SHA-256 of the RelayState
    provider text NOT NULL, -- entity id
    intent text NOT NULL, -- sign-in, link
    account_id bigint, -- whose account the identity is to be linked to
    browser bytes NOT NULL, -- SHA-256 of the cookie that ties the request to a browser
    back_to text NOT NULL, -- a path of the portal
    request bytes NOT NULL, -- sealed: what was asked, and the message
    created_at bigint NOT NULL,
    expires_at bigint NOT NULL,
    PRIMARY KEY (tenant, relay)
);
-- An identity that was proved, until the browser fetches it.
CREATE TABLE identity_outcomes (
    tenant text NOT NULL,
    token bytes NOT NULL, -- SHA-256 of the token in the address
    intent text NOT NULL,
    account_id bigint,
    browser bytes NOT NULL,
    back_to text NOT NULL,
    identity bytes NOT NULL, -- sealed
    expires_at bigint NOT NULL,
    PRIMARY KEY (tenant, token)
);
CREATE TABLE used_assertions (
    tenant text NOT NULL,
    id bytes NOT NULL, -- SHA-256 of provider and identifier
    expires_at bigint NOT NULL,
    PRIMARY KEY (tenant, id)
);
-- People who may enter an account with their identity.
CREATE TABLE identity_links (
    tenant text NOT NULL,
    id bigint NOT NULL,
    account_id bigint NOT NULL,
    person bytes NOT NULL, -- keyed digest of the tax code
    label bytes NOT NULL, -- sealed: the name, for the account's holder
    linked_at bigint NOT NULL,
    PRIMARY KEY (tenant, id)
);
CREATE UNIQUE INDEX identity_links_by_person ON identity_links (tenant, person, account_id);
CREATE INDEX identity_links_by_account ON identity_links (tenant, account_id, id);
-- What was asked and answered, for as long as the rules demand (24 months).
CREATE TABLE identity_log (
    tenant text NOT NULL,
    id bigint NOT NULL,
    at bigint NOT NULL,
    provider text NOT NULL,
    result text NOT NULL, -- proved, or the name of the error
    messages bytes NOT NULL, -- sealed: request and Response
    destroy_at bigint NOT NULL,
    PRIMARY KEY (tenant, id)
);
CREATE INDEX identity_log_by_end ON identity_log (tenant, destroy_at);
-- The last good list of providers.
CREATE TABLE provider_lists (
    tenant text NOT NULL,
    scheme text NOT NULL, -- spid
    list bytes NOT NULL,
    fetched_at bigint NOT NULL,
    PRIMARY KEY (tenant, scheme)
);
-- The level at which the session's holder proved who they are (0: a password), and at which provider.
ALTER TABLE sessions ADD COLUMN level bigint NOT NULL DEFAULT 0;
ALTER TABLE sessions ADD COLUMN subject bytes; -- SHA-256 of provider and name: a provider's logout finds the session
ALTER TABLE sessions ADD COLUMN proof bytes; -- sealed: provider, name and its session, to log out there too
CREATE INDEX sessions_by_subject ON sessions (tenant, subject);
