-- A hint, and never more: over how many pictures of a check-in at a kiosk was looked whether somebody stood there in
-- person, and in how many it seemed so. No row: nobody looked, or the faces were too small.
CREATE TABLE punch_liveness (
    punch_id TEXT NOT NULL PRIMARY KEY,
    pictures BIGINT NOT NULL,
    in_person BIGINT NOT NULL,
    CONSTRAINT punch_liveness_counts CHECK (pictures > 0 AND in_person BETWEEN 0 AND pictures),
    CONSTRAINT punch_liveness_punch_exists FOREIGN KEY (punch_id) REFERENCES punches (id)
);
