-- 八 to 十一: from close-out to the tracking ledger.

-- R8.1: applications for close-out.
CREATE TABLE closeouts (
    id TEXT NOT NULL PRIMARY KEY,
    class_id TEXT NOT NULL,
    state TEXT NOT NULL,
    ledger_file_id TEXT NOT NULL,          -- 学员出勤情况台账
    pass_list_file_id TEXT NOT NULL,       -- 合格人员名单
    body TEXT NOT NULL,                    -- rules::closeout::Application; each state holds the one before it
    policy_version BIGINT NOT NULL,        -- whose days said whether it was late
    applied_by TEXT NOT NULL,
    decided_by TEXT,
    CONSTRAINT closeouts_state CHECK (state IN ('applied', 'accepted', 'turned_down')),
    CONSTRAINT closeouts_decided CHECK ((state = 'applied') = (decided_by IS NULL)),
    CONSTRAINT closeouts_class_exists FOREIGN KEY (class_id) REFERENCES classes (id),
    CONSTRAINT closeouts_ledger_exists FOREIGN KEY (ledger_file_id) REFERENCES files (id),
    CONSTRAINT closeouts_pass_list_exists FOREIGN KEY (pass_list_file_id) REFERENCES files (id),
    CONSTRAINT closeouts_policy_exists FOREIGN KEY (policy_version) REFERENCES policies (version),
    CONSTRAINT closeouts_applicant_exists FOREIGN KEY (applied_by) REFERENCES users (id),
    CONSTRAINT closeouts_decider_exists FOREIGN KEY (decided_by) REFERENCES users (id)
);

CREATE INDEX closeouts_of_class ON closeouts (class_id, id);

-- R8.2: every assessment stays; of a student who failed there may be another.
CREATE TABLE assessments (
    id TEXT NOT NULL PRIMARY KEY,
    class_id TEXT NOT NULL,
    student_id TEXT NOT NULL,
    body TEXT NOT NULL,                    -- rules::closeout::Assessment
    recorded_by TEXT NOT NULL,
    recorded_at BIGINT NOT NULL,
    CONSTRAINT assessments_class_exists FOREIGN KEY (class_id) REFERENCES classes (id),
    CONSTRAINT assessments_student_exists FOREIGN KEY (student_id) REFERENCES students (id),
    CONSTRAINT assessments_user_exists FOREIGN KEY (recorded_by) REFERENCES users (id)
);

CREATE INDEX assessments_of_class ON assessments (class_id, id);

-- One a student, and no number twice anywhere.
CREATE TABLE certificates (
    student_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    number TEXT NOT NULL,
    assessment_id TEXT NOT NULL,
    CONSTRAINT certificates_once PRIMARY KEY (student_id),
    CONSTRAINT certificates_number_unique UNIQUE (kind, number),
    CONSTRAINT certificates_number_length CHECK (length(number) BETWEEN 1 AND 100),
    CONSTRAINT certificates_assessment_exists FOREIGN KEY (assessment_id) REFERENCES assessments (id)
);

-- R9.4: what a major's student is worth in a year. The newest of a major and year counts; none is changed.
CREATE TABLE subsidy_standards (
    id TEXT NOT NULL PRIMARY KEY,
    major TEXT NOT NULL,
    year BIGINT NOT NULL,                  -- of the programme, as in the class's name
    fen BIGINT NOT NULL,
    document TEXT NOT NULL,                -- what it rests on
    set_by TEXT NOT NULL,
    set_at BIGINT NOT NULL,
    CONSTRAINT subsidy_standards_major_length CHECK (length(major) BETWEEN 1 AND 100),
    CONSTRAINT subsidy_standards_year CHECK (year BETWEEN 2000 AND 2200),
    CONSTRAINT subsidy_standards_amount CHECK (fen BETWEEN 1 AND 10000000),
    CONSTRAINT subsidy_standards_document_length CHECK (length(document) BETWEEN 1 AND 200),
    CONSTRAINT subsidy_standards_user_exists FOREIGN KEY (set_by) REFERENCES users (id)
);

CREATE INDEX subsidy_standards_of_major ON subsidy_standards (major, year, id);

-- R9.4: the papers of a claim 附件6-8. The newest of a class counts; none is changed.
CREATE TABLE claims (
    id TEXT NOT NULL PRIMARY KEY,
    class_id TEXT NOT NULL,
    annex6_file_id TEXT,
    annex7_file_id TEXT,
    annex8_file_id TEXT,
    claimed_by TEXT NOT NULL,
    claimed_at BIGINT NOT NULL,
    CONSTRAINT claims_class_exists FOREIGN KEY (class_id) REFERENCES classes (id),
    CONSTRAINT claims_annex6_exists FOREIGN KEY (annex6_file_id) REFERENCES files (id),
    CONSTRAINT claims_annex7_exists FOREIGN KEY (annex7_file_id) REFERENCES files (id),
    CONSTRAINT claims_annex8_exists FOREIGN KEY (annex8_file_id) REFERENCES files (id),
    CONSTRAINT claims_user_exists FOREIGN KEY (claimed_by) REFERENCES users (id)
);

