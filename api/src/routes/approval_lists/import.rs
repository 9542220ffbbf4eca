//! `POST /approval-lists/{year}/import`

use std::collections::HashMap;

use axum::{Json, extract::State};
use duxue_rules::access::Action;
use serde_json::json;

use crate::{
    app::Shared,
    dto::{
        approval::ApprovalList,
        import::{ApprovalListImport, ImportedApprovalList},
    },
    extract::{Filter, Params, Sheet, SignedIn, Year},
    load,
    problem::Failure,
    refusals::{BinaryFile, WriteRefusals},
    tables::{Column, Wrong},
};

/// The columns of an approval list.
pub(crate) const COLUMNS: &[Column] = &[
    Column {
        key: "institution",
        headings: &["培训机构", "培训机构名称", "机构名称", "institution"],
        needed: true,
        hint: "系统中的机构全称",
    },
    Column {
        key: "major",
        headings: &["专业", "培训专业", "专业名称", "major"],
        needed: true,
        hint: "批准的专业，一行一个",
    },
];

/// Imports the approval list of a year out of a table, XLSX or CSV, whole (R1.1): every row, or none and what is wrong with
/// each.
///
/// The list replaces the one of `revision`, as PUT does.
#[utoipa::path(
    post,
    path = "/approval-lists/{year}/import",
    tag = "Approvals",
    params(("year" = i16, Path, description = "The year."), ApprovalListImport),
    request_body(
        content(
            (String = "text/csv"),
            (BinaryFile = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ),
        description = "The table, at most 1 MiB.",
    ),
    responses((status = 200, description = "What came of it, or would.", body = ImportedApprovalList), WriteRefusals),
)]
pub async fn import_approval_list(
    State(app): State<Shared>,
    who: SignedIn,
    Params(Year { year }): Params<Year>,
    Filter(ApprovalListImport { revision, dry_run }): Filter<ApprovalListImport>,
    sheet: Sheet,
) -> Result<Json<ImportedApprovalList>, Failure> {
    who.may(Action::EditCatalogue, None)?;
    let now = app.now();
    let mut tx = app.store.begin().await?;
    let table = sheet.table(COLUMNS)?;
    let known: HashMap<_, _> =
        load::institutions(&mut tx, None).await?.into_iter().map(|row| (row.name, row.id)).collect();
    let (mut wrong, mut lines, mut seen) = (Wrong::default(), Vec::new(), HashMap::new());
    for row in table.rows()? {
        let institution = row.needed("institution", 200, &mut wrong);
        let major = row.needed("major", 100, &mut wrong);
        let (Some(institution), Some(major)) = (institution, major) else { continue };
        let Some(&id) = known.get(&institution) else {
            wrong.rule(row, "institution", "R1.1", "没有这个培训机构，请先登记。", "there is no such institution");
            continue;
        };
        if let Some(at) = seen.insert((id, major.clone()), row.number) {
            wrong.shape(row, "major", format!("与第 {at} 行重复。"), format!("it stands in row {at} already"));
        }
        lines.push((id, major));
    }
    wrong.refuse()?;
    let revision = tx.put_approval_list(year, revision, &lines, who.id(), now).await?;
    let detail = json!({ "revision": revision, "majors": lines.len(),
        "import": sheet.trace() });
    tx.audit(who.did(now, "put_approval_list", "approval_list", year, detail));
    let list = tx.approval_list(year).await?.ok_or(Failure::Internal)?;
    let majors = tx.approved_majors(year, None).await?;
    let imported = table.end(tx, lines.len(), dry_run).await?;
    Ok(Json(ImportedApprovalList { imported, list: ApprovalList::of(list, majors) }))
}
