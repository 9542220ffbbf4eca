//! Face templates: what a recogniser made of an enrolment picture. Encrypted, and deleted when consent ends.

use duxue_rules::ids::{ClassId, PunchId, StudentId, TemplateId, UserId};
use jiff::{Timestamp, civil::Date};

use crate::{
    Error, Result, Tx,
    constraint::named,
    row::{FromRow, Row},
    secret::{CannotOpen, SecretKey},
    value::{ToValue, args},
};

/// A template to add.
#[derive(Clone)]
pub struct NewTemplate {
    /// Its identity.
    pub id: TemplateId,
    /// Whose face.
    pub student: StudentId,
    /// The recogniser that made it; others cannot compare with it.
    pub model: String,
    /// The embedding, of unit length.
    pub vector: Vec<f32>,
    /// Now.
    pub created_at: Timestamp,
    /// Who sent the picture; `None`: the system.
    pub created_by: Option<UserId>,
    /// What it was made of.
    pub origin: TemplateOrigin,
    /// A JPEG of the face alone, kept to be shown beside seen faces and for the recogniser that comes after this one.
    pub portrait: Option<Vec<u8>>,
}

/// What a template was made of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TemplateOrigin {
    /// A picture that somebody sent in to enrol the student.
    #[default]
    Enrolment,
    /// The picture of a check-in whose face was certain.
    CheckIn(PunchId),
    /// The portrait of an older template, looked at by another recogniser.
    Renewed(TemplateId),
}

impl TemplateOrigin {
    fn columns(self) -> (&'static str, Option<String>) {
        match self {
            Self::Enrolment => ("enrolment", None),
            Self::CheckIn(punch) => ("check_in", Some(punch.to_string())),
            Self::Renewed(template) => ("renewed", Some(template.to_string())),
        }
    }
}

/// A template as a new one is held against it.
#[derive(Clone)]
pub struct KnownTemplate {
    /// Whether it goes back to a picture that somebody sent in, rather than to a check-in.
    pub enrolled: bool,
    /// The embedding.
    pub vector: Vec<f32>,
}

/// The portrait of an enrolment.
#[derive(Clone)]
pub struct Portrait {
    /// The template that was made of it first.
    pub template: TemplateId,
    /// The picture.
    pub jpeg: Vec<u8>,
    /// When the student was enrolled with it.
    pub created_at: Timestamp,
}

/// A student of whom face templates are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeptFace {
    /// Who.
    pub student: StudentId,
    /// The last day of the student's class.
    pub class_ends_on: Date,
}

impl FromRow for KeptFace {
    fn from_row(row: &Row) -> Result<Self> {
        Ok(Self { student: row.parsed("id")?, class_ends_on: row.parsed("ends_on")? })
    }
}

struct Sealed {
    id: TemplateId,
    student: StudentId,
    vector_sealed: String,
}

impl FromRow for Sealed {
    fn from_row(row: &Row) -> Result<Self> {
        Ok(Self {
            id: row.parsed("id")?,
            student: row.parsed("student_id")?,
            vector_sealed: row.text("vector_sealed")?,
        })
    }
}

struct SealedKnown {
    sealed: Sealed,
    origin: String,
}

impl FromRow for SealedKnown {
    fn from_row(row: &Row) -> Result<Self> {
        Ok(Self { sealed: Sealed::from_row(row)?, origin: row.text("origin")? })
    }
}

struct SealedPortrait {
    id: TemplateId,
    portrait_sealed: String,
    created_at: Timestamp,
}

impl FromRow for SealedPortrait {
    fn from_row(row: &Row) -> Result<Self> {
        Ok(Self {
            id: row.parsed("id")?,
            portrait_sealed: row.text("portrait_sealed")?,
            created_at: row.time("created_at")?,
        })
    }
}

struct Whose(StudentId);

impl FromRow for Whose {
    fn from_row(row: &Row) -> Result<Self> {
        Ok(Self(row.parsed("id")?))
    }
}

pub(crate) fn portrait_aad(id: TemplateId, student: StudentId) -> String {
    format!("face portrait {id} of {student}")
}

pub(crate) fn aad(id: TemplateId, student: StudentId) -> String {
    format!("face template {id} of {student}")
}

fn to_bytes(vector: &[f32]) -> Vec<u8> {
    vector.iter().flat_map(|value| value.to_le_bytes()).collect()
}

fn from_bytes(bytes: &[u8]) -> Result<Vec<f32>, CannotOpen> {
    let (values, rest) = bytes.as_chunks::<4>();
    if rest.is_empty() { Ok(values.iter().map(|value| f32::from_le_bytes(*value)).collect()) } else { Err(CannotOpen) }
}

