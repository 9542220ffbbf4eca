//! R7.4b: sheets of on-site inspections 督导记录单.

use std::collections::HashMap;

use duxue_rules::{
    ids::{ClassId, InstitutionId, SupervisionId, UserId},
    supervision::SheetDraft,
    text::Remark,
};
use duxue_storage::{
    inspection::{Inspection as Row, Sheet as Stored},
    signature,
};
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    refs::{ClassRef, UserRef},
    supervision::Checklist,
};
use crate::{
    problem::Failure,
    sign::{Signature, Signing},
};

/// What a sheet says.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SheetContent {
    /// The civil day of the inspection.
    #[schema(value_type = String, format = Date)]
    pub date: Date,
    /// 督导检查人员: who inspected and will sign.
    #[schema(value_type = Vec<Uuid>)]
    pub inspectors: Vec<UserId>,
    /// What was seen.
    pub checklist: Checklist,
    /// What else there is to say.
    #[serde(default)]
    pub remark: String,
}

impl SheetContent {
    /// The draft that says this.
    pub(crate) fn draft(
        self,
        id: SupervisionId,
        class: ClassId,
        institution: InstitutionId,
    ) -> Result<SheetDraft, Failure> {
        Ok(SheetDraft {
            id,
            class,
            institution,
            on: self.date,
            inspectors: self.inspectors.into_iter().collect(),
            checklist: self.checklist.checked()?,
            remark: Remark::new(self.remark).ok(),
        })
    }
}

/// A sheet that is to say something else.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangedSheet {
    /// The revision that the change starts from.
    pub revision: i64,
    /// What it says from now on.
    pub sheet: SheetContent,
}

/// A signature under a record.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewSignature {
    /// Password and drawing.
    pub signing: Signing,
}

/// How far a sheet is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SheetState {
    /// It may still change.
    Draft,
    /// Somebody signed: it no longer changes, and signatures are missing.
    Signing,
    /// Signed by every inspector and by the institution.
    Signed,
}

/// An inspector, and whether they have signed.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Inspector {
    /// Who.
    pub user: UserRef,
    /// Whether their signature is there.
    pub signed: bool,
}

/// A sheet of an on-site inspection.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Inspection {
    /// Its identity.
    #[schema(value_type = Uuid)]
    pub id: SupervisionId,
    /// Of which class.
    pub class: ClassRef,
    /// The civil day of the inspection.
    #[schema(value_type = String, format = Date)]
    pub date: Date,
    /// How far it is.
    pub state: SheetState,
    /// Name it to change the sheet.
    pub revision: i64,
    /// 督导检查人员.
    pub inspectors: Vec<Inspector>,
    /// Whether a manager of the institution is still to countersign.
    pub waits_for_institution: bool,
    /// What was seen.
    pub checklist: Checklist,
    /// What else there is to say.
    pub remark: Option<String>,
    /// Who wrote the first draft.
    pub drafted_by: UserRef,
    /// Who signed, when, and whether the sheet is still what was signed.
    pub signatures: Vec<Signature>,
    /// When it last changed.
    pub updated_at: Timestamp,
}

impl Inspection {
    pub(crate) fn of(row: Row, names: &HashMap<UserId, String>, signatures: Vec<signature::Signature>) -> Self {
        let sheet = row.sheet.content();
        let (state, waits_for_institution) = match &row.sheet {
            Stored::Draft(_) => (SheetState::Draft, true),
            Stored::Signing(signing) => (SheetState::Signing, signing.waits_for_institution()),
            Stored::Signed(_) => (SheetState::Signed, false),
        };
        let signed = |id: UserId| match &row.sheet {
            Stored::Draft(_) => false,
            Stored::Signing(signing) => signing.inspectors_left().all(|left| left != id),
            Stored::Signed(_) => true,
        };
        let inspectors = sheet.inspectors.iter().map(|&id| {
            let display_name = names.get(&id).cloned().unwrap_or_default();
            Inspector { user: UserRef { id, display_name }, signed: signed(id) }
        });
        Self {
            id: sheet.id,
            date: sheet.on,
            state,
            revision: row.revision,
            inspectors: inspectors.collect(),
            waits_for_institution,
            checklist: sheet.checklist.clone().into(),
            remark: sheet.remark.clone().map(String::from),
            signatures: signatures.into_iter().map(|signature| Signature::of(signature, sheet)).collect(),
            class: row.class.into(),
            drafted_by: row.drafted_by.into(),
            updated_at: row.updated_at,
        }
    }
}
