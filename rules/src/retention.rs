//! R11.1 and R9.3 (十一、1; 九): what of a class is kept how long, and what goes when. Faces go sooner than papers.

pub mod erasure;

use jiff::{ToSpan, civil::Date};
use serde::{Deserialize, Serialize};

use crate::{
    finding::Finding,
    policy::Policy,
    text::{Reason, RuleId, Text},
};

/// R11.1: the archive.
pub const ARCHIVE: RuleId = RuleId::new("R11.1");
/// R9.3: 视频资料保存期限同其他应保存台账同期.
pub const CLIPS: RuleId = RuleId::new("R9.3");

/// What might be deleted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kept {
    /// 《开班申请》 with its files.
    Application,
    /// 《学员花名册》 and the students' papers.
    Roster,
    /// Punches, reports, summaries, statements, supervision records, findings and decisions.
    Records,
    /// A sealed evidence clip 视频资料.
    SealedClip,
    /// An enrolled face: kept for as long as it serves, under its own consent.
    FaceTemplate,
    /// The audit log.
    Audit,
}

/// What holds for one of them today.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "fate")]
pub enum Fate {
    /// Nobody may delete it, and why.
    MustStay {
        /// The last day of it, if there is one yet.
        until: Option<Date>,
        /// Why.
        reason: Reason,
    },
    /// It may go, but need not.
    MayGo {
        /// The first day on which it might.
        since: Date,
    },
    /// It must go.
    MustGo {
        /// The first day on which it had to.
        since: Date,
    },
}

impl Fate {
    /// Whether deleting is allowed.
    pub fn lets_go(&self) -> bool {
        match self {
            Self::MustStay { .. } => false,
            Self::MayGo { .. } | Self::MustGo { .. } => true,
        }
    }
}

/// What decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Circumstances {
    /// The class's last day; `None` while it runs.
    pub ended_on: Option<Date>,
    /// A case is open (an undecided finding, a violation, an objection, the judiciary): nothing that could prove
    /// anything goes before it is closed.
    pub case_open: bool,
    /// For a face: the day on which its owner took back the consent, or left the class.
    pub consent_ended_on: Option<Date>,
}

/// What holds for a thing on a day.
pub fn fate(kept: Kept, circumstances: Circumstances, today: Date, policy: &Policy) -> Fate {
    match kept {
        Kept::Audit => stay(None, "audit", "审计日志永久保存，不得删除", "the audit log is never deleted"),
        Kept::FaceTemplate => face(circumstances, today, policy),
        Kept::Application | Kept::Roster | Kept::Records | Kept::SealedClip => archived(circumstances, today, policy),
    }
}

fn stay(until: Option<Date>, code: &'static str, zh: impl Into<String>, en: impl Into<String>) -> Fate {
    Fate::MustStay { until, reason: Reason::new(code, zh, en) }
}

fn archived(circumstances: Circumstances, today: Date, policy: &Policy) -> Fate {
    let years = policy.archive_years;
    let Some(ended) = circumstances.ended_on else {
        return stay(None, "class_runs", "班次尚未结束", "the class has not ended");
    };
    // At least so many full years: the day itself, years later, is still inside. Past the end of the calendar: for ever.
    let Ok(until) = ended.checked_add(i64::from(years).years()) else {
        return stay(None, "archive", "档案保存期内", "the archive's time has not run out");
    };
    if today <= until {
        return stay(
            Some(until),
            "archive",
            format!("培训档案至少保存 {years} 年，至 {until}"),
            format!("the archive is kept for at least {years} years, to {until}"),
        );
    }
    if circumstances.case_open {
        return stay(
            None,
            "case_open",
            "有未结事项，结案前不得删除",
            "a case is open: nothing goes before it is closed",
        );
    }
    Fate::MayGo { since: until.tomorrow().unwrap_or(until) }
}

/// A face serves the class's attendance and nothing else: it goes when consent ends, or soon after the class; an open
/// case does not hold it, as the frames of the finding do.
fn face(circumstances: Circumstances, today: Date, policy: &Policy) -> Fate {
    let after_class = circumstances
        .ended_on
        .and_then(|ended| ended.checked_add(i64::from(policy.face_days_after_end).days()).ok()?.tomorrow().ok());
    let since = [circumstances.consent_ended_on, after_class].into_iter().flatten().min();
    match since {
        Some(since) if since <= today => Fate::MustGo { since },
        // Its owner may ask any day; the office needs it no longer than the class.
        Some(_) | None => Fate::MayGo { since: today },
    }
}

