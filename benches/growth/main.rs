//! How the cost of whole processes grows with one thing at a time: CPU seconds at n, 2n and 4n, and peak memory.
//! `cargo bench --bench growth [NAME]`; `MULTI_RHOSO_BINARY=PATH` measures another program.
//!
//! Linear growth is a last ratio of 4 (2 for memory's share of the input would be flat); what is above 4.6 has a mark.
//! Nothing here fails for being slow.

#![allow(
    missing_docs,
    clippy::print_stdout,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::cast_precision_loss
)]

use std::path::{Path, PathBuf};
use std::time::Duration;
use std::{env, fs};

mod inputs;
mod measure;

use inputs::{INPUTS, Input};
use measure::{Cost, cost};

/// A process that takes longer is ended.
const LIMIT: Duration = Duration::from_secs(20);

/// What a process costs that has nothing to do is no part of growth.
type Start = f64;

fn main() {
    let binary =
        env::var("MULTI_RHOSO_BINARY").unwrap_or_else(|_| env!("CARGO_BIN_EXE_multi-rhoso").to_owned());
    let wanted = env::args().skip(1).find(|argument| !argument.starts_with('-')).unwrap_or_default();
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("growth.yaml");
    let nothing = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n";
    fs::write(&path, nothing).expect("an input");
    let start = cost(&binary, &["check", "-"], &path, LIMIT).map_or(0.0, |cost| cost.seconds);
    println!(
        "{:<26}{:>8}{:>9}{:>9}{:>9}{:>7}{:>8}{:>9}{:>9}",
        "what grows", "n", "n: s", "2n: s", "4n: s", "4n/n", "4n: MB", "x input", "output MB"
    );
    for input in INPUTS.iter().filter(|(name, ..)| name.contains(&wanted)) {
        row(&binary, input, &path, start);
    }
}

fn row(binary: &str, (name, n, arguments, text): &Input, path: &Path, start: Start) {
    let measured = |times: usize| -> Option<(Cost, f64)> {
        let text = text(n * times);
        fs::write(path, &text).expect("an input");
        Some((cost(binary, arguments, path, LIMIT)?, text.len() as f64 / 1e6))
    };
    let costs = [1, 2, 4].map(measured);
    let seconds = |place: usize| costs[place].map(|(cost, _)| cost.seconds);
    let shown = |seconds: Option<f64>| {
        seconds.map_or_else(|| format!("> {}", LIMIT.as_secs()), |seconds| format!("{seconds:.3}"))
    };
    print!("{name:<26}{n:>8}{:>9}{:>9}{:>9}", shown(seconds(0)), shown(seconds(1)), shown(seconds(2)));
    let (Some(one), Some((four, input))) = (seconds(0), costs[2]) else { return println!() };
    let ratio = (four.seconds - start) / (one - start);
    let mark = if ratio > 4.6 { " <-" } else { "" };
    println!("{ratio:>7.1}{:>8.1}{:>9.1}{:>9.2}{mark}", four.memory, four.memory / input, four.output);
}
