-- Who watched what, and for how long.

CREATE TABLE watches (
    id TEXT NOT NULL PRIMARY KEY,
    user_id TEXT NOT NULL,
    camera_id TEXT NOT NULL,
    what TEXT NOT NULL,
    stream TEXT,                           -- main or sub, of live pictures
    opened_at BIGINT NOT NULL,
    closed_at BIGINT,                      -- NULL: still open
    CONSTRAINT watches_what CHECK (what IN ('live', 'recording', 'clip')),
    CONSTRAINT watches_stream CHECK (stream IN ('main', 'sub')),
    CONSTRAINT watches_span CHECK (closed_at >= opened_at),
    CONSTRAINT watches_user_exists FOREIGN KEY (user_id) REFERENCES users (id),
    CONSTRAINT watches_camera_exists FOREIGN KEY (camera_id) REFERENCES cameras (id)
);

CREATE INDEX watches_open ON watches (opened_at) WHERE closed_at IS NULL;
