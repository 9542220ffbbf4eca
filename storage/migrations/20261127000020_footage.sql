-- 九, R9.1, R9.3: what becomes of a video that an institution handed in, once its check has accepted it: sealed, shown in
-- pictures, taken as evidence or not, and compared with what was handed in before.

-- The seal. Written with the verdict, and never changed.
CREATE TABLE upload_seals (
    upload_id TEXT NOT NULL,
    manifest TEXT NOT NULL,                -- JSON, exactly the bytes that were signed
    envelope TEXT NOT NULL,                -- JSON, the DSSE envelope with the signature
    sealed_at BIGINT NOT NULL,
    CONSTRAINT upload_seals_once PRIMARY KEY (upload_id),
    CONSTRAINT upload_seals_upload_exists FOREIGN KEY (upload_id) REFERENCES uploads (id)
);

-- Whether it counts. A person's decision, which the next one may change; the audit log has them all.
CREATE TABLE upload_evidence (
    upload_id TEXT NOT NULL,
    state TEXT NOT NULL,
    session_id TEXT,                       -- while taken: the lesson that it shows
    reason TEXT,                           -- while turned down: why
    revision BIGINT NOT NULL,              -- 1 at the first decision, one more at each
    policy_version BIGINT NOT NULL,        -- whose numbers it was decided by
    decided_by TEXT NOT NULL,
    decided_at BIGINT NOT NULL,
    CONSTRAINT upload_evidence_once PRIMARY KEY (upload_id),
    CONSTRAINT upload_evidence_state CHECK (state IN ('taken', 'turned_down')),
    CONSTRAINT upload_evidence_taken CHECK ((state = 'taken') = (session_id IS NOT NULL)),
    CONSTRAINT upload_evidence_turned_down CHECK ((state = 'turned_down') = (reason IS NOT NULL)),
    CONSTRAINT upload_evidence_reason_length CHECK (length(reason) BETWEEN 1 AND 2000),
    CONSTRAINT upload_evidence_session_once UNIQUE (session_id),
    CONSTRAINT upload_evidence_upload_exists FOREIGN KEY (upload_id) REFERENCES upload_seals (upload_id),
    CONSTRAINT upload_evidence_session_exists FOREIGN KEY (session_id) REFERENCES sessions (id),
    CONSTRAINT upload_evidence_policy_exists FOREIGN KEY (policy_version) REFERENCES policies (version),
    CONSTRAINT upload_evidence_user_exists FOREIGN KEY (decided_by) REFERENCES users (id)
);

-- What was made of a sealed upload to look at it, keys in the object store; NULL: it could not be made.
CREATE TABLE upload_views (
    upload_id TEXT NOT NULL,
    sha256 TEXT NOT NULL,                  -- of its video
    sheet TEXT,                            -- a contact sheet, JPEG
    thumbnail TEXT,                        -- a picture out of its middle, JPEG
    trace TEXT,                            -- analytics::footage::Trace: what moves in it
    made_at BIGINT NOT NULL,
    CONSTRAINT upload_views_once PRIMARY KEY (upload_id),
    CONSTRAINT upload_views_upload_exists FOREIGN KEY (upload_id) REFERENCES upload_seals (upload_id)
);

CREATE TABLE clip_traces (
    clip_id TEXT NOT NULL,
    trace TEXT,                            -- NULL: it could not be made
    made_at BIGINT NOT NULL,
    CONSTRAINT clip_traces_once PRIMARY KEY (clip_id),
    CONSTRAINT clip_traces_clip_exists FOREIGN KEY (clip_id) REFERENCES clips (id)
);

-- Two videos that seem to show the same: raised by the machine, decided by a person.
CREATE TABLE likenesses (
    id TEXT NOT NULL PRIMARY KEY,
    upload_id TEXT NOT NULL,               -- of two uploads the later one
    other_upload_id TEXT,
    other_clip_id TEXT,
    body TEXT NOT NULL,                    -- JSON, rules::upload::Likeness
    state TEXT NOT NULL,
    raised_at BIGINT NOT NULL,
    decided_by TEXT,
    decided_at BIGINT,
    reason TEXT,
    CONSTRAINT likenesses_state CHECK (state IN ('open', 'confirmed', 'dismissed')),
    CONSTRAINT likenesses_one_other CHECK ((other_upload_id IS NULL) <> (other_clip_id IS NULL)),
    CONSTRAINT likenesses_two CHECK (other_upload_id IS NULL OR other_upload_id <> upload_id),
    CONSTRAINT likenesses_decided CHECK (
        (state = 'open') = (decided_by IS NULL AND decided_at IS NULL AND reason IS NULL)
    ),
    CONSTRAINT likenesses_reason_length CHECK (length(reason) BETWEEN 1 AND 2000),
    CONSTRAINT likenesses_upload_once UNIQUE (upload_id, other_upload_id),
    CONSTRAINT likenesses_clip_once UNIQUE (upload_id, other_clip_id),
    CONSTRAINT likenesses_upload_exists FOREIGN KEY (upload_id) REFERENCES upload_seals (upload_id),
    CONSTRAINT likenesses_other_upload_exists FOREIGN KEY (other_upload_id) REFERENCES upload_seals (upload_id),
    CONSTRAINT likenesses_other_clip_exists FOREIGN KEY (other_clip_id) REFERENCES clips (id),
    CONSTRAINT likenesses_user_exists FOREIGN KEY (decided_by) REFERENCES users (id)
);

CREATE INDEX likenesses_by_state ON likenesses (state, id);
CREATE INDEX likenesses_of_other_upload ON likenesses (other_upload_id);
