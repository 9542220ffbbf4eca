//! R7.5: violations 违规, from the charge to a person's verdict, and the measures that were carried out.

use duxue_rules::{
    finding::Record,
    ids::{ClassId, InstitutionId, UserId, ViolationId},
    violation::{Carried, Charge, Verdict},
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    Named, Result, Tx, json,
    row::{FromRow, Row},
    value::{ToValue, args},
};

/// A charge, and what was decided about it once it was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "case", content = "facts")]
pub enum Case {
    /// Nobody has decided yet.
    Open(Charge),
    /// A person has.
    Decided(Verdict),
}

/// The word of where a [`Case`] stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CaseState {
    /// Nobody has decided yet.
    Open,
    /// It is a violation.
    Confirmed,
    /// It is none.
    Dismissed,
    /// It was held to be one, and no longer is.
    Withdrawn,
}

/// A violation beside the names that its readers need.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    /// What it is.
    pub case: Case,
    /// Whose.
    pub institution: Named<InstitutionId>,
    /// In which class, if in one.
    pub class: Option<Named<ClassId>>,
    /// Who charged it.
    pub opened_by: Named<UserId>,
    /// When.
    pub opened_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
}

impl Case {
    /// What is or was charged.
    pub fn charge(&self) -> &Charge {
        match self {
            Self::Open(charge) => charge,
            Self::Decided(verdict) => verdict.charge(),
        }
    }

    /// Where it stands.
    pub fn state(&self) -> CaseState {
        match self {
            Self::Open(_) => CaseState::Open,
            Self::Decided(Verdict::Confirmed(_)) => CaseState::Confirmed,
            Self::Decided(Verdict::Dismissed(_)) => CaseState::Dismissed,
            Self::Decided(Verdict::Withdrawn(_)) => CaseState::Withdrawn,
        }
    }
}

impl FromRow for Violation {
    fn from_row(row: &Row) -> Result<Self> {
        let case: Case = row.json("body")?;
        let institution: Named<InstitutionId> = row.named("institution_id", "institution_name")?;
        let class = row.opt_named("class_id", "class_name")?;
        let Charge { violation, institution: whose, class: of_class, .. } = case.charge();
        if row.word::<CaseState>("state")? != case.state() {
            return Err(row.impossible("state"));
        }
        // What counts against whom stands twice; neither may be changed alone.
        if *violation != row.parsed("id")?
            || *whose != institution.id
            || *of_class != class.as_ref().map(|class: &Named<ClassId>| class.id)
        {
            return Err(row.impossible("body"));
        }
        Ok(Self {
            case,
            institution,
            class,
            opened_by: row.named("opened_by", "opened_by_name")?,
            opened_at: row.time("opened_at")?,
            updated_at: row.time("updated_at")?,
        })
    }
}

impl FromRow for Carried {
    fn from_row(row: &Row) -> Result<Self> {
        let carried: Self = row.json("body")?;
        if carried.violation != row.parsed("violation_id")? || carried.kind != row.word("kind")? {
            return Err(row.impossible("body"));
        }
        Ok(carried)
    }
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT v.id, v.institution_id, i.name AS institution_name, v.class_id, c.name AS class_name, v.state, v.body,
                    v.opened_by, u.display_name AS opened_by_name, v.opened_at, v.updated_at
             FROM violations v
             JOIN institutions i ON i.id = v.institution_id
             LEFT JOIN classes c ON c.id = v.class_id
             JOIN users u ON u.id = v.opened_by ",
            $rest
        )
    };
}

/// Which violations.
#[derive(Clone, Copy, Debug, Default)]
pub struct ViolationFilter {
    /// Only of this institution.
    pub institution: Option<InstitutionId>,
    /// Only in this class.
    pub class: Option<ClassId>,
    /// Only those that stand there.
    pub state: Option<CaseState>,
}

/// A ground as it is counted once: its kind and identity.
fn ground(record: &Record) -> Option<(&'static str, String)> {
    match record {
        Record::Finding(id) => Some(("finding", id.to_string())),
        Record::Supervision(id) => Some(("supervision", id.to_string())),
        // Whatever else shows a violation may show several.
        Record::Day(_)
        | Record::Institution(_)
        | Record::Venue(_)
        | Record::Camera(_)
        | Record::Class(_)
        | Record::Student(_)
        | Record::User(_)
        | Record::Lesson(_)
        | Record::Punch(_)
        | Record::Report(_)
        | Record::Statement(_)
        | Record::ChangeRequest(_)
        | Record::Violation(_)
        | Record::Clip(_)
        | Record::Upload(_) => None,
    }
}

