//! What of the audit log others hear of: one mapping from what was done to what happened, and who may know.
//!
//! An event tells that something happened and to what, by identities alone; whoever may read the thing reads it.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::access::Action;

macro_rules! kinds {
    ($($(#[$doc:meta])* $kind:ident = $word:literal of $($action:literal)|+, read by $reader:ident;)+) => {
        /// What happened.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum EventKind {
            $($(#[$doc])* #[serde(rename = $word)] $kind,)+
        }

        impl EventKind {
            /// Every kind.
            pub const ALL: &[Self] = &[$(Self::$kind),+];

            /// The kind that an entry of the audit log stands for; `None`: nobody hears of it.
            pub fn of_action(action: &str) -> Option<Self> {
                match action {
                    $($($action)|+ => Some(Self::$kind),)+
                    _ => None,
                }
            }

            /// Its word.
            pub fn word(self) -> &'static str {
                match self {
                    $(Self::$kind => $word,)+
                }
            }

            /// What one must be allowed, of the thing's institution, to hear of it.
            pub fn reader(self) -> Action {
                match self {
                    $(Self::$kind => Action::$reader,)+
                }
            }
        }
    };
}

kinds! {
    /// A finding was raised.
    FindingRaised = "finding.raised" of "raise_finding", read by ReadFinding;
    /// A finding no longer holds.
    FindingWithdrawn = "finding.withdrawn" of "withdraw_finding", read by ReadFinding;
    /// A person confirmed or dismissed a finding.
    FindingDecided = "finding.decided" of "decide_finding", read by ReadFinding;
    /// A daily report came.
    ReportSent = "report.sent" of "send_report", read by ReadClass;
    /// A class's daily report did not come in time.
    ReportLate = "report.late" of "note_late_report", read by ReadClass;
    /// A class's evidence can no longer be had, or hardly.
    EvidenceAtRisk = "evidence.at_risk" of "note_evidence_at_risk", read by ReadClass;
    /// A clip was cut and sealed.
    ClipSealed = "clip.sealed" of "seal_clip", read by ReadClip;
    /// A clip could not be cut.
    ClipFailed = "clip.failed" of "fail_clip", read by ReadClip;
    /// An uploaded video was looked at: kept or refused.
    UploadChecked = "upload.checked" of "accept_upload" | "refuse_upload", read by ReadClip;
    /// An institution applied to open a class.
    ClassApplied = "class.applied" of "apply_for_opening", read by ReadClass;
    /// The centre approved a class, or sent its application back.
    ClassDecided = "class.decided" of "approve_opening" | "send_back_opening", read by ReadClass;
    /// A class began.
    ClassStarted = "class.started" of "start_class", read by ReadClass;
    /// A timetable, or a change to one, was handed in.
    TimetableHandedIn = "timetable.handed_in" of "hand_in_timetable" | "request_timetable_change", read by ReadClass;
    /// A timetable, or a change to one, was decided.
    TimetableDecided = "timetable.decided" of "decide_timetable" | "decide_timetable_change", read by ReadClass;
    /// A violation was opened, decided or withdrawn.
    ViolationChanged = "violation.changed" of "open_violation" | "decide_violation" | "withdraw_violation", read by ReadSupervision;
    /// An institution's classes were suspended, or may go on.
    SuspensionChanged = "suspension.changed" of "order_suspension" | "lift_suspension", read by ReadClass;
    /// An institution applied for close-out.
    CloseoutApplied = "closeout.applied" of "apply_for_closeout", read by ReadClass;
    /// The centre decided an application for close-out.
    CloseoutDecided = "closeout.decided" of "decide_closeout", read by ReadClass;
    /// A subsidy was reckoned.
    SubsidyReckoned = "subsidy.reckoned" of "reckon_subsidy", read by ReadSubsidy;
    /// A public notice went up.
    NoticePublished = "notice.published" of "publish_notice", read by ReadSubsidy;
    /// Somebody objected to a notice, or the objection was decided.
    NoticeContested = "notice.contested" of "record_objection" | "decide_objection", read by ReadSubsidy;
    /// A subsidy was paid.
    PaymentRecorded = "payment.recorded" of "record_payment", read by ReadSubsidy;
    /// Somebody wrote about a class.
    MessageSent = "message.sent" of "send_message", read by ReadClass;
}

impl fmt::Display for EventKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        access::{Actor, Role, may},
        ids::InstitutionId,
    };
    use std::collections::BTreeSet;
    use uuid::Uuid;

    #[test]
    fn a_word_is_one_kinds_and_is_what_json_has() {
        let words: BTreeSet<_> = EventKind::ALL.iter().map(|kind| kind.word()).collect();
        assert_eq!(words.len(), EventKind::ALL.len());
        for kind in EventKind::ALL {
            assert_eq!(serde_json::to_value(kind).unwrap(), kind.word());
            assert_eq!(kind.to_string(), kind.word());
            assert_eq!(serde_json::from_value::<EventKind>(kind.word().into()).unwrap(), *kind);
        }
    }

    #[test]
    fn reading_is_no_event_and_what_was_done_is() {
        for action in ["reveal_id_number", "read_clip", "sign_in", "punch", ""] {
            assert_eq!(EventKind::of_action(action), None, "{action}");
        }
        assert_eq!(EventKind::of_action("refuse_upload"), Some(EventKind::UploadChecked));
        assert_eq!(EventKind::of_action("note_late_report"), Some(EventKind::ReportLate));
    }

    /// What an institution may not read it does not hear of either.
    #[test]
    #[expect(clippy::disallowed_methods, reason = "the role table is what it is held against")]
    fn an_institution_hears_of_its_own_and_never_of_findings() {
        let own = InstitutionId(Uuid::from_u128(1));
        let liaison = Actor { role: Role::Institution, institution: Some(own) };
        let heard = |kind: EventKind, owner| may(liaison, kind.reader(), owner);
        assert!(heard(EventKind::ReportLate, Some(own)));
        for owner in [None, Some(InstitutionId(Uuid::from_u128(2)))] {
            assert!(EventKind::ALL.iter().all(|&kind| !heard(kind, owner)), "{owner:?}");
        }
        for kind in [EventKind::FindingRaised, EventKind::FindingDecided, EventKind::ViolationChanged] {
            assert!(!heard(kind, Some(own)), "{kind}");
        }
    }
}
