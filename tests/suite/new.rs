//! `new` and `remove` as processes, on trees that are people's own as much as ours.
//!
//! `fixtures/new/cases/<case>/command` names a tree of `fixtures/new/trees` and what is done in a copy of it: a line each,
//! `new …` and `remove …`, or `write PATH` and `feed PATH` (a file in the place of stdin for the next). `output` is what
//! was said and what became of the files. `UPDATE=1` rewrites it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use libtest_mimic::{Failed, Trial};

use crate::corpus::PROJECT;
use crate::e2e::process::{self, Ran};
use crate::e2e::sandbox::copy_directory;
use crate::golden::compare;

const BINARY: &str = env!("CARGO_BIN_EXE_multi-rhoso");

/// A test for each case, and those of what cannot be written down.
pub(crate) fn trials() -> Vec<Trial> {
    let mut trials = vec![
        Trial::test("new::a_full_disk_changes_nothing", full_disk),
        Trial::test("new::removed_again_the_tree_is_as_it_was", there_and_back),
        Trial::test("new::links_lead_where_kustomize_goes", links),
        Trial::test("new::permissions_stay", permissions),
        Trial::test("new::a_tree_has_all_that_ours_has", like_ours),
    ];
    let mut cases: Vec<PathBuf> = entries(&fixtures().join("cases"));
    cases.sort();
    trials.extend(cases.into_iter().map(|case| {
        let name = case.file_name().unwrap_or_default().to_string_lossy().into_owned();
        Trial::test(format!("new::{name}"), move || told(&case))
    }));
    trials
}

fn fixtures() -> PathBuf {
    Path::new(PROJECT).join("fixtures/new")
}

fn entries(directory: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(directory).unwrap_or_else(|error| panic!("{}: {error}", directory.display()));
    entries.map(|entry| entry.expect("an entry").path()).collect()
}

/// A copy of a tree.
fn tree(name: &str) -> Result<tempfile::TempDir, Failed> {
    let directory = tempfile::tempdir()?;
    copy_directory(&fixtures().join("trees").join(name), directory.path())?;
    Ok(directory)
}

fn run(directory: &Path, line: &str) -> Result<Ran, Failed> {
    process::run(Command::new(BINARY).current_dir(directory).args(line.split_whitespace()))
}

/// Every file with its text.
fn files(directory: &Path) -> BTreeMap<String, String> {
    fn visit(directory: &Path, top: &Path, found: &mut BTreeMap<String, String>) {
        for path in entries(directory) {
            if path.is_dir() {
                visit(&path, top, found);
            } else {
                let name = path.strip_prefix(top).expect("below").display().to_string();
                found.insert(name, fs::read_to_string(&path).expect("a text"));
            }
        }
    }
    let mut found = BTreeMap::new();
    visit(directory, directory, &mut found);
    found
}

fn told(case: &Path) -> Result<(), Failed> {
    let command = fs::read_to_string(case.join("command"))?;
    let mut lines = command.lines();
    let directory = tree(lines.next().ok_or("no tree is named")?)?;
    let before = files(directory.path());
    let (mut output, mut feed): (Vec<String>, Option<String>) = (Vec::new(), None);
    for line in lines {
        output.push(format!("$ {line}\n"));
        match line.split_once(' ') {
            Some(("write", path)) => {
                let path = directory.path().join(path);
                fs::create_dir_all(path.parent().ok_or("a file has a directory")?)?;
                fs::write(path, "")?;
            }
            Some(("feed", path)) => feed = Some(fs::read_to_string(directory.path().join(path))?),
            _ => {
                let mut command = Command::new(BINARY);
                command.current_dir(directory.path()).args(line.split_whitespace());
                let ran = process::fed(&mut command, &feed.take().unwrap_or_default())?;
                output.push(format!("{}{}exit {}\n", ran.stdout, ran.stderr, ran.code.unwrap_or(-1)));
            }
        }
    }
    output.push(difference(&before, &files(directory.path())));
    compare(&case.join("output"), &output.concat())
}

/// New files whole, others by the lines that came and went.
fn difference(before: &BTreeMap<String, String>, after: &BTreeMap<String, String>) -> String {
    let was = before.iter().filter_map(|(name, old)| match after.get(name) {
        None => Some(format!("gone: {name}\n")),
        Some(new) if new == old => None,
        Some(new) => Some(format!("changed: {name}\n{}", changed(old, new))),
    });
    let came = after.iter().filter(|(name, _)| !before.contains_key(*name)).map(|(name, new)| {
        let lines: Vec<String> = new.lines().map(|line| format!("  |{line}\n")).collect();
        format!("new: {name}\n{}", lines.concat())
    });
    was.chain(came).collect()
}

