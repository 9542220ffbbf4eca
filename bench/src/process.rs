//! Child processes, what they took so far by `/proc` (proc(5)), and their end.

use std::{
    fs, io,
    io::Write,
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};

/// `USER_HZ`, in which `/proc` counts CPU time: 100 on the machines that duxue runs on.
const TICKS_A_SECOND: f64 = 100.0;
const PATIENCE: Duration = Duration::from_secs(20);

/// A child that does not outlive this value.
pub struct Running {
    child: Child,
    name: &'static str,
}

/// What a process, or several, took since they started.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Usage {
    /// User and system time.
    pub cpu_s: f64,
    /// The most memory that was resident (VmHWM), of several processes added up.
    pub peak_mib: f64,
}

impl Running {
    pub fn start(name: &'static str, command: &mut Command) -> Result<Self> {
        let child = command.stdin(Stdio::piped()).spawn().with_context(|| format!("cannot start {name}"))?;
        Ok(Self { child, name })
    }

    pub fn child(&mut self) -> &mut Child {
        &mut self.child
    }

    /// What it took so far; an error when it has ended.
    pub fn usage(&mut self) -> Result<Usage> {
        if let Some(status) = self.child.try_wait()? {
            bail!("{} ended too early: {status}", self.name);
        }
        let id = self.child.id();
        let stat = fs::read_to_string(format!("/proc/{id}/stat"))?;
        let status = fs::read_to_string(format!("/proc/{id}/status"))?;
        Ok(Usage {
            cpu_s: cpu_s(&stat).context("/proc/<pid>/stat is not as expected")?,
            peak_mib: peak_mib(&status).context("/proc/<pid>/status has no VmHWM")?,
        })
    }

    /// Asks it to end: `q` for ffmpeg, the end of the input for ours.
    pub fn ask_to_end(&mut self) {
        if let Some(mut input) = self.child.stdin.take() {
            // One that has ended already reads nothing.
            drop(input.write_all(b"q"));
        }
    }

    /// Waits for the end it was asked for.
    pub fn wait(mut self) -> Result<()> {
        let asked = Instant::now();
        while asked.elapsed() < PATIENCE {
            if self.child.try_wait()?.is_some() {
                return Ok(());
            }
            thread::sleep(Duration::from_millis(50));
        }
        bail!("{} did not end when asked", self.name)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.ask_to_end();
        if !matches!(self.child.try_wait(), Ok(Some(_))) {
            // Nothing is left to do when this fails.
            let _: io::Result<()> = self.child.kill();
            drop(self.child.wait());
        }
    }
}

impl std::iter::Sum for Usage {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        all.fold(Self::default(), |sum, one| Self {
            cpu_s: sum.cpu_s + one.cpu_s,
            peak_mib: sum.peak_mib + one.peak_mib,
        })
    }
}

/// Fields 14 and 15; the name in field 2 may hold anything, also parentheses and spaces.
fn cpu_s(stat: &str) -> Option<f64> {
    let mut fields = stat.rsplit_once(')')?.1.split_whitespace().skip(11);
    let user = fields.next()?.parse::<u64>().ok()?;
    let system = fields.next()?.parse::<u64>().ok()?;
    Some((user + system) as f64 / TICKS_A_SECOND)
}

fn peak_mib(status: &str) -> Option<f64> {
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(line.trim().strip_suffix("kB")?.trim().parse::<u64>().ok()? as f64 / 1024.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn proc_is_read_by_its_manual() {
        let stat = "7 (a) b (c) S 1 7 7 0 -1 4194560 1000 0 0 0 250 50 9 9 20 0 4 0 100 1 1";
        assert_eq!(cpu_s(stat), Some(3.0));
        assert_eq!(peak_mib("VmPeak:\t 9 kB\nVmHWM:\t    2048 kB\n"), Some(2.0));
        assert_eq!((cpu_s("7 (x) S"), peak_mib("")), (None, None));
    }
}
