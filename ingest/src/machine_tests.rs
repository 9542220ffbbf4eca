//! A table of what happens, and laws that hold whatever happens.

use proptest::prelude::*;

use super::*;

const PATIENCE: Patience = Patience {
    connect: Duration::from_secs(10),
    stall: Duration::from_secs(8),
    backoff_min: Duration::from_secs(1),
    backoff_max: Duration::from_secs(30),
    refused: Duration::from_secs(600),
};

fn fault(cause: OutageCause) -> Event {
    Event::Failed(SourceFault::new(cause, "because"))
}

/// Plays `(second, event)` and returns every action with its second; time passes by ticks in between.
fn play(events: &[(u64, Event)], until: u64) -> Vec<(u64, String)> {
    let mut machine = Machine::new(PATIENCE, 1);
    let mut log = Vec::new();
    let mut events = events.iter().peekable();
    for second in 0..=until {
        let now = Duration::from_secs(second);
        let mut due = vec![Event::Tick];
        while let Some((_, event)) = events.next_if(|(at, _)| *at == second) {
            due.push(event.clone());
        }
        for event in due {
            for action in machine.on_event(now, event) {
                log.push((
                    second,
                    match action {
                        Action::Open => "open".into(),
                        Action::Close => "close".into(),
                        Action::Report { state, cause: Some(cause), .. } => format!("{state:?} {cause:?}"),
                        Action::Report { state, .. } => format!("{state:?}"),
                    },
                ));
            }
        }
    }
    log
}

#[test]
fn table() {
    use Event::*;
    use OutageCause::*;
    type Row = (&'static str, Vec<(u64, Event)>, Vec<(u64, &'static str)>);
    let rows: Vec<Row> = vec![
        (
            "comes alive",
            vec![(0, Wanted), (1, Described), (2, Picture)],
            vec![(0, "Connecting"), (0, "open"), (2, "Live")],
        ),
        (
            "nobody answers: given up after 10 s, tried again a second after letting go",
            vec![(0, Wanted), (10, Closed)],
            vec![
                (0, "Connecting"),
                (0, "open"),
                (10, "BackingOff Unreachable"),
                (10, "close"),
                (12, "Connecting"),
                (12, "open"),
            ],
        ),
        (
            "answers, but shows nothing",
            vec![(0, Wanted), (1, Described)],
            vec![(0, "Connecting"), (0, "open"), (10, "BackingOff Stalled"), (10, "close")],
        ),
        (
            "wrong password: refused, and left alone",
            vec![(0, Wanted), (1, fault(Unauthorized)), (1, Closed)],
            vec![(0, "Connecting"), (0, "open"), (1, "Refused Unauthorized"), (1, "close")],
        ),
        (
            "refused, then corrected by the operator",
            vec![(0, Wanted), (1, fault(UnsupportedMedia)), (1, Closed), (5, Wanted), (6, Picture)],
            vec![
                (0, "Connecting"),
                (0, "open"),
                (1, "Refused UnsupportedMedia"),
                (1, "close"),
                (5, "Connecting"),
                (5, "open"),
                (6, "Live"),
            ],
        ),
        (
            "stalls: a new connection at once, called stalled until it works",
            vec![(0, Wanted), (1, Picture), (9, Closed), (10, Picture)],
            vec![
                (0, "Connecting"),
                (0, "open"),
                (1, "Live"),
                (9, "Stalled Stalled"),
                (9, "close"),
                (9, "open"),
                (10, "Live"),
            ],
        ),
        (
            "cut off while live",
            vec![(0, Wanted), (1, Picture), (4, fault(Disconnected)), (4, Closed)],
            vec![
                (0, "Connecting"),
                (0, "open"),
                (1, "Live"),
                (4, "BackingOff Disconnected"),
                (4, "close"),
                (6, "Connecting"),
                (6, "open"),
            ],
        ),
        (
            "switched off while connecting: late words change nothing",
            vec![(0, Wanted), (2, Unwanted), (3, Picture), (3, fault(NotFound)), (4, Closed), (5, Closed)],
            vec![(0, "Connecting"), (0, "open"), (2, "close"), (2, "Refused Disabled")],
        ),
        (
            "changed while live: one close, one open",
            vec![(0, Wanted), (1, Picture), (2, Wanted), (3, Wanted), (4, Closed)],
            vec![(0, "Connecting"), (0, "open"), (1, "Live"), (2, "close"), (4, "Connecting"), (4, "open")],
        ),
        (
            "the engine fails twice: the second is not counted",
            vec![(0, Wanted), (1, fault(Unreachable)), (1, fault(Unreachable))],
            vec![(0, "Connecting"), (0, "open"), (1, "BackingOff Unreachable"), (1, "close")],
        ),
    ];
    for (name, events, expected) in rows {
        let until = events.last().map_or(0, |(second, _)| second + 3).max(12);
        // Rows say what happens while their own events last, and what time does right after.
        let log: Vec<(u64, String)> = play(&events, until);
        let log: Vec<(u64, &str)> = log.iter().map(|(second, text)| (*second, text.as_str())).collect();
        assert_eq!(log[..expected.len().min(log.len())], expected[..], "{name}");
    }
}

