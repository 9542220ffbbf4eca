//! Draws a script's pictures one after the other, and only what has changed since the one before.

use std::sync::Arc;

use super::{
    Planes,
    brush::Brush,
    desk,
    layout::{HEIGHT, Place, WIDTH, places},
    light::Light,
    looks::Looks,
    person,
    pose::Pose,
    room,
    sprite::{Bounds, Sprite},
};
use crate::{
    identity::Identity,
    script::{PictureTrouble, Script},
    truth::{at_second, truth_at},
};
use tiny_skia::{Pixmap, Transform};

/// How many different pictures are drawn for a second of footage; the frames in between repeat them.
pub(crate) const PICTURES_PER_SECOND: u32 = 5;

const ACROSS: usize = WIDTH as usize;
const DOWN: usize = HEIGHT as usize;

/// Luma of a covered lens: just above video black, which is 16.
pub(crate) const COVERED: u8 = 18;

/// Draws the pictures of a script.
pub(crate) struct Artist {
    script: Script,
    room: Vec<u8>,
    seats: Vec<Seat>,
    /// The room with all that is in it, red, green, blue and alpha.
    canvas: Vec<u8>,
    light: Light,
    last: Option<(u32, Arc<Planes>)>,
}

/// A seat, and what is drawn there.
struct Seat {
    place: Place,
    bounds: Bounds,
    chair: Option<Sprite>,
    desk: Option<Sprite>,
    taken: Option<Taken>,
}

struct Taken {
    identity: Identity,
    pose: Pose,
    figure: Option<Sprite>,
    arms: Option<Sprite>,
}

impl Artist {
    /// An artist for a script that was checked.
    pub(crate) fn new(script: &Script) -> Self {
        let mut room = vec![0; ACROSS * DOWN * 4];
        if let Some(mut pixmap) = Pixmap::new(ACROSS as u32, DOWN as u32) {
            room::room(&mut Brush { pixmap: &mut pixmap, transform: Transform::identity() }, script.seed);
            room.copy_from_slice(pixmap.data());
        }
        let seats = places(script.seats)
            .into_iter()
            .enumerate()
            .map(|(n, place)| Seat::furnish(place, n as u32, script.seed))
            .collect();
        let mut artist = Self {
            canvas: room.clone(),
            script: script.clone(),
            room,
            seats,
            light: Light::new(script.seed, script.length_s, ACROSS, DOWN),
            last: None,
        };
        artist.compose(Bounds { left: 0, top: 0, right: ACROSS, bottom: DOWN });
        artist
    }

    /// The picture number `n`, at [`PICTURES_PER_SECOND`]; the same for the same script, in whatever order they are asked.
    pub(crate) fn picture(&mut self, n: u32) -> Arc<Planes> {
        let second = n / PICTURES_PER_SECOND;
        let trouble = self.script.picture.iter().find(|f| at_second(second, f.from_s, f.to_s)).copied();
        let n = match trouble.map(|f| (f.what, f.from_s)) {
            Some((PictureTrouble::Dark, _)) => return Arc::new(Planes::grey(ACROSS, DOWN, COVERED)),
            Some((PictureTrouble::Freeze, from_s)) => from_s * PICTURES_PER_SECOND,
            None => n,
        };
        match &self.last {
            Some((drawn, picture)) if *drawn == n => return picture.clone(),
            _ => {}
        }
        for bounds in self.move_people(n) {
            self.compose(bounds);
        }
        let picture = Arc::new(self.light.lit(n / PICTURES_PER_SECOND));
        self.last = Some((n, picture.clone()));
        picture
    }

    /// Draws everybody who came or moved; returns where the picture has changed.
    fn move_people(&mut self, n: u32) -> Vec<Bounds> {
        let truth = truth_at(&self.script, std::time::Duration::from_secs(u64::from(n / PICTURES_PER_SECOND)));
        let mut changed = Vec::new();
        for (number, seat) in self.seats.iter_mut().enumerate() {
            let now = truth.people.iter().find(|p| p.seat as usize == number).map(|p| p.identity);
            let pose = now.map(|identity| Pose::at(self.script.seed, identity, n));
            let was = seat.taken.as_ref();
            if was.map(|t| t.identity) == now && was.map(|t| t.pose) == pose {
                continue;
            }
            seat.taken = now.zip(pose).map(|(identity, pose)| Taken::sit(identity, pose, seat.place, seat.bounds));
            changed.push(seat.bounds);
        }
        changed
    }

    /// Puts everything within `clip` together again, from the back of the room to the front.
    fn compose(&mut self, clip: Bounds) {
        for y in clip.top..clip.bottom {
            let row = (y * ACROSS + clip.left) * 4..(y * ACROSS + clip.right) * 4;
            self.canvas[row.clone()].copy_from_slice(&self.room[row]);
        }
        let mut order: Vec<&Seat> = self.seats.iter().collect();
        order.sort_by_key(|s| std::cmp::Reverse(s.place.row));
        for seat in order {
            let taken = seat.taken.as_ref();
            let parts = [
                seat.chair.as_ref(),
                taken.and_then(|t| t.figure.as_ref()),
                seat.desk.as_ref(),
                taken.and_then(|t| t.arms.as_ref()),
            ];
            for part in parts.into_iter().flatten() {
                part.put(&mut self.canvas, ACROSS, clip);
            }
        }
        self.light.see(&self.canvas, clip);
    }
}

