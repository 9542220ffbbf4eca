-- Where lessons happen and what looks at them.

CREATE TABLE venues (
    id TEXT NOT NULL PRIMARY KEY,
    institution_id TEXT NOT NULL,
    name TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    CONSTRAINT venues_name_length CHECK (length(name) BETWEEN 1 AND 200),
    CONSTRAINT venues_name_unique UNIQUE (institution_id, name),
    CONSTRAINT venues_institution_exists FOREIGN KEY (institution_id) REFERENCES institutions (id)
);

CREATE TABLE cameras (
    id TEXT NOT NULL PRIMARY KEY,
    venue_id TEXT NOT NULL,
    name TEXT NOT NULL,
    main_url TEXT NOT NULL,                -- rtsp://host:port/path, never with credentials
    sub_url TEXT,                          -- the small stream, if the camera has one
    credentials_sealed TEXT,               -- user name and password; NULL: the camera asks for none
    transport TEXT NOT NULL,
    enabled BOOLEAN NOT NULL,
    revision BIGINT NOT NULL,              -- grows by one with every change
    created_at BIGINT NOT NULL,
    removed_at BIGINT,                     -- the row stays, as its footage does
    CONSTRAINT cameras_name_length CHECK (length(name) BETWEEN 1 AND 100),
    CONSTRAINT cameras_main_url_length CHECK (length(main_url) BETWEEN 1 AND 2000),
    CONSTRAINT cameras_sub_url_length CHECK (length(sub_url) BETWEEN 1 AND 2000),
    CONSTRAINT cameras_main_url_bare CHECK (main_url NOT LIKE '%@%'),
    CONSTRAINT cameras_sub_url_bare CHECK (sub_url NOT LIKE '%@%'),
    CONSTRAINT cameras_transport CHECK (transport IN ('tcp', 'udp')),
    CONSTRAINT cameras_revision CHECK (revision >= 1),
    CONSTRAINT cameras_venue_exists FOREIGN KEY (venue_id) REFERENCES venues (id)
);

CREATE UNIQUE INDEX cameras_name_unique ON cameras (venue_id, name) WHERE removed_at IS NULL;