CREATE INDEX claims_of_class ON claims (class_id, id);

-- R4.4: kept for ever: a further draw of a class stands beside the first, with its reason.
CREATE TABLE spot_checks (
    id TEXT NOT NULL PRIMARY KEY,
    class_id TEXT NOT NULL,
    number BIGINT NOT NULL,                -- of that class: 1, 2, 3, …
    again BOOLEAN NOT NULL,                -- whether it gives a reason, which all but the first must
    seed TEXT NOT NULL,                    -- 32 bytes of the system's randomness, in hexadecimal
    body TEXT NOT NULL,                    -- rules::verification::SpotCheck
    policy_version BIGINT NOT NULL,        -- whose number of students
    drawn_by TEXT NOT NULL,
    drawn_at BIGINT NOT NULL,
    CONSTRAINT spot_checks_number CHECK (number >= 1 AND (number > 1) = again),
    CONSTRAINT spot_checks_of_class UNIQUE (class_id, number),
    CONSTRAINT spot_checks_seed UNIQUE (seed),
    CONSTRAINT spot_checks_class_exists FOREIGN KEY (class_id) REFERENCES classes (id),
    CONSTRAINT spot_checks_policy_exists FOREIGN KEY (policy_version) REFERENCES policies (version),
    CONSTRAINT spot_checks_user_exists FOREIGN KEY (drawn_by) REFERENCES users (id)
);

CREATE TABLE spot_check_results (
    class_id TEXT NOT NULL,
    student_id TEXT NOT NULL,
    agrees BOOLEAN NOT NULL,               -- whether the centre's own query says what the institution's says
    note TEXT NOT NULL,
    recorded_by TEXT NOT NULL,
    recorded_at BIGINT NOT NULL,
    CONSTRAINT spot_check_results_once PRIMARY KEY (student_id),
    CONSTRAINT spot_check_results_note_length CHECK (length(note) <= 2000),
    CONSTRAINT spot_check_results_class_exists FOREIGN KEY (class_id) REFERENCES classes (id),
    CONSTRAINT spot_check_results_student_exists FOREIGN KEY (student_id) REFERENCES students (id),
    CONSTRAINT spot_check_results_user_exists FOREIGN KEY (recorded_by) REFERENCES users (id)
);

-- R9.4: every reckoning stays; the newest of a class counts.
CREATE TABLE subsidies (
    id TEXT NOT NULL PRIMARY KEY,
    class_id TEXT NOT NULL,
    standard_id TEXT NOT NULL,
    claim_id TEXT NOT NULL,
    body TEXT NOT NULL,                    -- storage::subsidy::Reckoning: what went in and what came out
    policy_version BIGINT NOT NULL,
    reckoned_by TEXT NOT NULL,
    reckoned_at BIGINT NOT NULL,
    CONSTRAINT subsidies_class_exists FOREIGN KEY (class_id) REFERENCES classes (id),
    CONSTRAINT subsidies_standard_exists FOREIGN KEY (standard_id) REFERENCES subsidy_standards (id),
    CONSTRAINT subsidies_claim_exists FOREIGN KEY (claim_id) REFERENCES claims (id),
    CONSTRAINT subsidies_policy_exists FOREIGN KEY (policy_version) REFERENCES policies (version),
    CONSTRAINT subsidies_user_exists FOREIGN KEY (reckoned_by) REFERENCES users (id)
);

CREATE INDEX subsidies_of_class ON subsidies (class_id, id);

-- R10.1: public notices; what hung is never changed.
CREATE TABLE notices (
    id TEXT NOT NULL PRIMARY KEY,
    class_id TEXT NOT NULL,
    subsidy_id TEXT NOT NULL,
    published_on TEXT NOT NULL,
    last_day TEXT NOT NULL,                -- as reckoned when it went up
    body TEXT NOT NULL,                    -- rules::notice_period::Notice: names, masked numbers, amounts
    policy_version BIGINT NOT NULL,        -- whose working days
    published_by TEXT NOT NULL,
    published_at BIGINT NOT NULL,
    CONSTRAINT notices_of_subsidy UNIQUE (subsidy_id),
    CONSTRAINT notices_class_exists FOREIGN KEY (class_id) REFERENCES classes (id),
    CONSTRAINT notices_subsidy_exists FOREIGN KEY (subsidy_id) REFERENCES subsidies (id),
    CONSTRAINT notices_policy_exists FOREIGN KEY (policy_version) REFERENCES policies (version),
    CONSTRAINT notices_user_exists FOREIGN KEY (published_by) REFERENCES users (id)
);