fn any_event() -> impl Strategy<Value = Event> {
    prop_oneof![
        2 => Just(Event::Wanted),
        1 => Just(Event::Unwanted),
        3 => Just(Event::Described),
        6 => Just(Event::Picture),
        2 => prop_oneof![Just(OutageCause::Unreachable), Just(OutageCause::Unauthorized), Just(OutageCause::Disconnected)]
            .prop_map(fault),
        6 => Just(Event::Closed),
        6 => Just(Event::Tick),
    ]
}

proptest! {
    /// Never two connections at once, never a close without one, never stuck while wanted.
    #[test]
    fn connections_are_made_and_let_go_one_by_one(events in prop::collection::vec((any_event(), 0_u64..20), 1..200)) {
        let mut machine = Machine::new(PATIENCE, 3);
        let (mut now, mut open, mut closing, mut wanted) = (Duration::ZERO, false, false, false);
        for (event, seconds) in events {
            now += Duration::from_secs(seconds);
            if event == Event::Closed {
                if !closing {
                    continue;
                }
                (open, closing) = (false, false);
            }
            match event {
                Event::Wanted => wanted = true,
                Event::Unwanted => wanted = false,
                _ => {}
            }
            for action in machine.on_event(now, event) {
                match action {
                    Action::Open => {
                        prop_assert!(!open && wanted);
                        open = true;
                    }
                    Action::Close => {
                        prop_assert!(open && !closing);
                        closing = true;
                    }
                    Action::Report { state, cause, .. } => {
                        prop_assert_eq!(state, machine.state);
                        prop_assert!((state == CameraState::Live || state == CameraState::Connecting) == cause.is_none());
                    }
                }
            }
            if wanted && !closing {
                prop_assert!(machine.wake_at().is_some(), "wanted, yet waiting for nothing");
            }
        }
    }

    #[test]
    fn pauses_grow_to_the_most_and_no_further(seed: u64) {
        let mut machine = Machine::new(PATIENCE, seed);
        let mut now = Duration::ZERO;
        machine.on_event(now, Event::Wanted);
        for failure in 0..20_u32 {
            machine.on_event(now, fault(OutageCause::Unreachable));
            machine.on_event(now, Event::Closed);
            let pause = machine.wake_at().unwrap() - now;
            let whole = 2_f64.powi(failure as i32).min(30.0);
            prop_assert!((0.8 * whole..=1.2 * whole).contains(&pause.as_secs_f64()), "{failure}: {pause:?}");
            now += pause;
            machine.on_event(now, Event::Tick);
        }
    }
}
