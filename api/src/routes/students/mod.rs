//! Students, their papers and their enrolment.

pub mod add;
pub mod consents;
pub mod enrol;
pub mod erase;
pub mod export;
pub mod forms;
pub mod import;
pub mod leave;
pub mod list;
pub mod papers;
pub mod reveal;

use duxue_rules::ids::{InstitutionId, StudentId};
use duxue_storage::{Tx, student::Student};

use crate::problem::Failure;

/// A student and the institution whose class they are in.
async fn owner(tx: &mut Tx, id: StudentId) -> Result<(Student, InstitutionId), Failure> {
    let student = tx.student(id).await?.ok_or(Failure::NotFound)?;
    let class = tx.class(student.class).await?.ok_or(Failure::Internal)?;
    Ok((student, class.institution.id))
}
