-- Whether a camera's pictures are of this moment and of this room (R7.1x), and what its days were like (R2.2).

-- What a camera looks at, held against every later sample. Taken by the system from what the camera shows; a person
-- only says that it is time for a new one.
CREATE TABLE camera_references (
    camera_id TEXT NOT NULL,
    taken_at BIGINT NOT NULL,
    scene TEXT NOT NULL,                   -- base64, analytics::tamper::Scene
    samples BIGINT NOT NULL,               -- of how many pictures it is the middle
    picture TEXT,                          -- key in the object store, JPEG: one of them; NULL: it could not be kept
    retired_at BIGINT,
    retired_by TEXT,
    reason TEXT,                           -- why it was time for a new one
    CONSTRAINT camera_references_once PRIMARY KEY (camera_id, taken_at),
    CONSTRAINT camera_references_retired CHECK (
        (retired_at IS NULL) = (retired_by IS NULL) AND (retired_at IS NULL) = (reason IS NULL)
    ),
    CONSTRAINT camera_references_reason_length CHECK (length(reason) BETWEEN 1 AND 2000),
    CONSTRAINT camera_references_camera_exists FOREIGN KEY (camera_id) REFERENCES cameras (id),
    CONSTRAINT camera_references_user_exists FOREIGN KEY (retired_by) REFERENCES users (id)
);

-- What moved in a camera's pictures of a session, in a few bytes a sample, and where it had moved so before. The trail is
-- emptied when it is older than anything is held against; the row stays.
CREATE TABLE camera_sessions (
    camera_id TEXT NOT NULL,
    session_id TEXT NOT NULL,
    samples BIGINT NOT NULL,               -- of how many samples the trail is
    trail TEXT NOT NULL,                   -- base64, analytics::tamper::Trail
    stream TEXT,                           -- JSON, rules::look::StreamPrint: the newest
    replays TEXT NOT NULL,                 -- JSON [rules::crosscheck::Replay]
    newest_at BIGINT NOT NULL,             -- the newest sample
    pictures TEXT NOT NULL,                -- JSON [storage::look::KeptPicture]: the best and the worst
    CONSTRAINT camera_sessions_once PRIMARY KEY (camera_id, session_id),
    CONSTRAINT camera_sessions_samples CHECK (samples >= 0),
    CONSTRAINT camera_sessions_camera_exists FOREIGN KEY (camera_id) REFERENCES cameras (id),
    CONSTRAINT camera_sessions_session_exists FOREIGN KEY (session_id) REFERENCES sessions (id)
);

CREATE INDEX camera_sessions_by_time ON camera_sessions (camera_id, newest_at);
