//! R7.4a (七(四)): the record of one remote supervision 远程监控: 每次由监管人员签字并留存监管记录.
//!
//! What it rests on is the system's own log of watching, never the supervisor's word: a viewing counts as [`Basis`] when it
//! showed this class's teaching *live* (七: 实时、随机的方式). Recordings may be looked at as well; they are no remote
//! supervision. The notice gives no least length: the seconds are on the record for everyone to see.

use jiff::{SignedDuration, civil::Date};
use serde::{Deserialize, Serialize};

use super::{Checklist, ContentHash, Signature};
use crate::{
    access::Actor,
    civil,
    finding::{Finding, Record},
    ids::{CameraId, ClassId, SupervisionId, UserId, WatchId},
    opening::{Refused, Step},
    span::Span,
    text::{Remark, RuleId, Text},
};

const RULE: RuleId = RuleId::new("R7.4a");

/// What a viewing showed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Showing {
    /// What the camera saw at that time.
    Live,
    /// What it had seen before.
    Recording,
}

/// A viewing that is over, as the system logged it by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct LoggedWatch {
    /// Which.
    pub watch: WatchId,
    /// Who watched.
    pub by: UserId,
    /// Which camera.
    pub camera: CameraId,
    /// What of it.
    pub showing: Showing,
    /// From when to when.
    pub span: Span,
}

/// A time in which a class was taught in front of a camera.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Taught {
    /// The class.
    pub class: ClassId,
    /// A camera of its venue.
    pub camera: CameraId,
    /// From when to when.
    pub span: Span,
}

/// A viewing that really showed a class's teaching; only [`basis`] makes one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Basis {
    watch: WatchId,
    by: UserId,
    class: ClassId,
    /// From the first to the last teaching that was seen.
    span: Span,
    seconds: u32,
}

impl Basis {
    /// The viewing.
    pub fn watch(&self) -> WatchId {
        self.watch
    }

    /// How many seconds of teaching it showed.
    pub fn seconds(&self) -> u32 {
        self.seconds
    }
}

/// What a viewing showed of a class's teaching; `None` where it showed none, or a recording.
pub fn basis(class: ClassId, watch: &LoggedWatch, taught: &[Taught]) -> Option<Basis> {
    if watch.showing != Showing::Live {
        return None;
    }
    let own = taught.iter().filter(|taught| (taught.class, taught.camera) == (class, watch.camera));
    let mut seen: Vec<Span> = own.filter_map(|taught| taught.span.intersection(watch.span)).collect();
    seen.sort_unstable();
    let start = seen.first()?.start();
    let mut end = start;
    let mut length = SignedDuration::ZERO;
    for part in seen {
        if let Ok(fresh) = Span::new(part.start().max(end), part.end()) {
            length += fresh.duration();
            end = fresh.end();
        }
    }
    let span = Span::new(start, end).ok()?;
    Some(Basis { watch: watch.watch, by: watch.by, class, span, seconds: u32::try_from(length.as_secs()).ok()? })
}

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
        match (missing.is_empty(), self.watched_on()) {
            (true, Some(watched_on)) => Ok(SignedRemote { record: self, watched_on, signature, content }),
            (true | false, _) => Err(Box::new(Refused { state: self, missing })),
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
    use super::*;
    use crate::{access::Role, supervision::Look};
    use jiff::{Timestamp, civil::time};
    use uuid::Uuid;

    pub const CLASS: ClassId = ClassId(Uuid::from_u128(5));
    pub const SUPERVISOR: UserId = UserId(Uuid::from_u128(6));
    const CAMERA: CameraId = CameraId(Uuid::from_u128(7));
    pub const CENTRE: Actor = Actor { role: Role::Supervisor, institution: None };
    pub const HASH: ContentHash = ContentHash([1; 32]);

    fn at(day: Date, hour: i8, minute: i8) -> Timestamp {
        civil::instant(day, time(hour, minute, 0, 0)).unwrap()
    }

    fn span(day: Date, from: (i8, i8), to: (i8, i8)) -> Span {
        Span::new(at(day, from.0, from.1), at(day, to.0, to.1)).unwrap()
    }

    /// Taught from 8:30 to 12:00.
    fn taught(day: Date) -> Taught {
        Taught { class: CLASS, camera: CAMERA, span: span(day, (8, 30), (12, 0)) }
    }

    fn watch(n: u128, day: Date, from: (i8, i8), to: (i8, i8)) -> LoggedWatch {
        let (watch, by) = (WatchId(Uuid::from_u128(n)), SUPERVISOR);
        LoggedWatch { watch, by, camera: CAMERA, showing: Showing::Live, span: span(day, from, to) }
    }

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

    #[test]
    fn only_live_pictures_of_this_classs_teaching_are_a_basis() {
        let seconds = |watch: LoggedWatch| basis(CLASS, &watch, &[taught(DAY)]).map(|basis| basis.seconds());
        let inside = watch(1, DAY, (9, 0), (9, 20));
        assert_eq!(seconds(inside), Some(1_200));
        assert_eq!(seconds(watch(1, DAY, (8, 0), (8, 40))), Some(600), "what was before the lesson does not count");
        assert_eq!(seconds(watch(1, DAY, (12, 0), (12, 30))), None, "after the lesson");
        assert_eq!(seconds(LoggedWatch { showing: Showing::Recording, ..inside }), None);
        assert_eq!(seconds(LoggedWatch { camera: CameraId(Uuid::nil()), ..inside }), None, "another room");
        let other = [Taught { class: ClassId(Uuid::nil()), ..taught(DAY) }];
        assert_eq!(basis(CLASS, &inside, &other), None, "another class in that room");
    }

    #[test]
    fn teaching_that_two_sessions_both_claim_is_seen_once() {
        let twice = [taught(DAY), Taught { span: span(DAY, (9, 10), (10, 0)), ..taught(DAY) }];
        assert_eq!(basis(CLASS, &watch(1, DAY, (9, 0), (9, 20)), &twice).unwrap().seconds(), 1_200);
    }

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
