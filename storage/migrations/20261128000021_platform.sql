-- R6.1: what the provincial platform calls a class, out of the table that it gave. A later answer takes the place of an
-- earlier one; the audit log has both.
CREATE TABLE platform_classes (
    class_id TEXT NOT NULL,
    name TEXT NOT NULL,                    -- the class's name there: the same as here
    number TEXT NOT NULL,                  -- its number there
    answered_at BIGINT NOT NULL,
    answered_by TEXT NOT NULL,             -- who handed the table in
    table_sha256 TEXT NOT NULL,            -- of the table, in hexadecimal
    CONSTRAINT platform_classes_once PRIMARY KEY (class_id),
    CONSTRAINT platform_classes_number_once UNIQUE (number),
    CONSTRAINT platform_classes_number_length CHECK (length(number) BETWEEN 1 AND 100),
    CONSTRAINT platform_classes_class_exists FOREIGN KEY (class_id) REFERENCES classes (id),
    CONSTRAINT platform_classes_user_exists FOREIGN KEY (answered_by) REFERENCES users (id)
);
