//! Files that a record names.

use duxue_rules::ids::{FileId, InstitutionId};
use duxue_storage::Tx;

use crate::{extract::SignedIn, problem::FieldProblem};

/// What is wrong with naming `file` in a record about `institution`; `None`: nothing.
///
/// It must have been handed in, by the centre or for that institution. For an institution's people what is the centre's is
/// as little there as what is another's.
pub(crate) async fn problem(
    tx: &mut Tx,
    who: &SignedIn,
    institution: InstitutionId,
    (field, file): (&str, FileId),
) -> duxue_storage::Result<Option<FieldProblem>> {
    let fits = tx.file(file).await?.is_some_and(|file| match file.institution {
        Some(owner) => owner == institution,
        None => who.actor.institution.is_none(),
    });
    Ok((!fits)
        .then(|| FieldProblem::shape(field, "没有这个文件，请先上传。", "there is no such file; hand it in first")))
}
