//! Every route, in one table.

mod approval_lists;
mod attendance;
mod audit;
mod cameras;
mod classes;
mod clips;
mod closeouts;
mod days;
mod devices;
mod draws;
mod events;
mod evidence;
mod exceptions;
mod exchanges;
mod exports;
mod files;
mod findings;
pub(crate) mod health;
mod holidays;
mod import_templates;
mod inspections;
mod institutions;
mod invitations;
mod keys;
mod kiosk;
mod leaves;
mod likenesses;
mod messages;
mod notices;
mod openings;
mod packages;
mod people;
mod platform;
mod policies;
mod punches;
mod reports;
mod second_factor;
mod segments;
mod sessions;
mod signing;
mod spot_checks;
mod statements;
mod students;
mod subsidies;
mod supervisions;
mod system;
mod timetables;
mod tokens;
mod tracking;
mod uploads;
mod users;
mod venue_approvals;
mod venues;
mod verifications;
mod violations;
mod watches;
mod webhooks;

use axum::{extract::DefaultBodyLimit, middleware::from_fn};
use utoipa_axum::{
    router::{OpenApiRouter, UtoipaMethodRouterExt},
    routes,
};

use crate::{
    app::Core,
    extract::{FILE_LIMIT, PICTURE_LIMIT, TABLE_LIMIT, TIMETABLE_LIMIT},
    tus,
};

