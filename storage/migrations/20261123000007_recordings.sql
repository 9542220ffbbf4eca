-- What was recorded, and why what is missing is missing.

-- A file of footage. The row comes after the file is safe on disk.
CREATE TABLE segments (
    id TEXT NOT NULL PRIMARY KEY,
    camera_id TEXT NOT NULL,
    starts_at BIGINT NOT NULL,
    ends_at BIGINT NOT NULL,               -- not inside
    bytes BIGINT NOT NULL,
    sha256 TEXT NOT NULL,
    path TEXT NOT NULL,                    -- below the recordings directory
    codec TEXT NOT NULL,                   -- RFC 6381, such as avc1.640028
    width BIGINT NOT NULL,
    height BIGINT NOT NULL,
    recovered BOOLEAN NOT NULL,            -- finished after a crash, at its last whole fragment
    pruned_at BIGINT,                      -- when the file was let go to make room
    CONSTRAINT segments_span CHECK (ends_at > starts_at),
    -- The bound that makes "which segments touch this span" a short range of the index below.
    CONSTRAINT segments_at_most_an_hour CHECK (ends_at - starts_at <= 3600000000),
    CONSTRAINT segments_bytes CHECK (bytes > 0),
    CONSTRAINT segments_sha256 CHECK (length(sha256) = 64),
    CONSTRAINT segments_path_unique UNIQUE (path),
    CONSTRAINT segments_start_unique UNIQUE (camera_id, starts_at),
    CONSTRAINT segments_camera_exists FOREIGN KEY (camera_id) REFERENCES cameras (id)
);

-- What to let go first when the disk is full.
CREATE INDEX segments_kept ON segments (starts_at) WHERE pruned_at IS NULL;

CREATE TABLE outages (
    id TEXT NOT NULL PRIMARY KEY,
    camera_id TEXT NOT NULL,
    starts_at BIGINT NOT NULL,
    ends_at BIGINT,                        -- NULL: it goes on
    cause TEXT NOT NULL,                   -- rules::camera::OutageCause
    detail TEXT,                           -- a sentence for the operator, without credentials
    CONSTRAINT outages_span CHECK (ends_at >= starts_at),
    CONSTRAINT outages_camera_exists FOREIGN KEY (camera_id) REFERENCES cameras (id)
);

CREATE INDEX outages_of_camera ON outages (camera_id, starts_at);
CREATE UNIQUE INDEX outages_one_open ON outages (camera_id) WHERE ends_at IS NULL;

-- The last sign of life of a recorder, so that the hole a crash leaves has a beginning.
CREATE TABLE recorder_beats (
    node TEXT NOT NULL PRIMARY KEY,
    at BIGINT NOT NULL
);