impl Seat {
    fn furnish(place: Place, number: u32, seed: u64) -> Self {
        let (x, y, f) = (place.x, place.y, place.face);
        let bounds =
            |l: f32, t: f32, r: f32, b: f32| Bounds::within((x + l * f, y + t * f, x + r * f, y + b * f), ACROSS, DOWN);
        Self {
            place,
            bounds: bounds(-1.45, -1.3, 1.45, 1.85),
            chair: Sprite::draw(bounds(-0.8, 0.4, 0.8, 2.3), |b| desk::chair(b, place)),
            desk: Sprite::draw(bounds(-1.5, 1.2, 1.5, 3.4), |b| desk::desk(b, place, number, seed)),
            taken: None,
        }
    }
}

impl Taken {
    fn sit(identity: Identity, pose: Pose, place: Place, bounds: Bounds) -> Self {
        let looks = Looks::of(identity);
        let Place { x, y, face, .. } = place;
        // What is below the desk's upper edge is hidden by it.
        let figure = Bounds { bottom: bounds.bottom.min(((y + 1.62 * face) as usize) & !1), ..bounds };
        Self {
            identity,
            pose,
            figure: Sprite::draw(figure, |b| person::person(b, &looks, &pose, x, y, face)),
            arms: Sprite::draw(bounds, |b| person::arms(b, &looks, &pose, x, y, face)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn who(n: u64) -> Identity {
        Identity::of(n)
    }

    /// Mean difference of luma in the square of a seat's face.
    fn at_seat(a: &Planes, b: &Planes, seats: u32, seat: usize) -> f64 {
        let place = places(seats)[seat];
        let (x, y, half) = (place.x as usize, place.y as usize, place.face as usize / 2);
        let rows = y - half..y + half;
        let sum: u64 = rows
            .flat_map(|y| (x - half..x + half).map(move |x| y * ACROSS + x))
            .map(|n| u64::from(a.data[n].abs_diff(b.data[n])))
            .sum();
        sum as f64 / (4 * half * half) as f64
    }

    #[test]
    fn the_same_script_is_drawn_the_same_in_any_order() {
        let script = Script::empty(5, 3, 4).seated(0, who(1), 0).seated(2, who(80), 1);
        let mut forward = Artist::new(&script);
        let pictures: Vec<_> = [0, 7, 19].map(|n| forward.picture(n)).into();
        let mut backward = Artist::new(&script);
        for (n, picture) in [19, 7, 0].into_iter().zip(pictures.iter().rev()) {
            assert!(backward.picture(n) == *picture, "picture {n}");
        }
        let other = Script { seed: 6, ..script };
        assert!(Artist::new(&other).picture(0) != pictures[0]);
    }

    #[test]
    fn who_is_drawn_is_who_the_truth_says() {
        let script = Script::empty(5, 4, 10)
            .seated(0, who(1), 0)
            .seated(1, who(388), 0)
            .seated(2, who(385), 0)
            .leaves(1, 4)
            .replaced(2, 6, who(80));
        let mut artist = Artist::new(&script);
        let empty = Artist::new(&Script::empty(5, 4, 10)).picture(0);
        let [before, gone, after] = [1, 4, 6].map(|s| artist.picture(s * PICTURES_PER_SECOND));
        let taken = |p: &Planes, seat| at_seat(p, &empty, 4, seat) > 12.0;
        for (picture, second) in [(&before, 1), (&gone, 4), (&after, 6)] {
            let truth = truth_at(&script, std::time::Duration::from_secs(second));
            let seen: Vec<u32> = (0..4).filter(|seat| taken(picture, *seat as usize)).collect();
            assert_eq!(seen, truth.people.iter().map(|p| p.seat).collect::<Vec<_>>(), "second {second}");
        }
        // From one picture to the next the one in seat 0 moves a little, and the one in seat 2 is somebody else.
        let last = artist.picture(6 * PICTURES_PER_SECOND - 1);
        assert!(at_seat(&last, &after, 4, 2) > 3.0 * at_seat(&last, &after, 4, 0));
    }

    #[test]
    fn frozen_is_the_same_dark_is_black_and_live_is_neither() {
        let script = Script::empty(5, 2, 20)
            .seated(0, who(1), 0)
            .picture_trouble(PictureTrouble::Freeze, 5, 8)
            .picture_trouble(PictureTrouble::Dark, 10, 12);
        let mut artist = Artist::new(&script);
        let mut at = |second: u32| artist.picture(second * PICTURES_PER_SECOND + 2);
        let (live, frozen, still, again, dark) = (at(4), at(5), at(7), at(8), at(10));
        assert!(frozen == still && frozen != live && again != still);
        assert!(dark.data[..ACROSS * DOWN].iter().all(|v| *v < 20));
        // Even an empty room is never exactly the same a second later: light and noise go on.
        let mut empty = Artist::new(&Script::empty(5, 2, 20));
        let (a, b) = (empty.picture(0), empty.picture(50));
        let change: u64 = a.data[..ACROSS * DOWN].iter().zip(&b.data).map(|(a, b)| u64::from(a.abs_diff(*b))).sum();
        assert!(change as f64 / (ACROSS * DOWN) as f64 > 0.2);
    }
}
