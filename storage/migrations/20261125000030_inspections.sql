-- R7.4b: sheets of on-site inspections. R7.4c: draws of whom to look at.

CREATE TABLE inspections (
    id TEXT NOT NULL PRIMARY KEY,
    class_id TEXT NOT NULL,
    drafted_by TEXT NOT NULL,
    state TEXT NOT NULL,                   -- draft: may change; signing: its content stands; signed: nothing is missing
    revision BIGINT NOT NULL,              -- counts up with every change; a change names the one that it saw
    body TEXT NOT NULL,                    -- storage::inspection::Sheet; checked again when it is read
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    CONSTRAINT inspections_state CHECK (state IN ('draft', 'signing', 'signed')),
    CONSTRAINT inspections_class_exists FOREIGN KEY (class_id) REFERENCES classes (id),
    CONSTRAINT inspections_user_exists FOREIGN KEY (drafted_by) REFERENCES users (id)
);

CREATE INDEX inspections_of_class ON inspections (class_id, id);

-- Kept for ever: a further draw of a day stands beside the first, with its reason.
CREATE TABLE selections (
    id TEXT NOT NULL PRIMARY KEY,
    drawn_on TEXT NOT NULL,                -- the civil day that it is for
    number BIGINT NOT NULL,                -- of that day: 1, 2, 3, …
    again BOOLEAN NOT NULL,                -- whether it gives a reason, which all but the first must
    seed TEXT NOT NULL,                    -- 32 bytes of the system's randomness, in hexadecimal
    body TEXT NOT NULL,                    -- rules::supervision::Selection
    policy_version BIGINT NOT NULL,        -- whose weights
    drawn_by TEXT NOT NULL,
    drawn_at BIGINT NOT NULL,
    CONSTRAINT selections_number CHECK (number >= 1 AND (number > 1) = again),
    CONSTRAINT selections_of_day UNIQUE (drawn_on, number),
    CONSTRAINT selections_seed UNIQUE (seed),
    CONSTRAINT selections_policy_exists FOREIGN KEY (policy_version) REFERENCES policies (version),
    CONSTRAINT selections_user_exists FOREIGN KEY (drawn_by) REFERENCES users (id)
);
