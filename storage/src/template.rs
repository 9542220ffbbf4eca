//! Face templates: what a recogniser made of an enrolment picture. Encrypted, and deleted when consent ends.

use duxue_rules::ids::{ClassId, StudentId, TemplateId, UserId};
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
    /// Who sent the picture; `None`: the system, in a demo.
    pub created_by: Option<UserId>,
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
        let NewTemplate { id, student, model, vector, created_at, created_by } = template;
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
        self.insert(
            "INSERT INTO templates (id, student_id, model, vector_sealed, created_at, created_by)
             VALUES ($1, $2, $3, $4, $5, $6)",
            args![id, student, model, sealed, created_at, created_by],
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

    /// Deletes all templates of a student; how many.
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
