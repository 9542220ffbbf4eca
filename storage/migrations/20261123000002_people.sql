-- Who signs in, and for whom they work.

CREATE TABLE institutions (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    CONSTRAINT institutions_name_length CHECK (length(name) BETWEEN 1 AND 200),
    CONSTRAINT institutions_name_unique UNIQUE (name)
);

CREATE TABLE users (
    id TEXT NOT NULL PRIMARY KEY,
    username TEXT NOT NULL,
    display_name TEXT NOT NULL,
    role TEXT NOT NULL,
    institution_id TEXT,                   -- exactly for people of an institution
    password_hash TEXT NOT NULL,           -- PHC string, argon2id
    created_at BIGINT NOT NULL,
    disabled_at BIGINT,                    -- from then on they cannot sign in
    CONSTRAINT users_username_length CHECK (length(username) BETWEEN 1 AND 64),
    CONSTRAINT users_username_unique UNIQUE (username),
    CONSTRAINT users_display_name_length CHECK (length(display_name) BETWEEN 1 AND 100),
    CONSTRAINT users_role CHECK (role IN ('supervisor', 'manager', 'auditor', 'institution')),
    CONSTRAINT users_institution_fits_role CHECK ((role = 'institution') = (institution_id IS NOT NULL)),
    CONSTRAINT users_institution_exists FOREIGN KEY (institution_id) REFERENCES institutions (id)
);

-- A browser that is signed in. The token itself is only in the browser.
CREATE TABLE sign_ins (
    token_hash TEXT NOT NULL PRIMARY KEY,  -- SHA-256 of the token
    user_id TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    last_seen_at BIGINT NOT NULL,
    CONSTRAINT sign_ins_span CHECK (expires_at > created_at),
    CONSTRAINT sign_ins_user_exists FOREIGN KEY (user_id) REFERENCES users (id)
);

CREATE INDEX sign_ins_user ON sign_ins (user_id);
CREATE INDEX sign_ins_expiry ON sign_ins (expires_at);

-- How often signing in failed lately, by whom it was tried: a user name or an address.
CREATE TABLE sign_in_attempts (
    subject TEXT NOT NULL PRIMARY KEY,     -- SHA-256 of the user name or address, so that typed passwords do not rest here
    failures BIGINT NOT NULL,              -- in a row, within the window
    first_at BIGINT NOT NULL,              -- when the window began
    last_at BIGINT NOT NULL,
    CONSTRAINT sign_in_attempts_failures CHECK (failures >= 1)
);
