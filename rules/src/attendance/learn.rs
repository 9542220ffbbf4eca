//! R7.3a: whether the face of a check-in is worth one more template of the student.
//!
//! People change: glasses, hair, a mask. What is certain today helps tomorrow. A face is only kept when it is far beyond
//! doubt, and like a picture with which a person enrolled the student: templates never follow from templates that followed from
//! check-ins, so nobody drifts into somebody else, one step a day.

use super::FaceAnswer;
use crate::policy::Policy;

/// A template that the student has already.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct KnownFace {
    /// Whether it goes back to a picture with which a person enrolled them.
    pub enrolled: bool,
    /// How much the new face looks like it: cosine.
    pub similarity: f32,
}

/// Whether the answer is sure enough that its face may be looked at as one more template.
pub fn may_teach(answer: &FaceAnswer, policy: &Policy) -> bool {
    match answer {
        FaceAnswer::Recognised { similarity, margin, .. } => {
            *similarity >= policy.template_min_similarity
                && margin.is_none_or(|margin| margin >= policy.template_min_margin)
        }
        FaceAnswer::Unsure | FaceAnswer::Unknown => false,
    }
}

/// Whether it adds anything to the templates that there are, and there is room.
pub fn worth_keeping(known: &[KnownFace], policy: &Policy) -> bool {
    let room = known.len() < policy.template_max_count as usize;
    let enrolled = known.iter().any(|face| face.enrolled && face.similarity >= policy.template_min_similarity);
    let new = known.iter().all(|face| face.similarity < policy.template_max_similarity);
    room && enrolled && new
}

/// The cosine of two embeddings, -1 to 1; `None` where they do not compare.
pub fn cosine(a: &[f32], b: &[f32]) -> Option<f32> {
    if a.len() != b.len() {
        return None;
    }
    let dot = |a: &[f32], b: &[f32]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f32>();
    let length = (dot(a, a) * dot(b, b)).sqrt();
    (length > 0.0).then(|| (dot(a, b) / length).clamp(-1.0, 1.0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::StudentId;
    use uuid::Uuid;

    fn recognised(similarity: f32, margin: Option<f32>) -> FaceAnswer {
        FaceAnswer::Recognised { student: StudentId(Uuid::nil()), similarity, margin }
    }

    fn face(enrolled: bool, similarity: f32) -> KnownFace {
        KnownFace { enrolled, similarity }
    }

    #[test]
    fn only_what_is_beyond_doubt_teaches() {
        let policy = Policy::default();
        let Policy { template_min_similarity: least, template_min_margin: margin, .. } = policy;
        assert!(may_teach(&recognised(least, Some(margin)), &policy));
        assert!(may_teach(&recognised(least, None), &policy));
        assert!(!may_teach(&recognised(least - 0.01, Some(margin)), &policy));
        assert!(!may_teach(&recognised(least, Some(margin - 0.01)), &policy));
        assert!(!may_teach(&recognised(f32::NAN, None), &policy));
        assert!(!may_teach(&FaceAnswer::Unsure, &policy) && !may_teach(&FaceAnswer::Unknown, &policy));
    }

    #[test]
    fn it_must_be_like_an_enrolment_new_and_within_the_number() {
        let policy = Policy::default();
        assert!(worth_keeping(&[face(true, 0.7)], &policy));
        assert!(!worth_keeping(&[face(false, 0.7)], &policy), "like a check-in alone");
        assert!(!worth_keeping(&[face(true, 0.4), face(false, 0.8)], &policy), "one step away from the enrolment");
        assert!(!worth_keeping(&[face(true, 0.95)], &policy), "nothing new");
        assert!(!worth_keeping(&[face(true, policy.template_max_similarity)], &policy), "as like as that");
        assert!(!worth_keeping(&[face(true, 0.7), face(false, 0.95)], &policy), "known from another check-in");
        let many = vec![face(true, 0.7); policy.template_max_count as usize];
        assert!(worth_keeping(&many[1..], &policy) && !worth_keeping(&many, &policy));
        assert!(!worth_keeping(&[], &policy));
    }

    #[test]
    fn cosines() {
        assert_eq!(cosine(&[3.0, 0.0], &[2.0, 0.0]), Some(1.0));
        assert_eq!(cosine(&[1.0, 0.0], &[0.0, 5.0]), Some(0.0));
        assert_eq!(cosine(&[3.0, 4.0], &[4.0, 3.0]), Some(0.96));
        assert_eq!(cosine(&[1.0, 0.0], &[3.0, 4.0]), Some(0.6));
        assert_eq!(cosine(&[3.0, 4.0], &[-4.0, -3.0]), Some(-0.96));
        assert_eq!(cosine(&[1.0], &[1.0, 0.0]), None);
        assert_eq!(cosine(&[0.0, 0.0], &[1.0, 0.0]), None);
    }
}
