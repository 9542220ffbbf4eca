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

-- Lists of a class are read by its identity and their own; the cameras of a room are looked for by the room.
CREATE INDEX students_of_class ON students (class_id, id);
CREATE INDEX uploads_of_class ON uploads (class_id, id);
CREATE INDEX cameras_of_venue ON cameras (venue_id);
