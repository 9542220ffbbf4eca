-- Where a face template comes from, and the small portrait that an enrolment keeps, sealed: it is shown beside the face that a
-- camera saw, and another recogniser makes its template of it. It goes with the template.

ALTER TABLE templates ADD COLUMN origin TEXT NOT NULL DEFAULT 'enrolment'
    CONSTRAINT templates_origin CHECK (origin IN ('enrolment', 'check_in', 'renewed'));

ALTER TABLE templates ADD COLUMN origin_id TEXT;       -- the punch, or the template whose portrait was looked at anew

ALTER TABLE templates ADD COLUMN portrait_sealed TEXT; -- JPEG of the face alone; NULL: none was kept
