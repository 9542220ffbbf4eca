//! Holds a card against the CPU: the same answers, and how many pictures a second each gives.
//! `cargo run --release -p duxue-analytics --example providers -- --provider cuda PICTURE…`
#![expect(clippy::print_stdout, reason = "the figures are what it is for")]

use std::{
    error::Error,
    fs,
    path::PathBuf,
    thread,
    time::{Duration, Instant},
};

use clap::Parser;
use duxue_analytics::{
    Analyser, ObserveOptions, Observed, OwnedPicture,
    cost::{self, Clock},
    decode, models,
    provider::{Execution, Precision, Provider},
    runtime,
};

/// The same pictures on the CPU and on a card.
#[derive(Parser)]
struct Args {
    /// JPEG or PNG pictures with people.
    #[arg(required = true)]
    pictures: Vec<PathBuf>,
    /// Who is held against the CPU.
    #[arg(long, default_value = "cuda")]
    provider: Provider,
    /// Let it calculate less exactly.
    #[arg(long)]
    fast: bool,
    /// How many pictures are analysed at once, each with models of its own: on the CPU and on the card.
    #[arg(long, value_delimiter = ',', default_values_t = [1, 4, 16])]
    at_once: Vec<usize>,
    /// Seconds that each throughput is measured for.
    #[arg(long, default_value_t = 5)]
    seconds: u64,
    /// How often each stage runs.
    #[arg(long, default_value_t = 20)]
    rounds: u32,
}

fn main() -> Result<(), Box<dyn Error>> {
    let args = Args::parse();
    let pictures = args.pictures.iter().map(|path| Ok(decode(&fs::read(path)?)?));
    let pictures = pictures.collect::<Result<Vec<_>, Box<dyn Error>>>()?;
    let (set, library) = (models::find(&models::default_dirs())?, runtime::find()?);
    let load = |wanted: &Execution| Analyser::load_on(&set, &library, wanted);
    let precision = if args.fast { Precision::Fast } else { Precision::Exact };
    let card = Execution { provider: args.provider, precision, ..Execution::cpu(1) };
    let cpu = Execution::cpu(1);
    let (on_cpu, on_card) = (load(&cpu)?, load(&card)?);
    println!("{}; {}", on_card.running(), on_card.runtime().build);
    let options = ObserveOptions::default();
    for (path, picture) in args.pictures.iter().zip(&pictures) {
        let (expected, got) = (on_cpu.observe(picture.view(), &options)?, on_card.observe(picture.view(), &options)?);
        println!("{}: {}", path.display(), compare(&expected, &got));
    }
    let picture = pictures.first().ok_or("there is no picture")?;
    for analyser in [&on_cpu, &on_card] {
        println!("on {}, one thread", analyser.running().provider.name());
        println!("{}", cost::measure_by(Clock::Wall, analyser, picture.view(), &options, args.rounds)?);
        for batch in [1, 4, 8, 16, 32] {
            let ms = cost::recognise_ms_by_batch(analyser, picture.view(), &options, batch, args.rounds)?;
            println!("  recognise       {:8.3} ms a face, {batch} a run", ms.unwrap_or(f64::NAN));
        }
    }
    drop((on_cpu, on_card));
    for how in [&cpu, &card] {
        for &many in &args.at_once {
            let analysers = (0..many).map(|_| load(how)).collect::<Result<Vec<_>, _>>()?;
            let rate = pictures_a_second(&analysers, picture, &options, Duration::from_secs(args.seconds))?;
            println!("{:8} {many:3} at once {rate:9.1} pictures a second", how.provider.name());
        }
    }
    Ok(())
}

/// How far apart the answers are.
fn compare(expected: &Observed, got: &Observed) -> String {
    let (mut pixels, mut cosine, mut embeddings) = (0f32, 1f32, 0);
    for (a, b) in expected.faces.iter().zip(&got.faces) {
        let sides =
            [a.area.x - b.area.x, a.area.y - b.area.y, a.area.width - b.area.width, a.area.height - b.area.height];
        pixels = sides.iter().fold(pixels, |most, side| most.max(side.abs()));
        if let (Some(a), Some(b)) = (&a.embedding, &b.embedding) {
            cosine = cosine.min(a.vector().iter().zip(b.vector()).map(|(a, b)| a * b).sum());
            embeddings += 1;
        }
    }
    format!(
        "{} and {} faces, {} and {} people without; boxes apart by {pixels:.4} pixels at most, {embeddings} embeddings \
         alike by a cosine of {cosine:.6} at least",
        expected.faces.len(),
        got.faces.len(),
        expected.faceless.len(),
        got.faceless.len(),
    )
}

fn pictures_a_second(
    analysers: &[Analyser],
    picture: &OwnedPicture,
    options: &ObserveOptions,
    time: Duration,
) -> Result<f64, Box<dyn Error>> {
    for analyser in analysers {
        analyser.observe(picture.view(), options)?;
    }
    let began = Instant::now();
    let counts = thread::scope(|scope| {
        let work = |analyser: &'_ Analyser| {
            let mut count = 0u32;
            while began.elapsed() < time {
                analyser.observe(picture.view(), options).ok()?;
                count += 1;
            }
            Some(count)
        };
        let threads: Vec<_> = analysers.iter().map(|analyser| scope.spawn(move || work(analyser))).collect();
        threads.into_iter().map(|thread| thread.join().ok().flatten()).collect::<Option<Vec<u32>>>()
    });
    let total: u32 = counts.ok_or("a picture could not be analysed")?.iter().sum();
    Ok(f64::from(total) / began.elapsed().as_secs_f64())
}
