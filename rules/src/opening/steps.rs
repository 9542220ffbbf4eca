//! The states of an opening and the steps between them.

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

use super::{
    Catalogue, ClassName, Filing, RoomReport, SelfCheck, Textbook, VenueApproval, check_filing, check_name,
    check_readiness, check_self, class_name, major_allowed, opening_in_time, textbook_allowed, venue_allowed,
};
use crate::{
    civil,
    finding::Finding,
    ids::{InstitutionId, StudentId, UserId, VenueId},
    policy::Policy,
    text::{RuleId, Text},
};

/// A step that was not taken: the state as it was, and all that is missing.
#[derive(Clone, Debug, PartialEq)]
pub struct Refused<S> {
    /// Unchanged.
    pub state: S,
    /// Never empty.
    pub missing: Vec<Finding>,
}

/// What a step gives.
pub type Step<Next, State> = Result<Next, Box<Refused<State>>>;

fn step<Next, State>(state: State, missing: Vec<Finding>, next: impl FnOnce(State) -> Next) -> Step<Next, State> {
    if missing.is_empty() { Ok(next(state)) } else { Err(Box::new(Refused { state, missing })) }
}

/// A class that somebody wants to open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// The institution.
    pub institution: InstitutionId,
    /// What it will be called: year, major, batch.
    pub name: ClassName,
    /// Where.
    pub venues: Vec<VenueId>,
    /// With which textbooks.
    pub textbooks: Vec<Textbook>,
    /// The first training day that is planned.
    pub first_day: Date,
}

/// R2.1 passed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SelfChecked {
    /// The class.
    pub class: Draft,
    /// The self-check.
    pub checks: Vec<SelfCheck>,
}

/// R5.1 passed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filed {
    /// What came before.
    pub checked: SelfChecked,
    /// The review on site.
    pub filing: Filing,
}

/// What the institution applies with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Application {
    /// The name off-line.
    pub offline_name: String,
    /// The name on the provincial platform.
    pub online_name: String,
    /// The class's number there.
    pub platform_number: String,
    /// 联络员 of the institution (七(六)).
    pub liaison: Option<UserId>,
    /// 班主任 of the class (七(六)).
    pub class_manager: Option<UserId>,
    /// When.
    pub applied_at: Timestamp,
}

/// R6.1, R2.2 passed: the application lies with the centre.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Applied {
    /// What came before.
    pub filed: Filed,
    /// The application.
    pub application: Application,
}

/// R6.2: the centre approved it; the class may run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Approved {
    /// What came before.
    pub applied: Applied,
    /// Who approved.
    pub by: UserId,
    /// When.
    pub on: Date,
}

/// The class runs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Running {
    /// What came before.
    pub approved: Approved,
    /// The day of the first lesson.
    pub since: Date,
}

/// An opening at any stage, as it is stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "stage", content = "facts")]
pub enum Opening {
    /// See [`Draft`].
    Draft(Draft),
    /// See [`SelfChecked`].
    SelfChecked(SelfChecked),
    /// See [`Filed`].
    Filed(Filed),
    /// See [`Applied`].
    Applied(Applied),
    /// See [`Approved`].
    Approved(Approved),
    /// See [`Running`].
    Running(Running),
}

impl Draft {
    /// How the dossier of a class begins. A class whose name does not follow the form (R6.1) gets the one it would have
    /// as the first of its major in the year of its first day.
    pub fn of_class(institution: InstitutionId, name: &str, major: &str, first_day: Date) -> Self {
        let name =
            class_name(name).unwrap_or_else(|| ClassName { year: first_day.year(), major: major.to_owned(), batch: 1 });
        Self { institution, name, venues: Vec::new(), textbooks: Vec::new(), first_day }
    }

