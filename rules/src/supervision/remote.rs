//! R7.4a (七(四)): the record of one remote supervision 远程监控: 每次由监管人员签字并留存监管记录.
//!
//! A draft names what it rests on ([`Basis`]) and what was seen; the signature closes it, or says all that is missing.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Basis, Checklist, ContentHash, Signature};
use crate::{
    access::Actor,
    civil,
    finding::{Finding, Record},
    ids::{ClassId, SupervisionId, UserId},
    opening::{Refused, Step},
    text::{Remark, RuleId, Text},
};

const RULE: RuleId = RuleId::new("R7.4a");

/// A record that is still being written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RemoteDraft {
    /// Which.
    pub id: SupervisionId,
    /// The class.
    pub class: ClassId,
    /// Who watched and will sign.
    pub supervisor: UserId,
    /// The viewings it rests on.
    pub basis: Vec<Basis>,
    /// What was seen.
    pub checklist: Checklist,
    /// What else there is to say.
    pub remark: Option<Remark>,
}

/// A record with its signature; only [`RemoteDraft::sign`] makes one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Stored")]
pub struct SignedRemote {
    record: RemoteDraft,
    watched_on: Date,
    signature: Signature,
    content: ContentHash,
}

/// As it comes from where it is kept; looked at again before it is believed.
#[derive(Deserialize)]
struct Stored {
    record: RemoteDraft,
    signature: Signature,
    content: ContentHash,
}

impl RemoteDraft {
    /// The supervisor signs. `content` is the hash of the record as it is kept.
    pub fn sign(self, actor: Actor, signature: Signature, content: ContentHash) -> Step<SignedRemote, Self> {
        let mut missing = Vec::new();
        if !actor.supervises() {
            missing.push(self.lacks(
                "signer_no_supervisor",
                Text::new("由监管人员签字", "a supervisor of the centre signs"),
                Text::new("签字人不是中心监管人员", "the signer is none"),
            ));
        }
        missing.extend(self.missing(signature));
        match self.watched_on() {
            Some(watched_on) if missing.is_empty() => Ok(SignedRemote { record: self, watched_on, signature, content }),
            Some(_) | None => Err(Box::new(Refused { state: self, missing })),
        }
    }

    /// The day of the watching.
    fn watched_on(&self) -> Option<Date> {
        self.basis.iter().map(|basis| civil::date_of(basis.span.start())).min()
    }

    fn lacks(&self, code: &'static str, expected: Text, seen: Text) -> Finding {
        Finding::new(RULE, code, expected, seen).showing([Record::Supervision(self.id)])
    }

    /// What keeps this signature from being one.
    fn missing(&self, signature: Signature) -> Vec<Finding> {
        let mut missing = Vec::new();
        let mut must = |fine: bool, code, expected: Text, seen: Text| {
            if !fine {
                missing.push(self.lacks(code, expected, seen));
            }
        };
        must(
            signature.by == self.supervisor,
            "signed_by_another",
            Text::new("由本次监管人员本人签字", "whoever watched signs"),
            Text::new("由他人签字", "somebody else did"),
        );
        must(
            !self.basis.is_empty(),
            "no_watching",
            Text::new(
                "有系统记录的实时查看本班上课画面",
                "the system logged that the class's teaching was watched live",
            ),
            Text::new("没有查看记录", "there is no such watching"),
        );
        must(
            self.basis.iter().all(|basis| (basis.class, basis.by) == (self.class, self.supervisor)),
            "watching_of_another",
            Text::new("查看记录属于本班、本人", "the watching is of this class, by this supervisor"),
            Text::new("引用了他人或其他班级的查看记录", "it is of another class or by somebody else"),
        );
        let same_day = |basis: &Basis| Some(civil::date_of(basis.span.start())) == self.watched_on();
        must(
            self.basis.iter().all(same_day),
            "watching_of_several_days",
            Text::new("每次监管一份记录", "a record is of one occasion"),
            Text::new("引用了不同日期的查看记录", "it names watching of several days"),
        );
        must(
            self.basis.iter().all(|basis| basis.span.end() <= signature.at),
            "signed_before_watched",
            Text::new("查看之后签字", "the record is signed after the watching"),
            Text::new("签字早于查看", "it was signed before"),
        );
        must(
            self.checklist.looked_at() > 0,
            "nothing_looked_at",
            Text::new("记录查看到的监管内容", "the record says what was looked at"),
            Text::new("各项均未查看", "nothing was"),
        );
        missing
    }
}

impl SignedRemote {
    /// The record as it was signed.
    pub fn record(&self) -> &RemoteDraft {
        &self.record
    }

    /// The day of the watching, by which it counts for a week.
    pub fn watched_on(&self) -> Date {
        self.watched_on
    }

