//! What the steps of an opening are judged from, and what the next one misses.

use duxue_rules::{
    calendar::Dates,
    civil,
    finding::Finding,
    ids::{ClassId, StudentId},
    opening::{Application, Catalogue, Draft, Opening, TextbookGround, VenueApproval, check_filing},
    verification::{self, Phase, Verification},
};
use duxue_storage::{Tx, opening::Dossier};

use crate::{
    app::Shared,
    dto::opening::{Names, OpeningDossier},
    enrolment::{candidates, days},
    load,
    problem::Failure,
};

/// What the bureau approved, as far as a draft rests on it.
pub(super) struct Approvals {
    pub(super) catalogue: Catalogue,
    pub(super) venues: Vec<VenueApproval>,
}

impl Approvals {
    pub(super) async fn of(tx: &mut Tx, draft: &Draft) -> Result<Self, Failure> {
        let catalogue = tx.catalogue(draft.name.year).await?;
        let mut venues = Vec::new();
        for venue in &draft.venues {
            venues.extend(tx.venue_approvals(*venue).await?.into_iter().map(|approval| approval.fact()));
        }
        Ok(Self { catalogue, venues })
    }
}

/// Gives each textbook outside the catalogue the ground that it has by now.
pub(super) async fn ground_textbooks(tx: &mut Tx, draft: &mut Draft) -> Result<(), Failure> {
    let exceptions = tx.textbook_exceptions(draft.institution).await?;
    for textbook in draft.textbooks.iter_mut().filter(|textbook| textbook.ground != TextbookGround::Catalogue) {
        let exception = exceptions.iter().find(|exception| exception.title == textbook.title);
        textbook.ground = exception.map_or(TextbookGround::None, |exception| TextbookGround::Exception {
            approved_on: exception.approved_on,
            file: exception.file.to_string(),
        });
    }
    Ok(())
}

/// The students of a class who have not left it.
pub(super) async fn roster(tx: &mut Tx, class: ClassId) -> Result<Vec<StudentId>, Failure> {
    let students = load::students(tx, class).await?.into_iter();
    Ok(students.filter(|student| student.left_on.is_none()).map(|student| student.id).collect())
}

/// What R3 and R4 miss of a class's students before it begins.
pub(super) async fn students(app: &Shared, tx: &mut Tx, class: ClassId) -> Result<Vec<Finding>, Failure> {
    let mut findings: Vec<Finding> = Vec::new();
    for candidate in candidates(app, tx, class).await? {
        findings.extend(candidate.missing);
    }
    let roster = roster(tx, class).await?;
    let span: Dates = days(&tx.class(class).await?.ok_or(Failure::Internal)?)?;
    let done: Vec<Verification> = tx.verifications(class).await?.into_iter().map(|row| row.fact).collect();
    findings.extend(verification::check(&roster, Phase::Before, span, &done));
    Ok(findings)
}

/// What the next step misses, were it taken now with nothing more; what the centre or the calendar owes is nothing that
/// is missing.
async fn missing(app: &Shared, tx: &mut Tx, dossier: &Dossier) -> Result<Vec<Finding>, Failure> {
    let (class, now) = (dossier.class.id, app.now());
    let refused = match &dossier.opening {
        Opening::Draft(draft) => {
            let mut draft = draft.clone();
            ground_textbooks(tx, &mut draft).await?;
            let Approvals { catalogue, venues } = Approvals::of(tx, &draft).await?;
            let step = draft.self_check(Vec::new(), &catalogue, &venues, civil::date_of(now));
            step.err().map(|refused| refused.missing)
        }
        Opening::SelfChecked(_) => {
            let mut missing = check_filing(&roster(tx, class).await?, &[]);
            missing.extend(students(app, tx, class).await?);
            Some(missing)
        }
        Opening::Filed(filed) => {
            let nothing = Application {
                offline_name: dossier.class.name.clone(),
                online_name: String::new(),
                platform_number: String::new(),
                liaison: None,
                class_manager: None,
                applied_at: now,
            };
            let step = filed.clone().apply(nothing, &[], &roster(tx, class).await?, &app.policy.policy);
            step.err().map(|refused| refused.missing)
        }
        Opening::Applied(_) | Opening::Approved(_) | Opening::Running(_) => None,
    };
    Ok(refused.unwrap_or_default())
}

/// A dossier as it is shown.
pub(in crate::routes) async fn shown(app: &Shared, tx: &mut Tx, dossier: Dossier) -> Result<OpeningDossier, Failure> {
    let missing = missing(app, tx, &dossier).await?;
    let names = names(tx, &dossier).await?;
    Ok(OpeningDossier::of(dossier, &names, missing))
}

async fn names(tx: &mut Tx, dossier: &Dossier) -> Result<Names, Failure> {
    let opening = &dossier.opening;
    let mut names = Names::default();
    let mut users = Vec::new();
    if let Some(filed) = opening.filed() {
        users.push(filed.filing.by);
        names.students = load::student_names(tx, dossier.class.id).await?;
    }
    if let Some(applied) = opening.applied() {
        users.extend(applied.application.liaison);
        users.extend(applied.application.class_manager);
    }
    users.extend(opening.approved().map(|approved| approved.by));
    for id in users {
        if let Some(user) = tx.user(id).await? {
            names.users.insert(id, user.display_name);
        }
    }
    for id in &opening.draft().venues {
        if let Some(venue) = tx.venue(*id).await? {
            names.venues.insert(*id, venue.name);
        }
    }
    Ok(names)
}
