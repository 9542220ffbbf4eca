//! R7.2a: 如遇特殊情况不能按照教学计划正常上课时，需及时…说明情况申请调整课时.
//!
//! [`Change`] → written request → [`ChangeRequested`] → the centre's word → [`ChangeApproved`] or [`ChangeRefused`]. Only
//! before the earliest lesson that it takes away or brings can a change be asked for and approved; whatever is taught
//! otherwise is a deviation, for a person to decide.

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Lesson, Timetable, lesson::when};
use crate::{
    finding::{Finding, Record},
    ids::{ChangeRequestId, ClassId, LessonId, UserId},
    text::{RuleId, Text},
};

const RULE: RuleId = RuleId::new("R7.2a");

/// What is to be changed, and why.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Change {
    /// The request's identity.
    pub id: ChangeRequestId,
    /// The class.
    pub class: ClassId,
    /// Lessons that are not held as the timetable has them.
    pub withdrawn: BTreeSet<LessonId>,
    /// Lessons instead of them or beside them; one that only moves keeps its identity.
    pub added: Vec<Lesson>,
    /// 说明情况: why.
    pub reason: String,
}

/// A request that lies with the centre.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ChangeRequested {
    /// What is asked for.
    pub change: Change,
    /// Who asked.
    pub by: UserId,
    /// When.
    pub at: Timestamp,
}

/// The centre agreed before the lessons.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ChangeApproved {
    /// What was asked for.
    pub request: ChangeRequested,
    /// Who agreed.
    pub by: UserId,
    /// When.
    pub at: Timestamp,
}

/// The centre did not agree.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ChangeRefused {
    /// What was asked for.
    pub request: ChangeRequested,
    /// Who refused.
    pub by: UserId,
    /// When.
    pub at: Timestamp,
    /// Why.
    pub reason: String,
}

/// A request at any stage, as it is stored.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "stage", content = "facts")]
pub enum ChangeRequest {
    /// See [`ChangeRequested`].
    Requested(ChangeRequested),
    /// See [`ChangeApproved`].
    Approved(ChangeApproved),
    /// See [`ChangeRefused`].
    Refused(ChangeRefused),
}

/// A step that was not taken: the state as it was, and all that stands against it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotTaken<S> {
    /// Unchanged.
    pub state: S,
    /// Never empty.
    pub against: Vec<Finding>,
}

/// What a step gives.
pub type ChangeStep<Next, State> = Result<Next, Box<NotTaken<State>>>;

impl Change {
    /// The start of the earliest lesson that it takes from the timetable or brings into it.
    pub fn begins(&self, timetable: &Timetable) -> Option<Timestamp> {
        let withdrawn = self.withdrawn.iter().filter_map(|&id| timetable.lesson(id));
        withdrawn.chain(&self.added).map(|lesson| lesson.span.start()).min()
    }

    /// The written request, `at` some time before the first lesson concerned.
    pub fn request(self, timetable: &Timetable, by: UserId, at: Timestamp) -> ChangeStep<ChangeRequested, Self> {
        match self.fit(timetable, at) {
            Ok(_) => Ok(ChangeRequested { change: self, by, at }),
            Err(against) => Err(Box::new(NotTaken { state: self, against })),
        }
    }

