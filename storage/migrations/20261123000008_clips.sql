-- R9.1, R9.3: evidence. A sealed clip's row and object never change.

CREATE TABLE clips (
    id TEXT NOT NULL PRIMARY KEY,
    class_id TEXT NOT NULL,
    session_id TEXT NOT NULL,
    camera_id TEXT NOT NULL,
    wanted_start BIGINT NOT NULL,
    wanted_end BIGINT NOT NULL,
    state TEXT NOT NULL,
    starts_at BIGINT,                      -- the true span, once cut
    ends_at BIGINT,
    bytes BIGINT,
    sha256 TEXT,
    object_key TEXT,                       -- in the object store
    manifest TEXT,                         -- JSON, exactly the bytes that were signed
    envelope TEXT,                         -- JSON, the DSSE envelope with the signature
    failure TEXT,                          -- JSON {zh, en}: why there is no clip
    requested_by TEXT,                     -- NULL: the system
    requested_at BIGINT NOT NULL,
    sealed_at BIGINT,
    policy_version BIGINT NOT NULL,
    CONSTRAINT clips_wanted_span CHECK (wanted_end > wanted_start),
    CONSTRAINT clips_state CHECK (state IN ('requested', 'sealed', 'failed')),
    CONSTRAINT clips_sealed CHECK (
        (state = 'sealed') = (starts_at IS NOT NULL AND ends_at IS NOT NULL AND bytes IS NOT NULL
            AND sha256 IS NOT NULL AND object_key IS NOT NULL AND manifest IS NOT NULL
            AND envelope IS NOT NULL AND sealed_at IS NOT NULL)
    ),
    CONSTRAINT clips_not_sealed CHECK (
        state = 'sealed' OR (starts_at IS NULL AND ends_at IS NULL AND bytes IS NULL AND sha256 IS NULL
            AND object_key IS NULL AND manifest IS NULL AND envelope IS NULL AND sealed_at IS NULL)
    ),
    CONSTRAINT clips_failed CHECK ((state = 'failed') = (failure IS NOT NULL)),
    CONSTRAINT clips_span CHECK (ends_at > starts_at),
    CONSTRAINT clips_sha256 CHECK (length(sha256) = 64),
    CONSTRAINT clips_object_key_unique UNIQUE (object_key),
    CONSTRAINT clips_class_exists FOREIGN KEY (class_id) REFERENCES classes (id),
    CONSTRAINT clips_session_exists FOREIGN KEY (session_id) REFERENCES sessions (id),
    CONSTRAINT clips_camera_exists FOREIGN KEY (camera_id) REFERENCES cameras (id),
    CONSTRAINT clips_user_exists FOREIGN KEY (requested_by) REFERENCES users (id),
    CONSTRAINT clips_policy_exists FOREIGN KEY (policy_version) REFERENCES policies (version)
);

CREATE INDEX clips_of_class ON clips (class_id, id);
CREATE INDEX clips_of_session ON clips (session_id);
CREATE INDEX clips_by_state ON clips (state, id);
