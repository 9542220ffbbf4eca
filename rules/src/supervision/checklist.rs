//! R7.1a (七(一)): what supervision looks at. The content of every remote record and every inspection sheet.

use serde::{Deserialize, Serialize};

use crate::{
    finding::{Finding, Record},
    ids::SupervisionId,
    text::{Remark, RuleId, Text},
};

const RULE: RuleId = RuleId::new("R7.1a");

/// What came of looking at one item.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "look")]
pub enum Look {
    /// Looked at, and as it should be.
    SeenFine,
    /// Looked at, and not as it should be.
    NotFine {
        /// What is wrong.
        what: Remark,
    },
    /// Not looked at this time.
    #[default]
    NotLookedAt,
}

/// Every item with what came of it. There is no list without one of them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Checklist {
    /// 七(一)1: 参加培训人员是否真实自愿.
    pub voluntary: Look,
    /// 七(一)1: 学员出勤情况是否真实.
    pub attendance_real: Look,
    /// 七(一)2: 是否有专人负责培训班的管理工作.
    pub manager_named: Look,
    /// 七(一)2: 是否建立学员培训台账、档案.
    pub ledgers_kept: Look,
    /// 七(一)2: 是否及时记录学员出勤请假等情况.
    pub leave_recorded: Look,
    /// 七(一)3: 是否存在违反相关补贴性培训要求的情况.
    pub conduct: Look,
    /// 七(一)4: 是否存在中途退出的学员.
    pub drop_outs: Look,
    /// 七(一)4: 是否存在班级男女数量与上报数量不一致.
    pub sex_counts: Look,
    /// 七(一)4: 是否存在学员替换等情况.
    pub replaced: Look,
    /// 七(四): 重点核查…教学计划执行情况.
    pub plan_followed: Look,
}

/// The items, in the order of the notice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Item {
    /// See [`Checklist::voluntary`].
    Voluntary,
    /// See [`Checklist::attendance_real`].
    AttendanceReal,
    /// See [`Checklist::manager_named`].
    ManagerNamed,
    /// See [`Checklist::ledgers_kept`].
    LedgersKept,
    /// See [`Checklist::leave_recorded`].
    LeaveRecorded,
    /// See [`Checklist::conduct`].
    Conduct,
    /// See [`Checklist::drop_outs`].
    DropOuts,
    /// See [`Checklist::sex_counts`].
    SexCounts,
    /// See [`Checklist::replaced`].
    Replaced,
    /// See [`Checklist::plan_followed`].
    PlanFollowed,
}

impl Item {
    /// What is as it should be.
    pub fn text(self) -> Text {
        match self {
            Self::Voluntary => Text::new("参加培训人员真实自愿", "those who attend do so really and of their own will"),
            Self::AttendanceReal => Text::new("学员出勤情况真实", "the attendance is real"),
            Self::ManagerNamed => Text::new("有专人负责培训班的管理工作", "a named person manages the class"),
            Self::LedgersKept => Text::new("建立学员培训台账、档案", "the students' ledgers and archive are kept"),
            Self::LeaveRecorded => Text::new("及时记录学员出勤请假等情况", "attendance and leave are recorded in time"),
            Self::Conduct => Text::new("符合相关补贴性培训要求", "the training meets the subsidy's requirements"),
            Self::DropOuts => Text::new("无中途退出的学员", "no student has dropped out"),
            Self::SexCounts => Text::new("班级男女数量与上报数量一致", "men and women are as many as reported"),
            Self::Replaced => Text::new("无学员替换等情况", "no student is replaced by another person"),
            Self::PlanFollowed => Text::new("教学计划执行到位", "the teaching follows its plan"),
        }
    }
}

impl Checklist {
    /// Each item with what came of it, in the notice's order.
    pub fn looks(&self) -> [(Item, &Look); 10] {
        [
            (Item::Voluntary, &self.voluntary),
            (Item::AttendanceReal, &self.attendance_real),
            (Item::ManagerNamed, &self.manager_named),
            (Item::LedgersKept, &self.ledgers_kept),
            (Item::LeaveRecorded, &self.leave_recorded),
            (Item::Conduct, &self.conduct),
            (Item::DropOuts, &self.drop_outs),
            (Item::SexCounts, &self.sex_counts),
            (Item::Replaced, &self.replaced),
            (Item::PlanFollowed, &self.plan_followed),
        ]
    }

