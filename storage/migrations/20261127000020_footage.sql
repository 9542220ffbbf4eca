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
