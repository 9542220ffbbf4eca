-- 一, 三, 四: what the bureau approved, and who the students are.

-- R1.1: the approval list of a year, always written whole.
CREATE TABLE approval_lists (
    year BIGINT NOT NULL PRIMARY KEY,
    revision BIGINT NOT NULL,              -- grows by one with every change
    changed_at BIGINT NOT NULL,
    changed_by TEXT NOT NULL,
    CONSTRAINT approval_lists_year CHECK (year BETWEEN 2000 AND 2999),
    CONSTRAINT approval_lists_revision CHECK (revision >= 1),
    CONSTRAINT approval_lists_user_exists FOREIGN KEY (changed_by) REFERENCES users (id)
);

CREATE TABLE approved_majors (
    year BIGINT NOT NULL,
    institution_id TEXT NOT NULL,
    major TEXT NOT NULL,
    CONSTRAINT approved_majors_once PRIMARY KEY (year, institution_id, major),
    CONSTRAINT approved_majors_major_length CHECK (length(major) BETWEEN 1 AND 100),
    CONSTRAINT approved_majors_list_exists FOREIGN KEY (year) REFERENCES approval_lists (year),
    CONSTRAINT approved_majors_institution_exists FOREIGN KEY (institution_id) REFERENCES institutions (id)
);

-- R1.2: the bureau verified a venue on site.
CREATE TABLE venue_approvals (
    id TEXT NOT NULL PRIMARY KEY,
    venue_id TEXT NOT NULL,
    approved_on TEXT NOT NULL,
    file_id TEXT NOT NULL,
    withdrawn_on TEXT,                     -- the first day on which it no longer holds
    withdrawn_because TEXT,
    created_at BIGINT NOT NULL,
    created_by TEXT NOT NULL,
    CONSTRAINT venue_approvals_days CHECK (withdrawn_on >= approved_on),
    CONSTRAINT venue_approvals_reason_length CHECK (length(withdrawn_because) BETWEEN 1 AND 2000),
    CONSTRAINT venue_approvals_withdrawal CHECK ((withdrawn_on IS NULL) = (withdrawn_because IS NULL)),
    CONSTRAINT venue_approvals_venue_exists FOREIGN KEY (venue_id) REFERENCES venues (id),
    CONSTRAINT venue_approvals_file_exists FOREIGN KEY (file_id) REFERENCES files (id),
    CONSTRAINT venue_approvals_user_exists FOREIGN KEY (created_by) REFERENCES users (id)
);

-- Of a venue's approvals at most one is open.
CREATE UNIQUE INDEX venue_approvals_one_holds ON venue_approvals (venue_id) WHERE withdrawn_on IS NULL;
CREATE INDEX venue_approvals_of_venue ON venue_approvals (venue_id, id);

-- R1.3 特殊情况: the bureau lets an institution use a textbook that is not in the national catalogue.
CREATE TABLE textbook_exceptions (
    id TEXT NOT NULL PRIMARY KEY,
    institution_id TEXT NOT NULL,
    title TEXT NOT NULL,
    approved_on TEXT NOT NULL,
    file_id TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    created_by TEXT NOT NULL,
    CONSTRAINT textbook_exceptions_title_length CHECK (length(title) BETWEEN 1 AND 200),
    CONSTRAINT textbook_exceptions_once UNIQUE (institution_id, title),
    CONSTRAINT textbook_exceptions_institution_exists FOREIGN KEY (institution_id) REFERENCES institutions (id),
    CONSTRAINT textbook_exceptions_file_exists FOREIGN KEY (file_id) REFERENCES files (id),
    CONSTRAINT textbook_exceptions_user_exists FOREIGN KEY (created_by) REFERENCES users (id)
);

-- R3.3, R3.4: a person is their ID number: found by a keyed hash of it, readable only with the secret key.
CREATE TABLE persons (
    number_key TEXT NOT NULL PRIMARY KEY,  -- HMAC-SHA-256, in hexadecimal
    number_sealed TEXT NOT NULL,
    created_at BIGINT NOT NULL
);

-- R3.1, R3.2: what a student handed in.
CREATE TABLE student_papers (
    student_id TEXT NOT NULL PRIMARY KEY,
    number_key TEXT,                       -- NULL until the ID number is recorded
    revision BIGINT NOT NULL,
    body TEXT NOT NULL,                    -- rules::enrolment::HandedIn
    changed_at BIGINT NOT NULL,
    changed_by TEXT NOT NULL,
    CONSTRAINT student_papers_revision CHECK (revision >= 1),
    CONSTRAINT student_papers_student_exists FOREIGN KEY (student_id) REFERENCES students (id),
    CONSTRAINT student_papers_person_exists FOREIGN KEY (number_key) REFERENCES persons (number_key),
    CONSTRAINT student_papers_user_exists FOREIGN KEY (changed_by) REFERENCES users (id)
);