    /// R1.1, R1.2, R1.3, R2.1.
    pub fn self_check(
        self,
        checks: Vec<SelfCheck>,
        catalogue: &Catalogue,
        venues: &[VenueApproval],
        today: Date,
    ) -> Step<SelfChecked, Self> {
        let mut missing = check_self(&checks, today);
        missing.extend(major_allowed(catalogue, self.institution, &self.name.major, self.name.year));
        if self.venues.is_empty() {
            let expected = Text::new("确定授课场地", "a venue is named");
            missing.push(Finding::new(RuleId::new("R1.2"), "no_venue", expected, Text::new("未确定", "none is")));
        }
        missing.extend(
            self.venues.iter().filter_map(|&venue| venue_allowed(venues, self.institution, venue, self.first_day)),
        );
        if self.textbooks.is_empty() {
            let expected = Text::new("确定选用教材", "a textbook is named");
            missing.push(Finding::new(RuleId::new("R1.3"), "no_textbook", expected, Text::new("未确定", "none is")));
        }
        missing.extend(self.textbooks.iter().filter_map(|textbook| textbook_allowed(textbook, self.first_day)));
        step(self, missing, |class| SelfChecked { class, checks })
    }
}

impl SelfChecked {
    /// R5.1. `about_students` is what [`crate::enrolment::check`], [`crate::enrolment::once`] and
    /// [`crate::verification::check`] say of the roster: the reviewer does not pass what they refuse.
    pub fn file(self, filing: Filing, roster: &[StudentId], about_students: Vec<Finding>) -> Step<Filed, Self> {
        let mut missing = check_filing(roster, &filing.students);
        missing.extend(about_students);
        step(self, missing, |checked| Filed { checked, filing })
    }
}

impl Filed {
    /// R6.1, R2.2, 七(六), and once more R5.1: who came onto the roster after the review was not reviewed. `rooms` holds a
    /// report of each venue.
    pub fn apply(
        self,
        application: Application,
        rooms: &[RoomReport],
        roster: &[StudentId],
        policy: &Policy,
    ) -> Step<Applied, Self> {
        let Application { offline_name, online_name, platform_number, .. } = &application;
        let mut missing = check_name(&self.checked.class.name, offline_name, online_name, platform_number);
        missing.extend(check_filing(roster, &self.filing.students));
        missing.extend(check_readiness(rooms, application.applied_at, policy));
        for (named, zh, en, code) in [
            (application.liaison, "机构联络员", "a liaison of the institution", "no_liaison"),
            (application.class_manager, "班主任", "a class manager", "no_class_manager"),
        ] {
            if named.is_none() {
                let expected = Text::new(format!("确定{zh}"), format!("{en} is named"));
                missing.push(Finding::new(RuleId::new("R6.2"), code, expected, Text::new("未确定", "nobody is")));
            }
        }
        step(self, missing, |filed| Applied { filed, application })
    }
}

impl Applied {
    /// R6.2: the centre's word.
    pub fn approve(self, by: UserId, on: Date) -> Approved {
        Approved { applied: self, by, on }
    }

    /// The centre sends the application back; the filing stands.
    pub fn send_back(self) -> Filed {
        self.filed
    }
}

impl Approved {
    /// The first lesson: R6.2 (not before the approval), R7.2d (最后一次开班时间为12月末: in the programme year), and not
    /// while the institution is suspended (R7.5).
    pub fn start(self, on: Date, suspended: bool, policy: &Policy) -> Step<Running, Self> {
        let mut missing = Vec::new();
        let mut must = |fine: bool, rule, code, expected: Text, seen: Text| {
            if !fine {
                missing.push(Finding::new(RuleId::new(rule), code, expected, seen));
            }
        };
        let approved = self.on;
        must(
            on >= approved,
            "R6.2",
            "before_approval",
            Text::new("审批通过后方可开班", "a class runs once it is approved"),
            Text::new(format!("{approved} 才获审批"), format!("it was approved on {approved}")),
        );
        must(
            !suspended,
            "R7.5",
            "institution_suspended",
            Text::new("停课整改期间不得开班", "a suspended institution opens no class"),
            Text::new("该机构正在停课整改", "the institution is suspended"),
        );
        missing.extend(opening_in_time(on, self.applied.filed.checked.class.name.year, policy));
        step(self, missing, |approved| Running { approved, since: on })
    }
}

impl Application {
    /// The civil day of the application.
    pub fn date(&self) -> Date {
        civil::date_of(self.applied_at)
    }
}

#[cfg(test)]
mod tests {
    use super::super::{
        CameraReport, CatalogueEntry, FilingPaper, SelfCheckItem, StudentFiling, TextbookGround, class_name,
    };
    use super::*;
    use crate::ids::CameraId;
    use jiff::civil::date;
    use uuid::Uuid;

