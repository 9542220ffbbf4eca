//! Who may do what: the role table of the notice's office, in one place.

pub mod scopes;

use serde::{Deserialize, Serialize};

use crate::ids::InstitutionId;

/// What a signed-in person is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// 监管人员 of the centre: watches, supervises, decides findings.
    Supervisor,
    /// Manager of the centre: all of that, and users, cameras, policies.
    Manager,
    /// 审计: reads everything, changes nothing.
    Auditor,
    /// A person of one institution (manager, class manager 班主任 or liaison 联络员): their own institution only.
    Institution,
}

/// Who is asking.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Actor {
    /// The role.
    pub role: Role,
    /// The institution of an institution's person; `None` exactly for the centre's people and auditors.
    pub institution: Option<InstitutionId>,
}

impl Actor {
    /// Whether this is one of the centre's people who supervise: 监管人员, or a manager, who may do all that they may.
    pub fn supervises(self) -> bool {
        matches!(self.role, Role::Supervisor | Role::Manager) && self.institution.is_none()
    }

    /// Whether this is a manager of the centre.
    pub fn manages_centre(self) -> bool {
        self.role == Role::Manager && self.institution.is_none()
    }

    /// Whether this is a person of that institution.
    pub fn belongs_to(self, institution: InstitutionId) -> bool {
        self.role == Role::Institution && self.institution == Some(institution)
    }
}

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Action {
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

impl Action {
    /// Every action, in the order of the table.
    pub const ALL: [Self; 42] = [
        Self::ReadClass,
        Self::ReadCameraHealth,
        Self::WatchLive,
        Self::WatchRecording,
        Self::ReadFinding,
        Self::ReadClip,
        Self::ReadPackage,
        Self::ReadAudit,
        Self::ReadSupervision,
        Self::ReadConduct,
        Self::ReadSubsidy,
        Self::RevealPerson,
        Self::DecideFinding,
        Self::AddFile,
        Self::SendReport,
        Self::EditRoster,
        Self::EditClass,
        Self::EditCamera,
        Self::RequestClip,
        Self::EditUser,
        Self::EditCatalogue,
        Self::PrepareOpening,
        Self::ReviewFiling,
        Self::PlanTeaching,
        Self::DecideTeaching,
        Self::KeepAttendance,
        Self::EditDevice,
        Self::Supervise,
        Self::CountersignInspection,
        Self::ConfirmViolation,
        Self::LiftSuspension,
        Self::SendMessage,
        Self::UploadEvidence,
        Self::TakeEvidence,
        Self::ApplyCloseout,
        Self::DecideCloseout,
        Self::ReckonSubsidy,
        Self::PublishNotice,
        Self::RecordPayment,
        Self::KeepTracking,
        Self::EditPolicy,
        Self::EditIntegration,
    ];
}

/// Whether `actor` may do `action` to something of institution `owner` (`None`: it belongs to no institution).
pub fn may(actor: Actor, action: Action, owner: Option<InstitutionId>) -> bool {
    let at_home = match actor.role {
        // The centre's people and auditors belong to no institution; an account that mixes the two may nothing.
        Role::Manager | Role::Supervisor | Role::Auditor => actor.institution.is_none(),
        Role::Institution => actor.institution.is_some() && actor.institution == owner,
    };
    at_home && allowed(action).contains(&actor.role)
}

/// The roles that may do it, to what is theirs to see.
///
/// No `_` arm on purpose: whoever adds an action decides here who may.
fn allowed(action: Action) -> &'static [Role] {
    use Action as A;
    use Role::{Auditor, Institution, Manager, Supervisor};
    match action {
        A::ReadClass | A::ReadCameraHealth | A::ReadClip | A::ReadConduct | A::ReadSubsidy | A::RevealPerson => {
            &[Supervisor, Manager, Auditor, Institution]
        }
        // 审计 reads everything and changes nothing.
        A::WatchLive | A::WatchRecording | A::ReadFinding | A::ReadPackage | A::ReadAudit | A::ReadSupervision => {
            &[Supervisor, Manager, Auditor]
        }
        A::DecideFinding
        | A::EditClass
        | A::EditCamera
        | A::RequestClip
        | A::TakeEvidence
        | A::ReviewFiling
        | A::DecideTeaching
        | A::Supervise
        | A::ConfirmViolation
        | A::DecideCloseout => &[Supervisor, Manager],
        A::SendMessage | A::AddFile => &[Supervisor, Manager, Institution],
        A::EditUser
        | A::EditCatalogue
        | A::EditDevice
        | A::LiftSuspension
        | A::ReckonSubsidy
        | A::PublishNotice
        | A::RecordPayment
        | A::EditPolicy
        | A::EditIntegration => &[Manager],
        A::EditRoster | A::KeepTracking => &[Manager, Institution],
        // The institution's own word, which the centre holds it to: nobody gives it in its place.
        A::SendReport
        | A::PrepareOpening
        | A::PlanTeaching
        | A::KeepAttendance
        | A::CountersignInspection
        | A::UploadEvidence
        | A::ApplyCloseout => &[Institution],
    }
}

