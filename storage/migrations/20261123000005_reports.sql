-- R7.3b: the daily report 日出勤情况报告单 of a class. A correction is a new revision; nothing is overwritten.

CREATE TABLE daily_reports (
    id TEXT NOT NULL PRIMARY KEY,
    class_id TEXT NOT NULL,
    date TEXT NOT NULL,
    revision BIGINT NOT NULL,              -- 1, 2, ...; the greatest one counts
    roll BIGINT NOT NULL,                  -- 班级学员数
    present BIGINT NOT NULL,               -- 实际出勤学员数
    present_men BIGINT,
    present_women BIGINT,
    sick BIGINT NOT NULL,                  -- 病假学员数
    personal BIGINT NOT NULL,              -- 事假学员数
    other BIGINT NOT NULL,
    absent TEXT NOT NULL,                  -- JSON [{student, reason}]
    note TEXT NOT NULL,                    -- 其他需要说明情况
    sent_at BIGINT NOT NULL,
    sent_by TEXT NOT NULL,
    late BOOLEAN NOT NULL,                 -- as rules::report judged when it came
    CONSTRAINT daily_reports_counts CHECK (roll >= 0 AND present >= 0 AND sick >= 0 AND personal >= 0 AND other >= 0),
    CONSTRAINT daily_reports_sexes CHECK (present_men >= 0 AND present_women >= 0),
    CONSTRAINT daily_reports_note_length CHECK (length(note) <= 2000),
    CONSTRAINT daily_reports_revision CHECK (revision >= 1),
    CONSTRAINT daily_reports_revision_unique UNIQUE (class_id, date, revision),
    CONSTRAINT daily_reports_class_exists FOREIGN KEY (class_id) REFERENCES classes (id),
    CONSTRAINT daily_reports_user_exists FOREIGN KEY (sent_by) REFERENCES users (id)
);

CREATE INDEX daily_reports_of_date ON daily_reports (date);
