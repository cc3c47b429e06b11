//! Namespaces of its own for the whole proof: network, processes, mounts.
//!
//! The test runs itself again inside `unshare`. There it is process 1: when it ends, for whatever reason, the
//! kernel ends everything that it started. Knows nothing of what runs inside.

use std::env;
use std::ffi::OsString;
use std::io::Read;
use std::path::Path;
use std::process::{Command, ExitCode, Stdio};
use std::thread;

const INSIDE: &str = "MULTI_RHOSO_PROVE_INSIDE";
const NAMESPACES: [&str; 5] = ["--net", "--pid", "--fork", "--kill-child", "--mount-proc"];
/// As root, or as anyone where user namespaces are allowed.
const WAYS: [&[&str]; 2] = [&[], &["--user", "--map-root-user"]];

pub(crate) fn inside() -> bool {
    env::var_os(INSIDE).is_some()
}

/// Runs this program again inside, with the same arguments, and passes its verdict on. What is temporary there
/// goes to a directory that vanishes with it.
pub(crate) fn enter(temporary: &Path) -> ExitCode {
    let Some(way) = WAYS.into_iter().find(|way| works(way)) else {
        eprintln!(
            "prove: needs namespaces of its own: neither root nor unprivileged user namespaces are to be had"
        );
        return ExitCode::FAILURE;
    };
    let arguments: Vec<OsString> = env::args_os().skip(1).collect();
    let mut child = unshare(way)
        .arg(env::current_exe().expect("own path"))
        .args(arguments)
        .env(INSIDE, "1")
        .env("TMPDIR", temporary)
        .stdin(Stdio::piped())
        .spawn()
        .expect("unshare was there a moment ago");
    // Nothing is ever written: the inner process reads the end of the file when this one dies.
    let lifeline = child.stdin.take();
    let status = child.wait();
    drop(lifeline);
    match status {
        Ok(status) if status.success() => ExitCode::SUCCESS,
        _ => ExitCode::FAILURE,
    }
}

/// Ends this process, and with it all others inside, as soon as the outer one is gone (Ctrl-C, kill).
pub(crate) fn die_with_the_caller() {
    thread::spawn(|| {
        let _ = std::io::stdin().read_to_end(&mut Vec::new());
        std::process::exit(130);
    });
}

fn works(way: &[&str]) -> bool {
    unshare(way).arg("true").stderr(Stdio::null()).status().is_ok_and(|status| status.success())
}

fn unshare(way: &[&str]) -> Command {
    let mut command = Command::new("unshare");
    command.args(way).args(NAMESPACES).arg("--");
    command
}
