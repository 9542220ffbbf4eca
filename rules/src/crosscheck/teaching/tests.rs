//! How instants become stretches, by hand.

use super::{TeachingState as T, *};

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_728_000_000 + second).unwrap()
}

fn span(from: i64, to: i64) -> Span {
    Span::new(at(from), at(to)).unwrap()
}

type Plain = (T, i64, i64);

fn stretches(plain: &[Plain]) -> Vec<Stretch> {
    plain.iter().map(|&(state, from, to)| Stretch { from: at(from), to: at(to), state }).collect()
}

fn plain(stretches: &[Stretch]) -> Vec<Plain> {
    let second = |of: Timestamp| of.as_second() - 1_728_000_000;
    stretches.iter().map(|of| (of.state, second(of.from), second(of.to))).collect()
}

fn joined_from(given: &[Plain]) -> Vec<Plain> {
    plain(&joined(stretches(given), &Policy { teaching_min_seconds: 10, ..Policy::default() }))
}

#[test]
fn equal_neighbours_are_one_unless_there_is_a_gap() {
    let given = [(T::Few, 0, 5), (T::Few, 5, 9), (T::Few, 10, 12), (T::Empty, 12, 14)];
    assert_eq!(plain(&merged(stretches(&given))), [(T::Few, 0, 9), (T::Few, 10, 12), (T::Empty, 12, 14)]);
}

#[test]
fn what_is_too_short_becomes_what_is_longest_beside_it() {
    let alone = [(T::Few, 0, 3)];
    assert_eq!(joined_from(&alone), alone, "there is nothing beside it");
    let enough = [(T::Together, 0, 10), (T::Few, 10, 20)];
    assert_eq!(joined_from(&enough), enough);
    let after = [(T::Together, 0, 20), (T::Few, 20, 29), (T::Empty, 29, 60)];
    assert_eq!(joined_from(&after), [(T::Together, 0, 20), (T::Empty, 20, 60)]);
    let before = [(T::Together, 0, 40), (T::Few, 40, 49), (T::Empty, 49, 60)];
    assert_eq!(joined_from(&before), [(T::Together, 0, 49), (T::Empty, 49, 60)]);
    let equal = [(T::Together, 0, 20), (T::Few, 20, 29), (T::Empty, 29, 49)];
    assert_eq!(joined_from(&equal), [(T::Together, 0, 29), (T::Empty, 29, 49)], "the earlier of equals");
    let first = [(T::Few, 0, 5), (T::Together, 5, 40)];
    assert_eq!(joined_from(&first), [(T::Together, 0, 40)]);
    let last = [(T::Together, 0, 40), (T::Few, 40, 45)];
    assert_eq!(joined_from(&last), [(T::Together, 0, 45)]);
}

#[test]
fn the_shortest_goes_first() {
    // Were the first to go first, the moment of the class in between would be gone with it.
    let given =
        [(T::Together, 0, 30), (T::Few, 30, 38), (T::Together, 38, 40), (T::Few, 40, 48), (T::Together, 48, 80)];
    let expected = [(T::Together, 0, 30), (T::Few, 30, 48), (T::Together, 48, 80)];
    assert_eq!(joined_from(&given), expected);
}

#[test]
fn what_is_not_known_lends_its_state_to_nothing_but_what_stands_alone_in_it() {
    let beside = [(T::Unseen, 0, 50), (T::Few, 50, 55), (T::Together, 55, 70)];
    assert_eq!(joined_from(&beside), [(T::Unseen, 0, 50), (T::Together, 50, 70)]);
    let alone = [(T::Unseen, 0, 50), (T::Few, 50, 55), (T::Unseen, 55, 90)];
    assert_eq!(joined_from(&alone), [(T::Unseen, 0, 90)]);
    let moment = [(T::Together, 0, 50), (T::Unseen, 50, 52), (T::Together, 52, 90)];
    assert_eq!(joined_from(&moment), moment, "nor is it taken for anything itself");
}

#[test]
fn lessons_cut_stretches_at_their_edges() {
    let given = stretches(&[(T::Together, 0, 40), (T::Few, 40, 100)]);
    let cut = cut_at_breaks(&given, &[span(10, 40), span(60, 90)]);
    let expected =
        [(T::Break, 0, 10), (T::Together, 10, 40), (T::Break, 40, 60), (T::Few, 60, 90), (T::Break, 90, 100)];
    assert_eq!(plain(&cut), expected);
    let touching = cut_at_breaks(&given, &[span(0, 50), span(50, 100)]);
    assert_eq!(plain(&touching), [(T::Together, 0, 40), (T::Few, 40, 100)]);
}

#[test]
fn the_class_is_together_from_a_share_of_the_fullest_quarter_on() {
    let from = |counts: &[Option<u32>], share: f32| {
        let instants: Vec<_> = counts.iter().enumerate().map(|(n, count)| (at(n as i64), *count)).collect();
        together_from(&instants, &Policy { teaching_min_share: share, ..Policy::default() })
    };
    assert_eq!(from(&[Some(4), Some(8), Some(12), Some(16)], 0.5), 8);
    // Nobody and nothing known are let go of; half of nine is five.
    assert_eq!(from(&[Some(0), None, Some(0), Some(9)], 0.5), 5);
    assert_eq!(from(&[Some(0), Some(0), Some(0), Some(0), Some(9)], 0.5), 5);
    assert_eq!((from(&[], 0.5), from(&[Some(0)], 0.5), from(&[Some(1)], 0.25)), (1, 1, 1));
}

#[test]
fn the_usual_count_is_the_middle_one() {
    assert_eq!(usual([9, 1, 4].into_iter()), 4);
    assert_eq!(usual([4, 1].into_iter()), 4);
    assert_eq!(usual([].into_iter()), 0);
}

#[test]
fn only_few_and_empty_are_away_and_only_within_the_stretch() {
    let of = |state, from, to| TeachingSpan { span: span(from, to), state, people: 0, students: 0, others: false };
    let spans = vec![
        of(T::Few, 0, 10),
        of(T::Together, 10, 20),
        of(T::Empty, 20, 35),
        of(T::Unseen, 35, 40),
        of(T::Break, 40, 50),
        of(T::Few, 50, 60),
    ];
    let teaching = Teaching { spans, ..Teaching::default() };
    assert_eq!(away_in(&teaching, span(5, 52)).as_secs(), 5 + 15 + 2);
    assert_eq!(away_in(&teaching, span(10, 20)).as_secs(), 0);
}
