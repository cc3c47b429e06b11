//! Starts programs and says plainly what went wrong with them.

use std::io::Write;
use std::process::{Command, Output, Stdio};

use libtest_mimic::Failed;

/// What a program printed, as text, and how it ended.
pub(crate) struct Ran {
    pub(crate) command: String,
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Ran {
    fn new(command: &Command, output: Output) -> Result<Self, Failed> {
        Ok(Self {
            command: format!("{command:?}"),
            code: output.status.code(),
            stdout: String::from_utf8(output.stdout)?,
            stderr: String::from_utf8(output.stderr)?,
        })
    }

    /// An account of the run, with the reason why it is not what the test wants.
    pub(crate) fn complain(&self, reason: &str) -> Failed {
        let Self { command, code, stdout, stderr } = self;
        let stdout: String = stdout.chars().take(2000).collect();
        format!(
            "{reason}\n{command}\nexit code {code:?}\nstdout (its beginning):\n{stdout}\nstderr:\n{stderr}"
        )
        .into()
    }
}

/// Runs a command to its end, whatever that is.
pub(crate) fn run(command: &mut Command) -> Result<Ran, Failed> {
    let output = command.stdin(Stdio::null()).output().map_err(|error| format!("{command:?}: {error}"))?;
    Ran::new(command, output)
}

/// Runs a command that must succeed.
pub(crate) fn ok(command: &mut Command) -> Result<Ran, Failed> {
    expect_code(run(command)?, 0)
}

/// Runs a command that must fail and must say `words` on stderr.
pub(crate) fn fails(command: &mut Command, words: &str) -> Result<Ran, Failed> {
    let ran = run(command)?;
    if ran.code == Some(0) {
        return Err(ran.complain("this should have failed"));
    }
    if !ran.stderr.contains(words) {
        return Err(ran.complain(&format!("`{words}` is not in what it says")));
    }
    Ok(ran)
}

/// Runs a command with text on its stdin.
pub(crate) fn fed(command: &mut Command, input: &str) -> Result<Ran, Failed> {
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().map_err(|error| format!("{command:?}: {error}"))?;
    // Inputs here are smaller than a pipe holds, so writing first cannot block.
    child.stdin.take().ok_or("no stdin")?.write_all(input.as_bytes())?;
    Ran::new(command, child.wait_with_output()?)
}

/// The run, if it ended as it should.
pub(crate) fn expect_code(ran: Ran, code: i32) -> Result<Ran, Failed> {
    if ran.code == Some(code) { Ok(ran) } else { Err(ran.complain(&format!("exit code {code} expected"))) }
}

/// An end with this exit code and these words on stderr.
pub(crate) fn says(ran: Ran, code: i32, words: &str) -> Result<Ran, Failed> {
    let ran = expect_code(ran, code)?;
    if ran.stderr.contains(words) {
        Ok(ran)
    } else {
        Err(ran.complain(&format!("{words:?} expected on stderr")))
    }
}
