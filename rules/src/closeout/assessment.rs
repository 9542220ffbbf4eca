//! R8.2 (八): 对通过结课验收的学员进行职业技能（专项职业能力）考核评价，对合格者颁发相应证书.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Certificate, check_certificates};
use crate::{
    finding::{Finding, Record},
    ids::StudentId,
    text::{RuleId, Text},
};

/// How one student did.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Assessment {
    /// Who.
    pub student: StudentId,
    /// The day of the assessment.
    pub on: Date,
    /// The certificate of who passed; `None`: they did not.
    pub certificate: Option<Certificate>,
}

/// What is wrong with new assessments, beside those there are. Of a student who did not pass there may be another; a
/// certificate is the last.
pub fn check_assessments(
    new: &[Assessment],
    earlier: &[Assessment],
    accepted: &[StudentId],
    accepted_on: Date,
) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (index, assessment) in new.iter().enumerate() {
        let Assessment { student, on, certificate } = assessment;
        let mut wrong = |code, expected: Text, seen: Text| {
            findings.push(Finding::new(RuleId::new("R8.2"), code, expected, seen).showing([Record::Student(*student)]));
        };
        let certified = |one: &Assessment| one.student == *student && one.certificate.is_some();
        if earlier.iter().chain(&new[..index]).any(certified) {
            let expected = Text::new("每名学员一份证书", "a student gets one certificate");
            wrong("certified_already", expected, Text::new("该学员已取得证书", "this student has one already"));
        }
        if *on < accepted_on {
            let expected =
                Text::new(format!("{accepted_on} 验收后考核"), format!("assessed after acceptance on {accepted_on}"));
            wrong("assessed_before_acceptance", expected, Text::new(format!("考核于 {on}"), format!("on {on}")));
        }
        match certificate {
            Some(certificate) if certificate.student != *student => {
                let expected = Text::new("证书属于被考核的学员", "the certificate is the assessed student's");
                wrong("certificate_of_another", expected, Text::new("属于他人", "it is another's"));
            }
            Some(certificate) if certificate.issued_on < *on => {
                let expected = Text::new(format!("{on} 考核后颁证"), format!("certified after the assessment on {on}"));
                let issued = certificate.issued_on;
                wrong(
                    "issued_before_assessment",
                    expected,
                    Text::new(format!("颁发于 {issued}"), format!("issued on {issued}")),
                );
            }
            None if !accepted.contains(student) => {
                let expected = Text::new("通过结课验收的学员参加考核", "those accepted at close-out are assessed");
                wrong("not_accepted", expected, Text::new("该学员未通过结课验收", "this student was not accepted"));
            }
            Some(_) | None => {}
        }
    }
    let of = |list: &[Assessment]| -> Vec<Certificate> {
        list.iter().filter_map(|assessment| assessment.certificate.clone()).collect()
    };
    // The earlier ones were looked at when they came; they are here so that no number comes twice.
    let (mut certificates, count) = (of(earlier), of(earlier).len());
    certificates.extend(of(new));
    let known: Vec<StudentId> =
        accepted.iter().copied().chain(certificates[..count].iter().map(|certificate| certificate.student)).collect();
    findings.extend(check_certificates(&certificates, &known, accepted_on));
    findings
}

#[cfg(test)]
mod tests {
    use super::super::CertificateKind;
    use super::*;
    use jiff::civil::date;
    use uuid::Uuid;

    const ACCEPTED: Date = date(2024, 12, 31);

    fn student(n: u128) -> StudentId {
        StudentId(Uuid::from_u128(n))
    }

    fn failed(n: u128) -> Assessment {
        Assessment { student: student(n), on: date(2025, 1, 6), certificate: None }
    }

    fn passed(n: u128, number: &str) -> Assessment {
        let certificate = Certificate {
            student: student(n),
            kind: CertificateKind::VocationalSkill,
            number: number.to_owned(),
            issued_on: date(2025, 1, 10),
        };
        Assessment { certificate: Some(certificate), ..failed(n) }
    }

    fn codes(new: &[Assessment], earlier: &[Assessment]) -> Vec<String> {
        let found = check_assessments(new, earlier, &[student(1), student(2)], ACCEPTED);
        found.into_iter().map(|finding| finding.code).collect()
    }

    #[test]
    fn those_accepted_are_assessed_and_who_failed_may_try_again() {
        assert_eq!(codes(&[passed(1, "A1"), failed(2)], &[]), [""; 0]);
        assert_eq!(codes(&[passed(2, "A2")], &[passed(1, "A1"), failed(2)]), [""; 0]);
        assert_eq!(codes(&[failed(3)], &[]), ["not_accepted"]);
        assert_eq!(codes(&[passed(3, "A3")], &[]), ["not_accepted"]);
    }

    #[test]
    fn one_certificate_a_student_and_one_number_a_certificate() {
        assert_eq!(codes(&[passed(1, "A9")], &[passed(1, "A1")]), ["certified_already"]);
        assert_eq!(codes(&[failed(1)], &[passed(1, "A1")]), ["certified_already"]);
        assert_eq!(codes(&[passed(1, "A1"), passed(2, "A1")], &[]), ["number_twice"]);
        assert_eq!(codes(&[passed(2, "A1")], &[passed(1, "A1")]), ["number_twice"]);
        assert_eq!(codes(&[passed(1, " ")], &[]), ["number_missing"]);
    }

    #[test]
    fn first_acceptance_then_assessment_then_certificate() {
        let early = Assessment { on: date(2024, 12, 30), ..passed(1, "A1") };
        assert_eq!(codes(&[early], &[]), ["assessed_before_acceptance"]);
        let late = Assessment { on: date(2025, 1, 11), ..passed(1, "A1") };
        assert_eq!(codes(&[late], &[]), ["issued_before_assessment"]);
        let anothers = Assessment { student: student(2), ..passed(1, "A1") };
        assert_eq!(codes(&[anothers], &[]), ["certificate_of_another"]);
        let mut at_once = Assessment { on: ACCEPTED, ..passed(1, "A1") };
        at_once.certificate.as_mut().unwrap().issued_on = ACCEPTED;
        assert_eq!(codes(&[at_once], &[]), [""; 0], "all on one day");
    }
}
