//! Which field of a form a broken constraint belongs to.
//!
//! PostgreSQL names the constraint. SQLite names a CHECK, gives the columns of a UNIQUE, and says nothing of a foreign
//! key: those are told apart by [`crate::Tx::insert`], which looks for the parents.

use sqlx::error::DatabaseError;

/// A named constraint that input can break.
pub(crate) struct Constraint {
    pub name: &'static str,
    /// The columns SQLite lists when this UNIQUE breaks; empty for other kinds.
    pub unique: &'static str,
    pub field: &'static str,
    pub zh: &'static str,
    pub en: &'static str,
}

const fn check(name: &'static str, field: &'static str, zh: &'static str, en: &'static str) -> Constraint {
    Constraint { name, unique: "", field, zh, en }
}

const fn unique(
    name: &'static str,
    unique: &'static str,
    field: &'static str,
    zh: &'static str,
    en: &'static str,
) -> Constraint {
    Constraint { name, unique, field, zh, en }
}

const fn exists(name: &'static str, field: &'static str, zh: &'static str, en: &'static str) -> Constraint {
    Constraint { name, unique: "", field, zh, en }
}

/// All of them, by table.
#[rustfmt::skip]
static CONSTRAINTS: &[Constraint] = &[
    check("institutions_name_length", "name", "机构名称须为 1 至 200 个字符", "an institution's name has 1 to 200 characters"),
    unique("institutions_name_unique", "institutions.name", "name", "已有同名的培训机构", "there is an institution of this name already"),

    check("users_username_length", "username", "用户名须为 1 至 64 个字符", "a user name has 1 to 64 characters"),
    unique("users_username_unique", "users.username", "username", "该用户名已被使用", "this user name is taken"),
    check("users_display_name_length", "display_name", "姓名须为 1 至 100 个字符", "a display name has 1 to 100 characters"),
    check("users_institution_fits_role", "institution_id", "机构人员须指定机构，其他角色不得指定", "people of an institution need one, all others have none"),
    exists("users_institution_exists", "institution_id", "没有这个培训机构", "there is no such institution"),

    check("api_tokens_name_length", "name", "令牌名称须为 1 至 100 个字符", "a token's name has 1 to 100 characters"),
    unique("api_tokens_name_unique", "api_tokens.user_id, api_tokens.name", "name", "您已有同名的令牌", "you have a token of this name already"),

    check("invitations_display_name_length", "display_name", "姓名须为 1 至 100 个字符", "a display name has 1 to 100 characters"),
    check("invitations_institution_fits_role", "institution_id", "机构人员须指定机构，其他角色不得指定", "people of an institution need one, all others have none"),
    exists("invitations_institution_exists", "institution_id", "没有这个培训机构", "there is no such institution"),

    check("venues_name_length", "name", "场地名称须为 1 至 200 个字符", "a venue's name has 1 to 200 characters"),
    unique("venues_name_unique", "venues.institution_id, venues.name", "name", "该机构已有同名的场地", "the institution has a venue of this name already"),
    exists("venues_institution_exists", "institution_id", "没有这个培训机构", "there is no such institution"),

    check("camera_references_reason_length", "reason", "重新设定参考画面须说明理由（1 至 2000 个字符）", "a new reference picture is asked for with a reason of 1 to 2000 characters"),
    check("cameras_name_length", "name", "摄像头名称须为 1 至 100 个字符", "a camera's name has 1 to 100 characters"),
    unique("cameras_name_unique", "cameras.venue_id, cameras.name", "name", "该场地已有同名的摄像头", "the venue has a camera of this name already"),
    check("cameras_main_url_length", "main_url", "地址须为 1 至 2000 个字符", "an address has 1 to 2000 characters"),
    check("cameras_sub_url_length", "sub_url", "地址须为 1 至 2000 个字符", "an address has 1 to 2000 characters"),
    check("cameras_main_url_bare", "main_url", "地址中不得含用户名或密码", "the address to store must hold no user name or password"),
    check("cameras_sub_url_bare", "sub_url", "地址中不得含用户名或密码", "the address to store must hold no user name or password"),
    exists("cameras_venue_exists", "venue_id", "没有这个场地", "there is no such venue"),

    check("classes_name_length", "name", "班级名称须为 1 至 200 个字符", "a class's name has 1 to 200 characters"),
    check("classes_major_length", "major", "专业须为 1 至 100 个字符", "a major has 1 to 100 characters"),
    unique("classes_name_unique", "classes.institution_id, classes.name", "name", "该机构已有同名的班级", "the institution has a class of this name already"),
    check("classes_days", "ends_on", "结课日期不得早于开课日期", "a class ends no earlier than it starts"),
    exists("classes_institution_exists", "institution_id", "没有这个培训机构", "there is no such institution"),

    unique("platform_classes_number_once", "platform_classes.number", "number", "该编号已属于另一个班次", "another class has this number"),
    check("platform_classes_number_length", "number", "省平台班次编号须为 1 至 100 个字符", "a class's number has 1 to 100 characters"),

    check("students_name_length", "name", "姓名须为 1 至 100 个字符", "a student's name has 1 to 100 characters"),
    check("students_number_length", "number", "学号须为 1 至 40 个字符", "a roster number has 1 to 40 characters"),
    unique("students_number_unique", "students.class_id, students.number", "number", "班内已有相同的学号", "the class has a student of this number already"),
    exists("students_class_exists", "class_id", "没有这个班级", "there is no such class"),
    exists("templates_student_exists", "student_id", "没有这名学员", "there is no such student"),

    check("templates_origin", "origin", "人脸模板来源无效", "no such origin of a face template"),
    check("templates_consent", "face_consent", "该学员未同意人脸识别", "the student has not agreed to face recognition"),

    check("sessions_span", "ends_at", "下课时间须晚于上课时间", "a session ends after it starts"),
    check("sessions_at_most_a_day", "ends_at", "一次课不得超过 24 小时", "a session lasts at most 24 hours"),
    check("sessions_venue_free", "starts_at", "该场地此时段已有课", "the venue has another session at that time"),
    check("sessions_class_free", "starts_at", "该班此时段已有课", "the class has another session at that time"),
    exists("sessions_class_exists", "class_id", "没有这个班级", "there is no such class"),
    exists("sessions_venue_exists", "venue_id", "没有这个场地", "there is no such venue"),

    check("daily_reports_counts", "present", "人数不得为负", "a count is never negative"),
    check("daily_reports_sexes", "present_men", "人数不得为负", "a count is never negative"),
    check("daily_reports_note_length", "note", "说明不得超过 2000 个字符", "a note has at most 2000 characters"),
    exists("daily_reports_class_exists", "class_id", "没有这个班级", "there is no such class"),

    check("findings_reason_length", "reason", "理由须为 1 至 2000 个字符", "a reason has 1 to 2000 characters"),
    exists("findings_session_exists", "session_id", "没有这次课", "there is no such session"),

    exists("clips_session_exists", "session_id", "没有这次课", "there is no such session"),
    exists("clips_camera_exists", "camera_id", "没有这个摄像头", "there is no such camera"),
    exists("watches_camera_exists", "camera_id", "没有这个摄像头", "there is no such camera"),

    check("files_name_length", "name", "文件名须为 1 至 200 个字符", "a file's name has 1 to 200 characters"),
    exists("files_institution_exists", "institution_id", "没有这个培训机构", "there is no such institution"),

    exists("inspections_class_exists", "class_id", "没有这个班级", "there is no such class"),
    check("approval_lists_year", "year", "年份须为四位数", "a year has four digits"),
    check("approved_majors_major_length", "majors", "专业须为 1 至 100 个字符", "a major has 1 to 100 characters"),
    unique("approved_majors_once", "approved_majors.year, approved_majors.institution_id, approved_majors.major", "majors", "名单中有重复的机构和专业", "an institution and a major are on the list twice"),
    exists("approved_majors_institution_exists", "majors", "没有这个培训机构", "there is no such institution"),
    check("venue_approvals_days", "on", "撤销日期不得早于批准日期", "an approval is withdrawn no earlier than it was given"),
    check("venue_approvals_reason_length", "reason", "理由须为 1 至 2000 个字符", "a reason has 1 to 2000 characters"),
    unique("venue_approvals_one_holds", "venue_approvals.venue_id", "approved_on", "该场地已有未撤销的批准", "the venue has an approval that was not withdrawn"),
    exists("venue_approvals_venue_exists", "venue_id", "没有这个场地", "there is no such venue"),
    exists("venue_approvals_file_exists", "file_id", "没有这个文件", "there is no such file"),
    check("textbook_exceptions_title_length", "title", "教材名称须为 1 至 200 个字符", "a textbook's title has 1 to 200 characters"),
    unique("textbook_exceptions_once", "textbook_exceptions.institution_id, textbook_exceptions.title", "title", "该机构的这本教材已获审核通过", "the institution may use this textbook already"),
    exists("textbook_exceptions_institution_exists", "institution_id", "没有这个培训机构", "there is no such institution"),
    exists("textbook_exceptions_file_exists", "file_id", "没有这个文件", "there is no such file"),
    check("openings_reason_length", "reason", "理由须为 1 至 2000 个字符", "a reason has 1 to 2000 characters"),
    check("departures_reason_length", "reason", "理由须为 1 至 2000 个字符", "a reason has 1 to 2000 characters"),
    exists("consents_file_exists", "file_id", "没有这个文件", "there is no such file"),
    check("verifications_note_length", "note", "说明不得超过 2000 个字符", "a note has at most 2000 characters"),
    check("verifications_paper", "file_id", "请附核实说明、截图或承诺书", "the note, screenshot or letter must be handed in"),
    exists("verifications_student_exists", "student_id", "没有这名学员", "there is no such student"),
    exists("verifications_file_exists", "file_id", "没有这个文件", "there is no such file"),
    check("uploads_name_length", "filename", "文件名须为 1 至 200 个字符", "a file's name has 1 to 200 characters"),
    check("uploads_length", "upload_length", "文件不得为空", "a file is not empty"),
    exists("uploads_class_exists", "class_id", "没有这个班级", "there is no such class"),
    exists("uploads_session_exists", "session_id", "没有这次课", "there is no such session"),
    check("upload_evidence_reason_length", "reason", "理由须为 1 至 2000 个字符", "a reason has 1 to 2000 characters"),
    unique("upload_evidence_session_once", "upload_evidence.session_id", "session_id", "该次课已采用另一段机构视频", "another video that was handed in is taken for this session"),
    check("likenesses_reason_length", "reason", "理由须为 1 至 2000 个字符", "a reason has 1 to 2000 characters"),
    exists("upload_evidence_session_exists", "session_id", "没有这次课", "there is no such session"),

    exists("violations_institution_exists", "institution_id", "没有这个培训机构", "there is no such institution"),
    unique("violation_grounds_once", "violation_grounds.kind, violation_grounds.ground_id", "grounds", "其中有依据已用于另一起违规", "one of them is the ground of another violation already"),
    unique("violation_measures_once", "violation_measures.violation_id, violation_measures.kind", "kind", "该措施已执行", "this measure was carried out already"),

    check("messages_text_length", "text", "内容须为 1 至 4000 个字符", "a message has 1 to 4000 characters"),
    unique("message_files_once", "message_files.message_id, message_files.file_id", "files", "同一文件只需附一次", "a file is attached once"),

    unique("signatures_once", "signatures.subject_kind, signatures.subject_id, signatures.content_sha256, signatures.signed_by", "signature", "您已签署过这份内容", "you have signed this content already"),
    check("signatures_capacity_length", "capacity", "签署身份须为 1 至 100 个字符", "a capacity has 1 to 100 characters"),

    exists("timetables_syllabus_exists", "syllabus_file_id", "没有这个文件", "there is no such file"),
    exists("timetables_plan_exists", "plan_file_id", "没有这个文件", "there is no such file"),

    check("devices_name_length", "name", "设备名称须为 1 至 100 个字符", "a device's name has 1 to 100 characters"),
    unique("devices_name_unique", "devices.venue_id, devices.name", "name", "该场地已有同名的设备", "the venue has a device of this name already"),
    exists("devices_venue_exists", "venue_id", "没有这个场地", "there is no such venue"),

    check("leaves_days", "last_on", "请假结束日期不得早于开始日期", "a leave ends no earlier than it starts"),
    check("leaves_reason_length", "reason", "请假原因须为 1 至 2000 个字符", "a leave's reason has 1 to 2000 characters"),
    check("leaves_cancelled_because_length", "reason", "撤销原因须为 1 至 2000 个字符", "a reason to cancel has 1 to 2000 characters"),
    exists("leaves_student_exists", "student_id", "没有这名学员", "there is no such student"),

    exists("statements_student_exists", "student_id", "没有这名学员", "there is no such student"),
    exists("statements_seal_exists", "seal_file_id", "没有这个文件", "there is no such file"),
    exists("statements_student_file_exists", "student_file_id", "没有这个文件", "there is no such file"),

    exists("monthly_summaries_file_exists", "file_id", "没有这个文件", "there is no such file"),
    exists("closeouts_ledger_exists", "ledger_file_id", "没有这个文件", "there is no such file"),
    exists("closeouts_pass_list_exists", "pass_list_file_id", "没有这个文件", "there is no such file"),
    exists("assessments_student_exists", "student_id", "没有这名学员", "there is no such student"),
    unique("certificates_once", "certificates.student_id", "student_id", "该学员已有证书", "the student has a certificate already"),
    unique("certificates_number_unique", "certificates.kind, certificates.number", "number", "该证书编号已登记", "a certificate of this number is on record already"),
    check("certificates_number_length", "number", "证书编号须为 1 至 100 个字符", "a certificate's number has 1 to 100 characters"),

    check("subsidy_standards_major_length", "major", "专业须为 1 至 100 个字符", "a major has 1 to 100 characters"),
    check("subsidy_standards_year", "year", "年度须在 2000 至 2200 之间", "a year is 2000 to 2200"),
    check("subsidy_standards_amount", "amount_fen", "补贴标准须为 0.01 至 100000 元", "a standard is 0.01 to 100000 yuan"),
    check("subsidy_standards_document_length", "document", "依据文件须为 1 至 200 个字符", "the document's name has 1 to 200 characters"),
    exists("claims_annex6_exists", "annex6_file_id", "没有这个文件", "there is no such file"),
    exists("claims_annex7_exists", "annex7_file_id", "没有这个文件", "there is no such file"),
    exists("claims_annex8_exists", "annex8_file_id", "没有这个文件", "there is no such file"),
    unique("spot_check_results_once", "spot_check_results.student_id", "student_id", "该学员已有核查结果", "the student was checked already"),
    check("spot_check_results_note_length", "note", "说明不得超过 2000 个字符", "a note has at most 2000 characters"),

    unique("exceptions_once", "exceptions.student_id, exceptions.rule, exceptions.code", "code", "该问题已作认定", "it was let pass already"),

    check("objections_objector_length", "objector", "异议人须为 1 至 100 个字符", "the objector's name has 1 to 100 characters"),
    check("objections_text_length", "text", "异议内容须为 1 至 4000 个字符", "an objection has 1 to 4000 characters"),
    check("objections_reason_length", "reason", "理由须为 1 至 2000 个字符", "a reason has 1 to 2000 characters"),

    exists("tracking_entries_student_exists", "student_id", "没有这名学员", "there is no such student"),
    check("tracking_entries_note_length", "note", "说明不得超过 2000 个字符", "a note has at most 2000 characters"),
    exists("tracking_ledgers_file_exists", "file_id", "没有这个文件", "there is no such file"),

    exists("exchanges_class_exists", "class_id", "没有这个班级", "there is no such class"),
    check("webhooks_url_length", "url", "网址须为 1 至 2000 个字符", "a URL has 1 to 2000 characters"),

    check("text_without_nul", "text", "文字中含有无法保存的字符", "a text holds a character that cannot be stored (U+0000)"),
];