CREATE INDEX notices_of_class ON notices (class_id, id);
CREATE INDEX notices_by_last_day ON notices (last_day, id);

CREATE TABLE objections (
    id TEXT NOT NULL PRIMARY KEY,
    notice_id TEXT NOT NULL,
    came_on TEXT NOT NULL,
    objector TEXT NOT NULL,                -- whoever objects; never shown to the institution
    text TEXT NOT NULL,
    state TEXT NOT NULL,
    recorded_by TEXT NOT NULL,
    recorded_at BIGINT NOT NULL,
    decided_by TEXT,
    decided_at BIGINT,
    reason TEXT,
    CONSTRAINT objections_state CHECK (state IN ('open', 'upheld', 'dismissed')),
    CONSTRAINT objections_decided CHECK (
        (state <> 'open') = (decided_by IS NOT NULL AND decided_at IS NOT NULL AND reason IS NOT NULL)
    ),
    CONSTRAINT objections_objector_length CHECK (length(objector) BETWEEN 1 AND 100),
    CONSTRAINT objections_text_length CHECK (length(text) BETWEEN 1 AND 4000),
    CONSTRAINT objections_reason_length CHECK (length(reason) BETWEEN 1 AND 2000),
    CONSTRAINT objections_notice_exists FOREIGN KEY (notice_id) REFERENCES notices (id),
    CONSTRAINT objections_recorder_exists FOREIGN KEY (recorded_by) REFERENCES users (id),
    CONSTRAINT objections_decider_exists FOREIGN KEY (decided_by) REFERENCES users (id)
);

CREATE INDEX objections_of_notice ON objections (notice_id, id);

-- R10.2: one a class.
CREATE TABLE payments (
    class_id TEXT NOT NULL PRIMARY KEY,
    notice_id TEXT NOT NULL,
    body TEXT NOT NULL,                    -- rules::notice_period::Payment
    recorded_by TEXT NOT NULL,
    recorded_at BIGINT NOT NULL,
    CONSTRAINT payments_class_exists FOREIGN KEY (class_id) REFERENCES classes (id),
    CONSTRAINT payments_notice_exists FOREIGN KEY (notice_id) REFERENCES notices (id),
    CONSTRAINT payments_user_exists FOREIGN KEY (recorded_by) REFERENCES users (id)
);

-- R11.2: what became of each student; every look-up stays, the latest of a node counts.
CREATE TABLE tracking_entries (
    id TEXT NOT NULL PRIMARY KEY,
    class_id TEXT NOT NULL,
    student_id TEXT NOT NULL,
    body TEXT NOT NULL,                    -- rules::tracking::Entry
    note TEXT NOT NULL,                    -- employer, business, or how it was tried
    recorded_by TEXT NOT NULL,
    recorded_at BIGINT NOT NULL,
    CONSTRAINT tracking_entries_note_length CHECK (length(note) <= 2000),
    CONSTRAINT tracking_entries_class_exists FOREIGN KEY (class_id) REFERENCES classes (id),
    CONSTRAINT tracking_entries_student_exists FOREIGN KEY (student_id) REFERENCES students (id),
    CONSTRAINT tracking_entries_user_exists FOREIGN KEY (recorded_by) REFERENCES users (id)
);

CREATE INDEX tracking_entries_of_class ON tracking_entries (class_id, id);

-- R11.2: the ledger goes to the centre, once a class.
CREATE TABLE tracking_ledgers (
    class_id TEXT NOT NULL PRIMARY KEY,
    file_id TEXT NOT NULL,
    handed_in_on TEXT NOT NULL,
    handed_in_by TEXT NOT NULL,
    handed_in_at BIGINT NOT NULL,
    CONSTRAINT tracking_ledgers_class_exists FOREIGN KEY (class_id) REFERENCES classes (id),
    CONSTRAINT tracking_ledgers_file_exists FOREIGN KEY (file_id) REFERENCES files (id),
    CONSTRAINT tracking_ledgers_user_exists FOREIGN KEY (handed_in_by) REFERENCES users (id)
);

-- What the centre let pass for a student, each with its reason.
CREATE TABLE exceptions (
    id TEXT NOT NULL PRIMARY KEY,
    class_id TEXT NOT NULL,
    student_id TEXT NOT NULL,
    rule TEXT NOT NULL,
    code TEXT NOT NULL,
    body TEXT NOT NULL,                    -- rules::subsidy::LetPass
    decided_by TEXT NOT NULL,
    decided_at BIGINT NOT NULL,
    CONSTRAINT exceptions_once UNIQUE (student_id, rule, code),
    CONSTRAINT exceptions_class_exists FOREIGN KEY (class_id) REFERENCES classes (id),
    CONSTRAINT exceptions_student_exists FOREIGN KEY (student_id) REFERENCES students (id),
    CONSTRAINT exceptions_user_exists FOREIGN KEY (decided_by) REFERENCES users (id)
);
