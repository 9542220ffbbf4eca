//! R3.1, R3.2, R3.4 (三): the papers of enrolment, and one person in one running class at a time.

mod handed_in;
mod once;

use serde::{Deserialize, Serialize};

pub use handed_in::{HandedIn, StatusPaper};
pub use once::{Enrolment, NumberKey, once};

use crate::{
    finding::{Finding, Record},
    ids::StudentId,
    person::{self, IdNumber},
    policy::Policy,
    roster::Sex,
    text::{RuleId, Text},
};

/// R3.1: what every student brings.
pub const PAPERS: RuleId = RuleId::new("R3.1");
/// R3.2: the household-register proof, when it is needed.
pub const HUKOU: RuleId = RuleId::new("R3.2");

/// A paper of enrolment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Paper {
    /// 身份证原件: shown, not kept.
    IdCardOriginal,
    /// 身份证复印件.
    IdCardCopy,
    /// 学籍证明.
    StatusProof,
    /// 学员登记表 (附件2), signed by the student.
    RegistrationForm,
    /// 户籍证明.
    HukouProof,
}

impl Paper {
    /// Its name.
    pub fn text(self) -> Text {
        match self {
            Self::IdCardOriginal => Text::new("身份证原件", "the original ID card"),
            Self::IdCardCopy => Text::new("身份证复印件", "a copy of the ID card"),
            Self::StatusProof => Text::new(
                "学籍证明（教育部学籍在线验证报告或所在学校开具）",
                "a student-status proof (the ministry's online report or the school's)",
            ),
            Self::RegistrationForm => {
                Text::new("本人签字的学员登记表（附件2）", "the registration form (annex 2), signed by the student")
            }
            Self::HukouProof => Text::new("户籍证明", "a household-register proof"),
        }
    }
}

/// Who issued the student-status proof; either will do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StatusProof {
    /// 教育部学籍在线验证报告.
    MinistryReport,
    /// 所在学校开具.
    School,
}

/// What one student has handed in, and what decides what is needed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Papers {
    /// Whose.
    pub student: StudentId,
    /// Somebody saw the original ID card.
    pub id_card_seen: bool,
    /// There is a copy of it.
    pub id_card_copy: bool,
    /// The student-status proof.
    pub status_proof: Option<StatusProof>,
    /// The registration form is there and signed by the student.
    pub form_signed: bool,
    /// The sex that the form gives.
    pub form_sex: Option<Sex>,
    /// The household-register proof is there.
    pub hukou_proof: bool,
    /// Province of the household register, two digits by GB/T 2260, such as 21 for Liaoning.
    pub hukou_province: String,
    /// City of the school, four digits by GB/T 2260, such as 2104 for Fushun.
    pub school_city: String,
}

/// R3.2: exactly for students of the province who study outside the city: 辽宁籍高校毕业生在外埠高校就读的,
/// 本埠高校就读的无需提供.
pub fn needs_hukou_proof(papers: &Papers, policy: &Policy) -> bool {
    papers.hukou_province == policy.home_province && papers.school_city != policy.home_city
}

/// The papers that this student must bring.
pub fn required(papers: &Papers, policy: &Policy) -> Vec<Paper> {
    let mut required = vec![Paper::IdCardOriginal, Paper::IdCardCopy, Paper::StatusProof, Paper::RegistrationForm];
    if needs_hukou_proof(papers, policy) {
        required.push(Paper::HukouProof);
    }
    required
}

fn is_there(papers: &Papers, paper: Paper) -> bool {
    match paper {
        Paper::IdCardOriginal => papers.id_card_seen,
        Paper::IdCardCopy => papers.id_card_copy,
        Paper::StatusProof => papers.status_proof.is_some(),
        Paper::RegistrationForm => papers.form_signed,
        Paper::HukouProof => papers.hukou_proof,
    }
}

/// Whether a student's papers are complete and agree with the ID number (R3.1, R3.2, R3.3); empty when they do.
pub fn check(papers: &Papers, number: &IdNumber, policy: &Policy) -> Vec<Finding> {
    let mut findings = missing_papers(papers, policy);
    if let Some(Err(text)) = papers.form_sex.map(|sex| person::sex_agrees(number, sex)) {
        let expected = Text::new("登记表与身份证一致", "the form agrees with the ID card");
        let record = [Record::Student(papers.student)];
        findings.push(Finding::new(person::RULE, "sex_differs", expected, text).showing(record));
    }
    findings
}

