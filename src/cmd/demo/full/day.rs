//! A working day of everybody, hour by hour.

use anyhow::Result;
use duxue_rules::civil;
use jiff::{
    SignedDuration, Timestamp,
    civil::{Date, Time},
};

use super::{
    Class, World,
    attendance::{SIGN_IN, SIGN_OUT},
    truth::{self, Report},
};

/// What is done at an hour.
#[derive(Clone, Copy)]
enum Slot {
    Office,
    SignIn(usize),
    Reports(Report),
    Lots,
    Watching,
    Over(Half),
    Visits,
    SignOut(usize),
    Afternoon,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Half {
    Morning,
    Afternoon,
}

/// Nothing is begun that could not be done by now.
const TIME_FOR_IT: SignedDuration = SignedDuration::from_mins(5);

fn slots() -> Vec<((i8, i8), Slot)> {
    let mut slots = vec![((8, 0), Slot::Office)];
    slots.extend(SIGN_IN.into_iter().enumerate().map(|(batch, at)| (at, Slot::SignIn(batch))));
    slots.push(((8, 59), Slot::Reports(Report::InTime)));
    slots.extend([
        ((9, 20), Slot::Reports(Report::Late)),
        ((9, 30), Slot::Lots),
        ((9, 58), Slot::Watching),
        ((11, 37), Slot::Over(Half::Morning)),
        ((14, 0), Slot::Visits),
        ((15, 37), Slot::Over(Half::Afternoon)),
    ]);
    slots.extend(SIGN_OUT.into_iter().enumerate().map(|(batch, at)| (at, Slot::SignOut(batch))));
    slots.push(((16, 30), Slot::Afternoon));
    slots
}

impl World {
    /// Everything that happens on a working day up to `now`.
    pub(super) async fn live_through(&mut self, date: Date, now: Timestamp) -> Result<()> {
        let mut reported = false;
        for ((hour, minute), slot) in slots() {
            let Some(at) = civil::instant(date, Time::constant(hour, minute, 0, 0)) else { continue };
            if at + TIME_FOR_IT > now {
                break;
            }
            self.clock.lead(at);
            self.act(date, slot).await?;
            reported |= matches!(slot, Slot::Reports(Report::InTime));
        }
        if date == self.today && !reported {
            // Nobody is there to send it later.
            self.clock.lead(now);
            self.act(date, Slot::Reports(Report::InTime)).await?;
        }
        Ok(())
    }

    async fn act(&mut self, date: Date, slot: Slot) -> Result<()> {
        match slot {
            Slot::Office => self.open_classes(date, true).await?,
            Slot::Afternoon => {
                self.open_classes(date, false).await?;
                self.lift_suspension(date).await?;
                self.let_old_footage_go().await?;
            }
            Slot::Lots => self.draw_lots(date).await?,
            _ => {}
        }
        for class in &self.classes {
            if let Some(day) = day_of(class, date) {
                match slot {
                    Slot::Office => self.grant_leave(class, day).await?,
                    Slot::SignIn(batch) => self.punch(class, day, true, batch).await?,
                    Slot::Reports(when) => self.report(class, day, when).await?,
                    Slot::SignOut(batch) => self.punch(class, day, false, batch).await?,
                    Slot::Lots => {}
                    Slot::Watching => {
                        self.supervise(class, date, day).await?;
                        self.ask_for_clip(class, day).await?;
                    }
                    Slot::Visits => self.inspect(class, date, day).await?,
                    Slot::Over(half) => self.record(class, day, half == Half::Morning).await?,
                    Slot::Afternoon => {
                        self.keep_evidence(class).await?;
                        self.explain(class, day).await?;
                        self.hand_in(class, day).await?;
                        self.take_measures(class, date, day).await?;
                    }
                }
            }
            if matches!(slot, Slot::Afternoon) {
                self.sum_up(class).await?;
                self.decide_findings(class, date).await?;
                self.settle(class, date).await?;
            }
        }
        Ok(())
    }
}

/// Which training day of the class it is, from 0, if it has lessons then.
fn day_of(class: &Class, date: Date) -> Option<usize> {
    let day = class.training.binary_search(&date).ok()?;
    truth::is_taught(class.part, day).then_some(day)
}