#[cfg(test)]
#[allow(
    clippy::disallowed_methods,
    reason = "outside of tests only the api's authorise.rs asks, as it asks for scopes too"
)]
mod tests {
    use super::*;
    use uuid::Uuid;

    const OWN: InstitutionId = InstitutionId(Uuid::from_u128(1));
    const OTHER: InstitutionId = InstitutionId(Uuid::from_u128(2));

    /// Columns: manager, supervisor, auditor, institution. `x` may, `.` may not.
    const TABLE: [(&str, &str); 42] = [
        ("read_class", "xxxx"),
        ("read_camera_health", "xxxx"),
        ("watch_live", "xxx."),
        ("watch_recording", "xxx."),
        ("read_finding", "xxx."),
        ("read_clip", "xxxx"),
        ("read_package", "xxx."),
        ("read_audit", "xxx."),
        ("read_supervision", "xxx."),
        ("read_conduct", "xxxx"),
        ("read_subsidy", "xxxx"),
        ("reveal_person", "xxxx"),
        ("decide_finding", "xx.."),
        ("add_file", "xx.x"),
        ("send_report", "...x"),
        ("edit_roster", "x..x"),
        ("edit_class", "xx.."),
        ("edit_camera", "xx.."),
        ("request_clip", "xx.."),
        ("edit_user", "x..."),
        ("edit_catalogue", "x..."),
        ("prepare_opening", "...x"),
        ("review_filing", "xx.."),
        ("plan_teaching", "...x"),
        ("decide_teaching", "xx.."),
        ("keep_attendance", "...x"),
        ("edit_device", "x..."),
        ("supervise", "xx.."),
        ("countersign_inspection", "...x"),
        ("confirm_violation", "xx.."),
        ("lift_suspension", "x..."),
        ("send_message", "xx.x"),
        ("upload_evidence", "...x"),
        ("take_evidence", "xx.."),
        ("apply_closeout", "...x"),
        ("decide_closeout", "xx.."),
        ("reckon_subsidy", "x..."),
        ("publish_notice", "x..."),
        ("record_payment", "x..."),
        ("keep_tracking", "x..x"),
        ("edit_policy", "x..."),
        ("edit_integration", "x..."),
    ];

    #[test]
    fn who_supervises_who_manages_and_who_belongs() {
        let actor = |role, institution| Actor { role, institution };
        let told = |actor: Actor| (actor.supervises(), actor.manages_centre(), actor.belongs_to(OWN));
        assert_eq!(told(actor(Role::Manager, None)), (true, true, false));
        assert_eq!(told(actor(Role::Supervisor, None)), (true, false, false));
        assert_eq!(told(actor(Role::Auditor, None)), (false, false, false));
        assert_eq!(told(actor(Role::Institution, Some(OWN))), (false, false, true));
        assert_eq!(told(actor(Role::Institution, Some(OTHER))), (false, false, false));
        assert_eq!(told(actor(Role::Manager, Some(OWN))), (false, false, false), "an account that mixes the two");
    }

    #[test]
    fn every_role_every_action_own_other_and_nobodys() {
        let actors = [
            Actor { role: Role::Manager, institution: None },
            Actor { role: Role::Supervisor, institution: None },
            Actor { role: Role::Auditor, institution: None },
            Actor { role: Role::Institution, institution: Some(OWN) },
        ];
        for (action, (name, row)) in Action::ALL.into_iter().zip(TABLE) {
            assert_eq!(serde_json::to_value(action).unwrap(), name, "the table follows Action::ALL");
            for (actor, cell) in actors.into_iter().zip(row.chars()) {
                for owner in [Some(OWN), Some(OTHER), None] {
                    let walled_off = actor.role == Role::Institution && owner != Some(OWN);
                    let expected = cell == 'x' && !walled_off;
                    assert_eq!(may(actor, action, owner), expected, "{actor:?} {action:?} {owner:?}");
                }
            }
        }
    }

    #[test]
    fn a_mixed_up_account_may_nothing() {
        for action in Action::ALL {
            for owner in [Some(OWN), None] {
                assert!(!may(Actor { role: Role::Institution, institution: None }, action, owner));
                for role in [Role::Manager, Role::Supervisor, Role::Auditor] {
                    assert!(!may(Actor { role, institution: Some(OWN) }, action, owner));
                }
            }
        }
    }
}
