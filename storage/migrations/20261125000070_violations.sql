-- R7.5: violations 违规 and what is done about them. R7.6: messages between institution and centre.

CREATE TABLE violations (
    id TEXT NOT NULL PRIMARY KEY,
    institution_id TEXT NOT NULL,
    class_id TEXT,                         -- in which class, if in one
    state TEXT NOT NULL,
    body TEXT NOT NULL,                    -- storage::violation::Case; checked again when it is read
    opened_by TEXT NOT NULL,
    opened_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    CONSTRAINT violations_state CHECK (state IN ('open', 'confirmed', 'dismissed', 'withdrawn')),
    CONSTRAINT violations_institution_exists FOREIGN KEY (institution_id) REFERENCES institutions (id),
    CONSTRAINT violations_class_exists FOREIGN KEY (class_id) REFERENCES classes (id),
    CONSTRAINT violations_user_exists FOREIGN KEY (opened_by) REFERENCES users (id)
);

CREATE INDEX violations_of_institution ON violations (institution_id, id);

-- What shows a violation counts once. The row goes when the charge is dismissed or withdrawn; the violation keeps its list.
CREATE TABLE violation_grounds (
    kind TEXT NOT NULL,                    -- finding, supervision
    ground_id TEXT NOT NULL,
    violation_id TEXT NOT NULL,
    CONSTRAINT violation_grounds_once PRIMARY KEY (kind, ground_id),
    CONSTRAINT violation_grounds_violation_exists FOREIGN KEY (violation_id) REFERENCES violations (id)
);

-- A warning given, an interview held, a case handed to the judiciary.
CREATE TABLE violation_measures (
    violation_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    body TEXT NOT NULL,                    -- rules::violation::Carried
    policy_version BIGINT NOT NULL,        -- whose ladder asked for it
    CONSTRAINT violation_measures_once PRIMARY KEY (violation_id, kind),
    CONSTRAINT violation_measures_policy_exists FOREIGN KEY (policy_version) REFERENCES policies (version),
    CONSTRAINT violation_measures_violation_exists FOREIGN KEY (violation_id) REFERENCES violations (id)
);

CREATE TABLE suspensions (
    violation_id TEXT NOT NULL PRIMARY KEY,
    institution_id TEXT NOT NULL,
    state TEXT NOT NULL,
    body TEXT NOT NULL,                    -- rules::violation::Suspension; each state holds the ones before it
    policy_version BIGINT NOT NULL,        -- whose ladder asked for it
    updated_at BIGINT NOT NULL,
    CONSTRAINT suspensions_state CHECK (state IN ('reported', 'in_force', 'lifted')),
    CONSTRAINT suspensions_policy_exists FOREIGN KEY (policy_version) REFERENCES policies (version),
    CONSTRAINT suspensions_violation_exists FOREIGN KEY (violation_id) REFERENCES violations (id),
    CONSTRAINT suspensions_institution_exists FOREIGN KEY (institution_id) REFERENCES institutions (id)
);

CREATE INDEX suspensions_of_institution ON suspensions (institution_id);

-- Written once; never changed, never taken back.
CREATE TABLE messages (
    id TEXT NOT NULL PRIMARY KEY,
    class_id TEXT NOT NULL,
    side TEXT NOT NULL,                    -- who speaks: centre, institution
    sent_by TEXT NOT NULL,
    sent_at BIGINT NOT NULL,
    text TEXT NOT NULL,
    CONSTRAINT messages_side CHECK (side IN ('centre', 'institution')),
    CONSTRAINT messages_text_length CHECK (length(text) BETWEEN 1 AND 4000),
    CONSTRAINT messages_class_exists FOREIGN KEY (class_id) REFERENCES classes (id),
    CONSTRAINT messages_user_exists FOREIGN KEY (sent_by) REFERENCES users (id)
);

CREATE INDEX messages_of_class ON messages (class_id, id);

CREATE TABLE message_files (
    message_id TEXT NOT NULL,
    file_id TEXT NOT NULL,
    CONSTRAINT message_files_once PRIMARY KEY (message_id, file_id),
    CONSTRAINT message_files_message_exists FOREIGN KEY (message_id) REFERENCES messages (id),
    CONSTRAINT message_files_file_exists FOREIGN KEY (file_id) REFERENCES files (id)
);

-- How far each side has read a class's messages; it only moves forward.
CREATE TABLE message_reads (
    class_id TEXT NOT NULL,
    side TEXT NOT NULL,
    message_id TEXT NOT NULL,              -- this one and all before it
    read_by TEXT NOT NULL,
    read_at BIGINT NOT NULL,
    CONSTRAINT message_reads_of_side PRIMARY KEY (class_id, side),
    CONSTRAINT message_reads_message_exists FOREIGN KEY (message_id) REFERENCES messages (id),
    CONSTRAINT message_reads_user_exists FOREIGN KEY (read_by) REFERENCES users (id)
);