/// Every route below `/api/v1`.
pub(crate) fn table() -> OpenApiRouter<Core> {
    OpenApiRouter::new()
        .routes(routes!(signing::sign_in::sign_in))
        .routes(routes!(signing::sign_out::sign_out))
        .routes(routes!(signing::sign_in_code::sign_in_code))
        .routes(routes!(signing::me::show_me))
        .routes(routes!(signing::change_password::change_password))
        .routes(routes!(second_factor::show::show_second_factor, second_factor::begin::begin_second_factor))
        .routes(routes!(second_factor::confirm::confirm_second_factor))
        .routes(routes!(second_factor::renew_codes::renew_recovery_codes))
        .routes(routes!(second_factor::remove::remove_second_factor))
        .routes(routes!(system::show::show_system))
        .routes(routes!(system::health::show_health))
        .routes(routes!(cameras::look::try_camera))
        .routes(routes!(cameras::list::list_cameras, cameras::add::add_camera))
        .routes(routes!(cameras::show::show_camera, cameras::change::change_camera, cameras::remove::remove_camera))
        .routes(routes!(cameras::live::watch_live))
        .routes(routes!(cameras::snapshot::show_snapshot))
        .routes(routes!(cameras::recordings::list_recordings))
        .routes(routes!(exports::take::export_recording))
        .routes(routes!(cameras::health::show_camera_health))
        .routes(routes!(cameras::health::print_camera_health))
        .routes(routes!(cameras::reference::renew_reference))
        .routes(routes!(cameras::reference::show_reference))
        .routes(routes!(cameras::reference::show_day_picture))
        .routes(routes!(segments::content::read_segment))
        .routes(routes!(institutions::list::list_institutions, institutions::add::add_institution))
        .routes(routes!(institutions::change::change_institution))
        .routes(routes!(
            institutions::textbook_exceptions::list_textbook_exceptions,
            institutions::textbook_exceptions::add_textbook_exception
        ))
        .routes(routes!(approval_lists::list::list_approval_lists))
        .routes(routes!(approval_lists::show::show_approval_list, approval_lists::put::put_approval_list))
        .routes(routes!(venues::list::list_venues, venues::add::add_venue))
        .routes(routes!(venue_approvals::list::list_venue_approvals, venue_approvals::add::add_venue_approval))
        .routes(routes!(venue_approvals::withdraw::withdraw_venue_approval))
        .routes(routes!(classes::list::list_classes, classes::add::add_class))
        .routes(routes!(classes::show::show_class))
        .routes(routes!(openings::show::show_opening, openings::draft::draft_opening))
        .routes(routes!(openings::self_check::self_check_opening))
        .routes(routes!(openings::filing::file_opening))
        .routes(routes!(openings::application::apply_for_opening))
        .routes(routes!(openings::decision::decide_opening))
        .routes(routes!(openings::start::start_class))
        .routes(routes!(students::list::list_students, students::add::add_student))
        .routes(routes!(students::enrol::enrol_student).layer(DefaultBodyLimit::max(PICTURE_LIMIT)))
        .routes(routes!(students::papers::list_papers))
        .routes(routes!(students::papers::show_papers, students::papers::put_papers))
        .routes(routes!(students::reveal::reveal_number))
        .routes(routes!(students::export::export_person))
        .routes(routes!(students::erase::erase_person))
        .routes(routes!(students::leave::leave_class))
        .routes(routes!(students::consents::list_consents, students::consents::add_consent))
        .routes(routes!(verifications::list::list_verifications, verifications::record::record_verifications))
        .routes(routes!(sessions::list::list_sessions, sessions::add::add_session))
        .routes(routes!(timetables::show::show_timetable))
        .routes(routes!(timetables::hand_in::hand_in_timetable).layer(DefaultBodyLimit::max(TIMETABLE_LIMIT)))
        .routes(routes!(timetables::decide::decide_timetable))
        .routes(routes!(timetables::request_change::request_timetable_change))
        .routes(routes!(timetables::decide_change::decide_timetable_change))
        .routes(routes!(reports::list::list_reports))
        .routes(routes!(reports::show::show_report, reports::send::send_report))
        .routes(routes!(devices::list::list_devices, devices::register::register_device))
        .routes(routes!(devices::withdraw::withdraw_device))
        .routes(routes!(punches::send::send_punches))
        .routes(routes!(punches::picture::put_punch_picture))
        .routes(routes!(punches::list::list_punches))
        .routes(routes!(punches::import::import_punches).layer(DefaultBodyLimit::max(TABLE_LIMIT)))
        .routes(routes!(leaves::list::list_leaves, leaves::record::record_leave))
        .routes(routes!(leaves::cancel::cancel_leave))
        .routes(routes!(statements::list::list_statements, statements::write::write_statement))
        .routes(routes!(statements::sign::sign_statement))
        .routes(routes!(statements::scan::add_statement_scan))
        .routes(routes!(attendance::show::show_attendance))
        .routes(routes!(attendance::hand_in::hand_in_summary))
        .routes(routes!(attendance::forms::print_summary_page))
        .routes(routes!(attendance::forms::print_summary_sheet))
        .routes(routes!(reports::forms::print_report_page))
        .routes(routes!(reports::forms::print_report_sheet))
        .routes(routes!(supervisions::forms::print_remote_supervision_page))
        .routes(routes!(supervisions::forms::print_remote_supervision_sheet))
        .routes(routes!(inspections::forms::print_inspection_page))
        .routes(routes!(inspections::forms::print_inspection_sheet))
        .routes(routes!(students::forms::print_roster_page))
        .routes(routes!(students::forms::print_roster_sheet))
        .routes(routes!(tracking::forms::print_tracking_page))
        .routes(routes!(tracking::forms::print_tracking_sheet))
        .routes(routes!(timetables::forms::print_timetable_page))
        .routes(routes!(timetables::forms::print_timetable_sheet))
        .routes(routes!(notices::forms::print_notice_page))
        .routes(routes!(notices::forms::print_notice_sheet))
        .routes(routes!(students::import::import_students).layer(DefaultBodyLimit::max(TABLE_LIMIT)))
        .routes(routes!(timetables::import::import_timetable).layer(DefaultBodyLimit::max(TABLE_LIMIT)))
        .routes(routes!(approval_lists::import::import_approval_list).layer(DefaultBodyLimit::max(TABLE_LIMIT)))
        .routes(routes!(import_templates::show::show_import_template))
        .routes(routes!(exchanges::list::list_exchanges, exchanges::ask::ask_by_file))
        .routes(routes!(exchanges::answer::answer_by_file).layer(DefaultBodyLimit::max(TABLE_LIMIT)))
        .routes(routes!(platform::show::show_platform))
        .routes(routes!(platform::file::tell_platform))
        .routes(routes!(platform::answer::import_platform_answers).layer(DefaultBodyLimit::max(TABLE_LIMIT)))
        .routes(routes!(kiosk::show::show_kiosk))
        .routes(routes!(kiosk::number::check_in_by_number))
        .routes(routes!(kiosk::face::check_in_by_face).layer(DefaultBodyLimit::max(PICTURE_LIMIT)))
        .routes(routes!(events::list::list_events))
        .routes(routes!(webhooks::list::list_webhooks, webhooks::add::add_webhook))
        .routes(routes!(webhooks::remove::remove_webhook))
        .routes(routes!(webhooks::rotate::rotate_webhook))
        .routes(routes!(webhooks::deliveries::list_deliveries))
        .routes(routes!(webhooks::resend::resend_delivery))
        .routes(routes!(days::list::list_days))
        .routes(routes!(days::show::show_day))
        .routes(routes!(findings::list::list_findings))
        .routes(routes!(findings::show::show_finding))
        .routes(routes!(findings::decide::decide_finding))
        .routes(routes!(findings::frame::show_frame))
        .routes(routes!(findings::compare::compare_faces))
        .routes(routes!(draws::list::list_draws, draws::draw::draw_classes))
        .routes(routes!(evidence::list::list_evidence))
        .routes(routes!(evidence::show::show_evidence))
        .routes(routes!(clips::list::list_clips, clips::request::request_clip))
        .routes(routes!(clips::show::show_clip))
        .routes(routes!(clips::content::read_clip))
        .routes(routes!(clips::seal::read_seal))
        .routes(routes!(clips::verify::verify_clip))
        .routes(routes!(packages::read::read_package))
        .routes(routes!(keys::public::show_public_key))
        .routes(routes!(files::add::add_file).layer(DefaultBodyLimit::max(FILE_LIMIT)))
        .routes(routes!(files::show::show_file))
        .routes(routes!(files::content::read_file))
        .routes(routes!(uploads::list::list_uploads))
        .routes(
            routes!(uploads::options::show_upload_options, uploads::create::create_upload).layer(from_fn(tus::speak)),
        )
        .routes(routes!(uploads::show::show_upload))
        .routes(routes!(uploads::content::read_upload))
        .routes(routes!(uploads::seal::read_upload_seal))
        .routes(routes!(uploads::pictures::show_contact_sheet))
        .routes(routes!(uploads::pictures::show_thumbnail))
        .routes(routes!(likenesses::list::list_likenesses))
        .routes(routes!(likenesses::show::show_likeness))
        .routes(routes!(likenesses::decide::decide_likeness))
        .routes(routes!(uploads::evidence::show_upload_evidence, uploads::evidence::decide_upload_evidence))
        .routes(
            routes!(
                uploads::offset::show_upload_offset,
                uploads::append::append_upload,
                uploads::end::end_upload,
                uploads::overridden::append_overridden
            )
            .layer(from_fn(tus::speak)),
        )
        .routes(routes!(supervisions::list::list_remote_supervisions, supervisions::sign::sign_remote_supervision))
        .routes(routes!(supervisions::show::show_remote_supervision))
        .routes(routes!(supervisions::standing::show_supervision))
        .routes(routes!(inspections::list::list_inspections, inspections::draft::draft_inspection))
        .routes(routes!(inspections::show::show_inspection))
        .routes(routes!(inspections::change::change_inspection))
        .routes(routes!(inspections::sign::sign_inspection))
        .routes(routes!(inspections::countersign::countersign_inspection))
        .routes(routes!(violations::open::open_violation))
        .routes(routes!(violations::list::list_violations))
        .routes(routes!(violations::conduct::show_conduct))
        .routes(routes!(violations::show::show_violation))
        .routes(routes!(violations::decide::decide_violation))
        .routes(routes!(violations::withdraw::withdraw_violation))
        .routes(routes!(violations::carry_out::carry_out_measure))
        .routes(routes!(violations::suspend::report_suspension))
        .routes(routes!(violations::suspend::order_suspension))
        .routes(routes!(violations::suspend::lift_suspension))
        .routes(routes!(closeouts::list::list_closeouts, closeouts::apply::apply_for_closeout))
        .routes(routes!(closeouts::decide::decide_closeout))
        .routes(routes!(closeouts::list_assessments::list_assessments, closeouts::assess::record_assessments))
        .routes(routes!(exceptions::list::list_exceptions))
        .routes(routes!(exceptions::let_pass::let_pass))
        .routes(routes!(spot_checks::list::show_spot_checks, spot_checks::draw::draw_spot_check))
        .routes(routes!(spot_checks::record::record_spot_check))
        .routes(routes!(subsidies::list_standards::list_standards, subsidies::set_standard::set_standard))
        .routes(routes!(subsidies::list_claims::list_claims, subsidies::claim::claim_subsidy))
        .routes(routes!(subsidies::list::list_subsidies, subsidies::reckon::reckon_subsidy))
        .routes(routes!(notices::public::list_public_notices))
        .routes(routes!(notices::public::show_public_notice))
        .routes(routes!(notices::list::list_notices, notices::publish::publish_notice))
        .routes(routes!(notices::object::record_objection))
        .routes(routes!(notices::decide_objection::decide_objection))
        .routes(routes!(notices::pay::record_payment))
        .routes(routes!(tracking::show::show_tracking, tracking::record::record_tracking))
        .routes(routes!(tracking::hand_in::hand_in_tracking))
        .routes(routes!(messages::list::list_messages, messages::send::send_message))
        .routes(routes!(messages::read::mark_read))
        .routes(routes!(watches::list::list_watches))
        .routes(routes!(policies::list::list_policies, policies::change::change_policy))
        .routes(routes!(policies::current::show_current_policy))
        .routes(routes!(holidays::list::show_holidays, holidays::import::import_holidays))
        .routes(routes!(audit::checkpoint::show_checkpoint))
        .routes(routes!(audit::list::list_audit))
        .routes(routes!(audit::verify::verify_audit))
        .routes(routes!(users::list::list_users, users::add::add_user))
        .routes(routes!(users::change::change_user))
        .routes(routes!(people::list::list_people))
        .routes(routes!(invitations::reset::reset_password))
        .routes(routes!(second_factor::remove_of::remove_second_factor_of))
        .routes(routes!(invitations::list::list_invitations, invitations::invite::invite))
        .routes(routes!(invitations::withdraw::withdraw_invitation))
        .routes(routes!(invitations::look::look_at_invitation))
        .routes(routes!(invitations::accept::accept_invitation))
        .routes(routes!(tokens::list::list_tokens, tokens::make::make_token))
        .routes(routes!(tokens::revoke::revoke_token))
}
