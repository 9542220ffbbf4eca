//! R7.3a: punches 打卡, kept as they came. What is to be said of one is reckoned when it is read (`rules::attendance`).

use duxue_rules::{
    attendance,
    ids::{ClassId, DeviceId, InstitutionId, PunchId, StudentId, UserId, VenueId},
    span::Span,
};
use jiff::{Timestamp, civil::Date};

use crate::{
    Named, Result, SecretKey, Tx, json,
    liveness::Liveness,
    row::{FromRow, Row},
    value::args,
};

/// A punch as it was kept.
#[derive(Clone, Debug, PartialEq)]
pub struct Punch {
    /// As the rules take it.
    pub punch: attendance::Punch,
    /// The student's class.
    pub class: ClassId,
    /// Where the device hangs.
    pub venue: Named<VenueId>,
    /// Where it came from.
    pub source: Source,
    /// How much the face behind it is like the student's; `None`: nobody looked.
    pub face: Option<PunchFace>,
    /// Whether somebody stood there in person, as far as that was told.
    pub liveness: Option<Liveness>,
}

/// Where a punch came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// A device sent it.
    Device {
        /// Which.
        device: Named<DeviceId>,
        /// The device's own identity of it.
        sequence: String,
    },
    /// It stood in a table that somebody handed in.
    Import {
        /// Who.
        by: Named<UserId>,
    },
}

/// A punch to keep.
#[derive(Clone, Debug)]
pub struct NewPunch {
    /// As the rules take it.
    pub punch: attendance::Punch,
    /// The student's class.
    pub class: ClassId,
    /// Where it comes from.
    pub source: NewSource,
}

/// Where a punch comes from.
#[derive(Clone, Debug)]
pub enum NewSource {
    /// A device sends it.
    Device {
        /// Which.
        device: DeviceId,
        /// The device's own identity of it: 1 to 100 characters.
        sequence: String,
    },
    /// It stands in a table that somebody hands in.
    Import {
        /// Who.
        by: UserId,
    },
}

/// How much the face behind a punch is like the student's: of the kiosk that recognised them, or of the device's picture of
/// who punched as them. The picture itself is not kept.
#[derive(Clone, Debug, PartialEq)]
pub struct PunchFace {
    /// SHA-256 of the picture as it came.
    pub picture_sha256: [u8; 32],
    /// The recogniser.
    pub model: String,
    /// How much the face looked like the student's: cosine.
    pub similarity: f32,
    /// How much less it looked like the next student's; `None`: with nobody else was it compared.
    pub margin: Option<f32>,
    /// Pixels between the eyes in that picture; `None`: a kiosk that recognised somebody.
    pub eye_distance_px: Option<f32>,
    /// Where the face alone lies in the object store, a JPEG; kept only where it is not like the student.
    pub portrait: Option<String>,
}

impl FromRow for PunchFace {
    fn from_row(row: &Row) -> Result<Self> {
        Ok(Self {
            picture_sha256: row.hash("picture_sha256")?,
            model: row.text("model")?,
            similarity: row.real("similarity")? as f32,
            margin: row.opt_real("margin")?.map(|margin| margin as f32),
            eye_distance_px: row.opt_real("eye_distance_px")?.map(|pixels| pixels as f32),
            portrait: row.opt_text("portrait")?,
        })
    }
}

struct Taught(ClassId);

impl FromRow for Taught {
    fn from_row(row: &Row) -> Result<Self> {
        Ok(Self(row.parsed("class_id")?))
    }
}

struct Here(StudentId);

impl FromRow for Here {
    fn from_row(row: &Row) -> Result<Self> {
        Ok(Self(row.parsed("id")?))
    }
}

/// What became of a punch that was to be kept.
#[derive(Clone, Debug, PartialEq)]
pub enum Kept {
    /// It is new.
    New,
    /// One of the device's identity, or the table's very line, is there already, and stays as it is.
    Known(Box<Punch>),
}

/// A student whom a device or a table may mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Who.
    pub student: StudentId,
    /// Their class.
    pub class: ClassId,
    /// Whether their class is taught in the venue on the day.
    pub taught_there: bool,
}

