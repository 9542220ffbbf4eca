//! Who may ask what: a row a route, an area a file.

mod accounts;
mod approvals;
mod attendance;
mod conduct;
mod core;
mod enrolment;
mod evidence;
mod files;
mod in_force;
mod inspections;
mod openings;
mod papers;
mod settlement;
mod supervisions;
mod teaching;
mod uploads;

use uuid::Uuid;

use crate::{
    ask::Sent,
    seed::{Kind, RECORDED, id},
};

/// Who may: S supervisor, M manager, A auditor, I a person of the very institution.
pub enum Who {
    /// Also who is not signed in.
    Anyone,
    /// A check-in device alone; no person, whoever it is.
    Device,
    /// Everyone signed in, about themselves or the whole.
    Signed,
    /// The same, about something of their own that they do not have from the start; that it is looked for shows that they
    /// may.
    SignedAndReady,
    /// These, to the thing of the institution; another institution's person gets a 404.
    These(&'static str),
    /// These, to a list or a whole that belongs to nobody; an institution's person sees only their own in it.
    Listed(&'static str),
}

/// Method, path as the document has it, who, and the body that goes along.
pub type Row = (&'static str, &'static str, Who, fn(u8) -> Sent);

pub fn nothing(_: u8) -> Sent {
    Sent::Nothing
}

pub fn thing(kind: Kind, side: u8) -> String {
    id::<Uuid>(kind, side).to_string()
}

/// Every area's rows.
pub fn rows() -> Vec<Row> {
    let areas = [
        accounts::rows(),
        approvals::rows(),
        attendance::rows(),
        conduct::rows(),
        core::rows(),
        enrolment::rows(),
        evidence::rows(),
        files::rows(),
        in_force::rows(),
        inspections::rows(),
        openings::rows(),
        papers::rows(),
        settlement::rows(),
        supervisions::rows(),
        teaching::rows(),
        uploads::rows(),
    ];
    areas.into_iter().flatten().collect()
}

/// The address of a side's thing.
pub fn address(path: &str, side: u8) -> String {
    let kind = match path.split('/').nth(1).unwrap() {
        _ if path.starts_with("/classes/{id}/timetables") => Kind::Planned,
        _ if path == "/classes/{id}/tracking/ledger" => Kind::Tracked,
        _ if ["/classes/{id}/tracking", "/classes/{id}/spot-check-results"].contains(&path) => Kind::Ended,
        _ if ["assessments", "claims", "subsidies"].iter().any(|last| path.ends_with(last)) => Kind::Finished,
        _ if path == "/classes/{id}/notices" => Kind::Finished,
        _ if path == "/notices/{id}/payment" => Kind::PassedNotice,
        "notices" => Kind::Notice,
        "objections" => Kind::Objection,
        "closeouts" => Kind::CloseOut,
        _ if path == "/timetables/{id}/decision" => Kind::Submitted,
        _ if path.ends_with("/opening/self-check") => Kind::Prepared,
        _ if path.ends_with("/opening/filing") => Kind::Checked,
        _ if path.ends_with("/opening/application") || path.ends_with("/platform-file") => Kind::Filed,
        _ if path.ends_with("/opening/decision") => Kind::Applied,
        _ if path.ends_with("/opening/start") => Kind::Approved,
        "timetables" => Kind::Timetable,
        "timetable-changes" => Kind::Change,
        "exchanges" => Kind::Exchange,
        "webhooks" => Kind::Webhook,
        // Whoever asks for a punch is a device, or is refused before it is looked for.
        "devices" | "punches" => Kind::Device,
        "tokens" => Kind::ApiToken,
        "users" => Kind::Colleague,
        "invitations" => Kind::Invitation,
        "leaves" => Kind::Leave,
        "statements" => Kind::Statement,
        "violations" => match path.rsplit('/').next() {
            Some("decision") => Kind::Charged,
            Some("suspension") => Kind::Third,
            Some("order") => Kind::Reported,
            Some("lifting") => Kind::Suspended,
            _ => Kind::Violation,
        },
        "cameras" => Kind::Camera,
        "institutions" => Kind::Institution,
        // The venue is approved already.
        "venues" => Kind::Room,
        "venue-approvals" => Kind::VenueApproval,
        "segments" => Kind::Segment,
        "classes" => Kind::Class,
        "students" => Kind::Student,
        "files" => Kind::File,
        "findings" => Kind::Finding,
        "uploads" if path != "/uploads/{id}" => Kind::Kept,
        "uploads" => Kind::Upload,
        "likenesses" => Kind::Likeness,
        "remote-supervisions" => Kind::Supervision,
        "inspections" if path.ends_with("/sheet") => Kind::SheetDraft,
        "inspections" => Kind::Sheet,
        _ => Kind::Clip,
    };
    let full = path
        .replace("{id}", &thing(kind, side))
        .replace("{date}", "2024-10-08")
        .replace("{file}", "0.jpg")
        .replace("{year}", "2024")
        .replace("{month}", "2024-10")
        .replace("{table}", "students")
        .replace("{seq}", "1");
    match path {
        "/files" => format!("/files?name=scan.pdf&institution_id={}", thing(Kind::Institution, side)),
        "/classes/{id}/punches/import" => format!("{full}?venue_id={}", thing(Kind::Venue, side)),
        "/classes/{id}/timetables/import" => {
            let file = thing(Kind::File, side);
            format!("{full}?syllabus_file_id={file}&plan_file_id={file}&months=4")
        }
        "/approval-lists/{year}/import" => format!("{full}?revision=1"),
        "/kiosk/faces" => full + "?id=1&at=2024-10-08T00:45:00Z",
        "/cameras/{id}/health" | "/cameras/{id}/health.html" => full + "?from=2024-10-07&to=2024-10-08",
        "/days" | "/cameras/{id}/recordings" | "/classes/{id}/punches" => full + "?date=2024-10-08",
        "/cameras/{id}/recordings/export" => full + &format!("?from={}&until={}", RECORDED.0, RECORDED.1),
        _ => full,
    }
}