/// The same where the ID number may not have been recorded yet, which is then missing too.
pub fn standing(papers: &Papers, number: Option<&IdNumber>, policy: &Policy) -> Vec<Finding> {
    let Some(number) = number else {
        let expected = Text::new("应登记身份证号码", "the ID number is recorded");
        let seen = Text::new("未登记", "it is not");
        let finding = Finding::new(person::RULE, "id_number_missing", expected, seen);
        let mut findings = missing_papers(papers, policy);
        findings.push(finding.showing([Record::Student(papers.student)]));
        return findings;
    };
    check(papers, number, policy)
}

fn missing_papers(papers: &Papers, policy: &Policy) -> Vec<Finding> {
    let record = [Record::Student(papers.student)];
    required(papers, policy)
        .into_iter()
        .filter(|paper| !is_there(papers, *paper))
        .map(|paper| {
            let rule = if paper == Paper::HukouProof { HUKOU } else { PAPERS };
            let name = paper.text();
            let expected = Text::new(format!("应提供{}", name.zh), format!("{} is required", name.en));
            Finding::new(rule, "paper_missing", expected, Text::new("未提供", "it was not handed in")).showing(record)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use uuid::Uuid;

    fn complete() -> Papers {
        Papers {
            student: StudentId(Uuid::from_u128(1)),
            id_card_seen: true,
            id_card_copy: true,
            status_proof: Some(StatusProof::School),
            form_signed: true,
            form_sex: Some(Sex::Female),
            hukou_proof: false,
            hukou_province: "21".to_owned(),
            school_city: "2104".to_owned(),
        }
    }

    fn codes(papers: &Papers) -> Vec<(String, String)> {
        let number = IdNumber::parse("11010519491231002X", date(2024, 10, 8)).unwrap();
        let findings = check(papers, &number, &Policy::default());
        findings.into_iter().map(|finding| (finding.rule.to_string(), finding.expected.zh)).collect()
    }

    /// 三、4: 辽宁籍高校毕业生在外埠高校就读的，本埠高校就读的无需提供.
    #[test]
    fn the_household_register_is_needed_by_liaoning_people_who_study_elsewhere_and_by_nobody_else() {
        for (province, school, needed) in [
            ("21", "2104", false),
            ("21", "2101", true),
            ("21", "1101", true),
            ("22", "2104", false),
            ("22", "1101", false),
        ] {
            let papers = Papers { hukou_province: province.to_owned(), school_city: school.to_owned(), ..complete() };
            assert_eq!(!codes(&papers).is_empty(), needed, "{province} {school}");
            assert_eq!(codes(&Papers { hukou_proof: true, ..papers }), []);
        }
    }

    /// 三、2: 教育部学籍在线验证报告或所在学校开具.
    #[test]
    fn either_student_status_proof_will_do() {
        for proof in [StatusProof::MinistryReport, StatusProof::School] {
            assert_eq!(codes(&Papers { status_proof: Some(proof), ..complete() }), []);
        }
        let missing = codes(&Papers { status_proof: None, ..complete() });
        assert!(missing.len() == 1 && missing[0].1.contains("学籍证明"));
    }

    #[test]
    fn each_missing_paper_is_named() {
        let nothing =
            Papers { id_card_seen: false, id_card_copy: false, status_proof: None, form_signed: false, ..complete() };
        let missing = codes(&nothing);
        assert_eq!(missing.len(), 4);
        assert!(missing.iter().all(|(rule, _)| rule == "R3.1"));
    }

    #[test]
    fn without_a_number_the_number_is_missing_too() {
        let codes = |papers: &Papers| -> Vec<_> {
            standing(papers, None, &Policy::default()).into_iter().map(|finding| finding.code).collect()
        };
        assert_eq!(codes(&complete()), ["id_number_missing"]);
        assert_eq!(codes(&Papers { form_signed: false, ..complete() }), ["paper_missing", "id_number_missing"]);
        let number = IdNumber::parse("11010519491231002X", date(2024, 10, 8)).unwrap();
        assert_eq!(standing(&complete(), Some(&number), &Policy::default()), []);
    }

    #[test]
    fn the_forms_sex_must_be_the_registered_one() {
        assert_eq!(codes(&Papers { form_sex: Some(Sex::Male), ..complete() })[0].0, "R3.3");
        assert_eq!(codes(&Papers { form_sex: None, ..complete() }), []);
    }

    #[test]
    fn each_paper_has_its_words() {
        crate::text::told_apart(
            [Paper::IdCardOriginal, Paper::IdCardCopy, Paper::StatusProof, Paper::RegistrationForm, Paper::HukouProof]
                .map(Paper::text),
        );
    }
}