    const INSTITUTION: InstitutionId = InstitutionId(Uuid::from_u128(1));
    const VENUE: VenueId = VenueId(Uuid::from_u128(2));
    const STUDENT: StudentId = StudentId(Uuid::from_u128(3));
    const USER: UserId = UserId(Uuid::from_u128(4));
    const NAME: &str = "2024年电子商务专业1班期";

    fn draft() -> Draft {
        Draft {
            institution: INSTITUTION,
            name: class_name(NAME).unwrap(),
            venues: vec![VENUE],
            textbooks: vec![Textbook { title: "电子商务师".to_owned(), ground: TextbookGround::Catalogue }],
            first_day: date(2024, 10, 8),
        }
    }

    fn self_checked(draft: Draft) -> Step<SelfChecked, Draft> {
        let checks = SelfCheckItem::ALL.map(|item| SelfCheck { item, on: date(2024, 9, 1), file: "批复".to_owned() });
        let entry = CatalogueEntry { year: 2024, institution: INSTITUTION, major: "电子商务".to_owned() };
        let venue = VenueApproval {
            venue: VENUE,
            institution: INSTITUTION,
            approved_on: date(2024, 3, 1),
            file: "核验表".to_owned(),
            withdrawn_on: None,
        };
        draft.self_check(checks.to_vec(), &Catalogue(vec![entry]), &[venue], date(2024, 9, 2))
    }

    fn filed() -> Filed {
        let student = StudentFiling { student: STUDENT, in_order: FilingPaper::ALL.into_iter().collect() };
        let filing = Filing { by: USER, on: date(2024, 9, 20), students: vec![student] };
        self_checked(draft()).unwrap().file(filing, &[STUDENT], Vec::new()).unwrap()
    }

    fn application() -> Application {
        Application {
            offline_name: NAME.to_owned(),
            online_name: NAME.to_owned(),
            platform_number: "LN-1".to_owned(),
            liaison: Some(USER),
            class_manager: Some(USER),
            applied_at: "2024-09-25T02:00:00Z".parse().unwrap(),
        }
    }

    fn room() -> RoomReport {
        let camera = CameraReport {
            camera: CameraId(Uuid::from_u128(5)),
            measured_at: "2024-09-24T02:00:00Z".parse().unwrap(),
            sampled: true,
            brightness: 120.0,
            sharpness: 300.0,
            black_share: 0.0,
            frozen_share: 0.0,
            uptime_share: 1.0,
            longest_gap_seconds: 0,
            bitrate_bps: 3_000_000,
            eye_distance_px: 40.0,
            recognisable_share: 1.0,
        };
        RoomReport { cameras: vec![camera], students: 1, students_seen: 1 }
    }

    fn approved() -> Approved {
        filed()
            .apply(application(), &[room()], &[STUDENT], &Policy::default())
            .unwrap()
            .approve(USER, date(2024, 9, 30))
    }

    fn codes<S>(refused: impl AsRef<Refused<S>>) -> Vec<String> {
        refused.as_ref().missing.iter().map(|finding| finding.code.clone()).collect()
    }

    #[test]
    fn with_everything_in_order_the_class_runs_and_remembers_the_whole_way() {
        let running = approved().start(date(2024, 10, 8), false, &Policy::default()).unwrap();
        assert_eq!(running.approved.applied.filed.checked.class, draft());
        assert_eq!(running.approved.applied.application.date(), date(2024, 9, 25));
        let stored = Opening::Running(running);
        let json = serde_json::to_string(&stored).unwrap();
        assert!(json.contains("\"stage\":\"running\""));
        assert_eq!(serde_json::from_str::<Opening>(&json).unwrap(), stored);
    }

    #[test]
    fn each_stage_knows_what_came_before_it_and_nothing_of_what_comes_after() {
        let checked = self_checked(draft()).unwrap();
        let applied = filed().apply(application(), &[room()], &[STUDENT], &Policy::default()).unwrap();
        let running = approved().start(date(2024, 10, 8), false, &Policy::default()).unwrap();
        let stages = [
            Opening::Draft(draft()),
            Opening::SelfChecked(checked.clone()),
            Opening::Filed(filed()),
            Opening::Applied(applied.clone()),
            Opening::Approved(approved()),
            Opening::Running(running.clone()),
        ];
        for (stage, reached) in stages.iter().zip(0..) {
            assert_eq!(stage.draft(), &draft());
            assert_eq!(stage.self_checked(), (reached >= 1).then_some(&checked), "{stage:?}");
            assert_eq!(stage.filed(), (reached >= 2).then_some(&filed()), "{stage:?}");
            assert_eq!(stage.applied(), (reached >= 3).then_some(&applied), "{stage:?}");
            assert_eq!(stage.approved(), (reached >= 4).then_some(&approved()), "{stage:?}");
            assert_eq!(stage.running(), (reached >= 5).then_some(&running), "{stage:?}");
        }
    }

