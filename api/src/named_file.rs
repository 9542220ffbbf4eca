//! Files that a record names: they must have been handed in before, by who may hand in for that record.

use duxue_rules::ids::{FileId, InstitutionId};
use duxue_storage::{Tx, file::File};

use crate::{
    extract::SignedIn,
    problem::{Failure, FieldProblem},
};

/// What is wrong with naming `file` in a record about `institution`; `None`: nothing.
///
/// It must have been handed in by the centre or for that institution. For an institution's people what is the centre's is
/// as little there as what is another's.
pub(crate) async fn problem(
    tx: &mut Tx,
    who: &SignedIn,
    institution: InstitutionId,
    (field, file): (&str, FileId),
) -> duxue_storage::Result<Option<FieldProblem>> {
    let centres_own = who.actor.institution.is_none();
    let named = tx.file(file).await?;
    let fits = named.is_some_and(|file| file.institution.map_or(centres_own, |owner| owner == institution));
    Ok((!fits).then(|| absent(field)))
}

/// A file of the institution `owner`, which its people are to read beside the record.
pub(crate) async fn own(tx: &mut Tx, field: &str, id: FileId, owner: InstitutionId) -> Result<File, Failure> {
    let found = tx.file(id).await?.filter(|file| file.institution == Some(owner));
    found.ok_or_else(|| Failure::Invalid(vec![absent(field)]))
}

/// Of another's file it is not told that it is there.
fn absent(field: &str) -> FieldProblem {
    FieldProblem::shape(field, "没有这个文件，请先上传。", "there is no such file; hand it in first")
}
