-- What cameras showed, what the rules made of it, and what a person decided.

-- Every number a decision was taken under. A version is never changed.
CREATE TABLE policies (
    version BIGINT NOT NULL PRIMARY KEY,   -- 1, 2, 3, ...
    label TEXT NOT NULL,
    body TEXT NOT NULL,                    -- JSON, rules::policy::Policy
    created_at BIGINT NOT NULL,
    CONSTRAINT policies_version CHECK (version >= 1)
);

-- One analysed key frame.
CREATE TABLE observations (
    id TEXT NOT NULL PRIMARY KEY,
    session_id TEXT NOT NULL,
    camera_id TEXT NOT NULL,
    at BIGINT NOT NULL,
    faces BIGINT NOT NULL,                 -- how many; the same as in the body
    body TEXT NOT NULL,                    -- JSON, rules::observation::Observation
    CONSTRAINT observations_faces CHECK (faces >= 0),
    CONSTRAINT observations_session_exists FOREIGN KEY (session_id) REFERENCES sessions (id),
    CONSTRAINT observations_camera_exists FOREIGN KEY (camera_id) REFERENCES cameras (id)
);

CREATE INDEX observations_of_session ON observations (session_id, at);
CREATE INDEX observations_of_camera ON observations (camera_id, at);

-- The newest summary of a session.
CREATE TABLE session_summaries (
    session_id TEXT NOT NULL PRIMARY KEY,
    body TEXT NOT NULL,                    -- JSON, rules::crosscheck::SessionSummary
    policy_version BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    CONSTRAINT session_summaries_session_exists FOREIGN KEY (session_id) REFERENCES sessions (id),
    CONSTRAINT session_summaries_policy_exists FOREIGN KEY (policy_version) REFERENCES policies (version)
);

-- 疑点. The machine raises, renews and withdraws; only a person confirms or dismisses.
CREATE TABLE findings (
    id TEXT NOT NULL PRIMARY KEY,
    session_id TEXT NOT NULL,
    class_id TEXT NOT NULL,
    rule TEXT NOT NULL,                    -- such as R7.1x
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,                 -- the student; empty: nobody in particular (NULLs would not be unique)
    state TEXT NOT NULL,
    confidence DOUBLE PRECISION NOT NULL,  -- 0 to 1
    body TEXT NOT NULL,                    -- JSON, rules::crosscheck::FindingDraft
    policy_version BIGINT NOT NULL,
    frames TEXT NOT NULL,                  -- JSON [{observation, at, object, width, height, faces}]
    raised_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    decided_by TEXT,
    decided_at BIGINT,
    decision_reason TEXT,
    CONSTRAINT findings_state CHECK (state IN ('open', 'confirmed', 'dismissed', 'withdrawn')),
    CONSTRAINT findings_confidence CHECK (confidence >= 0 AND confidence <= 1),
    CONSTRAINT findings_decision CHECK (
        (state IN ('confirmed', 'dismissed'))
        = (decided_by IS NOT NULL AND decided_at IS NOT NULL AND decision_reason IS NOT NULL)
    ),
    CONSTRAINT findings_undecided CHECK (
        state IN ('confirmed', 'dismissed')
        OR (decided_by IS NULL AND decided_at IS NULL AND decision_reason IS NULL)
    ),
    CONSTRAINT findings_reason_length CHECK (length(decision_reason) BETWEEN 1 AND 2000),
    CONSTRAINT findings_once UNIQUE (session_id, kind, subject),
    CONSTRAINT findings_session_exists FOREIGN KEY (session_id) REFERENCES sessions (id),
    CONSTRAINT findings_class_exists FOREIGN KEY (class_id) REFERENCES classes (id),
    CONSTRAINT findings_policy_exists FOREIGN KEY (policy_version) REFERENCES policies (version),
    CONSTRAINT findings_user_exists FOREIGN KEY (decided_by) REFERENCES users (id)
);

CREATE INDEX findings_of_class ON findings (class_id, id);
CREATE INDEX findings_by_state ON findings (state, id);
