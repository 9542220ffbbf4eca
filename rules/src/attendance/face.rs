//! R7.3a: whether the face before a kiosk is a student's of the classes that are taught there that day.

use serde::{Deserialize, Serialize};

use crate::{ids::StudentId, likelihood::probability, observation::Likeness, policy::Policy};

/// What a kiosk makes of a face.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "outcome")]
pub enum FaceAnswer {
    /// One of the students, and clearly no other.
    Recognised {
        /// Who.
        student: StudentId,
        /// How much the face looks like theirs: cosine.
        similarity: f32,
        /// How much less it looks like the next student's; `None`: nobody else was there to be compared.
        margin: Option<f32>,
    },
    /// It looks like a student's, but not enough, or as much like another's. The student tries again, or checks in another way.
    Unsure,
    /// It looks like nobody's.
    Unknown,
}

/// Decides by similarity, margin and how likely that makes it, the same numbers by which faces in the classroom are told apart.
pub fn face_answer(likeness: Option<Likeness>, policy: &Policy) -> FaceAnswer {
    let Some(likeness) = likeness else { return FaceAnswer::Unknown };
    let Likeness { student, similarity, runner_up } = likeness;
    let margin = runner_up.map(|next| similarity - next);
    // What is no number is nobody's.
    if similarity.is_nan() || similarity < policy.unknown_max_similarity {
        return FaceAnswer::Unknown;
    }
    let likely = probability(&likeness, None) >= policy.identify_min_probability;
    let clearly = likely && margin.is_none_or(|margin| margin >= policy.identify_min_margin);
    if similarity >= policy.identify_min_similarity && clearly {
        FaceAnswer::Recognised { student, similarity, margin }
    } else {
        FaceAnswer::Unsure
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    const LI: StudentId = StudentId(Uuid::from_u128(1));

    fn answer(similarity: f32, runner_up: Option<f32>) -> FaceAnswer {
        face_answer(Some(Likeness { student: LI, similarity, runner_up }), &Policy::default())
    }

    #[test]
    fn similarity_and_margin_must_both_do() {
        let Policy {
            identify_min_similarity: least,
            identify_min_margin: margin,
            unknown_max_similarity: stranger,
            ..
        } = Policy::default();
        assert_eq!(answer(0.6, None), FaceAnswer::Recognised { student: LI, similarity: 0.6, margin: None });
        assert_eq!(answer(0.44, Some(0.2)), FaceAnswer::Unsure, "as like as a brother");
        assert!(matches!(answer(0.8, Some(0.8 - margin - 0.01)), FaceAnswer::Recognised { margin: Some(_), .. }));
        assert_eq!(answer(0.8, Some(0.8 - margin + 0.01)), FaceAnswer::Unsure, "a twin");
        assert_eq!(answer(least - 0.01, None), FaceAnswer::Unsure);
        assert_eq!(answer(stranger, None), FaceAnswer::Unsure);
        assert_eq!(answer(stranger - 0.01, None), FaceAnswer::Unknown);
        assert_eq!(answer(f32::NAN, None), FaceAnswer::Unknown);
        assert_eq!(face_answer(None, &Policy::default()), FaceAnswer::Unknown);
    }
}