    #[test]
    fn a_refusal_names_everything_at_once_and_gives_the_draft_back() {
        let bare = Draft { venues: Vec::new(), textbooks: Vec::new(), ..draft() };
        let refused = bare.clone().self_check(Vec::new(), &Catalogue::default(), &[], date(2024, 9, 2)).unwrap_err();
        assert_eq!(refused.state, bare);
        let mut told = codes(refused);
        told.dedup();
        assert_eq!(told, ["self_check_missing", "no_catalogue", "no_venue", "no_textbook"]);
    }

    #[test]
    fn what_the_students_lack_stops_the_filing() {
        let checked = self_checked(draft()).unwrap();
        let filing = filed().filing;
        let lacking = Finding::new(RuleId::new("R3.1"), "paper_missing", Text::default(), Text::default());
        assert_eq!(codes(checked.file(filing, &[STUDENT], vec![lacking]).unwrap_err()), ["paper_missing"]);
    }

    /// 七(六): 培训机构要确定一名联络员，每班要有专门管理人员（班主任）.
    #[test]
    fn an_application_needs_names_people_and_a_ready_camera() {
        let nobody =
            Application { liaison: None, class_manager: None, online_name: "别的".to_owned(), ..application() };
        let bare = RoomReport { cameras: Vec::new(), ..room() };
        let refused = filed().apply(nobody, &[bare], &[STUDENT], &Policy::default());
        assert_eq!(codes(refused.unwrap_err()), ["online_name", "no_camera", "no_liaison", "no_class_manager"]);
    }

    #[test]
    fn an_application_is_for_every_room_and_for_who_was_reviewed() {
        let apply = |rooms: &[RoomReport], roster: &[StudentId]| {
            filed().apply(application(), rooms, roster, &Policy::default()).map(drop).map_err(codes)
        };
        assert_eq!(apply(&[], &[STUDENT]), Err(vec!["no_camera".to_owned()]));
        let blind = RoomReport { students_seen: 0, ..room() };
        assert_eq!(apply(&[room(), blind], &[STUDENT]), Err(vec!["not_covered".to_owned()]));
        let late = StudentId(Uuid::from_u128(30));
        assert_eq!(apply(&[room()], &[STUDENT, late]), Err(vec!["student_not_reviewed".to_owned()]));
    }

    #[test]
    fn a_class_without_a_proper_name_gets_the_one_that_it_would_have() {
        let of = |name| Draft::of_class(INSTITUTION, name, "电子商务", date(2024, 10, 8)).name;
        assert_eq!(of("2023年育婴员专业4班期"), class_name("2023年育婴员专业4班期").unwrap());
        assert_eq!(of("电商新班").to_string(), NAME);
    }

    #[test]
    fn what_is_sent_back_can_be_applied_for_again() {
        let applied = filed().apply(application(), &[room()], &[STUDENT], &Policy::default()).unwrap();
        assert!(applied.send_back().apply(application(), &[room()], &[STUDENT], &Policy::default()).is_ok());
    }

    /// 七(二)2: 最后一次开班时间为12月末.
    #[test]
    fn the_last_day_to_open_is_the_31st_of_december() {
        let start = |on, suspended| {
            approved().start(on, suspended, &Policy::default()).map(|running| running.since).map_err(codes)
        };
        assert_eq!(start(date(2024, 12, 31), false), Ok(date(2024, 12, 31)));
        assert_eq!(start(date(2025, 1, 2), false), Err(vec!["opens_too_late".to_owned()]));
        assert_eq!(start(date(2024, 9, 29), false), Err(vec!["before_approval".to_owned()]));
        assert_eq!(start(date(2024, 10, 8), true), Err(vec!["institution_suspended".to_owned()]));
    }
}
