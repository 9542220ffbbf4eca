//! R1.1 to R1.3 (一): approved institutions and majors, venues, textbooks.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{
    finding::{Finding, Record},
    ids::{InstitutionId, VenueId},
    text::{RuleId, Text},
};

/// A line of 《抚顺市 … 年高校毕业生专业转换及技能提升培训机构及专业》.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct CatalogueEntry {
    /// The list's year.
    pub year: i16,
    /// The institution.
    pub institution: InstitutionId,
    /// A major approved for it.
    pub major: String,
}

/// The approval lists of all years.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Catalogue(pub Vec<CatalogueEntry>);

/// R1.1: only an institution of the year's list, only in a major approved for that institution.
pub fn major_allowed(catalogue: &Catalogue, institution: InstitutionId, major: &str, year: i16) -> Option<Finding> {
    let of_year = || catalogue.0.iter().filter(|entry| entry.year == year);
    let own = || of_year().filter(|entry| entry.institution == institution);
    if own().any(|entry| entry.major.trim() == major.trim()) {
        return None;
    }
    let (code, seen) = if of_year().next().is_none() {
        ("no_catalogue", Text::new(format!("尚未录入 {year} 年名单"), format!("the list of {year} is not here yet")))
    } else if own().next().is_none() {
        (
            "institution_not_approved",
            Text::new(format!("该机构不在 {year} 年名单内"), format!("the institution is not on the list of {year}")),
        )
    } else {
        (
            "major_not_approved",
            Text::new(
                format!("“{major}”不是该机构 {year} 年获批的专业"),
                format!("“{major}” is not approved for this institution in {year}"),
            ),
        )
    };
    let expected =
        Text::new("机构和专业在当年批准名单内", "institution and major are on the approval list of the year");
    Some(Finding::new(RuleId::new("R1.1"), code, expected, seen).showing([Record::Institution(institution)]))
}

/// A venue that the bureau has verified on site 现场核验.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct VenueApproval {
    /// Which.
    pub venue: VenueId,
    /// Whose.
    pub institution: InstitutionId,
    /// From when on.
    pub approved_on: Date,
    /// The approval's file.
    pub file: String,
    /// The first day on which it no longer held, if it was withdrawn.
    pub withdrawn_on: Option<Date>,
}

/// R1.2: a lesson of this institution on this day may be in this venue.
pub fn venue_allowed(
    approvals: &[VenueApproval],
    institution: InstitutionId,
    venue: VenueId,
    on: Date,
) -> Option<Finding> {
    let here = || approvals.iter().filter(|approval| approval.venue == venue);
    let own = || here().filter(|approval| approval.institution == institution && !approval.file.trim().is_empty());
    let holds = |approval: &VenueApproval| {
        approval.approved_on <= on && approval.withdrawn_on.is_none_or(|withdrawn| on < withdrawn)
    };
    if own().any(holds) {
        return None;
    }
    let (code, seen) = if own().next().is_some() {
        (
            "venue_not_approved_then",
            Text::new(format!("该场地在 {on} 未处于批准状态"), format!("the venue is not approved on {on}")),
        )
    } else if here().any(|approval| approval.institution != institution) {
        ("venue_of_another", Text::new("该场地属于其他机构", "the venue is another institution's"))
    } else {
        (
            "venue_not_approved",
            Text::new(
                "该场地未经现场核验批准（或缺少批准文件）",
                "the venue was not verified on site, or the approval's file is missing",
            ),
        )
    };
    let expected = Text::new("在本机构经现场核验批准的场地授课", "lessons in the institution's own verified venues");
    let records = [Record::Institution(institution), Record::Venue(venue)];
    Some(Finding::new(RuleId::new("R1.2"), code, expected, seen).showing(records))
}

/// Why a textbook may be used.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum TextbookGround {
    /// It is in 《人力资源社会保障部职业培训规划教材选用目录》.
    Catalogue,
    /// 特殊情况: the bureau approved it.
    Exception {
        /// When.
        approved_on: Date,
        /// The approval's file.
        file: String,
    },
    /// Neither.
    None,
}

/// A textbook of a class.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Textbook {
    /// Its title.
    pub title: String,
    /// Why it may be used.
    pub ground: TextbookGround,
}