    /// The signature.
    pub fn signature(&self) -> Signature {
        self.signature
    }

    /// The hash of what was signed.
    pub fn content(&self) -> ContentHash {
        self.content
    }

    /// The day of the signature: before it, the record did not count.
    pub fn signed_on(&self) -> Date {
        civil::date_of(self.signature.at)
    }
}

impl TryFrom<Stored> for SignedRemote {
    type Error = String;

    fn try_from(stored: Stored) -> Result<Self, String> {
        let Stored { record, signature, content } = stored;
        if let Some(wrong) = record.missing(signature).first() {
            return Err(wrong.text().en);
        }
        let watched_on = record.watched_on().ok_or("there is no watching")?;
        Ok(Self { record, watched_on, signature, content })
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::super::watching::tests::{at, taught, watch};
    use super::*;
    use crate::{
        access::Role,
        ids::WatchId,
        supervision::{Look, basis},
    };
    use jiff::Timestamp;
    use uuid::Uuid;

    pub use super::super::watching::tests::{CLASS, SUPERVISOR};

    pub const CENTRE: Actor = Actor { role: Role::Supervisor, institution: None };
    pub const HASH: ContentHash = ContentHash([1; 32]);

    pub fn draft(n: u128, day: Date) -> RemoteDraft {
        RemoteDraft {
            id: SupervisionId(Uuid::from_u128(n)),
            class: CLASS,
            supervisor: SUPERVISOR,
            basis: basis(CLASS, &watch(n, day, (9, 0), (9, 20)), &[taught(day)]).into_iter().collect(),
            checklist: Checklist { attendance_real: Look::SeenFine, ..Checklist::default() },
            remark: None,
        }
    }

    fn by(by: UserId, at: Timestamp) -> Signature {
        Signature { by, at }
    }

    pub fn signed(n: u128, day: Date, signed_on: Date) -> SignedRemote {
        draft(n, day).sign(CENTRE, by(SUPERVISOR, at(signed_on, 17, 0)), HASH).unwrap()
    }

    fn codes(refused: Step<SignedRemote, RemoteDraft>) -> Vec<String> {
        refused.unwrap_err().missing.into_iter().map(|finding| finding.code).collect()
    }

    const DAY: Date = jiff::civil::date(2024, 10, 14);

    /// 七(四): 每次由监管人员签字并留存监管记录.
    #[test]
    fn the_supervisor_who_watched_signs_afterwards_what_was_seen() {
        let done = signed(1, DAY, DAY);
        assert_eq!((done.watched_on(), done.signed_on(), done.content()), (DAY, DAY, HASH));
        assert_eq!(done.signature().by, SUPERVISOR);
        assert_eq!(done.record().basis[0].watch(), WatchId(Uuid::from_u128(1)));
    }

    #[test]
    fn a_draft_that_lacks_something_stays_a_draft_and_says_all_of_it() {
        let now = at(DAY, 17, 0);
        let bare = RemoteDraft { basis: Vec::new(), checklist: Checklist::default(), ..draft(1, DAY) };
        let nobody = UserId(Uuid::nil());
        let refused = bare.clone().sign(Actor { role: Role::Auditor, institution: None }, by(nobody, now), HASH);
        assert_eq!(refused.as_ref().unwrap_err().state, bare);
        assert_eq!(codes(refused), ["signer_no_supervisor", "signed_by_another", "no_watching", "nothing_looked_at"]);
        assert_eq!(codes(draft(1, DAY).sign(CENTRE, by(SUPERVISOR, at(DAY, 9, 10)), HASH)), ["signed_before_watched"]);
        let others = RemoteDraft { class: ClassId(Uuid::nil()), ..draft(1, DAY) };
        assert_eq!(codes(others.sign(CENTRE, by(SUPERVISOR, now), HASH)), ["watching_of_another"]);
        let mut two_days = draft(1, DAY);
        two_days.basis.extend(draft(2, DAY.yesterday().unwrap()).basis);
        assert_eq!(codes(two_days.sign(CENTRE, by(SUPERVISOR, now), HASH)), ["watching_of_several_days"]);
    }

    #[test]
    fn what_is_read_back_is_looked_at_again() {
        let done = signed(1, DAY, DAY);
        let json = serde_json::to_value(&done).unwrap();
        assert_eq!(serde_json::from_value::<SignedRemote>(json.clone()).unwrap(), done);
        let mut without = json.clone();
        without["record"]["basis"] = serde_json::json!([]);
        assert!(serde_json::from_value::<SignedRemote>(without).is_err());
        let mut other = json;
        other["signature"]["by"] = serde_json::json!(Uuid::nil());
        assert!(serde_json::from_value::<SignedRemote>(other).is_err());
    }
}
