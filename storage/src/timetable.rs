//! R7.2a: timetables 课程表 and the requests to change them, stage by stage.

use duxue_rules::{
    ids::{ChangeRequestId, ClassId, FileId, InstitutionId, TimetableId, UserId},
    timetable::{ChangeRequest, Submission},
};
use jiff::Timestamp;

use crate::{
    Error, Named, Result, Tx, json,
    row::{FromRow, Row},
    value::{ToValue, args},
};

/// A timetable as it stands, beside the names that its readers need.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Timetable {
    /// Which class.
    pub class: Named<ClassId>,
    /// Whose class it is.
    pub institution: InstitutionId,
    /// 教学大纲.
    pub syllabus: FileId,
    /// 教学计划.
    pub plan: FileId,
    /// Who handed it in.
    pub handed_in_by: Named<UserId>,
    /// Who decided it.
    pub decided_by: Option<Named<UserId>>,
    /// The timetable with its stage.
    pub submission: Submission,
}

/// A request to change a timetable, beside the names that its readers need.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimetableChange {
    /// Which timetable it changes.
    pub timetable: TimetableId,
    /// Whose class it is.
    pub institution: InstitutionId,
    /// Who asked.
    pub requested_by: Named<UserId>,
    /// Who decided it.
    pub decided_by: Option<Named<UserId>>,
    /// The request with its stage.
    pub request: ChangeRequest,
}

impl FromRow for Timetable {
    fn from_row(row: &Row) -> Result<Self> {
        let submission: Submission = row.json("body")?;
        if state(&submission) != row.text("state")? {
            return Err(row.impossible("state"));
        }
        Ok(Self {
            class: row.named("class_id", "class_name")?,
            institution: row.parsed("institution_id")?,
            syllabus: row.parsed("syllabus_file_id")?,
            plan: row.parsed("plan_file_id")?,
            handed_in_by: row.named("handed_in_by", "handed_in_by_name")?,
            decided_by: row.opt_named("decided_by", "decided_by_name")?,
            submission,
        })
    }
}

impl FromRow for TimetableChange {
    fn from_row(row: &Row) -> Result<Self> {
        let request: ChangeRequest = row.json("body")?;
        if change_state(&request) != row.text("state")? {
            return Err(row.impossible("state"));
        }
        Ok(Self {
            timetable: row.parsed("timetable_id")?,
            institution: row.parsed("institution_id")?,
            requested_by: row.named("requested_by", "requested_by_name")?,
            decided_by: row.opt_named("decided_by", "decided_by_name")?,
            request,
        })
    }
}

/// The column's word, and who decided when.
fn state(submission: &Submission) -> &'static str {
    match submission {
        Submission::Submitted(_) => "submitted",
        Submission::Approved(_) => "approved",
        Submission::Refused(_) => "refused",
        Submission::Withdrawn(_) => "withdrawn",
    }
}

fn decision(submission: &Submission) -> Option<(Timestamp, UserId)> {
    match submission {
        Submission::Approved(approved) => Some((approved.at, approved.by)),
        Submission::Refused(refused) => Some((refused.at, refused.by)),
        Submission::Submitted(_) | Submission::Withdrawn(_) => None,
    }
}

fn change_state(request: &ChangeRequest) -> &'static str {
    match request {
        ChangeRequest::Requested(_) => "requested",
        ChangeRequest::Approved(_) => "approved",
        ChangeRequest::Refused(_) => "refused",
    }
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT t.id, t.class_id, c.name AS class_name, c.institution_id, t.state, t.syllabus_file_id,
                    t.plan_file_id, t.handed_in_by, h.display_name AS handed_in_by_name, t.decided_by,
                    d.display_name AS decided_by_name, t.body
             FROM timetables t
             JOIN classes c ON c.id = t.class_id
             JOIN users h ON h.id = t.handed_in_by
             LEFT JOIN users d ON d.id = t.decided_by ",
            $rest
        )
    };
}

macro_rules! select_change {
    ($rest:literal) => {
        concat!(
            "SELECT r.id, r.timetable_id, c.institution_id, r.state, r.requested_by,
                    h.display_name AS requested_by_name, r.decided_by, d.display_name AS decided_by_name, r.body
             FROM timetable_changes r
             JOIN timetables t ON t.id = r.timetable_id
             JOIN classes c ON c.id = t.class_id
             JOIN users h ON h.id = r.requested_by
             LEFT JOIN users d ON d.id = r.decided_by ",
            $rest
        )
    };
}

