//! The program among others: help with examples and exit codes, completions, manual pages, and what no arguments do on a
//! terminal.

use std::fs::{self, File};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use libtest_mimic::{Failed, Trial};
use multi_rhoso::config::KINDS;

use crate::e2e::process;

const BINARY: &str = env!("CARGO_BIN_EXE_multi-rhoso");

/// All tests of the command line as such.
pub(crate) fn trials() -> Vec<Trial> {
    vec![
        Trial::test("command_line::help_has_examples_and_exit_codes", help),
        Trial::test("command_line::no_arguments_on_a_terminal_are_help", terminal),
        Trial::test("command_line::no_arguments_on_a_pipe_are_the_function", pipe),
        Trial::test("command_line::completions_know_every_subcommand", completions),
        Trial::test("command_line::one_manual_page_has_every_subcommand", one_page),
        Trial::test("command_line::a_manual_page_for_each_subcommand", pages),
        Trial::test("command_line::plugin_install_names_what_it_installs", plugin),
    ]
}

fn run(arguments: &[&str]) -> Result<process::Ran, Failed> {
    process::ok(Command::new(BINARY).args(arguments))
}

/// The subcommands as the help lists them, `help` itself left out.
fn subcommands() -> Result<Vec<String>, Failed> {
    let help = run(&["-h"])?.stdout;
    let (_, rest) = help.split_once("Commands:\n").ok_or("the help lists no commands")?;
    let lines = rest.lines().take_while(|line| !line.is_empty());
    let names =
        lines.filter_map(|line| line.strip_prefix("  ")?.split(' ').next()).filter(|name| !name.is_empty());
    let names: Vec<String> = names.filter(|name| *name != "help").map(str::to_owned).collect();
    if names.len() > 10 { Ok(names) } else { Err(format!("only {names:?}").into()) }
}

fn help() -> Result<(), Failed> {
    let whole = run(&["--help"])?;
    for code in ["Exit codes:", "  0  ", "  1  ", "  2  "] {
        if !whole.stdout.contains(code) {
            return Err(whole.complain(&format!("{code:?} is not in the help")));
        }
    }
    for name in subcommands()? {
        let own = run(&[&name, "-h"])?;
        if !own.stdout.contains("Example:\n  ") || !own.stdout.contains(&format!("multi-rhoso {name}")) {
            return Err(own.complain("no example"));
        }
    }
    Ok(())
}

/// A pseudo terminal's two ends, held open.
fn pty() -> Result<(std::os::fd::OwnedFd, File), Failed> {
    use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
    let ours = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY)?;
    grantpt(&ours)?;
    unlockpt(&ours)?;
    let name = ptsname(&ours, Vec::new())?.into_string()?;
    Ok((ours, File::options().read(true).write(true).open(name)?))
}

/// Nobody types into this terminal: whoever waited for it would wait for ever.
fn terminal() -> Result<(), Failed> {
    let (_ours, theirs) = pty()?;
    let mut child =
        Command::new(BINARY).stdin(theirs).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()?;
    let deadline = Instant::now() + Duration::from_secs(30);
    while child.try_wait()?.is_none() {
        if Instant::now() > deadline {
            child.kill()?;
            return Err("it waits for what nobody types".into());
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    let output = child.wait_with_output()?;
    let said = String::from_utf8(output.stdout)?;
    if output.status.success() && said.contains("Usage: multi-rhoso") && said.contains("Exit codes:") {
        return Ok(());
    }
    Err(format!("{}: {said}", output.status).into())
}

fn pipe() -> Result<(), Failed> {
    let ran = process::fed(&mut Command::new(BINARY), "a: 1\n")?;
    process::says(ran, 1, "ResourceList").map(drop)
}

fn completions() -> Result<(), Failed> {
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let script = run(&["completions", shell])?;
        for name in subcommands()? {
            if !script.stdout.contains(&name) {
                return Err(script.complain(&format!("{shell} does not know {name}")));
            }
        }
    }
    let script = run(&["completions", "bash"])?.stdout + "\ncomplete -p multi-rhoso\n";
    let taken = process::fed(Command::new("bash").arg("--norc"), &script)?;
    if !taken.stdout.contains("_multi__rhoso multi-rhoso") {
        return Err(taken.complain("bash does not take the script"));
    }
    process::says(process::run(Command::new(BINARY).args(["completions", "tcsh"]))?, 2, "possible values")
        .map(drop)
}

fn one_page() -> Result<(), Failed> {
    let page = run(&["man"])?;
    for name in subcommands()? {
        if !page.stdout.contains(&format!(".SH \"multi-rhoso {name}\"\n")) {
            return Err(page.complain(&format!("no section of {name}")));
        }
    }
    let once = [".TH ", ".SH NAME\n", "Exit codes:"];
    match once.iter().find(|part| page.stdout.matches(**part).count() != 1) {
        None => Ok(()),
        Some(part) => Err(page.complain(&format!("{part:?} is not there once"))),
    }
}

fn pages() -> Result<(), Failed> {
    let place = tempfile::tempdir()?;
    let to = place.path().join("man1");
    let to = to.to_str().ok_or("a path")?;
    run(&["man", "--output", to])?;
    let names = subcommands()?.into_iter().map(|name| format!("multi-rhoso-{name}"));
    for name in names.chain(["multi-rhoso", "multi-rhoso-plugin-install"].map(str::to_owned)) {
        let text =
            fs::read_to_string(format!("{to}/{name}.1")).map_err(|error| format!("{name}.1: {error}"))?;
        if !text.contains(".SH SYNOPSIS")
            || !text.contains(&name.replace('-', "\\-")) && !text.contains(&name)
        {
            return Err(format!("{name}.1 is no page of it").into());
        }
    }
    if run(&["man", "--output", to])?.stdout.is_empty() { Ok(()) } else { Err("written twice".into()) }
}

fn plugin() -> Result<(), Failed> {
    let help = run(&["plugin", "install", "--help"])?;
    match KINDS.iter().filter(|kind| kind.is_function()).find(|kind| !help.stdout.contains(kind.kind)) {
        None => Ok(()),
        Some(kind) => Err(help.complain(&format!("{} is installed and not named", kind.kind))),
    }
}
