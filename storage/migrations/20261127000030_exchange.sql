-- What goes to other systems and comes back: queries by file (R4.2), faces at a kiosk (R7.3a), events to those who listen.

-- R4.1 to R4.3: the people of a class whom another office is asked about by a file, and that its answer came.
CREATE TABLE exchanges (
    id TEXT NOT NULL PRIMARY KEY,
    class_id TEXT NOT NULL,
    matter TEXT NOT NULL,
    phase TEXT NOT NULL,
    students TEXT NOT NULL,                -- JSON: the identities of those whose ID numbers went out
    state TEXT NOT NULL,
    asked_at BIGINT NOT NULL,
    asked_by TEXT NOT NULL,
    answered_at BIGINT,
    answered_by TEXT,
    answer_sha256 TEXT,                    -- of the file that came back, in hexadecimal
    answer_rows BIGINT,                    -- how many people it told of
    CONSTRAINT exchanges_matter CHECK (matter IN ('business', 'employment', 'other')),
    CONSTRAINT exchanges_phase CHECK (phase IN ('before', 'at_end')),
    CONSTRAINT exchanges_state CHECK (state IN ('asked', 'answered')),
    CONSTRAINT exchanges_answered CHECK (
        (state = 'answered') = (answered_at IS NOT NULL)
        AND (answered_at IS NULL) = (answered_by IS NULL)
        AND (answered_at IS NULL) = (answer_sha256 IS NULL)
        AND (answered_at IS NULL) = (answer_rows IS NULL)
    ),
    CONSTRAINT exchanges_class_exists FOREIGN KEY (class_id) REFERENCES classes (id),
    CONSTRAINT exchanges_asker_exists FOREIGN KEY (asked_by) REFERENCES users (id),
    CONSTRAINT exchanges_answerer_exists FOREIGN KEY (answered_by) REFERENCES users (id)
);

CREATE INDEX exchanges_of_class ON exchanges (class_id, id);

-- R7.3a: how sure a kiosk was of the face behind a punch. The picture itself is not kept.
CREATE TABLE punch_faces (
    punch_id TEXT NOT NULL PRIMARY KEY,
    picture_sha256 TEXT NOT NULL,          -- of the picture as it came, in hexadecimal
    model TEXT NOT NULL,                   -- the recogniser
    similarity DOUBLE PRECISION NOT NULL,  -- to the student's nearest template: cosine, -1 to 1
    margin DOUBLE PRECISION,               -- above the next student's; NULL: nobody else was there to be compared
    CONSTRAINT punch_faces_similarity CHECK (similarity BETWEEN -1.01 AND 1.01),
    CONSTRAINT punch_faces_punch_exists FOREIGN KEY (punch_id) REFERENCES punches (id)
);

-- What others may hear of: one for each entry of the audit log that stands for something that happened, written with it.
CREATE TABLE events (
    seq BIGINT NOT NULL PRIMARY KEY,       -- the entry's place in the audit log
    at BIGINT NOT NULL,
    kind TEXT NOT NULL,                    -- a word, such as finding.decided
    subject_kind TEXT NOT NULL,
    subject_id TEXT NOT NULL,
    institution_id TEXT                    -- whose it is; NULL: the centre's own
);

-- Where a manager wants events sent.
CREATE TABLE webhooks (
    id TEXT NOT NULL PRIMARY KEY,
    url TEXT NOT NULL,
    kinds TEXT NOT NULL,                   -- JSON: the kinds of event; empty for all
    secret_sealed TEXT NOT NULL,           -- signs what is sent; encrypted
    earlier_sealed TEXT,                   -- the secret before the last change, which signs beside it
    earlier_until BIGINT,                  -- until then
    created_at BIGINT NOT NULL,
    created_by TEXT NOT NULL,
    removed_at BIGINT,                     -- from then on nothing is sent; the row stays, as its deliveries do
    removed_by TEXT,
    CONSTRAINT webhooks_url_length CHECK (length(url) BETWEEN 1 AND 2000),
    CONSTRAINT webhooks_earlier CHECK ((earlier_sealed IS NULL) = (earlier_until IS NULL)),
    CONSTRAINT webhooks_removed CHECK ((removed_at IS NULL) = (removed_by IS NULL)),
    CONSTRAINT webhooks_creator_exists FOREIGN KEY (created_by) REFERENCES users (id),
    CONSTRAINT webhooks_remover_exists FOREIGN KEY (removed_by) REFERENCES users (id)
);

-- An event on its way to a webhook, written with the event.
CREATE TABLE deliveries (
    webhook_id TEXT NOT NULL,
    seq BIGINT NOT NULL,                   -- of the event
    state TEXT NOT NULL,
    attempts BIGINT NOT NULL,
    next_at BIGINT NOT NULL,               -- while pending: not before then
    last_status BIGINT,                    -- the last answer's HTTP status; NULL: there was none
    last_error TEXT,                       -- what else was the matter, in a word
    changed_at BIGINT NOT NULL,
    PRIMARY KEY (webhook_id, seq),
    CONSTRAINT deliveries_state CHECK (state IN ('pending', 'delivered', 'dead')),
    CONSTRAINT deliveries_webhook_exists FOREIGN KEY (webhook_id) REFERENCES webhooks (id),
    CONSTRAINT deliveries_event_exists FOREIGN KEY (seq) REFERENCES events (seq)
);

CREATE INDEX deliveries_due ON deliveries (next_at, webhook_id) WHERE state = 'pending';
CREATE INDEX deliveries_of_event ON deliveries (seq);
CREATE INDEX events_of_subject ON events (kind, subject_id);
