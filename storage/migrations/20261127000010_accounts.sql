-- Tokens: what a program of a person's shows in their place.

CREATE TABLE api_tokens (
    id TEXT NOT NULL PRIMARY KEY,
    user_id TEXT NOT NULL,                 -- whose; it may never do what they may not
    name TEXT NOT NULL,                    -- what it is for, in their words
    token_hash TEXT NOT NULL,              -- SHA-256 of the token, which only its owner has
    scopes TEXT NOT NULL,                  -- JSON: the actions that it was made for
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    last_used_at BIGINT,                   -- roughly
    revoked_at BIGINT,                     -- from then on it is good for nothing; the row stays, as the log names it
    revoked_by TEXT,
    CONSTRAINT api_tokens_name_length CHECK (length(name) BETWEEN 1 AND 100),
    CONSTRAINT api_tokens_token_unique UNIQUE (token_hash),
    CONSTRAINT api_tokens_span CHECK (expires_at > created_at),
    CONSTRAINT api_tokens_revoked CHECK ((revoked_at IS NULL) = (revoked_by IS NULL)),
    CONSTRAINT api_tokens_user_exists FOREIGN KEY (user_id) REFERENCES users (id),
    CONSTRAINT api_tokens_revoker_exists FOREIGN KEY (revoked_by) REFERENCES users (id)
);

CREATE UNIQUE INDEX api_tokens_name_unique ON api_tokens (user_id, name) WHERE revoked_at IS NULL;
