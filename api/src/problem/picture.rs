//! How a picture that cannot be looked at is answered.

use crate::{
    edges::EnrolRefusal,
    problem::{Failure, FieldProblem},
};

/// Why a picture was not looked at, at the field that a picture has.
impl From<EnrolRefusal> for Failure {
    fn from(refusal: EnrolRefusal) -> Self {
        match refusal {
            EnrolRefusal::Picture { code, text } => {
                Self::Invalid(vec![FieldProblem::rule("picture", &code, text.zh, text.en)])
            }
            EnrolRefusal::Unavailable(text) => Self::Unavailable(text.into()),
        }
    }
}
