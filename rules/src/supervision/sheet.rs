//! R7.4b (七(四)): the sheet 督导记录单 of one on-site inspection: 每次应不少于2人, 由督导检查人员及被检培训机构管理人员签字确认.
//!
//! A draft is written, then closed: from there on its content stands, and is signed by each inspector and by somebody of
//! the institution. Only a sheet with all of these signatures can become a [`SignedSheet`]. To change what it says, it is
//! opened again, and the signatures it had fall.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

use super::{Checklist, ContentHash, Signature};
use crate::{
    access::Actor,
    civil,
    finding::{Finding, Record},
    ids::{ClassId, InstitutionId, SupervisionId, UserId},
    opening::{Refused, Step},
    policy::Policy,
    text::{Remark, RuleId, Text},
};

const RULE: RuleId = RuleId::new("R7.4b");

/// A sheet that is still being written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SheetDraft {
    /// Which.
    pub id: SupervisionId,
    /// The class.
    pub class: ClassId,
    /// Its institution.
    pub institution: InstitutionId,
    /// The day of the inspection.
    pub on: Date,
    /// 督导检查人员, each once.
    pub inspectors: BTreeSet<UserId>,
    /// What was seen.
    pub checklist: Checklist,
    /// What else there is to say.
    pub remark: Option<Remark>,
}

/// A sheet whose content stands and that collects signatures.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SheetSigning {
    sheet: SheetDraft,
    content: ContentHash,
    closed_at: Timestamp,
    inspectors: BTreeMap<UserId, Timestamp>,
    manager: Option<Signature>,
}

/// A sheet with all its signatures; only [`SheetSigning::complete`] makes one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "SheetSigning", into = "SheetSigning")]
pub struct SignedSheet {
    signing: SheetSigning,
    completed_at: Timestamp,
}

fn lacks(sheet: &SheetDraft, code: &'static str, expected: Text, seen: Text) -> Finding {
    Finding::new(RULE, code, expected, seen).showing([Record::Supervision(sheet.id)])
}

fn step<Next, State>(state: State, missing: Vec<Finding>, next: impl FnOnce(State) -> Next) -> Step<Next, State> {
    if missing.is_empty() { Ok(next(state)) } else { Err(Box::new(Refused { state, missing })) }
}

impl SheetDraft {
    /// The content is settled. `content` is its hash as it is kept.
    pub fn close(self, at: Timestamp, content: ContentHash, policy: &Policy) -> Step<SheetSigning, Self> {
        let mut missing = Vec::new();
        let (there, needed) = (self.inspectors.len(), policy.onsite_inspectors);
        if there < needed as usize {
            missing.push(lacks(
                &self,
                "too_few_inspectors",
                Text::new(format!("督导检查人员不少于 {needed} 人"), format!("{needed} inspectors or more")),
                Text::new(format!("{there} 人"), format!("{there} are named")),
            ));
        }
        if civil::date_of(at) < self.on {
            missing.push(lacks(
                &self,
                "closed_before_inspected",
                Text::new("检查之后填写记录单", "the sheet is filled in after the inspection"),
                Text::new("早于检查日期", "it would be before"),
            ));
        }
        if self.checklist.looked_at() == 0 {
            missing.push(lacks(
                &self,
                "nothing_looked_at",
                Text::new("记录现场检查的监管内容", "the sheet says what was looked at"),
                Text::new("各项均未查看", "nothing was"),
            ));
        }
        step(self, missing, |sheet| SheetSigning {
            sheet,
            content,
            closed_at: at,
            inspectors: BTreeMap::new(),
            manager: None,
        })
    }
}

impl SheetSigning {
    /// The sheet.
    pub fn sheet(&self) -> &SheetDraft {
        &self.sheet
    }

