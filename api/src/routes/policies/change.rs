//! `POST /policies`

use axum::{Json, extract::State, http::StatusCode};
use duxue_rules::{
    access::Action,
    policy::change::{Refused, changed},
};
use serde_json::json;

use crate::{
    app::Shared,
    dto::policy::{CurrentPolicy, PolicyChanges},
    extract::{Body, SignedIn},
    problem::{Failure, FieldProblem},
    refusals::WriteRefusals,
};

/// Sets numbers of the policy: from now on every decision is taken under the new version.
///
/// What was decided before stays, and names the version it was decided under. Unlike what the configuration file says, a
/// change here has a person and a reason; a restart takes nothing of it back, and what is later changed in the file counts
/// from then on.
#[utoipa::path(
    post,
    path = "/policies",
    tag = "Policies",
    request_body = PolicyChanges,
    responses((status = 201, description = "The policy in force now.", body = CurrentPolicy), WriteRefusals),
)]
pub async fn change_policy(
    State(app): State<Shared>,
    who: SignedIn,
    Body(new): Body<PolicyChanges>,
) -> Result<(StatusCode, Json<CurrentPolicy>), Failure> {
    who.may(Action::EditPolicy, None)?;
    let reason = new.reason.trim();
    if reason.is_empty() || reason.chars().count() > 1000 {
        return Err(Failure::field("reason", "请填写理由，1 至 1000 个字符。", "a reason has 1 to 1000 characters"));
    }
    let now = app.now();
    let mut tx = app.store.begin().await?;
    let newest = tx.newest_policy().await?.ok_or(Failure::Internal)?;
    if newest.version != new.version {
        return Err(Failure::conflict(
            format!("政策参数已更新至第 {} 版，请重新核对。", newest.version),
            format!("The policy is at version {} meanwhile; look at it again.", newest.version),
        ));
    }
    let before = tx.policy(newest.version).await?.ok_or(Failure::Internal)?.policy;
    let changes = new.changes.into_iter().collect();
    let after = changed(&before, &changes).map_err(refused)?;
    if after == before {
        return Err(Failure::field("changes", "没有任何改动。", "nothing would change"));
    }
    let fields: Vec<&String> = changes.keys().collect();
    let stored = tx.put_policy(newest.version, &after, Some((who.id(), reason)), now).await?;
    tx.audit(who.did(now, "change_policy", "policy", stored.version, json!({ "fields": fields, "reason": reason })));
    let answer = super::in_force(&mut tx).await?;
    tx.commit().await?;
    app.in_force.read_again(&app.store).await?;
    Ok((StatusCode::CREATED, Json(answer)))
}

fn refused(refused: Vec<Refused>) -> Failure {
    let problem = |one: Refused| FieldProblem::shape(format!("changes.{}", one.field), one.text.zh, one.text.en);
    Failure::Invalid(refused.into_iter().map(problem).collect())
}