/// R11.1: 责成专人负责: an archive has a named person in charge.
pub fn check_archive(in_charge: Option<&str>) -> Option<Finding> {
    if in_charge.is_some_and(|name| !name.trim().is_empty()) {
        return None;
    }
    let expected = Text::new("培训档案由专人负责保管", "the archive has a named person in charge");
    Some(Finding::new(ARCHIVE, "nobody_in_charge", expected, Text::new("未指定", "nobody is named")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    const ENDED: Date = date(2024, 12, 31);

    fn ended(case_open: bool) -> Circumstances {
        Circumstances { ended_on: Some(ENDED), case_open, consent_ended_on: None }
    }

    fn asked(kept: Kept, circumstances: Circumstances, today: Date) -> Fate {
        fate(kept, circumstances, today, &Policy::default())
    }

    const ARCHIVED: [Kept; 4] = [Kept::Application, Kept::Roster, Kept::Records, Kept::SealedClip];

    /// 十一、1: 培训档案至少保存三年; 九: 视频资料保存期限同其他应保存台账同期.
    #[test]
    fn papers_and_clips_stay_for_three_full_years() {
        for kept in ARCHIVED {
            let last = asked(kept, ended(false), date(2027, 12, 31));
            assert!(
                matches!(last, Fate::MustStay { until: Some(until), .. } if until == date(2027, 12, 31)),
                "{last:?}"
            );
            assert_eq!(asked(kept, ended(false), date(2028, 1, 1)), Fate::MayGo { since: date(2028, 1, 1) });
            assert!(!asked(kept, ended(true), date(2035, 1, 1)).lets_go(), "an open case holds them");
            let runs = Circumstances { ended_on: None, ..ended(false) };
            assert!(!asked(kept, runs, date(2099, 1, 1)).lets_go(), "a class that runs");
        }
    }

    #[test]
    fn the_audit_log_stays_for_ever() {
        assert!(!asked(Kept::Audit, ended(false), date(2999, 1, 1)).lets_go());
    }

    #[test]
    fn a_face_goes_with_consent_or_soon_after_the_class() {
        let running = Circumstances { ended_on: None, case_open: false, consent_ended_on: None };
        let today = date(2024, 11, 1);
        assert_eq!(asked(Kept::FaceTemplate, running, today), Fate::MayGo { since: today });
        let withdrawn = Circumstances { consent_ended_on: Some(today), case_open: true, ..running };
        assert_eq!(asked(Kept::FaceTemplate, withdrawn, today), Fate::MustGo { since: today });
        assert_eq!(
            asked(Kept::FaceTemplate, ended(true), date(2025, 1, 31)),
            Fate::MustGo { since: date(2025, 1, 31) }
        );
        assert!(matches!(asked(Kept::FaceTemplate, ended(true), date(2025, 1, 30)), Fate::MayGo { .. }));
    }

    #[test]
    fn somebody_is_in_charge() {
        assert_eq!(check_archive(Some("王主任")), None);
        for nobody in [None, Some(" ")] {
            assert_eq!(check_archive(nobody).unwrap().rule, ARCHIVE);
        }
    }

    proptest! {
        #[test]
        fn nothing_archived_ever_goes_within_three_years(days in 0i32..1_096, which in 0usize..4, case_open in any::<bool>(), start in 0i32..2_000) {
            let ended_on = date(2023, 1, 1).checked_add(jiff::Span::new().days(start)).unwrap();
            let today = ended_on.checked_add(jiff::Span::new().days(days)).unwrap();
            // Three years have 1095 days and at most one leap day.
            prop_assume!(days <= 1_095);
            let circumstances = Circumstances { ended_on: Some(ended_on), case_open, consent_ended_on: None };
            prop_assert!(!asked(ARCHIVED[which], circumstances, today).lets_go());
        }

        #[test]
        fn what_may_go_may_go_for_ever_after(days in 0i32..3_000, later in 0i32..1_000, which in 0usize..4) {
            let day = |n: i32| ENDED.checked_add(jiff::Span::new().days(n)).unwrap();
            if asked(ARCHIVED[which], ended(false), day(days)).lets_go() {
                prop_assert!(asked(ARCHIVED[which], ended(false), day(days + later)).lets_go());
            }
        }
    }
}
