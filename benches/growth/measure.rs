//! CPU time and peak memory of one process, from /proc: of Linux alone, and of a process with one thread.

use std::fs::{self, File};
use std::path::Path;
use std::process::{Child, Command};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// What a process took.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Cost {
    /// CPU seconds, user and system.
    pub(crate) seconds: f64,
    /// The most memory at a time, in MB.
    pub(crate) memory: f64,
    /// What it wrote to stdout and stderr, in MB.
    pub(crate) output: f64,
}

/// The least of several runs; none where one took longer than the limit.
pub(crate) fn cost(program: &str, arguments: &[&str], input: &Path, limit: Duration) -> Option<Cost> {
    let mut best = run(program, arguments, input, limit)?;
    // Short runs vary more, and cost little.
    let runs = if best.seconds < 0.2 { 4 } else { 1 };
    for _ in 0..runs {
        let again = run(program, arguments, input, limit)?;
        best.seconds = best.seconds.min(again.seconds);
        best.memory = best.memory.max(again.memory);
    }
    Some(best)
}

fn run(program: &str, arguments: &[&str], input: &Path, limit: Duration) -> Option<Cost> {
    let output = input.with_extension("out");
    let errors = input.with_extension("err");
    let mut child = Command::new(program)
        .args(arguments)
        .stdin(File::open(input).expect("an input"))
        .stdout(File::create(&output).expect("an output"))
        .stderr(File::create(&errors).expect("an output"))
        .spawn()
        .expect("a process");
    let (start, mut memory) = (Instant::now(), 0.0);
    while !has_ended(&child) {
        if start.elapsed() > limit {
            child.kill().expect("an end");
            child.wait().expect("an end");
            return None;
        }
        memory = peak(&child).unwrap_or(memory);
        sleep(Duration::from_micros(500));
    }
    let seconds = cpu(&child);
    let code = child.wait().expect("an end").code();
    assert!(code.is_some_and(|code| code < 3), "{program} {arguments:?} ended with {code:?}");
    let size = |path| fs::metadata(path).map_or(0, |file| file.len());
    Some(Cost { seconds, memory, output: (size(&output) + size(&errors)) as f64 / 1e6 })
}

/// Whether it has ended; it is still there, as nobody has waited for it.
fn has_ended(child: &Child) -> bool {
    let stat = read(child, "stat").unwrap_or_default();
    stat.rsplit_once(") ").is_none_or(|(_, rest)| rest.starts_with('Z'))
}

fn peak(child: &Child) -> Option<f64> {
    let status = read(child, "status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(line.trim().strip_suffix(" kB")?.parse::<f64>().ok()? / 1e3)
}

fn cpu(child: &Child) -> f64 {
    let text = read(child, "schedstat").unwrap_or_default();
    text.split(' ').next().and_then(|word| word.parse::<f64>().ok()).unwrap_or_default() / 1e9
}

fn read(child: &Child, name: &str) -> Option<String> {
    fs::read_to_string(format!("/proc/{}/{name}", child.id())).ok()
}