/// The entry of that name.
pub(crate) fn named(name: &str) -> Option<&'static Constraint> {
    CONSTRAINTS.iter().find(|constraint| constraint.name == name)
}

/// The entry that this error is about, if it is one that input can break.
pub(crate) fn broken_by(error: &(dyn DatabaseError + 'static)) -> Option<&'static Constraint> {
    if let Some(name) = error.constraint() {
        return named(name);
    }
    // SQLite: "CHECK constraint failed: NAME", "UNIQUE constraint failed: TABLE.COLUMN, TABLE.COLUMN"
    let (_, tail) = error.message().split_once(" constraint failed: ")?;
    named(tail)
        .or_else(|| CONSTRAINTS.iter().find(|constraint| !constraint.unique.is_empty() && constraint.unique == tail))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn every_entry_is_a_constraint_of_the_schema() {
        let schema: String = crate::connect::MIGRATIONS.iter().map(|migration| migration.sql.as_str()).collect();
        let by_code = ["sessions_venue_free", "sessions_class_free", "templates_consent", "text_without_nul"];
        let mut seen = HashSet::new();
        for constraint in CONSTRAINTS {
            assert!(seen.insert(constraint.name), "{} is there twice", constraint.name);
            let declared = schema.contains(&format!("CONSTRAINT {} ", constraint.name))
                || schema.contains(&format!("UNIQUE INDEX {} ", constraint.name));
            assert!(declared || by_code.contains(&constraint.name), "no constraint is called {}", constraint.name);
        }
    }
}
