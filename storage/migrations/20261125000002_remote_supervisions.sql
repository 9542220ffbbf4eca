-- R7.4a: records of remote supervision, each with its signature.

CREATE TABLE remote_supervisions (
    id TEXT NOT NULL PRIMARY KEY,
    class_id TEXT NOT NULL,
    supervisor_id TEXT NOT NULL,
    watched_on TEXT NOT NULL,              -- the civil day of the watching, by which it counts for a week
    signed_at BIGINT NOT NULL,
    body TEXT NOT NULL,                    -- rules::supervision::SignedRemote; checked again when it is read
    CONSTRAINT remote_supervisions_class_exists FOREIGN KEY (class_id) REFERENCES classes (id),
    CONSTRAINT remote_supervisions_user_exists FOREIGN KEY (supervisor_id) REFERENCES users (id)
);

CREATE INDEX remote_supervisions_of_class ON remote_supervisions (class_id, id);

-- A viewing is the ground of one record and no other.
CREATE TABLE remote_supervision_watches (
    watch_id TEXT NOT NULL PRIMARY KEY,
    supervision_id TEXT NOT NULL,
    CONSTRAINT remote_supervision_watches_watch_exists FOREIGN KEY (watch_id) REFERENCES watches (id),
    CONSTRAINT remote_supervision_watches_supervision_exists
        FOREIGN KEY (supervision_id) REFERENCES remote_supervisions (id)
);

CREATE INDEX watches_of_user ON watches (user_id, opened_at);
