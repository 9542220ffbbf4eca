//! The figures as a table for a terminal.

use std::fmt::Write;

use duxue_analytics::evaluation::{AtThreshold, Counting, Evaluation, Identity, Sexes, Tally};

/// Everything that was measured, a paragraph a subject.
pub fn text(measured: &Evaluation) -> String {
    let mut out = format!("models: {}\n", measured.models.join(", "));
    counts(&mut out, measured);
    if let Some(identity) = &measured.identity {
        out.push_str(&identities(identity));
    }
    if let Some(of) = &measured.sexes {
        out.push_str(&sexes(of));
    }
    if !measured.spent.is_empty() {
        out.push_str("\nwall time a picture, ms                pictures    median       p90\n");
        for stage in &measured.spent {
            let line =
                format!("  {:<36}{:>9}{:>10.1}{:>10.1}\n", stage.stage, stage.pictures, stage.median_ms, stage.p90_ms);
            out.push_str(&line);
        }
    }
    if !measured.left_out.is_empty() {
        out.push_str("\nleft out\n");
        measured.left_out.iter().for_each(|line| out.push_str(&format!("  {line}\n")));
    }
    out.trim_end().to_owned()
}

fn counts(out: &mut String, measured: &Evaluation) {
    let faces = measured.faces.iter().map(|counting| ("faces in pictures", counting));
    let people = measured.people.iter().map(|counting| ("people in pictures", counting));
    let videos = measured.videos.iter().map(|video| (video.file.as_str(), &video.counting));
    let mut rows = faces.chain(people).chain(videos).peekable();
    if rows.peek().is_some() {
        out.push_str(
            "\ncounting                               pictures     right      bias     error    missed     extra\n",
        );
    }
    for (name, counting) in rows {
        let Counting { pictures, right, bias, mean_error, most_missed, most_extra } = counting;
        let name: String = name.chars().take(36).collect();
        let line = format!(
            "  {name:<36}{pictures:>9}{right:>10}{bias:>+10.2}{mean_error:>10.2}{most_missed:>10}{most_extra:>10}\n"
        );
        out.push_str(&line);
    }
}

fn identities(identity: &Identity) -> String {
    let Identity { same, different, auc, lowest_same, highest_different, .. } = identity;
    let mut out = format!(
        "\nidentity: {same} pairs of one person from {lowest_same:.3}, {different} of two up to {highest_different:.3}, AUC {auc:.4}\n"
    );
    let mut line = |name: &str, at: &AtThreshold| {
        let AtThreshold { threshold, missed, mistaken } = at;
        // Writing to a string cannot fail.
        writeln!(out, "  {name:<36}from {threshold:.3}: {missed} of {same} missed, {mistaken} of {different} mistaken")
            .ok();
    };
    line("at the recogniser's own threshold", &identity.at_threshold);
    identity.at_rates.iter().for_each(|at| line("with false matches this rare", at));
    out.push_str("  from          ");
    identity.roc.iter().step_by(2).for_each(|point| out.push_str(&format!("{:>7.2}", point.threshold)));
    out.push_str("\n  recognised    ");
    identity.roc.iter().step_by(2).for_each(|point| out.push_str(&format!("{:>7.3}", point.recognised)));
    out.push_str("\n  mistaken      ");
    identity.roc.iter().step_by(2).for_each(|point| out.push_str(&format!("{:>7.3}", point.mistaken)));
    out.push('\n');
    out
}

fn sexes(of: &Sexes) -> String {
    let mut out =
        "\nmen and women                          pictures     right      sure sure,right not found\n".to_owned();
    let groups = of.groups.iter().map(|(label, value, tally)| (format!("{label} {value}"), tally));
    let all = [("all", &of.all), ("men", &of.men), ("women", &of.women)];
    for (name, tally) in all.into_iter().map(|(name, tally)| (name.to_owned(), tally)).chain(groups) {
        let share = |of: usize, all: usize| {
            if all == 0 { "-".to_owned() } else { format!("{:.1} %", 100.0 * of as f64 / all as f64) }
        };
        let Tally { read, right, sure, sure_and_right, not_found } = *tally;
        let (right, sure_right) = (share(right, read), share(sure_and_right, sure));
        let sure = share(sure, read);
        out.push_str(&format!("  {name:<36}{read:>9}{right:>10}{sure:>10}{sure_right:>11}{not_found:>10}\n"));
    }
    out
}