fn changed(old: &str, new: &str) -> String {
    let (old, new): (Vec<&str>, Vec<&str>) = (old.split('\n').collect(), new.split('\n').collect());
    let head = old.iter().zip(&new).take_while(|(one, other)| one == other).count();
    let rest = (old.len() - head).min(new.len() - head);
    let tail =
        old.iter().rev().zip(new.iter().rev()).take(rest).take_while(|(one, other)| one == other).count();
    let gone = old[head..old.len() - tail].iter().map(|line| format!("  -{line}\n"));
    let came = new[head..new.len() - tail].iter().map(|line| format!("  +{line}\n"));
    gone.chain(came).collect()
}

/// The middle one of three: as if it had never been there, in every file.
fn there_and_back() -> Result<(), Failed> {
    for (name, path) in [("one", ""), ("staged", "lab"), ("two", "--plan overlays/base6/plan.yaml")] {
        let (with, without) = (tree(name)?, tree(name)?);
        let new = |directory: &Path, line: &str| process::expect_code(run(directory, line)?, 0);
        for line in ["new a-one --slot 4", "new b-two --slot 5", "new c-three --slot 6"] {
            new(with.path(), &format!("{line} {path}"))?;
            if !line.contains("b-two") {
                new(without.path(), &format!("{line} {path}"))?;
            }
        }
        let ran = new(with.path(), &format!("remove b-two {path}"))?;
        if files(with.path()) != files(without.path()) || entries(with.path()).is_empty() {
            return Err(ran.complain(&difference(&files(without.path()), &files(with.path()))));
        }
        if fs::read_dir(with.path().join("overlays/b-two")).is_ok() {
            return Err("an empty directory stays".into());
        }
    }
    Ok(())
}

/// A limit on the size of files stands for the disk: small ones can be written, one cannot.
fn full_disk() -> Result<(), Failed> {
    for (name, long, line) in [
        ("one", "overlays/base/plan.yaml", "new openstack4"),
        ("one", "overlays/base/plan.yaml", "remove openstack3"),
        ("bare", "manifests/networks.yaml", "new cloud --init manifests --to some/tree"),
    ] {
        let directory = tree(name)?;
        let path = directory.path().join(long);
        fs::write(&path, format!("{}\n{}", "# long\n".repeat(4000), fs::read_to_string(&path)?))?;
        let before = (files(directory.path()), directories(directory.path()));
        let script = format!("trap '' 25; ulimit -f 8; exec \"$0\" {line}");
        let mut command = Command::new("/bin/sh");
        let ran = process::run(command.current_dir(directory.path()).args(["-c", &script, BINARY]))?;
        let after = (files(directory.path()), directories(directory.path()));
        if !ran.stderr.contains("nothing was changed") || before != after {
            return Err(ran.complain(&difference(&before.0, &after.0)));
        }
        process::expect_code(ran, 2)?;
    }
    Ok(())
}

fn directories(below: &Path) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = entries(below).into_iter().filter(|path| path.is_dir()).collect();
    found.sort();
    let deeper: Vec<PathBuf> = found.iter().flat_map(|path| directories(path)).collect();
    found.into_iter().chain(deeper).collect()
}

/// kustomize goes where a link leads, and so does what is taken from it.
fn links() -> Result<(), Failed> {
    let directory = tree("one")?;
    let overlays = directory.path().join("overlays");
    fs::rename(overlays.join("base"), directory.path().join("truly"))?;
    std::os::unix::fs::symlink("../truly", overlays.join("base"))?;
    let ran = process::expect_code(run(directory.path(), "new openstack4")?, 0)?;
    let plan = fs::read_to_string(directory.path().join("truly/plan.yaml"))?;
    let is_link = fs::symlink_metadata(overlays.join("base"))?.is_symlink();
    let overlay = fs::read_to_string(overlays.join("openstack4/kustomization.yaml"))?;
    if plan.contains("openstack4: 4") && is_link && overlay.contains("- ../base\n") {
        Ok(())
    } else {
        Err(ran.complain("the plan behind the link was to be edited, and the link to stay"))
    }
}

/// What is edited keeps its permissions.
fn permissions() -> Result<(), Failed> {
    use std::os::unix::fs::PermissionsExt;
    let directory = tree("one")?;
    let plan = directory.path().join("overlays/base/plan.yaml");
    fs::set_permissions(&plan, fs::Permissions::from_mode(0o640))?;
    process::expect_code(run(directory.path(), "new openstack4")?, 0)?;
    let mode = fs::metadata(&plan)?.permissions().mode() & 0o777;
    if mode == 0o640 { Ok(()) } else { Err(format!("{mode:o}").into()) }
}

/// How kustomize reaches the function, and the check: the project's own files, all of them.
fn like_ours() -> Result<(), Failed> {
    let directory = tree("bare")?;
    let ran = process::expect_code(run(directory.path(), "new openstack --init manifests --to tree")?, 0)?;
    for part in ["mechanism", "fleet/check"] {
        let ours = files(&Path::new(PROJECT).join("overlays").join(part));
        let got = files(&directory.path().join("tree").join(part));
        if ours.is_empty() || ours != got {
            return Err(ran.complain(&difference(&ours, &got)));
        }
    }
    Ok(())
}