impl Tx {
    /// Hands one in. [`Error::Lost`] when another one lies with the centre or is in force; hold the class first
    /// ([`Tx::hold_class`]). Field errors: `syllabus_file_id`, `plan_file_id`.
    pub async fn add_timetable(&mut self, submission: &Submission, syllabus: FileId, plan: FileId) -> Result<()> {
        let submitted = submission.submitted();
        let class = submitted.course.class;
        let open: i64 = self
            .one(
                "SELECT COUNT(*) AS n FROM timetables WHERE class_id = $1 AND state IN ('submitted', 'approved')",
                args![class],
            )
            .await?;
        if open > 0 {
            return Err(Error::Lost { what: "timetable" });
        }
        self.insert(
            "INSERT INTO timetables
                (id, class_id, state, syllabus_file_id, plan_file_id, handed_in_at, handed_in_by, body)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
            args![
                submitted.id,
                class,
                state(submission),
                syllabus,
                plan,
                submitted.at,
                submitted.by,
                json::text(submission)
            ],
            &[
                ("timetables_syllabus_exists", "SELECT id FROM files WHERE id = $1", syllabus.to_value()),
                ("timetables_plan_exists", "SELECT id FROM files WHERE id = $1", plan.to_value()),
            ],
        )
        .await
    }

    /// Takes one that lies with the centre to its next stage.
    pub async fn advance_timetable(&mut self, to: &Submission) -> Result<()> {
        let (at, by) = decision(to).unzip();
        self.advance(
            "timetable",
            "UPDATE timetables SET state = $2, decided_at = $3, decided_by = $4, body = $5
             WHERE id = $1 AND state = 'submitted'",
            args![to.submitted().id, state(to), at, by, json::text(to)],
        )
        .await
    }

    /// The one of that identity.
    pub async fn timetable(&mut self, id: TimetableId) -> Result<Option<Timetable>> {
        self.optional(select!("WHERE t.id = $1"), args![id]).await
    }

    /// The newest of a class, at whatever stage.
    pub async fn newest_timetable(&mut self, class: ClassId) -> Result<Option<Timetable>> {
        self.optional(select!("WHERE t.class_id = $1 ORDER BY t.id DESC LIMIT 1"), args![class]).await
    }

    /// The one that the centre approved.
    pub async fn approved_timetable(&mut self, class: ClassId) -> Result<Option<Timetable>> {
        self.optional(select!("WHERE t.class_id = $1 AND t.state = 'approved'"), args![class]).await
    }

    /// Keeps a request that was just made.
    pub async fn add_timetable_change(&mut self, timetable: TimetableId, request: &ChangeRequest) -> Result<()> {
        let ChangeRequest::Requested(requested) = request else { return Err(Error::Lost { what: "timetable change" }) };
        self.run(
            "INSERT INTO timetable_changes (id, timetable_id, state, requested_at, requested_by, body)
             VALUES ($1, $2, $3, $4, $5, $6)",
            args![
                requested.change.id,
                timetable,
                change_state(request),
                requested.at,
                requested.by,
                json::text(request)
            ],
        )
        .await?;
        Ok(())
    }

    /// Decides a request that nobody has decided yet.
    pub async fn decide_timetable_change(&mut self, to: &ChangeRequest) -> Result<()> {
        let (at, by) = match to {
            ChangeRequest::Requested(_) => return Err(Error::Lost { what: "timetable change" }),
            ChangeRequest::Approved(approved) => (approved.at, approved.by),
            ChangeRequest::Refused(refused) => (refused.at, refused.by),
        };
        self.advance(
            "timetable change",
            "UPDATE timetable_changes SET state = $2, decided_at = $3, decided_by = $4, body = $5
             WHERE id = $1 AND state = 'requested'",
            args![to.change().id, change_state(to), at, by, json::text(to)],
        )
        .await
    }

    /// The request of that identity.
    pub async fn timetable_change(&mut self, id: ChangeRequestId) -> Result<Option<TimetableChange>> {
        self.optional(select_change!("WHERE r.id = $1"), args![id]).await
    }

    /// All requests to change a timetable, the oldest first.
    pub async fn timetable_changes(&mut self, timetable: TimetableId) -> Result<Vec<TimetableChange>> {
        self.all(select_change!("WHERE r.timetable_id = $1 ORDER BY r.id"), args![timetable]).await
    }
}
