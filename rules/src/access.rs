//! Who may do what: the role table of the notice's office, in one place.

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
    /// Confirm or dismiss a finding.
    DecideFinding,
    /// Send the daily report.
    SendReport,
    /// Add students and their enrolment pictures.
    EditRoster,
    /// Add classes and sessions.
    EditClass,
    /// Add, change and remove cameras.
    EditCamera,
    /// See, fetch and verify evidence clips.
    ReadClip,
    /// Have a clip cut now.
    RequestClip,
    /// Read the audit log and check its chain.
    ReadAudit,
    /// See and add users.
    EditUser,
}

impl Action {
    /// Every action, in the order of the table.
    pub const ALL: [Self; 14] = [
        Self::ReadClass,
        Self::ReadCameraHealth,
        Self::WatchLive,
        Self::WatchRecording,
        Self::ReadFinding,
        Self::DecideFinding,
        Self::SendReport,
        Self::EditRoster,
        Self::EditClass,
        Self::EditCamera,
        Self::ReadClip,
        Self::RequestClip,
        Self::ReadAudit,
        Self::EditUser,
    ];
}

/// Whether `actor` may do `action` to something of institution `owner` (`None`: it belongs to no institution).
///
/// No `_` arm on purpose: whoever adds an action decides here what each role may.
pub fn may(actor: Actor, action: Action, owner: Option<InstitutionId>) -> bool {
    match actor.role {
        // The centre's people and auditors belong to no institution; an account that mixes the two may nothing.
        Role::Manager => actor.institution.is_none() && manager(action),
        Role::Supervisor => actor.institution.is_none() && supervisor(action),
        Role::Auditor => actor.institution.is_none() && auditor(action),
        Role::Institution => actor.institution.is_some() && actor.institution == owner && own_institution(action),
    }
}

/// Everything but the daily report: that is the institution's own word (七(三)), which the centre holds it to.
fn manager(action: Action) -> bool {
    use Action as A;
    match action {
        A::EditRoster | A::EditUser => true,
        A::SendReport => false,
        A::ReadClass
        | A::ReadCameraHealth
        | A::WatchLive
        | A::WatchRecording
        | A::ReadFinding
        | A::DecideFinding
        | A::EditClass
        | A::EditCamera
        | A::ReadClip
        | A::RequestClip
        | A::ReadAudit => supervisor(action),
    }
}

fn supervisor(action: Action) -> bool {
    use Action as A;
    match action {
        A::DecideFinding | A::RequestClip | A::EditClass | A::EditCamera => true,
        A::SendReport | A::EditRoster | A::EditUser => false,
        A::ReadClass
        | A::ReadCameraHealth
        | A::WatchLive
        | A::WatchRecording
        | A::ReadFinding
        | A::ReadClip
        | A::ReadAudit => auditor(action),
    }
}

fn auditor(action: Action) -> bool {
    use Action as A;
    match action {
        A::ReadClass
        | A::ReadCameraHealth
        | A::WatchLive
        | A::WatchRecording
        | A::ReadFinding
        | A::ReadClip
        | A::ReadAudit => true,
        A::DecideFinding
        | A::SendReport
        | A::EditRoster
        | A::EditClass
        | A::EditCamera
        | A::RequestClip
        | A::EditUser => false,
    }
}

fn own_institution(action: Action) -> bool {
    use Action as A;
    match action {
        A::ReadClass | A::ReadCameraHealth | A::SendReport | A::EditRoster | A::ReadClip => true,
        A::WatchLive
        | A::WatchRecording
        | A::ReadFinding
        | A::DecideFinding
        | A::EditClass
        | A::EditCamera
        | A::RequestClip
        | A::ReadAudit
        | A::EditUser => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    const OWN: InstitutionId = InstitutionId(Uuid::from_u128(1));
    const OTHER: InstitutionId = InstitutionId(Uuid::from_u128(2));

    /// Columns: manager, supervisor, auditor, institution. `x` may, `.` may not.
    const TABLE: [(&str, &str); 14] = [
        ("read_class", "xxxx"),
        ("read_camera_health", "xxxx"),
        ("watch_live", "xxx."),
        ("watch_recording", "xxx."),
        ("read_finding", "xxx."),
        ("decide_finding", "xx.."),
        ("send_report", "...x"),
        ("edit_roster", "x..x"),
        ("edit_class", "xx.."),
        ("edit_camera", "xx.."),
        ("read_clip", "xxxx"),
        ("request_clip", "xx.."),
        ("read_audit", "xxx."),
        ("edit_user", "x..."),
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