CREATE INDEX student_papers_of_person ON student_papers (number_key);

-- A student left the class before its end.
CREATE TABLE departures (
    student_id TEXT NOT NULL PRIMARY KEY,
    left_on TEXT NOT NULL,                 -- the first day on which they are no longer in it
    reason TEXT NOT NULL,
    recorded_at BIGINT NOT NULL,
    recorded_by TEXT NOT NULL,
    CONSTRAINT departures_reason_length CHECK (length(reason) BETWEEN 1 AND 2000),
    CONSTRAINT departures_student_exists FOREIGN KEY (student_id) REFERENCES students (id),
    CONSTRAINT departures_user_exists FOREIGN KEY (recorded_by) REFERENCES users (id)
);

-- Separate consent to face recognition, given and taken back: nothing of it is ever changed.
CREATE TABLE consents (
    student_id TEXT NOT NULL,
    seq BIGINT NOT NULL,                   -- 1, 2, 3, …
    given BOOLEAN NOT NULL,                -- false: taken back
    dated TEXT,                            -- the day on the paper; NULL: the day of the record
    file_id TEXT,                          -- the signed paper, if it was handed in
    recorded_at BIGINT NOT NULL,
    recorded_by TEXT,                      -- NULL: together with the student
    PRIMARY KEY (student_id, seq),
    CONSTRAINT consents_student_exists FOREIGN KEY (student_id) REFERENCES students (id),
    CONSTRAINT consents_file_exists FOREIGN KEY (file_id) REFERENCES files (id),
    CONSTRAINT consents_user_exists FOREIGN KEY (recorded_by) REFERENCES users (id)
);

INSERT INTO consents (student_id, seq, given, recorded_at)
SELECT id, 1, TRUE, face_consent_at FROM students WHERE face_consent_at IS NOT NULL;

-- R4.1 to R4.3: what was looked up about a student before the course and at its end.
CREATE TABLE verifications (
    id TEXT NOT NULL PRIMARY KEY,
    student_id TEXT NOT NULL,
    matter TEXT NOT NULL,
    phase TEXT NOT NULL,
    queried_on TEXT NOT NULL,
    verified_by TEXT NOT NULL,             -- which side: institution or centre
    evidence TEXT NOT NULL,
    found BOOLEAN NOT NULL,                -- a business, payments
    note TEXT NOT NULL,
    file_id TEXT,
    recorded_at BIGINT NOT NULL,
    recorded_by TEXT NOT NULL,
    CONSTRAINT verifications_matter CHECK (matter IN ('business', 'employment', 'other')),
    CONSTRAINT verifications_phase CHECK (phase IN ('before', 'at_end')),
    CONSTRAINT verifications_note_length CHECK (length(note) <= 2000),
    CONSTRAINT verifications_paper CHECK (file_id IS NOT NULL OR evidence = 'comparison'),
    CONSTRAINT verifications_student_exists FOREIGN KEY (student_id) REFERENCES students (id),
    CONSTRAINT verifications_file_exists FOREIGN KEY (file_id) REFERENCES files (id),
    CONSTRAINT verifications_user_exists FOREIGN KEY (recorded_by) REFERENCES users (id)
);

CREATE INDEX verifications_of_student ON verifications (student_id, id);

-- R2.1, R5.1, R6: how far the opening of a class is. A class without a row is at its beginning.
CREATE TABLE openings (
    class_id TEXT NOT NULL PRIMARY KEY,
    stage TEXT NOT NULL,
    revision BIGINT NOT NULL,              -- grows by one with every step
    body TEXT NOT NULL,                    -- rules::opening::Opening; checked again when it is read
    readiness TEXT NOT NULL,               -- rules::opening::RoomReport, one a room: what the newest application came with
    sent_back_because TEXT,                -- why the centre sent the application back, until the next one
    changed_at BIGINT NOT NULL,
    changed_by TEXT NOT NULL,
    CONSTRAINT openings_stage CHECK (stage IN ('draft', 'self_checked', 'filed', 'applied', 'approved', 'running')),
    CONSTRAINT openings_revision CHECK (revision >= 1),
    CONSTRAINT openings_reason_length CHECK (length(sent_back_because) BETWEEN 1 AND 2000),
    CONSTRAINT openings_class_exists FOREIGN KEY (class_id) REFERENCES classes (id),
    CONSTRAINT openings_user_exists FOREIGN KEY (changed_by) REFERENCES users (id)
);
