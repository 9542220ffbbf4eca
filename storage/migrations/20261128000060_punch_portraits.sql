-- R7.1x: a punch that names its student may come with the picture that its device took. How big the face is tells whether
-- the likeness says anything; the face alone is kept, and only where it is not like the student.
ALTER TABLE punch_faces ADD COLUMN eye_distance_px DOUBLE PRECISION;  -- NULL: a kiosk that recognised somebody
ALTER TABLE punch_faces ADD COLUMN portrait TEXT;                     -- its key in the object store; a JPEG
