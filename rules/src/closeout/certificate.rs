//! R8.2 (八): 对合格者颁发相应证书.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{
    finding::{Finding, Record},
    ids::StudentId,
    text::{RuleId, Text},
};

/// What is certified.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CertificateKind {
    /// 职业技能.
    VocationalSkill,
    /// 专项职业能力.
    SpecialAbility,
}

/// A certificate of one student.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Certificate {
    /// Whose.
    pub student: StudentId,
    /// Which.
    pub kind: CertificateKind,
    /// Its number.
    pub number: String,
    /// When it was issued.
    pub issued_on: Date,
}

/// Certificates belong to accepted students, after acceptance, each with a number of its own.
pub fn check(certificates: &[Certificate], accepted: &[StudentId], accepted_on: Date) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (index, certificate) in certificates.iter().enumerate() {
        let mut wrong = |code, expected: Text, seen: Text| {
            let finding = Finding::new(RuleId::new("R8.2"), code, expected, seen);
            findings.push(finding.showing([Record::Student(certificate.student)]));
        };
        let number = certificate.number.trim();
        if !accepted.contains(&certificate.student) {
            let expected = Text::new(
                "通过结课验收的学员参加考核并取得证书",
                "those accepted at close-out are assessed and certified",
            );
            wrong("not_accepted", expected, Text::new("该学员未通过结课验收", "this student was not accepted"));
        }
        if certificate.issued_on < accepted_on {
            let expected = Text::new(
                format!("证书在 {accepted_on} 验收之后颁发"),
                format!("it is issued after acceptance on {accepted_on}"),
            );
            let seen = Text::new(
                format!("颁发于 {}", certificate.issued_on),
                format!("it was issued on {}", certificate.issued_on),
            );
            wrong("issued_before_acceptance", expected, seen);
        }
        if number.is_empty() {
            let expected = Text::new("登记证书编号", "the certificate's number is recorded");
            wrong("number_missing", expected, Text::new("未登记", "it is not"));
        } else if certificates[..index].iter().any(|earlier| earlier.number.trim() == number) {
            let expected = Text::new("每份证书编号唯一", "each certificate has a number of its own");
            wrong("number_twice", expected, Text::new("编号重复", "another has the same"));
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use uuid::Uuid;

    #[test]
    fn only_the_accepted_get_one_afterwards_with_a_number_of_its_own() {
        let student = |n| StudentId(Uuid::from_u128(n));
        let certificate = |n, number: &str, issued_on| Certificate {
            student: student(n),
            kind: CertificateKind::VocationalSkill,
            number: number.to_owned(),
            issued_on,
        };
        let (accepted, on) = ([student(1), student(2)], date(2025, 1, 10));
        let codes = |certificates: &[Certificate]| -> Vec<String> {
            check(certificates, &accepted, on).into_iter().map(|finding| finding.code).collect()
        };
        assert_eq!(codes(&[certificate(1, "A1", on), certificate(2, "A2", on)]), [""; 0]);
        assert_eq!(codes(&[certificate(3, "A1", on)]), ["not_accepted"]);
        assert_eq!(codes(&[certificate(1, "A1", date(2025, 1, 9))]), ["issued_before_acceptance"]);
        assert_eq!(codes(&[certificate(1, " ", on), certificate(2, "", on)]), ["number_missing", "number_missing"]);
        assert_eq!(codes(&[certificate(1, "A1", on), certificate(2, " A1", on)]), ["number_twice"]);
    }
}
