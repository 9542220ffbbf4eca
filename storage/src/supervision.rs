//! R7.4a: records of remote supervision 远程监控, kept as they were signed.

use duxue_rules::{
    ids::{ClassId, InstitutionId, SupervisionId, UserId},
    supervision::SignedRemote,
};

use crate::{
    Error, Named, Result, Tx, json,
    row::{FromRow, Row},
    value::args,
};

/// A signed record beside the names that its readers need.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RemoteSupervision {
    /// Which class.
    pub class: Named<ClassId>,
    /// Whose class it is.
    pub institution: InstitutionId,
    /// Who watched and signed.
    pub supervisor: Named<UserId>,
    /// The record as it was signed.
    pub signed: SignedRemote,
}

impl FromRow for RemoteSupervision {
    fn from_row(row: &Row) -> Result<Self> {
        Ok(Self {
            class: row.named("class_id", "class_name")?,
            institution: row.parsed("institution_id")?,
            supervisor: row.named("supervisor_id", "supervisor_name")?,
            signed: row.json("body")?,
        })
    }
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT r.id, r.class_id, c.name AS class_name, c.institution_id, r.supervisor_id,
                    u.display_name AS supervisor_name, r.body
             FROM remote_supervisions r
             JOIN classes c ON c.id = r.class_id
             JOIN users u ON u.id = r.supervisor_id ",
            $rest
        )
    };
}

impl Tx {
    /// Keeps a signed record. Lost if one of its viewings is the ground of another record already.
    pub async fn add_remote_supervision(&mut self, signed: &SignedRemote) -> Result<()> {
        let record = signed.record();
        self.run(
            "INSERT INTO remote_supervisions (id, class_id, supervisor_id, watched_on, signed_at, body)
             VALUES ($1, $2, $3, $4, $5, $6)",
            args![
                record.id,
                record.class,
                record.supervisor,
                signed.watched_on(),
                signed.signature().at,
                json::text(signed),
            ],
        )
        .await?;
        for basis in &record.basis {
            let taken = self
                .run(
                    "INSERT INTO remote_supervision_watches (watch_id, supervision_id) VALUES ($1, $2)
                     ON CONFLICT (watch_id) DO NOTHING",
                    args![basis.watch(), record.id],
                )
                .await?;
            if taken == 0 {
                return Err(Error::Lost { what: "watch" });
            }
        }
        Ok(())
    }

    /// The one of that identity.
    pub async fn remote_supervision(&mut self, id: SupervisionId) -> Result<Option<RemoteSupervision>> {
        self.optional(select!("WHERE r.id = $1"), args![id]).await
    }

    /// Those of a class, the oldest first.
    pub async fn remote_supervisions(&mut self, class: ClassId) -> Result<Vec<RemoteSupervision>> {
        self.all(select!("WHERE r.class_id = $1 ORDER BY r.id"), args![class]).await
    }
}
