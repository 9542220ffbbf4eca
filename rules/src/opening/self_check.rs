//! R2.1 (二、1): the institution checks itself item by item, each with the approval's file, before it applies.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{
    finding::Finding,
    text::{RuleId, Text},
};

/// What is checked: 办学资质、培训专业、教学场地、选用教材.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SelfCheckItem {
    /// 办学资质.
    Licence,
    /// 培训专业.
    Major,
    /// 教学场地.
    Venue,
    /// 选用教材.
    Textbooks,
}

impl SelfCheckItem {
    /// All four.
    pub const ALL: [Self; 4] = [Self::Licence, Self::Major, Self::Venue, Self::Textbooks];

    fn text(self) -> Text {
        match self {
            Self::Licence => Text::new("办学资质", "the school's licence"),
            Self::Major => Text::new("培训专业", "the major"),
            Self::Venue => Text::new("教学场地", "the venue"),
            Self::Textbooks => Text::new("选用教材", "the textbooks"),
        }
    }
}

/// One checked item.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct SelfCheck {
    /// Which.
    pub item: SelfCheckItem,
    /// When.
    pub on: Date,
    /// The bureau's approval.
    pub file: String,
}

/// The items that are not checked by `today`, or have no file.
pub fn check(done: &[SelfCheck], today: Date) -> Vec<Finding> {
    let missing = |item: SelfCheckItem| {
        let mut own = done.iter().filter(|check| check.item == item && check.on <= today).peekable();
        let seen = if own.peek().is_none() {
            Text::new("尚未核准", "not checked yet")
        } else if own.all(|check| check.file.trim().is_empty()) {
            Text::new("缺少市人社局审批确认材料", "the bureau's approval is not attached")
        } else {
            return None;
        };
        let name = item.text();
        let expected = Text::new(
            format!("{}已核准并附审批材料", name.zh),
            format!("{} checked, with the approval attached", name.en),
        );
        Some(Finding::new(RuleId::new("R2.1"), "self_check_missing", expected, seen))
    };
    SelfCheckItem::ALL.into_iter().filter_map(missing).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn all_four_with_their_files_and_none_less() {
        let today = date(2024, 9, 20);
        let all: Vec<_> = SelfCheckItem::ALL
            .into_iter()
            .map(|item| SelfCheck { item, on: today, file: "批复.pdf".to_owned() })
            .collect();
        assert_eq!(check(&all, today), []);
        assert_eq!(check(&[], today).len(), 4);
        for index in 0..4 {
            let mut some = all.clone();
            some[index].file = String::new();
            assert!(check(&some, today)[0].seen.zh.contains("材料"));
            some.remove(index);
            assert_eq!(check(&some, today).len(), 1);
        }
        assert_eq!(check(&all, date(2024, 9, 19)).len(), 4, "tomorrow's checks do not count");
    }

    #[test]
    fn each_item_has_its_words() {
        crate::text::told_apart(SelfCheckItem::ALL.map(SelfCheckItem::text));
    }
}
