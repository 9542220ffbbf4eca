-- Classes, their rosters and their teaching sessions.

CREATE TABLE classes (
    id TEXT NOT NULL PRIMARY KEY,
    institution_id TEXT NOT NULL,
    name TEXT NOT NULL,
    major TEXT NOT NULL,
    starts_on TEXT NOT NULL,               -- first and last civil day, both inside
    ends_on TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    CONSTRAINT classes_name_length CHECK (length(name) BETWEEN 1 AND 200),
    CONSTRAINT classes_major_length CHECK (length(major) BETWEEN 1 AND 100),
    CONSTRAINT classes_name_unique UNIQUE (institution_id, name),
    CONSTRAINT classes_days CHECK (ends_on >= starts_on),
    CONSTRAINT classes_institution_exists FOREIGN KEY (institution_id) REFERENCES institutions (id)
);

CREATE TABLE students (
    id TEXT NOT NULL PRIMARY KEY,
    class_id TEXT NOT NULL,
    name TEXT NOT NULL,
    sex TEXT NOT NULL,                     -- as registered
    number TEXT,                           -- on the roster (学号), never an ID number
    face_consent_at BIGINT,                -- when separate consent to face recognition was given; NULL: it was not
    created_at BIGINT NOT NULL,
    CONSTRAINT students_name_length CHECK (length(name) BETWEEN 1 AND 100),
    CONSTRAINT students_sex CHECK (sex IN ('male', 'female')),
    CONSTRAINT students_number_length CHECK (length(number) BETWEEN 1 AND 40),
    CONSTRAINT students_number_unique UNIQUE (class_id, number),
    CONSTRAINT students_class_exists FOREIGN KEY (class_id) REFERENCES classes (id)
);

-- What a recogniser made of an enrolment picture. The picture itself is not kept.
CREATE TABLE templates (
    id TEXT NOT NULL PRIMARY KEY,
    student_id TEXT NOT NULL,
    model TEXT NOT NULL,                   -- the recogniser; templates of different ones do not compare
    vector_sealed TEXT NOT NULL,           -- little-endian f32 each
    created_at BIGINT NOT NULL,
    created_by TEXT,                       -- NULL: the system, in a demo
    CONSTRAINT templates_student_exists FOREIGN KEY (student_id) REFERENCES students (id),
    CONSTRAINT templates_user_exists FOREIGN KEY (created_by) REFERENCES users (id)
);

CREATE INDEX templates_student ON templates (student_id);

-- A class in a venue over one unbroken span of lessons.
CREATE TABLE sessions (
    id TEXT NOT NULL PRIMARY KEY,
    class_id TEXT NOT NULL,
    venue_id TEXT NOT NULL,
    date TEXT NOT NULL,                    -- the civil day on which it starts
    starts_at BIGINT NOT NULL,
    ends_at BIGINT NOT NULL,               -- not inside
    created_at BIGINT NOT NULL,
    CONSTRAINT sessions_span CHECK (ends_at > starts_at),
    CONSTRAINT sessions_at_most_a_day CHECK (ends_at - starts_at <= 86400000000),
    CONSTRAINT sessions_class_exists FOREIGN KEY (class_id) REFERENCES classes (id),
    CONSTRAINT sessions_venue_exists FOREIGN KEY (venue_id) REFERENCES venues (id)
);

CREATE INDEX sessions_of_class ON sessions (class_id, starts_at);
CREATE INDEX sessions_of_venue ON sessions (venue_id, starts_at);
CREATE INDEX sessions_of_date ON sessions (date);
CREATE INDEX sessions_by_start ON sessions (starts_at);
