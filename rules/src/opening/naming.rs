//! R6.1 (六): 班次名称按照**年**专业**班期进行命名，保证线上线下班次的名称一致.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{
    finding::Finding,
    text::{RuleId, Text},
};

/// A class's name in its parts.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ClassName {
    /// The year.
    pub year: i16,
    /// The major.
    pub major: String,
    /// Which class of that major in that year, from 1.
    pub batch: u32,
}

impl fmt::Display for ClassName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { year, major, batch } = self;
        write!(f, "{year}年{major}专业{batch}班期")
    }
}

/// Reads a name; `None` where it does not follow the form.
pub fn class_name(text: &str) -> Option<ClassName> {
    let (year, rest) = text.trim().split_once('年')?;
    // The major itself may hold the word 专业: the last one is the form's.
    let (major, batch) = rest.strip_suffix("班期")?.rsplit_once("专业")?;
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.to_owned());
    let name = ClassName {
        year: digits(year).filter(|year| year.len() == 4)?.parse().ok()?,
        major: major.to_owned(),
        batch: digits(batch)?.parse().ok()?,
    };
    (name.batch > 0 && !name.major.trim().is_empty() && name.to_string() == text.trim()).then_some(name)
}

/// Whether the names on-line and off-line are the class's name, and the platform's number is recorded.
pub fn check(name: &ClassName, offline: &str, online: &str, platform_number: &str) -> Vec<Finding> {
    let rule = || RuleId::new("R6.1");
    let expected = || Text::new(format!("班次名称为“{name}”"), format!("the class is called “{name}”"));
    let mut findings = Vec::new();
    for (zh, en, code, given) in
        [("线下", "off-line", "offline_name", offline), ("线上", "on-line", "online_name", online)]
    {
        if given.trim() != name.to_string() {
            let seen = Text::new(format!("{zh}名称为“{given}”"), format!("its {en} name is “{given}”"));
            findings.push(Finding::new(rule(), code, expected(), seen));
        }
    }
    if platform_number.trim().is_empty() {
        let expected = Text::new("登记省平台班次编号", "the provincial platform's number is recorded");
        let seen = Text::new("未登记", "it is not");
        findings.push(Finding::new(rule(), "platform_number_missing", expected, seen));
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_name_as_the_notice_wants_it() {
        let name = class_name("2024年电子商务专业1班期").unwrap();
        assert_eq!(name, ClassName { year: 2024, major: "电子商务".to_owned(), batch: 1 });
        assert_eq!(class_name("2024年专业技能专业12班期").unwrap().major, "专业技能");
        for odd in [
            "24年电子商务专业1班期",
            "2024年电子商务1班期",
            "2024年电子商务专业一班期",
            "2024年专业1班期",
            "2024年电子商务专业01班期",
            "2024年电子商务专业0班期",
            "",
        ] {
            assert_eq!(class_name(odd), None, "{odd}");
        }
    }

    #[test]
    fn both_names_are_the_same_and_the_number_is_there() {
        let name = class_name("2024年电子商务专业1班期").unwrap();
        let codes = |offline, online, number| -> Vec<_> {
            check(&name, offline, online, number).into_iter().map(|finding| finding.code).collect()
        };
        let (good, other) = ("2024年电子商务专业1班期", "2024年电子商务专业2班期");
        assert_eq!(codes(good, good, "LN-1"), [""; 0]);
        assert_eq!(codes(good, other, "LN-1"), ["online_name"]);
        assert_eq!(codes(other, good, " "), ["offline_name", "platform_number_missing"]);
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_again(year in 2000i16..2100, major in "[\\p{Han}a-zA-Z]{1,12}", batch in 1u32..100) {
            let name = ClassName { year, major, batch };
            prop_assert_eq!(class_name(&name.to_string()), Some(name));
        }

        #[test]
        fn strange_texts_do_no_harm(text in "\\PC{0,30}") {
            if let Some(name) = class_name(&text) {
                prop_assert_eq!(name.to_string(), text.trim());
            }
        }
    }
}
