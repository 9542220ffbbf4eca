-- R7.3: who attended, by punches, leaves and statements, and what was handed in of it.

-- A check-in device 打卡设备. Its token is in the device alone.
CREATE TABLE devices (
    id TEXT NOT NULL PRIMARY KEY,
    venue_id TEXT NOT NULL,
    name TEXT NOT NULL,
    token_hash TEXT NOT NULL,              -- SHA-256 of the token, in hexadecimal
    created_at BIGINT NOT NULL,
    created_by TEXT NOT NULL,
    last_seen_at BIGINT,                   -- when it last sent punches
    withdrawn_at BIGINT,                   -- from then on it may do nothing; the row stays, as its punches do
    withdrawn_by TEXT,
    CONSTRAINT devices_name_length CHECK (length(name) BETWEEN 1 AND 100),
    CONSTRAINT devices_token_unique UNIQUE (token_hash),
    CONSTRAINT devices_withdrawn CHECK ((withdrawn_at IS NULL) = (withdrawn_by IS NULL)),
    CONSTRAINT devices_venue_exists FOREIGN KEY (venue_id) REFERENCES venues (id),
    CONSTRAINT devices_creator_exists FOREIGN KEY (created_by) REFERENCES users (id),
    CONSTRAINT devices_withdrawer_exists FOREIGN KEY (withdrawn_by) REFERENCES users (id)
);

CREATE UNIQUE INDEX devices_name_unique ON devices (venue_id, name) WHERE withdrawn_at IS NULL;

-- R7.3a: a punch 打卡. None is ever changed or dropped; what is to be said of it is reckoned when it is read.
CREATE TABLE punches (
    id TEXT NOT NULL PRIMARY KEY,
    class_id TEXT NOT NULL,                -- the student's
    student_id TEXT NOT NULL,
    venue_id TEXT NOT NULL,                -- where the device hangs
    side TEXT NOT NULL,                    -- 签到 or 签退
    method TEXT NOT NULL,                  -- how the device knew the student
    made_at BIGINT NOT NULL,               -- by the device's own clock
    received_at BIGINT NOT NULL,
    device_id TEXT,                        -- NULL: it stood in a table that was imported
    sequence TEXT,                         -- the device's own identity of it
    imported_by TEXT,                      -- who handed in the table
    CONSTRAINT punches_side CHECK (side IN ('sign_in', 'sign_out')),
    CONSTRAINT punches_method CHECK (method IN ('face', 'other')),
    CONSTRAINT punches_source CHECK (
        (device_id IS NULL) = (imported_by IS NOT NULL) AND (device_id IS NULL) = (sequence IS NULL)
    ),
    CONSTRAINT punches_sequence_length CHECK (length(sequence) BETWEEN 1 AND 100),
    CONSTRAINT punches_class_exists FOREIGN KEY (class_id) REFERENCES classes (id),
    CONSTRAINT punches_student_exists FOREIGN KEY (student_id) REFERENCES students (id),
    CONSTRAINT punches_venue_exists FOREIGN KEY (venue_id) REFERENCES venues (id),
    CONSTRAINT punches_device_exists FOREIGN KEY (device_id) REFERENCES devices (id),
    CONSTRAINT punches_user_exists FOREIGN KEY (imported_by) REFERENCES users (id)
);

-- The same punch twice is one, however often it is sent or imported.
CREATE UNIQUE INDEX punches_once ON punches (device_id, sequence) WHERE device_id IS NOT NULL;
CREATE UNIQUE INDEX punches_imported_once ON punches (student_id, side, made_at) WHERE device_id IS NULL;
CREATE INDEX punches_of_class ON punches (class_id, made_at);

