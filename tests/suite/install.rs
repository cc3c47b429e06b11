//! `plugin install` beside others of its kind, over what stands in its way, and on a disk that is full.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::{Command, Stdio};

use libtest_mimic::{Failed, Trial};

use crate::e2e::process::{self, Ran};

const BINARY: &str = env!("CARGO_BIN_EXE_multi-rhoso");
const PLACE: &str = "multi-rhoso.dev/v1alpha1/openstackinstance";
const PLUGIN: &str = "OpenStackInstance";

/// All tests of an installation that is not alone.
pub(crate) fn trials() -> Vec<Trial> {
    vec![
        Trial::test("install::several_at_once", several),
        Trial::test("install::follows_no_link", links),
        Trial::test("install::a_directory_in_its_place_is_said", directory),
        Trial::test("install::a_full_disk_leaves_nothing", full_disk),
        Trial::test("install::another_build_is_said", another),
    ]
}

fn install(home: &Path) -> Result<Ran, Failed> {
    process::run(Command::new(BINARY).args(["plugin", "install", "--home"]).arg(home))
}

/// Nothing but the plugin is there, if that.
fn is_tidy(home: &Path) -> Result<(), Failed> {
    let names = fs::read_dir(home.join(PLACE))?.map(|entry| Ok(entry?.file_name()));
    let strangers: Vec<_> = names.collect::<std::io::Result<Vec<_>>>()?;
    let strangers: Vec<_> = strangers.into_iter().filter(|name| name != PLUGIN).collect();
    if strangers.is_empty() { Ok(()) } else { Err(format!("left behind: {strangers:?}").into()) }
}

fn several() -> Result<(), Failed> {
    let home = tempfile::tempdir()?;
    let mut command = Command::new(BINARY);
    command.args(["plugin", "install", "--home"]).arg(home.path()).stdout(Stdio::null());
    let children = (0..5).map(|_| command.spawn()).collect::<std::io::Result<Vec<_>>>()?;
    for mut child in children {
        if !child.wait()?.success() {
            return Err("an installation beside others failed".into());
        }
    }
    is_tidy(home.path())?;
    process::ok(Command::new(home.path().join(PLACE).join(PLUGIN)).arg("--version"))?;
    Ok(())
}

/// A link under a name that the program might take for its own: what it leads to stays.
fn links() -> Result<(), Failed> {
    let home = tempfile::tempdir()?;
    let (place, victim) = (home.path().join(PLACE), home.path().join("victim"));
    fs::create_dir_all(&place)?;
    fs::write(&victim, "mine")?;
    let next = std::process::id();
    for number in next..next + 4000 {
        symlink(&victim, place.join(format!(".new.{number}")))?;
    }
    process::expect_code(install(home.path())?, 0)?;
    if fs::read_to_string(&victim)? == "mine" {
        Ok(())
    } else {
        Err("what a link leads to is overwritten".into())
    }
}

fn directory() -> Result<(), Failed> {
    let home = tempfile::tempdir()?;
    fs::create_dir_all(home.path().join(PLACE).join(PLUGIN))?;
    let ran = process::expect_code(install(home.path())?, 2)?;
    if !ran.stderr.contains("a directory stands there; remove it") {
        return Err(ran.complain("the directory is not said"));
    }
    is_tidy(home.path())
}

/// A limit on the size of files stands for the disk.
fn full_disk() -> Result<(), Failed> {
    let home = tempfile::tempdir()?;
    let script = "trap '' 25; ulimit -f 8; exec \"$0\" plugin install --home \"$1\"";
    let ran = process::run(Command::new("/bin/sh").args(["-c", script, BINARY]).arg(home.path()))?;
    is_tidy(home.path())?;
    process::expect_code(ran, 2)?;
    Ok(())
}

fn another() -> Result<(), Failed> {
    let home = tempfile::tempdir()?;
    let place = home.path().join(PLACE);
    process::expect_code(install(home.path())?, 0)?;
    let again = process::expect_code(install(home.path())?, 0)?;
    fs::write(place.join(PLUGIN), "#!/bin/sh\ntouch \"$0.ran\"\n")?;
    let over = process::expect_code(install(home.path())?, 0)?;
    let said = format!("note: {}: replaced another build\n", place.join(PLUGIN).display());
    if !again.stderr.is_empty() || over.stderr != said {
        return Err(over.complain(&format!("{said:?} alone is to be said")));
    }
    // What stood there was compared, and not run.
    is_tidy(home.path())
}