    /// The inspectors who have not signed yet.
    pub fn inspectors_left(&self) -> impl Iterator<Item = UserId> + '_ {
        self.sheet.inspectors.iter().copied().filter(|inspector| !self.inspectors.contains_key(inspector))
    }

    /// Whether the institution's signature is still missing.
    pub fn waits_for_institution(&self) -> bool {
        self.manager.is_none()
    }

    /// An inspector signs; a second signature of the same changes nothing.
    pub fn sign_as_inspector(self, actor: Actor, signature: Signature) -> Step<Self, Self> {
        let mut missing = self.too_early(signature);
        if !actor.supervises() || !self.sheet.inspectors.contains(&signature.by) {
            missing.push(lacks(
                &self.sheet,
                "signer_no_inspector",
                Text::new("由记录单所列督导检查人员签字", "the inspectors named on the sheet sign"),
                Text::new("签字人不在其中", "the signer is none of them"),
            ));
        }
        step(self, missing, |mut signing| {
            signing.inspectors.entry(signature.by).or_insert(signature.at);
            signing
        })
    }

    /// The institution's manager confirms 被检培训机构管理人员签字确认; a second confirmation changes nothing. Accounts of an
    /// institution are alike to the rules; which of its people manages it is for the inspectors to see.
    pub fn sign_as_manager(self, actor: Actor, signature: Signature) -> Step<Self, Self> {
        let mut missing = self.too_early(signature);
        if !actor.belongs_to(self.sheet.institution) || self.sheet.inspectors.contains(&signature.by) {
            missing.push(lacks(
                &self.sheet,
                "signer_not_of_institution",
                Text::new("由被检培训机构管理人员签字", "a manager of the inspected institution signs"),
                Text::new("签字人不属于该机构", "the signer is none"),
            ));
        }
        step(self, missing, |mut signing| {
            signing.manager.get_or_insert(signature);
            signing
        })
    }

    fn too_early(&self, signature: Signature) -> Vec<Finding> {
        let fine = signature.at >= self.closed_at;
        let expected = Text::new("记录单填写完毕后签字", "the finished sheet is signed");
        let early = || lacks(&self.sheet, "signed_too_early", expected, Text::new("签字在先", "it was signed before"));
        if fine { Vec::new() } else { vec![early()] }
    }

    /// Back to writing; the signatures fall, as what they stood under changes.
    pub fn reopen(self) -> SheetDraft {
        self.sheet
    }

    /// The signed sheet, once nobody's signature is missing; else the sheet as it was.
    pub fn complete(self) -> Result<SignedSheet, Box<Self>> {
        let manager = match self.manager {
            Some(manager) if self.inspectors_left().next().is_none() => manager,
            Some(_) | None => return Err(Box::new(self)),
        };
        let completed_at = self.inspectors.values().copied().fold(manager.at, Timestamp::max);
        Ok(SignedSheet { signing: self, completed_at })
    }
}

impl SignedSheet {
    /// The sheet as it was signed.
    pub fn sheet(&self) -> &SheetDraft {
        &self.signing.sheet
    }

    /// The hash of what was signed.
    pub fn content(&self) -> ContentHash {
        self.signing.content
    }

    /// The day of the last signature: before it, the sheet did not count.
    pub fn signed_on(&self) -> Date {
        civil::date_of(self.completed_at)
    }
}

impl TryFrom<SheetSigning> for SignedSheet {
    type Error = &'static str;

    fn try_from(signing: SheetSigning) -> Result<Self, Self::Error> {
        signing.complete().map_err(|_| "signatures are missing from the sheet")
    }
}

