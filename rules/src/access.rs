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

/// Whether `actor` may do `action` to something of institution `owner` (`None`: it belongs to no institution).
pub fn may(actor: Actor, action: Action, owner: Option<InstitutionId>) -> bool {
    use Action as A;
    match actor.role {
        Role::Manager => true,
        Role::Supervisor => match action {
            A::ReadClass
            | A::ReadCameraHealth
            | A::WatchLive
            | A::WatchRecording
            | A::ReadFinding
            | A::DecideFinding
            | A::ReadClip
            | A::RequestClip
            | A::ReadAudit
            | A::EditClass
            | A::EditCamera => true,
            A::SendReport | A::EditRoster | A::EditUser => false,
        },
        Role::Auditor => match action {
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
        },
        Role::Institution => {
            let own = actor.institution.is_some() && actor.institution == owner;
            own && match action {
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
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn an_institution_is_walled_off() {
        let own = InstitutionId(Uuid::from_u128(1));
        let other = InstitutionId(Uuid::from_u128(2));
        let actor = Actor { role: Role::Institution, institution: Some(own) };
        assert!(may(actor, Action::SendReport, Some(own)));
        assert!(!may(actor, Action::SendReport, Some(other)));
        assert!(!may(actor, Action::ReadClass, None));
        assert!(!may(actor, Action::WatchLive, Some(own)));
    }

    #[test]
    fn an_institution_person_without_an_institution_may_nothing() {
        let actor = Actor { role: Role::Institution, institution: None };
        assert!(!may(actor, Action::ReadClass, None));
    }

    #[test]
    fn an_auditor_changes_nothing() {
        let actor = Actor { role: Role::Auditor, institution: None };
        for action in
            [Action::DecideFinding, Action::SendReport, Action::EditCamera, Action::EditUser, Action::RequestClip]
        {
            assert!(!may(actor, action, None), "{action:?}");
        }
    }
}
