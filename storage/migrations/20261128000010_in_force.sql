-- What decisions rest on now: where a version of the policy came from, and years of the calendar that were brought in.

-- Why a version came, and who set it; both NULL: the configuration file says so.
ALTER TABLE policies ADD COLUMN reason TEXT;
ALTER TABLE policies ADD COLUMN created_by TEXT CONSTRAINT policies_creator_exists REFERENCES users (id);

-- What the configuration file said when it was last read, so that only what is changed in it changes the policy.
CREATE TABLE policy_file (
    one BIGINT NOT NULL PRIMARY KEY,       -- always 1
    body TEXT NOT NULL,                    -- JSON, rules::policy::Policy
    read_at BIGINT NOT NULL,
    CONSTRAINT policy_file_one CHECK (one = 1)
);

-- A year's days off and make-up workdays, as a manager brought them in. A row is never changed: the newest of a year counts.
CREATE TABLE calendar_files (
    number BIGINT NOT NULL PRIMARY KEY,    -- 1, 2, 3, ... over all years
    year BIGINT NOT NULL,
    body TEXT NOT NULL,                    -- TOML, rules::calendar::YearFile
    reason TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    created_by TEXT NOT NULL,
    CONSTRAINT calendar_files_number CHECK (number >= 1),
    CONSTRAINT calendar_files_year CHECK (year BETWEEN 2000 AND 9998),
    CONSTRAINT calendar_files_reason_length CHECK (length(reason) BETWEEN 1 AND 1000),
    CONSTRAINT calendar_files_creator_exists FOREIGN KEY (created_by) REFERENCES users (id)
);

CREATE INDEX calendar_files_of_year ON calendar_files (year, number);
