//! Where an opening stands, and what it is about whatever its stage.

use serde::{Deserialize, Serialize};

use super::{Applied, Approved, Draft, Filed, Opening, Running, SelfChecked};
use crate::{
    finding::Finding,
    text::{RuleId, Text},
};

/// A stage of an opening, in the order in which they are reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Somebody wants to open the class.
    Draft,
    /// 已自查 (R2.1).
    SelfChecked,
    /// 已通过现场审核 (R5.1).
    Filed,
    /// 已申请 (R6.1).
    Applied,
    /// 已批准 (R6.2).
    Approved,
    /// 已开班.
    Running,
}

impl Stage {
    /// Its name.
    pub fn text(self) -> Text {
        match self {
            Self::Draft => Text::new("筹备中", "a draft"),
            Self::SelfChecked => Text::new("已自查", "self-checked"),
            Self::Filed => Text::new("已通过现场审核", "filed"),
            Self::Applied => Text::new("已申请", "applied for"),
            Self::Approved => Text::new("已批准", "approved"),
            Self::Running => Text::new("已开班", "running"),
        }
    }
}

/// R6.2 (六, 五: 每次开班前): what keeps a class at this stage from being taught.
pub fn may_run(stage: Stage) -> Option<Finding> {
    let expected = Text::new("开班申请经中心审批通过", "the centre approved the application");
    let now = stage.text();
    let seen = Text::new(format!("该班{}", now.zh), format!("the class is {}", now.en));
    (stage < Stage::Approved).then(|| Finding::new(RuleId::new("R6.2"), "not_approved", expected, seen))
}

impl Opening {
    /// Where it stands.
    pub fn stage(&self) -> Stage {
        match self {
            Self::Draft(_) => Stage::Draft,
            Self::SelfChecked(_) => Stage::SelfChecked,
            Self::Filed(_) => Stage::Filed,
            Self::Applied(_) => Stage::Applied,
            Self::Approved(_) => Stage::Approved,
            Self::Running(_) => Stage::Running,
        }
    }

    /// The class that is opened.
    pub fn draft(&self) -> &Draft {
        match self {
            Self::Draft(draft) => draft,
            Self::SelfChecked(checked) => &checked.class,
            Self::Filed(filed) => &filed.checked.class,
            Self::Applied(applied) => &applied.filed.checked.class,
            Self::Approved(approved) => &approved.applied.filed.checked.class,
            Self::Running(running) => &running.approved.applied.filed.checked.class,
        }
    }

    /// The self-check, once it was passed.
    pub fn self_checked(&self) -> Option<&SelfChecked> {
        match self {
            Self::SelfChecked(checked) => Some(checked),
            _ => self.filed().map(|filed| &filed.checked),
        }
    }

    /// The filing, once it was passed.
    pub fn filed(&self) -> Option<&Filed> {
        match self {
            Self::Filed(filed) => Some(filed),
            _ => self.applied().map(|applied| &applied.filed),
        }
    }

    /// The application, once it was handed in and unless it was sent back.
    pub fn applied(&self) -> Option<&Applied> {
        match self {
            Self::Applied(applied) => Some(applied),
            _ => self.approved().map(|approved| &approved.applied),
        }
    }

    /// The centre's approval.
    pub fn approved(&self) -> Option<&Approved> {
        match self {
            Self::Approved(approved) | Self::Running(Running { approved, .. }) => Some(approved),
            _ => None,
        }
    }

    /// The running class.
    pub fn running(&self) -> Option<&Running> {
        match self {
            Self::Running(running) => Some(running),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_class_is_taught_once_it_is_approved() {
        for stage in [Stage::Draft, Stage::SelfChecked, Stage::Filed, Stage::Applied] {
            let finding = may_run(stage).unwrap();
            assert!(finding.rule.as_str() == "R6.2" && finding.seen.zh.contains(&stage.text().zh), "{finding:?}");
        }
        assert_eq!((may_run(Stage::Approved), may_run(Stage::Running)), (None, None));
    }

    #[test]
    fn each_stage_has_its_words() {
        let stages = [Stage::Draft, Stage::SelfChecked, Stage::Filed, Stage::Applied, Stage::Approved, Stage::Running];
        assert!(stages.is_sorted());
        crate::text::told_apart(stages.map(Stage::text));
    }
}
