//! Whole processes, as ratios to a plain copy of the same input in the same run, and `check` of a fleet as a ratio to a
//! function run over it. `cargo bench`.
//!
//! A process is what kustomize and kpt start: reading, parsing, planning, proving and printing are all in it. Nothing
//! here fails for being slow; the ratio and its budget stand side by side.

#![allow(
    missing_docs,
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::cast_precision_loss,
    clippy::format_push_string
)]

use std::env;
use std::fs::File;
use std::io::{self, Read, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

mod fleet;
mod list;

const BINARY: &str = env!("CARGO_BIN_EXE_multi-rhoso");
const COPY: &str = "--copy-stdin-to-stdout";

/// Name, number of items, runs, budget as a ratio to the copy.
const INPUTS: [(&str, usize, usize, f64); 4] = [
    ("empty list", 0, 200, 4.0),
    ("60 items", 60, 200, 4.0),
    ("1,000 items", 1000, 20, 20.0),
    ("10,000 items", 10_000, 5, 20.0),
];

/// Instances, items of each.
const FLEET: (usize, usize) = (20, 500);

fn main() {
    if env::args().any(|argument| argument == COPY) {
        return copy();
    }
    let directory = tempfile::tempdir().expect("a directory");
    let path = directory.path().join("list.yaml");
    println!(
        "{:<24}{:>10}{:>10}{:>10}{:>10}{:>8}{:>8}",
        "input", "KB", "against", "its ms", "ours ms", "ratio", "budget"
    );
    let itself = env::current_exe().expect("a program");
    for (name, items, runs, budget) in INPUTS {
        std::fs::write(&path, list::list(items)).expect("an input");
        let times = medians(&path, runs, &[&[itself.to_str().expect("a path"), COPY], &[BINARY]]);
        row(name, &path, "copy", times, budget);
    }
    for (name, faults) in [("20 instances", false), ("20 instances, faults", true)] {
        std::fs::write(&path, fleet::list(FLEET.0, FLEET.1, faults)).expect("an input");
        let times = medians(&path, 5, &[&[BINARY], &[BINARY, "check", "-"]]);
        row(name, &path, "a run", times, 3.0);
    }
}

fn row(name: &str, input: &Path, against: &str, times: [Duration; 2], budget: f64) {
    let [its, ours] = times.map(|time| time.as_secs_f64() * 1e3);
    let size = std::fs::metadata(input).expect("an input").len() / 1000;
    println!("{name:<24}{size:>10}{against:>10}{its:>10.2}{ours:>10.2}{:>8.1}{budget:>8.1}", ours / its);
}

/// Everything in, everything out, through memory: what any program that looks at its input does at least.
fn copy() {
    let mut bytes = Vec::new();
    io::stdin().lock().read_to_end(&mut bytes).expect("an input");
    io::stdout().lock().write_all(&bytes).expect("an output");
}

/// Both programs in turn, so that whatever else the machine does falls on both.
fn medians(input: &Path, runs: usize, programs: &[&[&str]; 2]) -> [Duration; 2] {
    let mut times: [Vec<Duration>; 2] = Default::default();
    for _ in 0..runs {
        for (times, program) in times.iter_mut().zip(programs) {
            times.push(timed(Command::new(program[0]).args(&program[1..]), input));
        }
    }
    times.map(|mut times| {
        times.sort();
        times[runs / 2]
    })
}

fn timed(command: &mut Command, input: &Path) -> Duration {
    let stdin = File::open(input).expect("an input");
    let start = Instant::now();
    let status =
        command.stdin(stdin).stdout(Stdio::null()).stderr(Stdio::null()).status().expect("a process");
    let time = start.elapsed();
    assert!(status.success(), "{command:?} failed");
    time
}
