//! Who may do what.

use duxue_rules as rules;

mirror! {
    /// What a signed-in person is.
    Role = rules::access::Role {
        /// 监管人员 of the centre.
        Supervisor,
        /// Manager of the centre.
        Manager,
        /// 审计: reads everything, changes nothing.
        Auditor,
        /// A person of one institution.
        Institution,
    }
}

mirror! {
    /// What a person may do, to what is theirs to see.
    Action = rules::access::Action {
        /// See classes, rosters (ID numbers masked), reports and their standing.
        ReadClass,
        /// See how cameras are doing.
        ReadCameraHealth,
        /// Watch live video.
        WatchLive,
        /// Watch recorded video and its gaps.
        WatchRecording,
        /// See findings and the frames that show them.
        ReadFinding,
        /// See, fetch and verify evidence clips.
        ReadClip,
        /// Fetch everything of a class as one package (R9.3, R11.1).
        ReadPackage,
        /// Read the audit log and check its chain.
        ReadAudit,
        /// See supervision records, inspection sheets and draws (R7.4).
        ReadSupervision,
        /// See charges and violations with what they bring on (R7.5); an institution its own.
        ReadConduct,
        /// See subsidies, notices before they hang, and payments (R9.4, R10).
        ReadSubsidy,
        /// See an ID number in full; logged each time.
        RevealPerson,
        /// Confirm or dismiss a finding.
        DecideFinding,
        /// Hand in files: scans, photos, sheets.
        AddFile,
        /// Send the daily report.
        SendReport,
        /// Add students and their enrolment pictures.
        EditRoster,
        /// Add classes and sessions.
        EditClass,
        /// Add, change and remove cameras.
        EditCamera,
        /// Have a clip cut now.
        RequestClip,
        /// See and add users.
        EditUser,
        /// Keep institutions, the approval list of majors, venues' approvals and textbooks (一).
        EditCatalogue,
        /// Self-check, students' papers, application of a class (R2.1, R3, R6.1).
        PrepareOpening,
        /// Review the filing on site and decide the application (R5.1, R6.2).
        ReviewFiling,
        /// Hand in syllabus, plan and timetable, and ask for changes (R7.2a).
        PlanTeaching,
        /// Approve or refuse a timetable and a change to it (R7.2a).
        DecideTeaching,
        /// Import punches, record leave, hand in statements and summaries (R7.3).
        KeepAttendance,
        /// Register and withdraw check-in devices (R7.3a).
        EditDevice,
        /// Sign remote supervision, draw whom to check, inspect on site (R7.4).
        Supervise,
        /// Sign an inspection sheet as the inspected institution (R7.4b).
        CountersignInspection,
        /// Confirm a violation and carry out its measure (R7.5).
        ConfirmViolation,
        /// Lift a suspension (R7.5).
        LiftSuspension,
        /// Write to the other side about a class (R7.6).
        SendMessage,
        /// Hand in video evidence (九).
        UploadEvidence,
        /// Take what was handed in as evidence of a lesson, or turn it down (R9.1).
        TakeEvidence,
        /// Apply for close-out and claim the subsidy (R8.1, R9.4).
        ApplyCloseout,
        /// Accept students at close-out, record assessments and certificates (R8).
        DecideCloseout,
        /// Set standards, spot-check, reckon subsidies (R4.4, R9.4).
        ReckonSubsidy,
        /// Hang a public notice and record objections (R10.1).
        PublishNotice,
        /// Record a payment (R10.2).
        RecordPayment,
        /// Fill in the tracking ledger (R11.2).
        KeepTracking,
        /// Change the numbers that decisions rest on, and the calendar.
        EditPolicy,
        /// Keep webhooks and exchanges with other systems.
        EditIntegration,
    }
}
