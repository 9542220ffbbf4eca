//! How a timetable stands: the lessons in force, and what is to be said of them.

use duxue_rules::{
    calendar::Dates,
    opening::{VenueApproval, class_name, may_run},
    policy::Policy,
    timetable::{
        ChangeApproved, ChangeRequest, Course, Submission, Taught, Timetable, TimetableAnswer, check, deviations,
        replay,
    },
};
use duxue_storage::{
    Tx,
    class::Class,
    timetable::{Timetable as Row, TimetableChange},
};
use jiff::Timestamp;

use crate::{
    app::Shared,
    dto::{
        refs::ClassRef,
        rule_finding::RuleFinding,
        timetable::{self as dto, TimetableStage},
    },
    problem::Failure,
};

/// A timetable with everything that was decided about it.
pub(in crate::routes) struct Standing {
    /// As it was handed in.
    pub(super) row: Row,
    /// All requests to change it.
    pub(super) changes: Vec<TimetableChange>,
    /// The lessons with all approved changes made.
    pub(in crate::routes) in_force: Timetable,
}

impl Standing {
    /// The newest timetable of a class; `None` before one was handed in.
    pub(in crate::routes) async fn newest(tx: &mut Tx, class: &Class) -> Result<Option<Self>, Failure> {
        match tx.newest_timetable(class.id).await? {
            Some(row) => Ok(Some(Self::of(tx, row).await?)),
            None => Ok(None),
        }
    }

    pub(in crate::routes) async fn of(tx: &mut Tx, row: Row) -> Result<Self, Failure> {
        let submitted = row.submission.submitted();
        let changes = tx.timetable_changes(submitted.id).await?;
        let approvals: Vec<ChangeApproved> = changes.iter().filter_map(|change| approval(&change.request)).collect();
        let in_force = replay(submitted.timetable.clone(), &approvals).timetable;
        Ok(Self { row, changes, in_force })
    }

    /// The course that the lessons are held against.
    pub(super) fn course(&self) -> &Course {
        &self.row.submission.submitted().course
    }

    /// What the rules say of `timetable`, were it in force.
    pub(super) async fn check(
        &self,
        app: &Shared,
        tx: &mut Tx,
        timetable: &Timetable,
    ) -> Result<TimetableAnswer, Failure> {
        let approvals = tx.venue_approvals_of_institution(self.course().institution).await?;
        let venues: Vec<VenueApproval> = approvals.into_iter().map(|approval| approval.fact()).collect();
        let mut answer = check(self.course(), timetable, &venues, &app.calendar, &app.policy.policy);
        let dossier = tx.dossier(self.row.class.id).await?.ok_or(Failure::Internal)?;
        answer.findings.extend(may_run(dossier.opening.stage()));
        Ok(answer)
    }

    /// What a request that nobody has decided would newly make wrong, or why it can no longer be made.
    pub(super) async fn consequences(
        &self,
        app: &Shared,
        tx: &mut Tx,
        request: &ChangeRequest,
        now: &[duxue_rules::finding::Finding],
        at: Timestamp,
    ) -> Result<Vec<RuleFinding>, Failure> {
        let ChangeRequest::Requested(requested) = request else { return Ok(Vec::new()) };
        let findings = match requested.change.fit(&self.in_force, at) {
            Err(against) => against,
            Ok(changed) => {
                let after = self.check(app, tx, &changed).await?.findings;
                after.into_iter().filter(|finding| !now.contains(finding)).collect()
            }
        };
        Ok(findings.into_iter().map(RuleFinding::from).collect())
    }

    /// The whole answer.
    pub(in crate::routes) async fn answer(
        self,
        app: &Shared,
        tx: &mut Tx,
        at: Timestamp,
    ) -> Result<dto::Timetable, Failure> {
        let TimetableAnswer { months, notes, findings } = self.check(app, tx, &self.in_force).await?;
        let deviations = self.deviations(tx, at, &app.policy.policy).await?;
        let mut changes = Vec::new();
        for change in &self.changes {
            let consequences = self.consequences(app, tx, &change.request, &findings, at).await?;
            changes.push(dto::TimetableChange::of(change.clone(), consequences));
        }
        let Self { row, in_force, .. } = self;
        let (stage, decided_at, reason) = match &row.submission {
            Submission::Submitted(_) => (TimetableStage::Submitted, None, None),
            Submission::Withdrawn(_) => (TimetableStage::Withdrawn, None, None),
            Submission::Approved(approved) => {
                (TimetableStage::Approved, Some(approved.at), Some(approved.reason.clone()))
            }
            Submission::Refused(refused) => (TimetableStage::Refused, Some(refused.at), Some(refused.reason.clone())),
        };
        let submitted = row.submission.submitted();
        let subjects = submitted.course.plan.subjects.iter();
        Ok(dto::Timetable {
            id: submitted.id,
            class: ClassRef::from(row.class),
            stage,
            syllabus_file_id: row.syllabus,
            plan_file_id: row.plan,
            subjects: subjects
                .map(|line| dto::PlannedSubject { subject: line.subject.clone(), lessons: line.lessons })
                .collect(),
            months: submitted.course.months,
            handed_in_by: row.handed_in_by.into(),
            handed_in_at: submitted.at,
            decided_by: row.decided_by.map(Into::into),
            decided_at,
            reason: reason.filter(|reason| !reason.is_empty()),
            lessons: in_force.lessons().iter().map(dto::Lesson::from).collect(),
            training_days: months.into_iter().map(Into::into).collect(),
            notes: notes.into_iter().map(Into::into).collect(),
            findings: findings.into_iter().map(Into::into).collect(),
            deviations,
            changes,
        })
    }

    /// What was not taught as the timetable in force has it; of one that is not in force there is nothing to say.
    async fn deviations(&self, tx: &mut Tx, at: Timestamp, policy: &Policy) -> Result<Vec<RuleFinding>, Failure> {
        if !matches!(self.row.submission, Submission::Approved(_)) {
            return Ok(Vec::new());
        }
        let sessions = tx.all_sessions_of_class(self.row.class.id).await?;
        let taught: Vec<Taught> = sessions
            .iter()
            .map(|session| Taught { session: session.id, span: session.span, venue: session.venue.id })
            .collect();
        let requests: Vec<ChangeRequest> = self.changes.iter().map(|change| change.request.clone()).collect();
        Ok(deviations(&self.in_force, &taught, &requests, at, policy).into_iter().map(Into::into).collect())
    }
}

fn approval(request: &ChangeRequest) -> Option<ChangeApproved> {
    match request {
        ChangeRequest::Approved(approved) => Some(approved.clone()),
        ChangeRequest::Requested(_) | ChangeRequest::Refused(_) => None,
    }
}

/// The year in the class's name (R6.1), or, where the name does not follow the form, that of its first day.
pub(in crate::routes) fn programme_year(class: &Class) -> i16 {
    class_name(&class.name).map_or(class.starts_on.year(), |name| name.year)
}

/// The class's days.
pub(super) fn days(class: &Class) -> Result<Dates, Failure> {
    Dates::through(class.starts_on, class.ends_on).map_err(|_| Failure::Internal)
}
