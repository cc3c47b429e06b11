//! Fixtures: `fixtures/<case>/` holds what goes in and what must come out, byte for byte.
//!
//! `list.yaml` or `list.json` goes to the function; else `manifests.*` goes to the legacy plugin with `config.yaml`.
//! `output.*` is stdout, `stderr` is stderr, `exit` the exit code where it is not 0. `UPDATE=1` writes the three.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use libtest_mimic::{Failed, Trial};

use crate::corpus::PROJECT;
use crate::e2e::process::{self, Ran};

const BINARY: &str = env!("CARGO_BIN_EXE_multi-rhoso");

/// One fixture.
pub(crate) struct Fixture {
    /// Its directory's name.
    pub(crate) name: String,
    /// Its directory.
    pub(crate) directory: PathBuf,
}

impl Fixture {
    /// The file that goes in, and whether it is a `ResourceList`.
    pub(crate) fn input(&self) -> Option<(PathBuf, bool)> {
        let file = |name: &str| Some(self.directory.join(name)).filter(|path| path.is_file());
        let list = file("list.yaml").or_else(|| file("list.json"));
        let manifests = || file("manifests.yaml").or_else(|| file("manifests.json"));
        list.map(|path| (path, true)).or_else(|| Some((manifests()?, false)))
    }

    /// Runs the binary on it, `input` in the place of the fixture's own.
    pub(crate) fn run(&self, input: &str, is_list: bool) -> Result<Ran, Failed> {
        let mut command = Command::new(BINARY);
        if !is_list {
            command.arg("config.yaml");
        }
        process::fed(command.current_dir(&self.directory), input)
    }
}

/// Every fixture that has an input.
pub(crate) fn fixtures() -> Vec<Fixture> {
    let entries = fs::read_dir(Path::new(PROJECT).join("fixtures")).expect("fixtures/");
    let directories = entries.map(|entry| entry.expect("an entry").path()).filter(|path| path.is_dir());
    let name = |path: &Path| path.file_name().expect("a name").to_string_lossy().into_owned();
    let mut fixtures: Vec<Fixture> =
        directories.map(|directory| Fixture { name: name(&directory), directory }).collect();
    // Other commands have fixtures of their own.
    let others = ["check-", "map-"];
    fixtures.retain(|fixture| !others.iter().any(|command| fixture.name.starts_with(command)));
    fixtures.retain(|fixture| !fixture.directory.join("was.yaml").is_file());
    fixtures.retain(|fixture| fixture.input().is_some());
    fixtures.sort_by(|one, other| one.name.cmp(&other.name));
    fixtures
}

/// A test for each fixture.
pub(crate) fn trials() -> Vec<Trial> {
    let trial = |fixture: Fixture| Trial::test(format!("golden::{}", fixture.name), move || check(&fixture));
    fixtures().into_iter().map(trial).collect()
}

fn check(fixture: &Fixture) -> Result<(), Failed> {
    let (input, is_list) = fixture.input().ok_or("no input")?;
    let ran = fixture.run(&fs::read_to_string(&input)?, is_list)?;
    let end = input.extension().unwrap_or_default().to_string_lossy();
    let code = ran.code.map_or_else(|| "killed".to_owned(), |code| code.to_string());
    let exit = if code == "0" { String::new() } else { format!("{code}\n") };
    let output = format!("output.{end}");
    for (name, got) in [(output.as_str(), &ran.stdout), ("stderr", &ran.stderr), ("exit", &exit)] {
        compare(&fixture.directory.join(name), got)?;
    }
    Ok(())
}

/// A file that is not there is empty.
pub(crate) fn compare(path: &Path, got: &str) -> Result<(), Failed> {
    if env::var_os("UPDATE").is_some() {
        if got.is_empty() {
            let _absent = fs::remove_file(path);
            return Ok(());
        }
        return Ok(fs::write(path, got)?);
    }
    let expected = fs::read_to_string(path).unwrap_or_default();
    if expected == got {
        return Ok(());
    }
    let differing = expected.lines().zip(got.lines()).position(|(one, other)| one != other);
    let line = differing.unwrap_or_else(|| expected.lines().count().min(got.lines().count()));
    let at = |text: &str| text.lines().nth(line).unwrap_or("(the end)").to_owned();
    let (want, is) = (at(&expected), at(got));
    Err(format!("{}:{}\n  want {want}\n  is   {is}\nUPDATE=1 accepts it", path.display(), line + 1).into())
}
