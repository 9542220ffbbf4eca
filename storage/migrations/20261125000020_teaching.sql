-- R7.2a: what a class is taught by. Nothing is overwritten: a timetable that is handed in anew is a row of its own.

CREATE TABLE timetables (
    id TEXT NOT NULL PRIMARY KEY,
    class_id TEXT NOT NULL,
    state TEXT NOT NULL,
    syllabus_file_id TEXT NOT NULL,        -- 教学大纲
    plan_file_id TEXT NOT NULL,            -- 教学计划
    handed_in_at BIGINT NOT NULL,
    handed_in_by TEXT NOT NULL,
    decided_at BIGINT,
    decided_by TEXT,
    body TEXT NOT NULL,                    -- rules::timetable::Submission; checked again when it is read
    CONSTRAINT timetables_state CHECK (state IN ('submitted', 'approved', 'refused', 'withdrawn')),
    CONSTRAINT timetables_decided CHECK (
        (state IN ('approved', 'refused')) = (decided_at IS NOT NULL AND decided_by IS NOT NULL)
    ),
    CONSTRAINT timetables_class_exists FOREIGN KEY (class_id) REFERENCES classes (id),
    CONSTRAINT timetables_syllabus_exists FOREIGN KEY (syllabus_file_id) REFERENCES files (id),
    CONSTRAINT timetables_plan_exists FOREIGN KEY (plan_file_id) REFERENCES files (id),
    CONSTRAINT timetables_sender_exists FOREIGN KEY (handed_in_by) REFERENCES users (id),
    CONSTRAINT timetables_decider_exists FOREIGN KEY (decided_by) REFERENCES users (id)
);

-- One lies with the centre or is in force.
CREATE UNIQUE INDEX timetables_one_open ON timetables (class_id) WHERE state IN ('submitted', 'approved');
CREATE INDEX timetables_of_class ON timetables (class_id, id);

CREATE TABLE timetable_changes (
    id TEXT NOT NULL PRIMARY KEY,
    timetable_id TEXT NOT NULL,
    state TEXT NOT NULL,
    requested_at BIGINT NOT NULL,
    requested_by TEXT NOT NULL,
    decided_at BIGINT,
    decided_by TEXT,
    body TEXT NOT NULL,                    -- rules::timetable::ChangeRequest; checked again when it is read
    CONSTRAINT timetable_changes_state CHECK (state IN ('requested', 'approved', 'refused')),
    CONSTRAINT timetable_changes_decided CHECK (
        (state = 'requested') = (decided_at IS NULL AND decided_by IS NULL)
    ),
    CONSTRAINT timetable_changes_timetable_exists FOREIGN KEY (timetable_id) REFERENCES timetables (id),
    CONSTRAINT timetable_changes_sender_exists FOREIGN KEY (requested_by) REFERENCES users (id),
    CONSTRAINT timetable_changes_decider_exists FOREIGN KEY (decided_by) REFERENCES users (id)
);

CREATE INDEX timetable_changes_of_timetable ON timetable_changes (timetable_id, id);