impl From<SignedSheet> for SheetSigning {
    fn from(signed: SignedSheet) -> Self {
        signed.signing
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::{access::Role, supervision::Look};
    use jiff::civil::{date, time};
    use uuid::Uuid;

    pub const CLASS: ClassId = ClassId(Uuid::from_u128(5));
    const INSTITUTION: InstitutionId = InstitutionId(Uuid::from_u128(4));
    const CENTRE: Actor = Actor { role: Role::Supervisor, institution: None };
    const INSPECTED: Actor = Actor { role: Role::Institution, institution: Some(INSTITUTION) };
    const MANAGER: UserId = UserId(Uuid::from_u128(60));
    const DAY: Date = date(2024, 10, 16);

    fn inspector(n: u128) -> UserId {
        UserId(Uuid::from_u128(50 + n))
    }

    fn at(day: Date, hour: i8) -> Timestamp {
        civil::instant(day, time(hour, 0, 0, 0)).unwrap()
    }

    fn by(by: UserId, day: Date, hour: i8) -> Signature {
        Signature { by, at: at(day, hour) }
    }

    pub fn draft(n: u128, on: Date, inspectors: u128) -> SheetDraft {
        SheetDraft {
            id: SupervisionId(Uuid::from_u128(n)),
            class: CLASS,
            institution: INSTITUTION,
            on,
            inspectors: (1..=inspectors).map(inspector).collect(),
            checklist: Checklist { manager_named: Look::SeenFine, ..Checklist::default() },
            remark: None,
        }
    }

    fn closed(n: u128, on: Date) -> SheetSigning {
        draft(n, on, 2).close(at(on, 11), ContentHash([2; 32]), &Policy::default()).unwrap()
    }

    pub fn signed(n: u128, on: Date, signed_on: Date) -> SignedSheet {
        let signing = closed(n, on).sign_as_inspector(CENTRE, by(inspector(1), on, 12)).unwrap();
        let signing = signing.sign_as_inspector(CENTRE, by(inspector(2), on, 12)).unwrap();
        signing.sign_as_manager(INSPECTED, by(MANAGER, signed_on, 15)).unwrap().complete().unwrap()
    }

    fn codes<Next: std::fmt::Debug, State: std::fmt::Debug>(refused: Step<Next, State>) -> Vec<String> {
        refused.unwrap_err().missing.into_iter().map(|finding| finding.code).collect()
    }

    /// 七(四): 每次应不少于2人.
    #[test]
    fn one_inspector_is_not_enough_and_the_same_twice_is_one() {
        let mut one = draft(1, DAY, 1);
        one.inspectors.insert(inspector(1));
        assert_eq!(codes(one.close(at(DAY, 11), ContentHash([2; 32]), &Policy::default())), ["too_few_inspectors"]);
    }

    #[test]
    fn a_sheet_says_what_was_seen_and_is_written_after_the_inspection() {
        let blank = SheetDraft { checklist: Checklist::default(), ..draft(1, DAY, 2) };
        let early = blank.close(at(DAY.yesterday().unwrap(), 11), ContentHash([2; 32]), &Policy::default());
        assert_eq!(codes(early), ["closed_before_inspected", "nothing_looked_at"]);
    }

    /// 七(四): 由督导检查人员及被检培训机构管理人员签字确认.
    #[test]
    fn only_with_all_inspectors_and_the_institution_it_is_signed() {
        let one = closed(1, DAY).sign_as_inspector(CENTRE, by(inspector(1), DAY, 12)).unwrap();
        assert_eq!(one.inspectors_left().collect::<Vec<_>>(), [inspector(2)]);
        assert!(one.waits_for_institution());
        let with_manager = one.clone().sign_as_manager(INSPECTED, by(MANAGER, DAY, 12)).unwrap();
        assert!(!with_manager.waits_for_institution());
        assert_eq!(with_manager.clone().complete().unwrap_err().sheet().id, one.sheet().id, "an inspector is missing");
        let both = one.sign_as_inspector(CENTRE, by(inspector(2), DAY, 13)).unwrap();
        assert!(both.complete().is_err(), "the institution is missing");
        let all = with_manager.sign_as_inspector(CENTRE, by(inspector(2), date(2024, 10, 17), 9)).unwrap();
        assert_eq!(all.complete().unwrap().signed_on(), date(2024, 10, 17), "from the last signature on");
    }

    #[test]
    fn nobody_signs_for_another() {
        let signing = closed(1, DAY);
        let stranger = by(inspector(9), DAY, 12);
        assert_eq!(codes(signing.clone().sign_as_inspector(CENTRE, stranger)), ["signer_no_inspector"]);
        let inspector_1 = by(inspector(1), DAY, 12);
        assert_eq!(codes(signing.clone().sign_as_inspector(INSPECTED, inspector_1)), ["signer_no_inspector"]);
        assert_eq!(codes(signing.clone().sign_as_manager(CENTRE, inspector_1)), ["signer_not_of_institution"]);
        let other = Actor { institution: Some(InstitutionId(Uuid::nil())), ..INSPECTED };
        assert_eq!(codes(signing.clone().sign_as_manager(other, by(MANAGER, DAY, 12))), ["signer_not_of_institution"]);
        assert_eq!(codes(signing.sign_as_manager(INSPECTED, by(MANAGER, DAY, 10))), ["signed_too_early"]);
    }

    #[test]
    fn what_is_opened_again_has_lost_its_signatures() {
        let signing = closed(1, DAY).sign_as_inspector(CENTRE, by(inspector(1), DAY, 12)).unwrap();
        let again = signing.reopen().close(at(DAY, 14), ContentHash([3; 32]), &Policy::default()).unwrap();
        assert_eq!(again.inspectors_left().count(), 2);
    }

    #[test]
    fn a_sheet_without_a_signature_is_not_read_back_as_signed() {
        let done = signed(1, DAY, DAY);
        assert_eq!(done.content(), ContentHash([2; 32]));
        let mut json = serde_json::to_value(&done).unwrap();
        assert_eq!(serde_json::from_value::<SignedSheet>(json.clone()).unwrap(), done);
        json["manager"] = serde_json::Value::Null;
        assert!(serde_json::from_value::<SignedSheet>(json).is_err());
    }
}
