-- What follows from the time alone is told once a day, whichever of several nodes finds it due.
CREATE TABLE told (
    kind TEXT NOT NULL,                    -- of the event
    class_id TEXT NOT NULL,
    due TEXT NOT NULL,                     -- the civil day
    at BIGINT NOT NULL,
    PRIMARY KEY (kind, class_id, due),
    CONSTRAINT told_class_exists FOREIGN KEY (class_id) REFERENCES classes (id)
);

-- Up to which place events were let go. One row, from the first time on.
CREATE TABLE event_horizon (
    id BIGINT NOT NULL PRIMARY KEY,
    seq BIGINT NOT NULL,
    CONSTRAINT event_horizon_one CHECK (id = 1)
);