-- R7.3e: sick and personal leave.
CREATE TABLE leaves (
    id TEXT NOT NULL PRIMARY KEY,
    class_id TEXT NOT NULL,
    student_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    first_on TEXT NOT NULL,                -- first and last civil day, both inside
    last_on TEXT NOT NULL,
    reason TEXT NOT NULL,
    granted_by TEXT NOT NULL,
    recorded_at BIGINT NOT NULL,
    cancelled_at BIGINT,                   -- it was a mistake, or the student came; the row stays
    cancelled_by TEXT,
    cancelled_because TEXT,
    CONSTRAINT leaves_kind CHECK (kind IN ('sick', 'personal')),
    CONSTRAINT leaves_days CHECK (last_on >= first_on),
    CONSTRAINT leaves_reason_length CHECK (length(reason) BETWEEN 1 AND 2000),
    CONSTRAINT leaves_cancelled_because_length CHECK (length(cancelled_because) BETWEEN 1 AND 2000),
    CONSTRAINT leaves_cancelled CHECK (
        (cancelled_at IS NULL) = (cancelled_by IS NULL) AND (cancelled_at IS NULL) = (cancelled_because IS NULL)
    ),
    CONSTRAINT leaves_class_exists FOREIGN KEY (class_id) REFERENCES classes (id),
    CONSTRAINT leaves_student_exists FOREIGN KEY (student_id) REFERENCES students (id),
    CONSTRAINT leaves_granter_exists FOREIGN KEY (granted_by) REFERENCES users (id),
    CONSTRAINT leaves_canceller_exists FOREIGN KEY (cancelled_by) REFERENCES users (id)
);

CREATE INDEX leaves_of_class ON leaves (class_id, id);

-- R7.3d: written statements 书面说明. What one says never changes; signatures and seal come to it.
CREATE TABLE statements (
    id TEXT NOT NULL PRIMARY KEY,
    class_id TEXT NOT NULL,
    student_id TEXT NOT NULL,
    recorded_at BIGINT NOT NULL,
    recorded_by TEXT NOT NULL,
    seal_file_id TEXT,                     -- the scan with the institution's seal
    student_file_id TEXT,                  -- the scan with the student's own signature
    revision BIGINT NOT NULL,              -- grows by one with all that comes to it
    body TEXT NOT NULL,                    -- rules::attendance::Statement; checked again when it is read
    CONSTRAINT statements_revision CHECK (revision >= 1),
    CONSTRAINT statements_class_exists FOREIGN KEY (class_id) REFERENCES classes (id),
    CONSTRAINT statements_student_exists FOREIGN KEY (student_id) REFERENCES students (id),
    CONSTRAINT statements_user_exists FOREIGN KEY (recorded_by) REFERENCES users (id),
    CONSTRAINT statements_seal_exists FOREIGN KEY (seal_file_id) REFERENCES files (id),
    CONSTRAINT statements_student_file_exists FOREIGN KEY (student_file_id) REFERENCES files (id)
);

CREATE INDEX statements_of_class ON statements (class_id, id);

-- R7.3c: the monthly summary 附件6 as the institution handed it in, revision upon revision.
CREATE TABLE monthly_summaries (
    id TEXT NOT NULL PRIMARY KEY,
    class_id TEXT NOT NULL,
    month TEXT NOT NULL,                   -- YYYY-MM
    revision BIGINT NOT NULL,              -- 1, 2, ...; the greatest one counts
    file_id TEXT,                          -- the scan with the students' signatures
    sent_at BIGINT NOT NULL,
    sent_by TEXT NOT NULL,
    body TEXT NOT NULL,                    -- rules::attendance::Summary; checked again when it is read
    CONSTRAINT monthly_summaries_revision CHECK (revision >= 1),
    CONSTRAINT monthly_summaries_revision_unique UNIQUE (class_id, month, revision),
    CONSTRAINT monthly_summaries_class_exists FOREIGN KEY (class_id) REFERENCES classes (id),
    CONSTRAINT monthly_summaries_file_exists FOREIGN KEY (file_id) REFERENCES files (id),
    CONSTRAINT monthly_summaries_user_exists FOREIGN KEY (sent_by) REFERENCES users (id)
);