impl FromRow for Punch {
    fn from_row(row: &Row) -> Result<Self> {
        let device = row.opt_named("device_id", "device_name")?;
        let by = row.opt_named("imported_by", "imported_by_name")?;
        let source = match (device, row.opt_text("sequence")?, by) {
            (Some(device), Some(sequence), None) => Source::Device { device, sequence },
            (None, None, Some(by)) => Source::Import { by },
            _ => return Err(row.impossible("device_id")),
        };
        let venue: Named<VenueId> = row.named("venue_id", "venue_name")?;
        let looked_at = row.opt_text("picture_sha256")?.is_some();
        let told = row.opt_number::<u32>("pictures")?.is_some();
        Ok(Self {
            face: looked_at.then(|| PunchFace::from_row(row)).transpose()?,
            liveness: told.then(|| Liveness::from_row(row)).transpose()?,
            punch: attendance::Punch {
                id: row.parsed("id")?,
                student: row.parsed("student_id")?,
                side: row.word("side")?,
                venue: venue.id,
                made_at: row.time("made_at")?,
                received_at: row.time("received_at")?,
                method: row.word("method")?,
            },
            class: row.parsed("class_id")?,
            venue,
            source,
        })
    }
}

impl FromRow for Candidate {
    fn from_row(row: &Row) -> Result<Self> {
        Ok(Self {
            student: row.parsed("id")?,
            class: row.parsed("class_id")?,
            taught_there: row.number::<u32>("sessions")? > 0,
        })
    }
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT p.id, p.class_id, p.student_id, p.venue_id, v.name AS venue_name, p.side, p.method, p.made_at,
                    p.received_at, p.device_id, d.name AS device_name, p.sequence, p.imported_by,
                    u.display_name AS imported_by_name, f.picture_sha256, f.model, f.similarity, f.margin,
                    f.eye_distance_px, f.portrait, l.pictures, l.in_person
             FROM punches p
             LEFT JOIN punch_faces f ON f.punch_id = p.id
             LEFT JOIN punch_liveness l ON l.punch_id = p.id
             JOIN venues v ON v.id = p.venue_id
             LEFT JOIN devices d ON d.id = p.device_id
             LEFT JOIN users u ON u.id = p.imported_by ",
            $rest
        )
    };
}

macro_rules! candidates {
    ($rest:literal) => {
        concat!(
            "SELECT s.id, s.class_id,
                    (SELECT COUNT(*) FROM sessions e WHERE e.class_id = s.class_id AND e.venue_id = $2 AND e.date = $3)
                        AS sessions
             FROM students s JOIN classes c ON c.id = s.class_id
             WHERE c.institution_id = $1 AND ",
            $rest,
            " ORDER BY s.id"
        )
    };
}

impl Tx {
    /// Keeps one, unless it is there already.
    pub async fn add_punch(&mut self, new: &NewPunch) -> Result<Kept> {
        let NewPunch { punch, class, source } = new;
        let attendance::Punch { id, student, side, venue, made_at, received_at, method } = punch;
        let (side, method) = (json::word(side), json::word(method));
        let (device, sequence, by) = match source {
            NewSource::Device { device, sequence } => (Some(device), Some(sequence), None),
            NewSource::Import { by } => (None, None, Some(by)),
        };
        let added = self
            .run(
                "INSERT INTO punches
                    (id, class_id, student_id, venue_id, side, method, made_at, received_at, device_id, sequence,
                     imported_by)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
                 ON CONFLICT DO NOTHING",
                args![id, class, student, venue, side, method, made_at, received_at, device, sequence, by],
            )
            .await?;
        if added > 0 {
            return Ok(Kept::New);
        }
        let known = match source {
            NewSource::Device { device, sequence } => {
                self.one(select!("WHERE p.device_id = $1 AND p.sequence = $2"), args![device, sequence]).await?
            }
            NewSource::Import { .. } => {
                self.one(
                    select!("WHERE p.student_id = $1 AND p.side = $2 AND p.made_at = $3 AND p.device_id IS NULL"),
                    args![student, side, made_at],
                )
                .await?
            }
        };
        Ok(Kept::Known(Box::new(known)))
    }

