//! R3.1, R3.2: what a student handed in, paper by paper with its scan.

use serde::{Deserialize, Serialize};

use super::{Papers, StatusProof};
use crate::{
    ids::{FileId, StudentId},
    roster::Sex,
};

/// The student-status proof that was handed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct StatusPaper {
    /// Who issued it.
    pub issued_by: StatusProof,
    /// Its scan.
    pub file: FileId,
}

/// A student's papers as they lie in the office.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandedIn {
    /// Somebody saw the original ID card, which goes back to its owner.
    pub id_card_seen: bool,
    /// 身份证复印件.
    pub id_card_copy: Option<FileId>,
    /// 学籍证明.
    pub status_proof: Option<StatusPaper>,
    /// 学员登记表 (附件2), signed by the student.
    pub registration_form: Option<FileId>,
    /// 户籍证明.
    pub hukou_proof: Option<FileId>,
    /// 未创业说明, which the centre reviews at filing (R5.1).
    pub no_business_statement: Option<FileId>,
    /// Province of the household register, two digits by GB/T 2260.
    pub hukou_province: String,
    /// City of the school, four digits by GB/T 2260.
    pub school_city: String,
}

impl HandedIn {
    /// As [`super::check`] takes it. `form_sex` is the sex that the registration form gives.
    pub fn papers(&self, student: StudentId, form_sex: Option<Sex>) -> Papers {
        Papers {
            student,
            id_card_seen: self.id_card_seen,
            id_card_copy: self.id_card_copy.is_some(),
            status_proof: self.status_proof.map(|proof| proof.issued_by),
            form_signed: self.registration_form.is_some(),
            form_sex,
            hukou_proof: self.hukou_proof.is_some(),
            hukou_province: self.hukou_province.clone(),
            school_city: self.school_city.clone(),
        }
    }

    /// Every scan, so that each can be looked for before it is named.
    pub fn files(&self) -> impl Iterator<Item = (&'static str, FileId)> {
        [
            ("id_card_copy", self.id_card_copy),
            ("status_proof.file", self.status_proof.map(|proof| proof.file)),
            ("registration_form", self.registration_form),
            ("hukou_proof", self.hukou_proof),
            ("no_business_statement", self.no_business_statement),
        ]
        .into_iter()
        .filter_map(|(field, file)| Some((field, file?)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn a_paper_is_there_when_its_scan_is() {
        let file = FileId(Uuid::from_u128(7));
        let student = StudentId(Uuid::from_u128(1));
        let nothing = HandedIn::default().papers(student, None);
        assert!(
            !nothing.id_card_copy && !nothing.form_signed && !nothing.hukou_proof && nothing.status_proof.is_none()
        );
        let all = HandedIn {
            id_card_seen: true,
            id_card_copy: Some(file),
            status_proof: Some(StatusPaper { issued_by: StatusProof::School, file }),
            registration_form: Some(file),
            hukou_proof: Some(file),
            no_business_statement: Some(file),
            hukou_province: "21".to_owned(),
            school_city: "2101".to_owned(),
        };
        assert_eq!(all.files().count(), 5);
        let papers = all.papers(student, Some(Sex::Male));
        assert!(papers.id_card_seen && papers.id_card_copy && papers.form_signed && papers.hukou_proof);
        assert_eq!((papers.status_proof, papers.form_sex), (Some(StatusProof::School), Some(Sex::Male)));
        assert_eq!((papers.hukou_province.as_str(), papers.school_city.as_str()), ("21", "2101"));
    }
}
