-- The audit log. This is the first migration of every duxue database, and its presence is how one is recognised.
--
-- Conventions of the whole schema, which SQLite and PostgreSQL read alike:
--   identities  TEXT, a UUID in its hyphenated lower-case form
--   instants    BIGINT, microseconds since 1970-01-01T00:00:00Z
--   civil dates TEXT, YYYY-MM-DD, in Asia/Shanghai
--   hashes      TEXT, lower-case hexadecimal
--   sealed      TEXT, base64 of what the secret key encrypted
--   JSON        TEXT
-- Every constraint that a person's input can break has a name, which src/constraint.rs maps to a field.

-- One row per change or reading that must be accounted for; each row's hash covers the row before it.
CREATE TABLE audit (
    seq BIGINT NOT NULL PRIMARY KEY,       -- 1, 2, 3, ... without a hole
    at BIGINT NOT NULL,
    actor TEXT,                            -- the user; NULL: the system itself
    action TEXT NOT NULL,                  -- a word such as "decide_finding"
    subject_kind TEXT NOT NULL,            -- a word such as "finding"
    subject_id TEXT NOT NULL,
    detail TEXT NOT NULL,                  -- JSON; hashed exactly as it stands here
    prev_hash TEXT NOT NULL,               -- the hash of row seq - 1; 64 zeros for the first
    hash TEXT NOT NULL,                    -- SHA-256 over all of the above, as src/audit.rs writes it out
    CONSTRAINT audit_seq CHECK (seq >= 1),
    CONSTRAINT audit_hash CHECK (length(prev_hash) = 64 AND length(hash) = 64)
);

-- What happened to one thing.
CREATE INDEX audit_subject ON audit (subject_kind, subject_id, seq);

-- The end of the chain: locked while a row is added, and what is missing at the end is noticed by it.
CREATE TABLE audit_head (
    id BIGINT NOT NULL PRIMARY KEY,        -- always 1
    seq BIGINT NOT NULL,                   -- 0 before the first entry
    hash TEXT NOT NULL,
    CONSTRAINT audit_head_single CHECK (id = 1)
);