    /// Notes how much the face behind a kept punch is like the student's.
    pub async fn add_punch_face(&mut self, punch: PunchId, face: &PunchFace) -> Result<()> {
        let PunchFace { picture_sha256, model, similarity, margin, eye_distance_px, portrait } = face;
        self.run(
            "INSERT INTO punch_faces (punch_id, picture_sha256, model, similarity, margin, eye_distance_px, portrait)
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
            args![punch, hex::encode(picture_sha256), model, similarity, margin, eye_distance_px, portrait],
        )
        .await?;
        Ok(())
    }

    /// The punch of this identity.
    pub async fn punch(&mut self, id: PunchId) -> Result<Option<Punch>> {
        self.optional(select!("WHERE p.id = $1"), args![id]).await
    }

    /// A class's punches in a stretch of time of whose face `model` said something, by time.
    pub async fn looked_at_punches(&mut self, class: ClassId, span: Span, model: &str) -> Result<Vec<Punch>> {
        self.all(
            select!(
                "WHERE p.class_id = $1 AND p.made_at >= $2 AND p.made_at < $3 AND f.model = $4 ORDER BY p.made_at, p.id"
            ),
            args![class, span.start(), span.end(), model],
        )
        .await
    }

    /// The templates by `model` of those who may punch in a venue on a day: students of the classes that are taught there,
    /// who had not left by then and agree to face recognition.
    pub async fn faces_at(
        &mut self,
        venue: VenueId,
        on: Date,
        model: &str,
        key: &SecretKey,
    ) -> Result<Vec<(Candidate, Vec<f32>)>> {
        let taught: Vec<Taught> = self
            .all(
                "SELECT DISTINCT class_id FROM sessions WHERE venue_id = $1 AND date = $2 ORDER BY class_id",
                args![venue, on],
            )
            .await?;
        let mut faces = Vec::new();
        for Taught(class) in taught {
            let here: Vec<Here> = self
                .all(
                    "SELECT s.id FROM students s LEFT JOIN departures d ON d.student_id = s.id
                     WHERE s.class_id = $1 AND s.face_consent_at IS NOT NULL
                       AND (d.left_on IS NULL OR d.left_on > $2)",
                    args![class, on],
                )
                .await?;
            let templates = self.templates_of_class(class, model, key).await?.into_iter();
            let own = templates.filter(|(student, _)| here.iter().any(|Here(known)| known == student));
            faces.extend(own.map(|(student, vector)| (Candidate { student, class, taught_there: true }, vector)));
        }
        Ok(faces)
    }

    /// The punch that a device calls so, if it was kept.
    pub async fn punch_of_device(&mut self, device: DeviceId, sequence: &str) -> Result<Option<Punch>> {
        self.optional(select!("WHERE p.device_id = $1 AND p.sequence = $2"), args![device, sequence]).await
    }

    /// A class's punches that were made in `from..until`, by their time.
    pub async fn punches_of_class(&mut self, class: ClassId, from: Timestamp, until: Timestamp) -> Result<Vec<Punch>> {
        self.all(
            select!("WHERE p.class_id = $1 AND p.made_at >= $2 AND p.made_at < $3 ORDER BY p.made_at, p.id"),
            args![class, from, until],
        )
        .await
    }

    /// All punches of a class, by their time.
    pub async fn all_punches_of_class(&mut self, class: ClassId) -> Result<Vec<Punch>> {
        self.all(select!("WHERE p.class_id = $1 ORDER BY p.made_at, p.id"), args![class]).await
    }

    /// The students with this roster number whose class of the institution runs on that day: a number is unique within a
    /// class only.
    pub async fn students_of_number(
        &mut self,
        institution: InstitutionId,
        venue: VenueId,
        on: Date,
        number: &str,
    ) -> Result<Vec<Candidate>> {
        self.all(
            candidates!("s.number = $4 AND c.starts_on <= $3 AND c.ends_on >= $3"),
            args![institution, venue, on, number],
        )
        .await
    }

    /// The student of that identity, if of the institution.
    pub async fn student_of_institution(
        &mut self,
        institution: InstitutionId,
        venue: VenueId,
        on: Date,
        student: StudentId,
    ) -> Result<Option<Candidate>> {
        self.optional(candidates!("s.id = $4"), args![institution, venue, on, student]).await
    }
}
