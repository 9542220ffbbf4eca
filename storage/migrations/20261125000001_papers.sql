-- What people hand in and what they sign.

CREATE TABLE files (
    id TEXT NOT NULL PRIMARY KEY,
    institution_id TEXT,                   -- whose; NULL: the centre's
    name TEXT NOT NULL,                    -- as the sender called it; only shown, never a path
    media_type TEXT NOT NULL,              -- told by the content
    bytes BIGINT NOT NULL,
    sha256 TEXT NOT NULL,
    object_key TEXT NOT NULL,              -- content-addressed: the same content twice is one object
    created_at BIGINT NOT NULL,
    created_by TEXT NOT NULL,
    CONSTRAINT files_name_length CHECK (length(name) BETWEEN 1 AND 200),
    CONSTRAINT files_bytes CHECK (bytes > 0),
    CONSTRAINT files_institution_exists FOREIGN KEY (institution_id) REFERENCES institutions (id),
    CONSTRAINT files_user_exists FOREIGN KEY (created_by) REFERENCES users (id)
);

-- A person stands by the content of a record; by this hash and no other.
CREATE TABLE signatures (
    id TEXT NOT NULL PRIMARY KEY,
    subject_kind TEXT NOT NULL,            -- a word such as supervision
    subject_id TEXT NOT NULL,
    content_sha256 TEXT NOT NULL,          -- of the record's text as it was signed
    signed_by TEXT NOT NULL,
    capacity TEXT NOT NULL,                -- as what: supervisor, institution_manager, student …
    drawing_key TEXT NOT NULL,             -- object: the drawn signature (PNG)
    signed_at BIGINT NOT NULL,
    CONSTRAINT signatures_capacity_length CHECK (length(capacity) BETWEEN 1 AND 100),
    CONSTRAINT signatures_once UNIQUE (subject_kind, subject_id, content_sha256, signed_by),
    CONSTRAINT signatures_user_exists FOREIGN KEY (signed_by) REFERENCES users (id)
);
