-- 九, R9.1: video that institutions hand in. The file itself lies in the spool, named by the identity, until it is sealed;
-- how far it has come is the length of that file and stands nowhere else.

CREATE TABLE uploads (
    id TEXT NOT NULL PRIMARY KEY,
    institution_id TEXT NOT NULL,
    class_id TEXT NOT NULL,                -- whose lesson it shows, as the sender says
    session_id TEXT,                       -- which lesson, if the sender says
    claimed_start BIGINT NOT NULL,         -- when its first picture was taken, as the sender says
    name TEXT NOT NULL,                    -- as the sender called it; only shown, never a path
    metadata TEXT NOT NULL,                -- Upload-Metadata (tus 1.0.0) as it was sent, to be given back
    length BIGINT NOT NULL,                -- bytes, announced before the first one came
    state TEXT NOT NULL,
    expires_at BIGINT NOT NULL,            -- while receiving: given up then
    created_at BIGINT NOT NULL,
    created_by TEXT NOT NULL,
    received_at BIGINT,                    -- when it was whole
    decided_at BIGINT,                     -- when it was accepted, refused or ended
    ended_by TEXT,                         -- a word: what ended it before it was whole
    verdict TEXT,                          -- storage::upload::Verdict: what the check said
    CONSTRAINT uploads_name_length CHECK (length(name) BETWEEN 1 AND 200),
    CONSTRAINT uploads_length CHECK (length > 0),
    CONSTRAINT uploads_state CHECK (state IN ('receiving', 'received', 'accepted', 'refused', 'ended')),
    CONSTRAINT uploads_received CHECK ((state IN ('receiving', 'ended')) = (received_at IS NULL)),
    CONSTRAINT uploads_decided CHECK ((state IN ('accepted', 'refused', 'ended')) = (decided_at IS NOT NULL)),
    CONSTRAINT uploads_verdict CHECK ((state IN ('accepted', 'refused')) = (verdict IS NOT NULL)),
    CONSTRAINT uploads_ended CHECK ((state = 'ended') = (ended_by IS NOT NULL)),
    CONSTRAINT uploads_institution_exists FOREIGN KEY (institution_id) REFERENCES institutions (id),
    CONSTRAINT uploads_class_exists FOREIGN KEY (class_id) REFERENCES classes (id),
    CONSTRAINT uploads_session_exists FOREIGN KEY (session_id) REFERENCES sessions (id),
    CONSTRAINT uploads_user_exists FOREIGN KEY (created_by) REFERENCES users (id)
);

CREATE INDEX uploads_of_institution ON uploads (institution_id, id);
CREATE INDEX uploads_by_state ON uploads (state, id);