/// R1.3: from the national catalogue, or with an approved exception by the day it is first used.
pub fn textbook_allowed(textbook: &Textbook, from: Date) -> Option<Finding> {
    let seen = match &textbook.ground {
        TextbookGround::Catalogue => return None,
        TextbookGround::Exception { approved_on, file } if *approved_on <= from && !file.trim().is_empty() => {
            return None;
        }
        TextbookGround::Exception { approved_on, .. } if *approved_on > from => Text::new(
            format!("{approved_on} 才获审核通过"),
            format!("its exception was approved on {approved_on} only"),
        ),
        TextbookGround::Exception { .. } => Text::new("缺少审核文件", "the file of its exception is missing"),
        TextbookGround::None => Text::new("不在目录内，也未经审核", "it is neither in the catalogue nor approved"),
    };
    let title = &textbook.title;
    let expected = Text::new(
        format!("教材《{title}》选自目录或经审核通过"),
        format!("the textbook “{title}” is from the catalogue or approved"),
    );
    Some(Finding::new(RuleId::new("R1.3"), "textbook_not_allowed", expected, seen))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use uuid::Uuid;

    fn institution(n: u128) -> InstitutionId {
        InstitutionId(Uuid::from_u128(n))
    }

    fn code(finding: Option<Finding>) -> Option<String> {
        finding.map(|finding| finding.code)
    }

    #[test]
    fn a_major_counts_for_the_institution_and_the_year_that_it_was_approved_for() {
        let entry =
            |year, n, major: &str| CatalogueEntry { year, institution: institution(n), major: major.to_owned() };
        let catalogue = Catalogue(vec![entry(2024, 1, "电子商务"), entry(2024, 2, "育婴员"), entry(2023, 1, "育婴员")]);
        let asked = |n, major, year| code(major_allowed(&catalogue, institution(n), major, year));
        assert_eq!(asked(1, "电子商务", 2024), None);
        assert_eq!(
            asked(1, "育婴员", 2024).as_deref(),
            Some("major_not_approved"),
            "approved for another, and last year"
        );
        assert_eq!(asked(3, "电子商务", 2024).as_deref(), Some("institution_not_approved"));
        assert_eq!(asked(1, "电子商务", 2025).as_deref(), Some("no_catalogue"));
    }

    #[test]
    fn lessons_are_in_own_venues_while_their_approval_holds() {
        let venue = |n| VenueId(Uuid::from_u128(n));
        let approvals = [VenueApproval {
            venue: venue(1),
            institution: institution(1),
            approved_on: date(2024, 9, 1),
            file: "核验表.pdf".to_owned(),
            withdrawn_on: Some(date(2024, 12, 1)),
        }];
        let asked = |n, v, on| code(venue_allowed(&approvals, institution(n), venue(v), on));
        assert_eq!(asked(1, 1, date(2024, 9, 1)), None);
        assert_eq!(asked(1, 1, date(2024, 11, 30)), None);
        assert_eq!(asked(1, 1, date(2024, 8, 31)).as_deref(), Some("venue_not_approved_then"));
        assert_eq!(asked(1, 1, date(2024, 12, 1)).as_deref(), Some("venue_not_approved_then"));
        assert_eq!(asked(2, 1, date(2024, 10, 8)).as_deref(), Some("venue_of_another"));
        assert_eq!(asked(1, 2, date(2024, 10, 8)).as_deref(), Some("venue_not_approved"));
        let unproved = [VenueApproval { file: " ".to_owned(), ..approvals[0].clone() }];
        let asked = code(venue_allowed(&unproved, institution(1), venue(1), date(2024, 10, 8)));
        assert_eq!(asked.as_deref(), Some("venue_not_approved"));
    }

    #[test]
    fn a_textbook_is_from_the_catalogue_or_approved_in_time() {
        let from = date(2024, 10, 8);
        let asked = |ground| textbook_allowed(&Textbook { title: "电子商务师".to_owned(), ground }, from);
        let exception = |approved_on, file: &str| TextbookGround::Exception { approved_on, file: file.to_owned() };
        assert_eq!(asked(TextbookGround::Catalogue), None);
        assert_eq!(asked(exception(from, "批复.pdf")), None);
        assert!(asked(exception(date(2024, 10, 9), "批复.pdf")).unwrap().seen.zh.contains("2024-10-09"));
        assert!(asked(exception(from, "")).unwrap().seen.zh.contains("文件"));
        assert!(asked(TextbookGround::None).is_some());
    }
}
