//! `plugin install` beside others of its kind, over what stands in its way, and on a disk that is full; what `status` says of
//! what is there, and `uninstall` takes away.

use std::fs;
use std::iter;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::{Command, Stdio};

use libtest_mimic::{Failed, Trial};

use crate::corpus::PROJECT;
use crate::e2e::process::{self, Ran};

const BINARY: &str = env!("CARGO_BIN_EXE_multi-rhoso");
const PLACE: &str = "multi-rhoso.dev/v1alpha1/openstackinstance";
const PLUGIN: &str = "OpenStackInstance";
const OTHER_PLUGIN: &str = "multi-rhoso.dev/v1alpha1/fleetcheck/FleetCheck";
const THIRD_PLUGIN: &str = "multi-rhoso.dev/v1alpha1/sharedobjects/SharedObjects";

/// All tests of an installation that is not alone.
pub(crate) fn trials() -> Vec<Trial> {
    vec![
        Trial::test("install::several_at_once", several),
        Trial::test("install::follows_no_link", links),
        Trial::test("install::a_directory_in_its_place_is_said", directory),
        Trial::test("install::a_full_disk_leaves_nothing", full_disk),
        Trial::test("install::another_build_is_said", another),
        Trial::test("install::status_knows_builds_without_running_them", status),
        Trial::test("install::uninstall_takes_ours_away_and_nothing_else", uninstall),
        Trial::test("install::the_commands_of_its_page_work", page),
    ]
}

fn install(home: &Path) -> Result<Ran, Failed> {
    plugin(BINARY, "install", home)
}

fn plugin(program: &str, command: &str, home: &Path) -> Result<Ran, Failed> {
    process::run(Command::new(program).args(["plugin", command, "--home"]).arg(home))
}

/// The programs that are here: the one for tests and, where it is built, the one for users, which is optimised.
fn programs() -> Vec<String> {
    let released = std::env::var("MULTI_RHOSO_STATIC").ok().filter(|path| !path.is_empty());
    iter::once(BINARY.to_owned()).chain(released).collect()
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

/// What each plugin is, and the exit code that goes with it.
fn status() -> Result<(), Failed> {
    programs().iter().try_for_each(|program| {
        let home = tempfile::tempdir()?;
        let (first, second) = (home.path().join(PLACE).join(PLUGIN), home.path().join(OTHER_PLUGIN));
        let third = home.path().join(THIRD_PLUGIN);
        let says = |code, one: &str, other: &str| {
            let ran = process::expect_code(plugin(program, "status", home.path())?, code)?;
            let places = [(&first, one), (&second, other), (&third, one)];
            let wanted = places.map(|(place, what)| format!("{}: {what}\n", place.display())).concat();
            if ran.stdout == wanted && ran.stderr.is_empty() { Ok(()) } else { Err(ran.complain(&wanted)) }
        };
        let (version, install) = (env!("CARGO_PKG_VERSION"), "`multi-rhoso plugin install`");
        let this = format!("this build, version {version}");
        let missing = format!("not installed; run {install}");
        says(1, &missing, &missing)?;
        process::expect_code(plugin(program, "install", home.path())?, 0)?;
        says(0, &this, &this)?;
        let marked = fs::read(program)?;
        fs::write(&second, older(&marked, version)?)?;
        says(1, &this, &format!("version 0.0.9-rc.1, and this is {version}; {install} replaces it"))?;
        fs::write(&second, [marked.as_slice(), b"#"].concat())?;
        says(1, &this, &format!("another build of version {version}; {install} replaces it"))?;
        fs::write(&second, "#!/bin/sh\ntouch \"$0.ran\"\n")?;
        let stranger = "what stands there does not say that it is multi-rhoso";
        says(1, &this, &format!("{stranger}; remove it, and run {install}"))?;
        fs::remove_file(&second)?;
        symlink(home.path().join("nowhere"), &second)?;
        says(1, &this, &format!("a link that leads nowhere stands there; remove it, and run {install}"))?;
        is_tidy(home.path())
    })
}

/// A program as it was built of an older version.
fn older(program: &[u8], version: &str) -> Result<Vec<u8>, Failed> {
    let mark = format!("multi-rhoso.dev/build={version};");
    let at = memchr::memmem::find(program, mark.as_bytes()).ok_or("the program does not say its version")?;
    let rest = &program[at + mark.len()..];
    Ok([&program[..at], b"multi-rhoso.dev/build=0.0.9-rc.1;", rest].concat())
}

fn uninstall() -> Result<(), Failed> {
    let home = tempfile::tempdir()?;
    let (first, second) = (home.path().join(PLACE).join(PLUGIN), home.path().join(OTHER_PLUGIN));
    let nothing = process::expect_code(plugin(BINARY, "uninstall", home.path())?, 0)?;
    if !nothing.stdout.is_empty() || !nothing.stderr.contains("no plugin of multi-rhoso is installed there") {
        return Err(nothing.complain("it should say that nothing is there"));
    }
    // Something else in the second place keeps the first one, too.
    process::expect_code(install(home.path())?, 0)?;
    fs::write(&second, "somebody's")?;
    process::says(plugin(BINARY, "uninstall", home.path())?, 2, "remove it yourself")?;
    if !first.is_file() || fs::read_to_string(&second)? != "somebody's" {
        return Err("something was removed".into());
    }
    // An older one goes, a neighbour's plugin and the home stay.
    fs::write(&second, older(&fs::read(BINARY)?, env!("CARGO_PKG_VERSION"))?)?;
    let neighbour = home.path().join("multi-rhoso.dev/v1/other/Other");
    fs::create_dir_all(neighbour.parent().ok_or("no directory")?)?;
    fs::write(&neighbour, "mine")?;
    let ran = process::expect_code(plugin(BINARY, "uninstall", home.path())?, 0)?;
    let gone = !home.path().join("multi-rhoso.dev/v1alpha1").exists() && neighbour.is_file();
    let places = [first, second, home.path().join(THIRD_PLUGIN)];
    let wanted = places.map(|place| format!("{}\n", place.display())).concat();
    if gone && ran.stdout == wanted { Ok(()) } else { Err(ran.complain(&wanted)) }
}

/// What docs/install.md tells people to run, in its order.
fn page() -> Result<(), Failed> {
    let home = tempfile::tempdir()?;
    let page = fs::read_to_string(Path::new(PROJECT).join("docs/install.md"))?;
    let blocks = page.split("```sh\n").skip(1).filter_map(|block| block.split("```").next());
    let commands: Vec<&str> =
        blocks.flat_map(str::lines).filter_map(|line| line.strip_prefix("multi-rhoso ")).collect();
    for command in &commands {
        let mut ours = Command::new(BINARY);
        process::ok(ours.args(command.split_whitespace()).env("KUSTOMIZE_PLUGIN_HOME", home.path()))?;
    }
    let is_whole =
        ["install", "status", "uninstall"].iter().all(|name| commands.contains(&&*format!("plugin {name}")));
    if is_whole { Ok(()) } else { Err(format!("a command is missing: {commands:?}").into()) }
}
