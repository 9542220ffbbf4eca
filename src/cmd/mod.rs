//! The commands. `main` only parses and turns the outcome into an exit code.

mod camera_sim;
mod check;
mod demo;
mod eval;
mod keys;
mod models;
mod serve;
mod user;
mod verify;

use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};

/// Keeps subsidised classroom training honest: cameras, attendance and evidence.
#[derive(Parser)]
#[command(name = "duxue", version, about, long_about = None, propagate_version = true)]
pub struct Command {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// Run duxue with real cameras, as a configuration file says
    Serve(serve::Args),
    /// Show everything with drawn classrooms: nothing to set up, nobody filmed
    Demo(demo::Args),
    /// Serve drawn classrooms, or a video file, as RTSP cameras
    CameraSim(camera_sim::Args),
    /// List the models that analysis needs, or fetch the missing ones
    Models(models::Args),
    /// Measure the models on a labelled folder: counts, identities, men and women, time
    Eval(eval::Args),
    /// Add a person who may sign in
    User(user::Args),
    /// Change the secret key, while what the old one sealed stays readable
    Keys(keys::Args),
    /// Check a downloaded evidence clip, or a class's whole package, against its seals, offline
    Verify(verify::Args),
    /// Compare rows, files, objects and the audit chain, and say what does not agree
    Check(check::Args),
}

impl Command {
    /// The whole program.
    pub fn parse_and_run() -> ExitCode {
        let command = Self::parse();
        let outcome = match command.verb {
            Verb::Verify(args) => verify::run(&args),
            Verb::Models(args) => models::run(&args),
            Verb::Eval(args) => eval::run(&args),
            Verb::Serve(args) => block_on(serve::run(args)),
            Verb::Demo(args) => block_on(demo::run(args)),
            Verb::CameraSim(args) => block_on(camera_sim::run(args)),
            Verb::User(args) => block_on(user::run(args)),
            Verb::Keys(args) => block_on(keys::run(args)),
            Verb::Check(args) => block_on(check::run(args)),
        };
        match outcome {
            Ok(code) => code,
            Err(error) => {
                say_error(&format!("{error:#}"));
                ExitCode::from(1)
            }
        }
    }
}

fn block_on<F: Future<Output = Result<ExitCode>>>(task: F) -> Result<ExitCode> {
    tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(task)
}

/// A line for the person at the terminal.
#[expect(clippy::print_stdout, reason = "the answer of a command")]
pub fn say(text: &str) {
    println!("{text}");
}

#[expect(clippy::print_stderr, reason = "the complaint of a command")]
fn say_error(text: &str) {
    eprintln!("duxue: {text}");
}
