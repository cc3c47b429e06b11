//! Input that means harm, to the whole program: each is read or refused with one exact sentence, and a list that could
//! be read is printed. What is small enough to be a file is a fixture (`fixtures/hostile-*`); here is what is made.

mod cases;
mod files;

use std::fs::{self, File};
use std::process::Command;

use libtest_mimic::{Failed, Trial};

use cases::{CASES, Case, Printed};

const BINARY: &str = env!("CARGO_BIN_EXE_multi-rhoso");

/// So many that a reader that is not careful overflows its stack, or takes hours.
const MANY: usize = 100_000;

/// All tests of hostile input.
pub(crate) fn trials() -> Vec<Trial> {
    let function =
        CASES.into_iter().map(|case| Trial::test(format!("hostile::{}", case.0), move || held(&case)));
    function.chain(files::trials()).collect()
}

/// The same opened and closed.
fn nested(open: &str, close: &str) -> String {
    open.repeat(MANY) + &close.repeat(MANY)
}

/// The program with a file as its stdin, which no pipe could hold.
fn fed(arguments: &[&str], input: &[u8]) -> Result<(Option<i32>, Vec<u8>, String), Failed> {
    let directory = tempfile::tempdir()?;
    let path = directory.path().join("input");
    fs::write(&path, input)?;
    let output = Command::new(BINARY).args(arguments).stdin(File::open(&path)?).output()?;
    Ok((output.status.code(), output.stdout, String::from_utf8(output.stderr)?))
}

fn held((_, input, printed, said): &Case) -> Result<(), Failed> {
    let input = input();
    let (code, stdout, stderr) = fed(&[], &input)?;
    let wanted = if said.is_empty() { String::new() } else { format!("{said}\n") };
    let is_printed = match printed {
        Printed::Nothing => stdout.is_empty(),
        Printed::Input => stdout.starts_with(&input),
    };
    let codes = if said.starts_with("error: ") { 1..3 } else { 0..1 };
    if stderr == wanted && is_printed && code.is_some_and(|code| codes.contains(&code)) {
        return Ok(());
    }
    let [stderr, stdout] = [stderr, String::from_utf8_lossy(&stdout).into_owned()]
        .map(|text| text.chars().take(600).collect::<String>());
    Err(format!(
        "exit code {code:?}\nwant {wanted:?}\nis   {stderr:?}\n{printed:?} wanted on stdout:\n{stdout}"
    )
    .into())
}

fn says((ended, _, stderr): &(Option<i32>, Vec<u8>, String), code: i32, said: &str) -> Result<(), Failed> {
    if *ended == Some(code) && stderr == said {
        return Ok(());
    }
    Err(format!("exit code {code} and {said:?} wanted; {ended:?} and {stderr:?} came").into())
}