    /// The timetable with the change made, or all that stands against making it at `at`. [`super::check`] tells whether
    /// the new timetable is a good one.
    pub fn fit(&self, timetable: &Timetable, at: Timestamp) -> Result<Timetable, Vec<Finding>> {
        let mut against = Vec::new();
        let mut must = |fine: bool, code, expected: Text, seen: Text| {
            if !fine {
                let finding = Finding::new(RULE, code, expected, seen);
                against.push(finding.showing([Record::ChangeRequest(self.id), Record::Class(self.class)]));
            }
        };
        must(
            self.class == timetable.class(),
            "change_of_another_class",
            Text::new("申请调整本班课程表", "a change is to the class's own timetable"),
            Text::new("课程表属于其他班次", "the timetable is another class's"),
        );
        must(
            !self.reason.trim().is_empty(),
            "change_without_reason",
            Text::new("书面说明情况", "the request says why in writing"),
            Text::new("未说明", "it does not"),
        );
        must(
            !self.withdrawn.is_empty() || !self.added.is_empty(),
            "change_of_nothing",
            Text::new("写明调整的课时", "the request names lessons"),
            Text::new("没有调整任何课时", "it changes none"),
        );
        must(
            self.withdrawn.iter().all(|&id| timetable.lesson(id).is_some()),
            "change_of_unknown_lesson",
            Text::new("被调整的课时在课程表内", "the lessons to be changed are in the timetable"),
            Text::new("有课时不在现行课程表内", "one is not, as the timetable stands"),
        );
        if let Some(begins) = self.begins(timetable) {
            let first = timetable.lessons().iter().chain(&self.added).find(|lesson| lesson.span.start() == begins);
            let lesson = first.map_or_else(|| begins.to_string(), |lesson| when(lesson.span));
            must(
                at < begins,
                "change_too_late",
                Text::new("课前申请并经中心同意", "a change is asked for and approved before the lesson"),
                Text::new(format!("{lesson} 的课时已经开始"), format!("the lesson of {lesson} has begun")),
            );
        }
        let kept = timetable.lessons().iter().filter(|lesson| !self.withdrawn.contains(&lesson.id));
        let changed = Timetable::new(timetable.class(), kept.chain(&self.added).cloned().collect());
        must(
            changed.is_ok(),
            "change_lesson_twice",
            Text::new("每个课时只出现一次", "each lesson is there once"),
            Text::new("新课时的编号已被使用", "a new lesson has the identity of another"),
        );
        changed.ok().filter(|_| against.is_empty()).ok_or(against)
    }
}

impl ChangeRequested {
    /// The centre agrees: gives the approval and the timetable that is in force from now on. The timetable may have
    /// changed since the request, so everything is looked at again.
    pub fn approve(
        self,
        timetable: &Timetable,
        by: UserId,
        at: Timestamp,
    ) -> ChangeStep<(ChangeApproved, Timetable), Self> {
        match self.change.fit(timetable, at) {
            Ok(changed) => Ok((ChangeApproved { request: self, by, at }, changed)),
            Err(against) => Err(Box::new(NotTaken { state: self, against })),
        }
    }

    /// The centre does not agree, and says why.
    pub fn refuse(self, by: UserId, at: Timestamp, reason: String) -> ChangeStep<ChangeRefused, Self> {
        if reason.trim().is_empty() {
            let expected = Text::new("说明不同意的理由", "a refusal gives its reason");
            let finding = Finding::new(RULE, "refusal_without_reason", expected, Text::new("未说明", "it gives none"));
            let against = vec![finding.showing([Record::ChangeRequest(self.change.id)])];
            return Err(Box::new(NotTaken { state: self, against }));
        }
        Ok(ChangeRefused { request: self, by, at, reason })
    }
}

impl ChangeRequest {
    /// What was asked for.
    pub fn change(&self) -> &Change {
        match self {
            Self::Requested(requested) => &requested.change,
            Self::Approved(approved) => &approved.request.change,
            Self::Refused(refused) => &refused.request.change,
        }
    }
}

/// A timetable after all its changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Replayed {
    /// What is in force.
    pub timetable: Timetable,
    /// Why an approval was passed over, where one was.
    pub findings: Vec<Finding>,
}

/// The timetable in force after these approvals, made in the order of their time. One that came after a lesson it
/// concerns, or that does not fit what was in force then, changes nothing and is told.
///
/// Since no approval reaches back, the timetable in force at a lesson's start is, as to that lesson, the one after all
/// approvals: there is no need to ask for each lesson what was in force.
pub fn replay(original: Timetable, approvals: &[ChangeApproved]) -> Replayed {
    let mut in_order: Vec<&ChangeApproved> = approvals.iter().collect();
    in_order.sort_by_key(|approved| (approved.at, approved.request.change.id));
    let mut replayed = Replayed { timetable: original, findings: Vec::new() };
    for approved in in_order {
        match approved.request.change.fit(&replayed.timetable, approved.at) {
            Ok(changed) => replayed.timetable = changed,
            Err(against) => replayed.findings.extend(against),
        }
    }
    replayed
}
