//! R6.1: 班次名称线上线下一致. The provincial platform offers no interface: it is told of a class by file, and what it calls the
//! class comes back by file.

pub mod answer;
pub mod file;
pub mod show;

use crate::tables::Column;

/// The columns of what the platform is told: the class in each row, and a student.
const TOLD: &[Column] = &[
    Column {
        key: "class", headings: &["班次名称", "class"], needed: true, hint: "年、专业、班期组成，线上线下一致"
    },
    Column { key: "year", headings: &["年度", "year"], needed: true, hint: "班次名称中的年" },
    Column { key: "major", headings: &["专业", "major"], needed: true, hint: "班次名称中的专业" },
    Column { key: "batch", headings: &["班期", "batch"], needed: true, hint: "班次名称中的班期" },
    Column { key: "institution", headings: &["培训机构", "institution"], needed: true, hint: "机构全称" },
    Column { key: "starts_on", headings: &["开班日期", "starts_on"], needed: true, hint: "2024-10-08" },
    Column { key: "ends_on", headings: &["结课日期", "ends_on"], needed: true, hint: "2025-01-08" },
    Column { key: "name", headings: &["姓名", "name"], needed: true, hint: "与身份证一致" },
    Column { key: "sex", headings: &["性别", "sex"], needed: true, hint: "男 或 女" },
    Column {
        key: "id_number", headings: &["身份证号码", "id_number"], needed: true, hint: "18 位，文本格式"
    },
];

/// The columns of what the platform answers: a class in each row.
const ANSWERED: &[Column] = &[
    Column {
        key: "class", headings: &["班次名称", "线下班次名称", "class"], needed: true, hint: "本系统中的班次名称"
    },
    Column {
        key: "online_name",
        headings: &["平台班次名称", "线上班次名称", "online_name"],
        needed: true,
        hint: "省平台上的班次名称，须与班次名称一致",
    },
    Column {
        key: "number",
        headings: &["平台班次编号", "班次编号", "number"],
        needed: true,
        hint: "省平台为该班次编的号",
    },
];