impl Tx {
    /// Opens a charge. Field errors: `institution_id`, `grounds` (one of them shows another violation already, which is
    /// open or stands).
    pub async fn add_violation(&mut self, charge: &Charge, by: UserId, at: Timestamp) -> Result<()> {
        let Charge { violation, institution, class, grounds } = charge;
        let body = json::text(&Case::Open(charge.clone()));
        self.insert(
            "INSERT INTO violations (id, institution_id, class_id, state, body, opened_by, opened_at, updated_at)
             VALUES ($1, $2, $3, 'open', $4, $5, $6, $6)",
            args![violation, institution, class, body, by, at],
            &[("violations_institution_exists", "SELECT id FROM institutions WHERE id = $1", institution.to_value())],
        )
        .await?;
        for (kind, id) in grounds.iter().filter_map(ground) {
            self.run(
                "INSERT INTO violation_grounds (kind, ground_id, violation_id) VALUES ($1, $2, $3)",
                args![kind, id, violation],
            )
            .await?;
        }
        Ok(())
    }

    /// A person decides about a charge that stands at `from`. Lost if it no longer does.
    pub async fn decide_violation(&mut self, from: CaseState, verdict: &Verdict, at: Timestamp) -> Result<()> {
        let id = verdict.charge().violation;
        let case = Case::Decided(verdict.clone());
        self.advance(
            "violation",
            "UPDATE violations SET state = $3, body = $4, updated_at = $5 WHERE id = $1 AND state = $2",
            args![id, json::word(&from), json::word(&case.state()), json::text(&case), at],
        )
        .await?;
        if verdict.standing().is_none() {
            self.run("DELETE FROM violation_grounds WHERE violation_id = $1", args![id]).await?;
        }
        Ok(())
    }

    /// The one of that identity.
    pub async fn violation(&mut self, id: ViolationId) -> Result<Option<Violation>> {
        self.optional(select!("WHERE v.id = $1"), args![id]).await
    }

    /// An institution's, the oldest first.
    pub async fn violations(&mut self, institution: InstitutionId) -> Result<Vec<Violation>> {
        self.all(select!("WHERE v.institution_id = $1 ORDER BY v.id"), args![institution]).await
    }

    /// Those that `filter` asks for, the newest first, before `before`.
    pub async fn violations_of(
        &mut self,
        filter: ViolationFilter,
        before: Option<ViolationId>,
        limit: u32,
    ) -> Result<Vec<Violation>> {
        let ViolationFilter { institution, class, state } = filter;
        // 'g' comes after every identity.
        self.all(
            select!(
                "WHERE ($1 IS NULL OR v.institution_id = $1) AND ($2 IS NULL OR v.class_id = $2)
                   AND ($3 IS NULL OR v.state = $3) AND v.id < COALESCE($4, 'g')
                 ORDER BY v.id DESC LIMIT $5"
            ),
            args![institution, class, state.map(|state| json::word(&state)), before, i64::from(limit)],
        )
        .await
    }

    /// How many violations of an institution stand.
    pub async fn count_confirmed_violations(&mut self, institution: InstitutionId) -> Result<i64> {
        self.one(
            "SELECT COUNT(*) AS n FROM violations WHERE institution_id = $1 AND state = 'confirmed'",
            args![institution],
        )
        .await
    }

    /// Notes that a measure was carried out which the ladder of that policy asks for. Field error: `kind` (it was already).
    pub async fn add_measure(&mut self, carried: &Carried, policy_version: i64) -> Result<()> {
        self.run(
            "INSERT INTO violation_measures (violation_id, kind, body, policy_version) VALUES ($1, $2, $3, $4)",
            args![carried.violation, json::word(&carried.kind), json::text(carried), policy_version],
        )
        .await?;
        Ok(())
    }

    /// What was carried out against an institution.
    pub async fn measures(&mut self, institution: InstitutionId) -> Result<Vec<Carried>> {
        self.all(
            "SELECT m.violation_id, m.kind, m.body FROM violation_measures m JOIN violations v ON v.id = m.violation_id
             WHERE v.institution_id = $1 ORDER BY m.violation_id, m.kind",
            args![institution],
        )
        .await
    }
}
