//! A person asks that what is kept of them be deleted (《个人信息保护法》第四十七条): what goes, what stays, and why.

use jiff::civil::Date;

use super::{Circumstances, Fate, Kept, fate};
use crate::policy::Policy;

/// What is kept of a person. There is no contact data among it, and of an enrolment picture only the template stays.
pub const OF_A_PERSON: [Kept; 5] = [Kept::FaceTemplate, Kept::Roster, Kept::Records, Kept::SealedClip, Kept::Audit];

/// What holds for each of it when its owner asks today. Asking takes back the consent to face recognition.
pub fn erasure(circumstances: Circumstances, today: Date, policy: &Policy) -> Vec<(Kept, Fate)> {
    let asked = Circumstances {
        consent_ended_on: Some(circumstances.consent_ended_on.map_or(today, |ended| ended.min(today))),
        ..circumstances
    };
    OF_A_PERSON.into_iter().map(|kept| (kept, fate(kept, asked, today, policy))).collect()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    const ENDED: Date = date(2024, 12, 31);

    fn asked(ended_on: Option<Date>, case_open: bool, today: Date) -> Vec<(Kept, Fate)> {
        erasure(Circumstances { ended_on, case_open, consent_ended_on: None }, today, &Policy::default())
    }

    #[test]
    fn a_face_goes_at_once_and_papers_stay_for_their_time() {
        for (ended_on, today) in [(None, date(2024, 11, 1)), (Some(ENDED), date(2025, 1, 5)), (Some(ENDED), ENDED)] {
            let fates = asked(ended_on, true, today);
            assert_eq!(fates[0], (Kept::FaceTemplate, Fate::MustGo { since: today }));
            assert!(fates[1..].iter().all(|(_, fate)| !fate.lets_go()), "{fates:?}");
        }
    }

    #[test]
    fn after_the_archives_time_papers_may_go_and_the_log_never() {
        let fates = asked(Some(ENDED), false, date(2028, 1, 1));
        let going: Vec<Kept> = fates.iter().filter(|(_, fate)| fate.lets_go()).map(|(kept, _)| *kept).collect();
        assert_eq!(going, [Kept::FaceTemplate, Kept::Roster, Kept::Records, Kept::SealedClip]);
        let held = asked(Some(ENDED), true, date(2028, 1, 1));
        assert!(held[1..].iter().all(|(_, fate)| !fate.lets_go()), "an open case holds them");
    }

    #[test]
    fn a_consent_taken_back_before_counts_from_then() {
        let before = date(2024, 10, 10);
        let circumstances = Circumstances { ended_on: None, case_open: false, consent_ended_on: Some(before) };
        let fates = erasure(circumstances, date(2024, 11, 1), &Policy::default());
        assert_eq!(fates[0].1, Fate::MustGo { since: before });
    }
}
