//! duxue 督学: keeps subsidised classroom training honest.

mod clock;
mod cmd;
mod config;
mod ids;
mod jobs;
mod lifecycle;
mod logging;
mod pages;
mod service;
mod tls;
mod wire;

use std::process::ExitCode;

fn main() -> ExitCode {
    cmd::Command::parse_and_run()
}
