//! What SECURITY.md says of the program and its builds, held against sources and scripts.

use std::fs;
use std::path::{Path, PathBuf};

use libtest_mimic::{Failed, Trial};

use crate::corpus::PROJECT;
use crate::tidy::{sources, verdict};

/// Rooms of the standard library that lead to the network or to other programs, and what of them does not.
const ROOMS: [(&str, &[&str]); 4] = [
    ("std::net::", &["IpAddr", "Ipv4Addr", "Ipv6Addr", "AddrParseError"]),
    ("std::process::", &["ExitCode", "id"]),
    ("std::os::", &["unix", "fd"]),
    ("std::os::unix::", &["fs", "ffi"]),
];

/// How the environment is asked: directly, or by the one closure around it.
const ASKED: [&str; 3] = ["env::var(", "env::var_os(", "variable("];

/// Where builds are described.
const SCRIPTS: [&str; 4] = ["Makefile", "Containerfile", ".ci/run", "tools"];

/// What cargo is told to do where it would look for newer crates.
const BUILDS: [&str; 8] = ["bench", "build", "clippy", "doc", "install", "run", "test", "tree"];

/// All tests of what is locked.
pub(crate) fn trials() -> Vec<Trial> {
    vec![
        Trial::test("locked_down::no_network_and_no_program", no_network_and_no_program),
        Trial::test("locked_down::every_variable_that_is_read_is_said", variables),
        Trial::test("locked_down::unsafe_is_forbidden", no_unsafe),
        Trial::test("locked_down::every_build_asks_for_the_lock_file", builds),
    ]
}

fn no_network_and_no_program() -> Result<(), Failed> {
    let mut complaints = Vec::new();
    for (path, text) in sources("src") {
        for (room, allowed) in ROOMS {
            let used = text.split(room).skip(1).flat_map(first_names);
            let strange = used.filter(|name| !allowed.contains(&name.as_str()));
            complaints.extend(strange.map(|name| format!("{path} uses {room}{name}")));
        }
        // A room that is imported whole would hide what is used of it.
        let whole =
            imported(&text).into_iter().filter(|name| ["net", "process", "os"].contains(&name.as_str()));
        complaints.extend(whole.map(|name| format!("{path} imports std::{name} whole")));
    }
    verdict(&complaints)
}

/// The names that stand behind a path: one, or those of a group.
fn first_names(rest: &str) -> Vec<String> {
    match rest.strip_prefix('{') {
        Some(group) => members(group),
        None => vec![word(rest)],
    }
}

fn word(text: &str) -> String {
    text.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect()
}

/// What stands in a group of names.
fn members(group: &str) -> Vec<String> {
    group.split('}').next().unwrap_or_default().split(',').map(|name| word(name.trim())).collect()
}

/// What `use std::…` brings in as a whole: `use std::net;`, `use std::{fs, net};`, `use std::net as n;`.
fn imported(text: &str) -> Vec<String> {
    let uses = text.split("use std::").skip(1).filter_map(|rest| rest.split(';').next());
    uses.flat_map(|used| match used.strip_prefix('{') {
        // Paths of a group would begin with the room, too.
        Some(group) => members(group),
        None if used.contains("::") => Vec::new(),
        None => vec![word(used)],
    })
    .collect()
}

fn variables() -> Result<(), Failed> {
    let security = fs::read_to_string(Path::new(PROJECT).join("SECURITY.md"))?;
    let (mut complaints, mut known) = (Vec::new(), 0);
    for (path, text) in sources("src") {
        for rest in ASKED.iter().flat_map(|call| text.split(call).skip(1)) {
            let name = rest.strip_prefix('"').and_then(|rest| rest.split('"').next());
            match name {
                Some(name) if security.contains(&format!("`{name}`")) => known += 1,
                Some(name) => {
                    complaints.push(format!("{path} reads {name}, and SECURITY.md does not say so"));
                }
                // The closure itself.
                None if rest.starts_with("name)") => {}
                None => complaints.push(format!("{path} reads a variable whose name is not seen here")),
            }
        }
    }
    if known == 0 {
        complaints.push("no variable was found; the sources ask in another way now".to_owned());
    }
    verdict(&complaints)
}

/// The compiler holds the sources to it, as long as the manifest says so.
fn no_unsafe() -> Result<(), Failed> {
    let manifest = fs::read_to_string(Path::new(PROJECT).join("Cargo.toml"))?;
    let allowed = sources("src").into_iter().filter(|(_, text)| text.contains("allow(unsafe_code"));
    let mut complaints: Vec<_> = allowed.map(|(path, _)| format!("{path} allows unsafe code")).collect();
    if !manifest.contains("\nunsafe_code = \"forbid\"\n") {
        complaints.push("Cargo.toml does not forbid unsafe code".to_owned());
    }
    verdict(&complaints)
}

/// `make`, CI and the image build what `Cargo.lock` says and nothing newer.
fn builds() -> Result<(), Failed> {
    let (mut unlocked, mut locked) = (Vec::new(), 0);
    for path in SCRIPTS.iter().flat_map(|name| scripts(&Path::new(PROJECT).join(name))) {
        let text = fs::read_to_string(&path)?.replace("\\\n", " ");
        for line in text.lines().filter(|line| !line.trim_start().starts_with('#') && builds_something(line))
        {
            if line.contains("--locked") {
                locked += 1;
            } else {
                unlocked.push(format!("{}: {}", path.display(), line.trim()));
            }
        }
    }
    if locked == 0 { Err("no build was found".into()) } else { verdict(&unlocked) }
}

fn builds_something(line: &str) -> bool {
    line.split("cargo ").skip(1).any(|rest| BUILDS.contains(&word(rest).as_str()))
}

/// A file, or the makefiles and shell scripts below a directory.
fn scripts(path: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(path) else { return vec![path.to_owned()] };
    let below = entries.flatten().map(|entry| entry.path());
    let is_script =
        |path: &PathBuf| path.is_dir() || path.extension().is_some_and(|end| end == "mk" || end == "sh");
    below.filter(is_script).flat_map(|path| scripts(&path)).collect()
}