    /// How many items were looked at.
    pub fn looked_at(&self) -> u32 {
        let seen = self.looks().into_iter().filter(|(_, look)| **look != Look::NotLookedAt);
        u32::try_from(seen.count()).unwrap_or(u32::MAX)
    }

    /// What was not fine, as findings of that record. They are grounds for a person's decision (R7.5), nothing more.
    pub fn findings(&self, record: SupervisionId) -> Vec<Finding> {
        let wrong = self.looks().into_iter().filter_map(|(item, look)| match look {
            Look::NotFine { what } => Some((item, what)),
            Look::SeenFine | Look::NotLookedAt => None,
        });
        wrong
            .map(|(item, what)| {
                let seen = Text::new(what.as_str(), what.as_str());
                Finding::new(RULE, "checklist_not_fine", item.text(), seen).showing([Record::Supervision(record)])
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;
    use uuid::Uuid;

    const RECORD: SupervisionId = SupervisionId(Uuid::from_u128(7));

    /// 七(一): 1. 真实自愿、出勤真实；2. 专人、台账档案、请假；3. 违反要求；4. 中途退出、男女数量、学员替换. 七(四): 教学计划.
    #[test]
    fn the_list_has_every_item_of_the_notice_once_in_its_order() {
        let list = Checklist::default();
        let items = list.looks().map(|(item, _)| item);
        assert!(items.is_sorted());
        let words: BTreeSet<_> = items.iter().map(|item| item.text().zh).collect();
        assert_eq!(words.len(), 10);
        for part in [
            "自愿",
            "出勤情况真实",
            "专人",
            "台账",
            "请假",
            "补贴性培训要求",
            "中途退出",
            "男女数量",
            "替换",
            "教学计划",
        ] {
            assert!(words.iter().any(|text| text.contains(part)), "{part}");
        }
    }

    #[test]
    fn what_was_not_fine_becomes_a_finding_and_what_was_not_looked_at_does_not() {
        let what = Remark::new("两名学员由他人代打卡").unwrap();
        let list =
            Checklist { attendance_real: Look::SeenFine, replaced: Look::NotFine { what }, ..Checklist::default() };
        assert_eq!(list.looked_at(), 2);
        let findings = list.findings(RECORD);
        assert_eq!(findings.len(), 1);
        assert_eq!(findings[0].text().zh, "R7.1a：无学员替换等情况；两名学员由他人代打卡");
        assert_eq!(findings[0].records, [Record::Supervision(RECORD)]);
        assert_eq!(Checklist::default().findings(RECORD), []);
    }

    #[test]
    fn each_item_says_what_its_own_look_says() {
        let names = serde_json::to_value(Checklist::default()).unwrap();
        for (name, item) in names.as_object().unwrap().keys().zip(0..) {
            let mut one = serde_json::to_value(Checklist::default()).unwrap();
            one[name] = serde_json::json!({"look": "not_fine", "what": format!("坏{item}")});
            let list: Checklist = serde_json::from_value(one).unwrap();
            let told = list.looks().into_iter().find(|(_, look)| **look != Look::NotLookedAt).unwrap().0;
            assert_eq!(serde_json::to_value(told).unwrap(), serde_json::json!(name));
        }
    }

    #[test]
    fn an_item_that_is_not_fine_says_what_and_a_list_without_an_item_is_none() {
        let mut json = serde_json::to_value(Checklist::default()).unwrap();
        json["conduct"] = serde_json::json!({"look": "not_fine", "what": " "});
        assert!(serde_json::from_value::<Checklist>(json.clone()).is_err());
        json.as_object_mut().unwrap().remove("conduct");
        assert!(serde_json::from_value::<Checklist>(json).is_err());
    }

    #[test]
    fn each_item_has_its_words() {
        let items = [
            Item::Voluntary,
            Item::AttendanceReal,
            Item::ManagerNamed,
            Item::LedgersKept,
            Item::LeaveRecorded,
            Item::Conduct,
            Item::DropOuts,
            Item::SexCounts,
            Item::Replaced,
            Item::PlanFollowed,
        ];
        crate::text::told_apart(items.map(Item::text));
    }
}
