//! A class from its opening to its payment.

use duxue_rules as rules;

mirror! {
    /// How far a class has come from its close-out to its payment (八 to 十).
    SettlementState = duxue_storage::class::Settlement {
        /// Close-out was not applied for, or turned down.
        NotApplied,
        /// Close-out was applied for.
        Applied,
        /// The centre accepted students at close-out.
        Accepted,
        /// The institution claims the subsidy.
        Claimed,
        /// It was reckoned, and the reckoning does not hang.
        Reckoned,
        /// The newest reckoning hangs, or hung.
        Noticed,
        /// It was paid.
        Paid,
    }
}

mirror! {
    /// What is kept, and for how long by a rule of its own.
    Kept = rules::retention::Kept {
        /// The application with its files.
        Application,
        /// The roster and the students' papers.
        Roster,
        /// Punches, reports, statements, supervision, findings, decisions, money.
        Records,
        /// Sealed evidence clips.
        SealedClip,
        /// Face templates.
        FaceTemplate,
        /// The audit log.
        Audit,
    }
}

mirror! {
    /// Registered sex, as the ID card has it.
    Sex = rules::roster::Sex {
        /// 男.
        Male,
        /// 女.
        Female,
    }
}

mirror! {
    /// What a verification looks for.
    VerificationMatter = rules::verification::Matter {
        /// R4.1 创业: a registered business.
        Business,
        /// R4.2 就业: payments to the province's pension insurance of employees.
        Employment,
        /// R4.3 其他: the same of other provinces, or the pension insurance of public institutions.
        Other,
    }
}

mirror! {
    /// When a verification is due.
    VerificationPhase = rules::verification::Phase {
        /// 培训开始前.
        Before,
        /// 培训结束.
        AtEnd,
    }
}

mirror! {
    /// Which side verifies.
    Verifier = rules::verification::Verifier {
        /// 培训机构.
        Institution,
        /// 市就业和人才服务中心.
        Centre,
    }
}

mirror! {
    /// On what paper a verification rests.
    VerificationEvidence = rules::verification::Evidence {
        /// 核实说明.
        Note,
        /// 截图.
        Screenshot,
        /// 核实承诺书.
        CommitmentLetter,
        /// 对比缴费情况.
        Comparison,
    }
}

mirror! {
    /// Where an opening stands.
    OpeningStage = rules::opening::Stage {
        /// Somebody wants to open the class.
        Draft,
        /// 已自查 (R2.1).
        SelfChecked,
        /// 已通过现场审核 (R5.1).
        Filed,
        /// 已申请 (R6.1).
        Applied,
        /// 已批准 (R6.2).
        Approved,
        /// 已开班.
        Running,
    }
}

mirror! {
    /// What an institution checks of itself.
    SelfCheckItem = rules::opening::SelfCheckItem {
        /// 办学资质.
        Licence,
        /// 培训专业.
        Major,
        /// 教学场地.
        Venue,
        /// 选用教材.
        Textbooks,
    }
}

mirror! {
    /// A paper that the centre reviews on site.
    FilingPaper = rules::opening::FilingPaper {
        /// 身份证.
        IdCard,
        /// 学籍证明.
        StatusProof,
        /// 学员未创业说明.
        NoBusinessStatement,
        /// 打印签字的登记表 (附件2).
        RegistrationForm,
        /// 核实说明.
        VerificationNote,
    }
}