impl Tx {
    /// Adds one. Field errors: `student_id`, and `face_consent` for a student who did not agree.
    pub async fn add_template(&mut self, template: &NewTemplate, key: &SecretKey) -> Result<()> {
        let NewTemplate { id, student, model, vector, created_at, created_by, origin, portrait } = template;
        // The update is a lock as well: consent cannot be taken back between here and the commit.
        let agreed = self
            .run("UPDATE students SET name = name WHERE id = $1 AND face_consent_at IS NOT NULL", args![student])
            .await?;
        if agreed == 0 {
            let problem =
                if self.student(*student).await?.is_some() { "templates_consent" } else { "templates_student_exists" };
            return Err(named(problem).map_or(Error::Lost { what: "student" }, Error::of));
        }
        let sealed = key.seal(&aad(*id, *student), &to_bytes(vector))?;
        let portrait = match portrait {
            Some(jpeg) => Some(key.seal(&portrait_aad(*id, *student), jpeg)?),
            None => None,
        };
        let (origin, origin_id) = origin.columns();
        self.insert(
            "INSERT INTO templates
                (id, student_id, model, vector_sealed, created_at, created_by, origin, origin_id, portrait_sealed)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
            args![id, student, model, sealed, created_at, created_by, origin, origin_id, portrait],
            &[("templates_student_exists", "SELECT id FROM students WHERE id = $1", student.to_value())],
        )
        .await
    }

    /// Every template of a class's students that `model` made, opened.
    pub async fn templates_of_class(
        &mut self,
        class: ClassId,
        model: &str,
        key: &SecretKey,
    ) -> Result<Vec<(StudentId, Vec<f32>)>> {
        let sealed: Vec<Sealed> = self
            .all(
                "SELECT t.id, t.student_id, t.vector_sealed
                 FROM templates t JOIN students s ON s.id = t.student_id
                 WHERE s.class_id = $1 AND t.model = $2 ORDER BY t.id",
                args![class, model],
            )
            .await?;
        let open = |template: Sealed| {
            let bytes = key.open(&aad(template.id, template.student), &template.vector_sealed)?;
            Ok((template.student, from_bytes(&bytes)?))
        };
        sealed.into_iter().map(open).collect()
    }

    /// A student's templates that `model` made, opened, the oldest first.
    pub async fn templates_of_student(
        &mut self,
        student: StudentId,
        model: &str,
        key: &SecretKey,
    ) -> Result<Vec<KnownTemplate>> {
        let sealed: Vec<SealedKnown> = self
            .all(
                "SELECT id, student_id, vector_sealed, origin FROM templates
                 WHERE student_id = $1 AND model = $2 ORDER BY id",
                args![student, model],
            )
            .await?;
        let open = |known: SealedKnown| {
            let bytes = key.open(&aad(known.sealed.id, known.sealed.student), &known.sealed.vector_sealed)?;
            Ok(KnownTemplate { enrolled: known.origin != "check_in", vector: from_bytes(&bytes)? })
        };
        sealed.into_iter().map(open).collect()
    }

    /// The newest portrait with which a student was enrolled, opened; `None`: none was kept.
    pub async fn portrait(&mut self, student: StudentId, key: &SecretKey) -> Result<Option<Portrait>> {
        let sealed: Option<SealedPortrait> = self
            .optional(
                "SELECT id, portrait_sealed, created_at FROM templates
                 WHERE student_id = $1 AND portrait_sealed IS NOT NULL ORDER BY created_at DESC, id DESC LIMIT 1",
                args![student],
            )
            .await?;
        let Some(SealedPortrait { id, portrait_sealed, created_at }) = sealed else { return Ok(None) };
        let jpeg = key.open(&portrait_aad(id, student), &portrait_sealed)?;
        Ok(Some(Portrait { template: id, jpeg, created_at }))
    }

    /// Students who agree to face recognition and have a portrait, but no template that `model` made: by identity, after
    /// `after`.
    pub async fn faces_to_renew(
        &mut self,
        model: &str,
        after: Option<StudentId>,
        limit: u32,
    ) -> Result<Vec<StudentId>> {
        let students: Vec<Whose> = self
            .all(
                "SELECT s.id FROM students s
                 WHERE s.face_consent_at IS NOT NULL AND ($2 IS NULL OR s.id > $2)
                   AND EXISTS (SELECT 1 FROM templates t WHERE t.student_id = s.id AND t.portrait_sealed IS NOT NULL)
                   AND NOT EXISTS (SELECT 1 FROM templates t WHERE t.student_id = s.id AND t.model = $1)
                 ORDER BY s.id LIMIT $3",
                args![model, after, limit],
            )
            .await?;
        Ok(students.into_iter().map(|Whose(student)| student).collect())
    }

    /// Students of whom templates are kept, with their class's last day: those of the class that ended first come first.
    pub async fn kept_faces(&mut self, after: Option<KeptFace>, limit: u32) -> Result<Vec<KeptFace>> {
        let (ends_on, student) = after.map(|face| (face.class_ends_on, face.student)).unzip();
        self.all(
            "SELECT DISTINCT s.id, c.ends_on
             FROM templates t JOIN students s ON s.id = t.student_id JOIN classes c ON c.id = s.class_id
             WHERE $1 IS NULL OR c.ends_on > $1 OR (c.ends_on = $1 AND s.id > $2)
             ORDER BY c.ends_on, s.id LIMIT $3",
            args![ends_on, student, limit],
        )
        .await
    }

    /// Deletes all templates of a student, with their portraits; how many.
    pub async fn delete_templates(&mut self, student: StudentId) -> Result<u64> {
        self.run("DELETE FROM templates WHERE student_id = $1", args![student]).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vectors_survive_exactly() {
        let vector = [0.0, -0.25, f32::MIN_POSITIVE, 0.1];
        assert_eq!(from_bytes(&to_bytes(&vector)).unwrap(), vector);
        assert_eq!(from_bytes(&[1, 2, 3]), Err(CannotOpen));
    }
}
