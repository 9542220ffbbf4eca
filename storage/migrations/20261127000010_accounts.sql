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

-- Invitations: a link that the inviter hands over, with which somebody sets a user name and a password, or a new password.

CREATE TABLE invitations (
    id TEXT NOT NULL PRIMARY KEY,
    token_hash TEXT NOT NULL,              -- SHA-256 of what the link holds
    display_name TEXT,                     -- of somebody new
    role TEXT,                             -- of somebody new
    institution_id TEXT,                   -- of somebody new
    user_id TEXT,                          -- who is there already and gets a new password
    created_at BIGINT NOT NULL,
    created_by TEXT NOT NULL,
    expires_at BIGINT NOT NULL,
    accepted_at BIGINT,
    accepted_as TEXT,                      -- the account that came of it
    withdrawn_at BIGINT,
    withdrawn_by TEXT,
    CONSTRAINT invitations_token_unique UNIQUE (token_hash),
    CONSTRAINT invitations_kind CHECK (
        (user_id IS NULL) = (role IS NOT NULL) AND (user_id IS NULL) = (display_name IS NOT NULL)
    ),
    CONSTRAINT invitations_display_name_length CHECK (length(display_name) BETWEEN 1 AND 100),
    CONSTRAINT invitations_role CHECK (role IN ('supervisor', 'manager', 'auditor', 'institution')),
    CONSTRAINT invitations_institution_fits_role CHECK (
        (role IS NOT NULL AND role = 'institution') = (institution_id IS NOT NULL)
    ),
    CONSTRAINT invitations_span CHECK (expires_at > created_at),
    CONSTRAINT invitations_accepted CHECK ((accepted_at IS NULL) = (accepted_as IS NULL)),
    CONSTRAINT invitations_withdrawn CHECK ((withdrawn_at IS NULL) = (withdrawn_by IS NULL)),
    CONSTRAINT invitations_one_end CHECK (accepted_at IS NULL OR withdrawn_at IS NULL),
    CONSTRAINT invitations_institution_exists FOREIGN KEY (institution_id) REFERENCES institutions (id),
    CONSTRAINT invitations_user_exists FOREIGN KEY (user_id) REFERENCES users (id),
    CONSTRAINT invitations_creator_exists FOREIGN KEY (created_by) REFERENCES users (id),
    CONSTRAINT invitations_accepted_exists FOREIGN KEY (accepted_as) REFERENCES users (id),
    CONSTRAINT invitations_withdrawer_exists FOREIGN KEY (withdrawn_by) REFERENCES users (id)
);

CREATE INDEX invitations_user ON invitations (user_id);

-- A second factor: codes by time (RFC 6238), of a secret that the person's own device has too.

CREATE TABLE second_factors (
    user_id TEXT NOT NULL PRIMARY KEY,
    secret_sealed TEXT NOT NULL,           -- encrypted; the key is outside the database
    created_at BIGINT NOT NULL,
    confirmed_at BIGINT,                   -- when a code was shown; before that it is asked for nowhere
    last_step BIGINT,                      -- the time step of the last code that was taken: a code is good once
    CONSTRAINT second_factors_confirmed CHECK ((confirmed_at IS NULL) = (last_step IS NULL)),
    CONSTRAINT second_factors_user_exists FOREIGN KEY (user_id) REFERENCES users (id)
);

-- What stands in for a code when the device is lost. Each is good once.
CREATE TABLE recovery_codes (
    user_id TEXT NOT NULL,
    code_hash TEXT NOT NULL,               -- SHA-256 of the code, which is 80 random bits
    used_at BIGINT,
    CONSTRAINT recovery_codes_once PRIMARY KEY (user_id, code_hash),
    CONSTRAINT recovery_codes_user_exists FOREIGN KEY (user_id) REFERENCES users (id)
);

-- Whoever gave the password and owes the code.
CREATE TABLE half_sign_ins (
    ticket_hash TEXT NOT NULL PRIMARY KEY, -- SHA-256 of the ticket
    user_id TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    CONSTRAINT half_sign_ins_span CHECK (expires_at > created_at),
    CONSTRAINT half_sign_ins_user_exists FOREIGN KEY (user_id) REFERENCES users (id)
);

CREATE INDEX half_sign_ins_user ON half_sign_ins (user_id);
CREATE INDEX half_sign_ins_expiry ON half_sign_ins (expires_at);

-- Requests that a client may repeat without their being done twice (draft-ietf-httpapi-idempotency-key-header).
-- Kept for a day.

CREATE TABLE repeatable_requests (
    principal TEXT NOT NULL,               -- who asks: a user or a device
    key TEXT NOT NULL,                     -- the client's word for the request
    request_hash TEXT NOT NULL,            -- SHA-256 of method, address and body
    started_at BIGINT NOT NULL,
    answer_sealed TEXT,                    -- encrypted, as some answers show a secret once; NULL: not answered yet
    CONSTRAINT repeatable_requests_once PRIMARY KEY (principal, key),
    CONSTRAINT repeatable_requests_key_length CHECK (length(key) BETWEEN 1 AND 255)
);

CREATE INDEX repeatable_requests_started ON repeatable_requests (started_at);
