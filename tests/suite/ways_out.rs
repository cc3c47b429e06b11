//! `eval --diff` and `eval --output`: what would change, as `patch` takes it, and what is made, in a directory of its own.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use libtest_mimic::{Failed, Trial};
use multi_rhoso::krm::Source;
use multi_rhoso::report::print_diff;
use multi_rhoso::run;

use crate::corpus::{self, PROJECT};
use crate::e2e::process::{self, Ran};
use crate::e2e::sandbox::copy_directory;

const BINARY: &str = env!("CARGO_BIN_EXE_multi-rhoso");

/// All tests of the ways out.
pub(crate) fn trials() -> Vec<Trial> {
    vec![
        Trial::test("ways_out::a_diff_makes_the_new_text_of_the_old", applied),
        Trial::test("ways_out::a_diff_ends_like_kubectls", codes),
        Trial::test("ways_out::a_directory_gets_the_same_relative_paths", directory),
        Trial::test("ways_out::a_directory_with_other_things_is_refused", refused),
    ]
}

/// Of every fixture that is made of manifests.
fn applied() -> Result<(), Failed> {
    let mut changed = 0;
    for case in fs::read_dir(Path::new(PROJECT).join("fixtures"))? {
        let case = case?.path();
        let (Ok(old), Ok(config)) =
            (fs::read_to_string(case.join("manifests.yaml")), fs::read_to_string(case.join("config.yaml")))
        else {
            continue;
        };
        let parse = |name, text| Source::parse(Some(name), text);
        let (Ok(source), Ok(config)) = (parse("a.yaml", &old), parse("config.yaml", &config)) else {
            continue;
        };
        let output = run::files(&config, &[source]);
        let Some(new) = output.texts.first().filter(|_| !output.failed) else { continue };
        let diff = print_diff("a.yaml", (&old, new), false, false);
        changed += usize::from(!diff.is_empty());
        if diff.is_empty() != (old == *new) || patched(&old, &diff) != *new {
            return Err(format!(
                "{}: the diff does not make the new text of the old:\n{diff}",
                case.display()
            )
            .into());
        }
    }
    if changed < 50 { Err(format!("no more than {changed} fixtures change").into()) } else { Ok(()) }
}

/// What `patch` makes of a text: lines that come in, in place of those that go.
fn patched(old: &str, diff: &str) -> String {
    let mut rest = old.split_inclusive('\n');
    let (mut new, mut taken) = (String::new(), 0);
    for hunk in diff.split("\n@@ -").skip(1) {
        let (place, lines) = hunk.split_once(" @@\n").expect("a hunk");
        let (start, count) =
            place.split(' ').next().and_then(|was| was.split_once(',')).unwrap_or((place, "1"));
        let start: usize = start.split(' ').next().and_then(|start| start.parse().ok()).expect("a line");
        let before = if count == "0" { start } else { start - 1 };
        new.extend(rest.by_ref().take(before - taken));
        taken = before;
        let lines = format!("{lines}\n").replace("\n\\ No newline at end of file\n", "\u{0}\n");
        for line in lines.split_inclusive('\n').filter(|line| line.len() > 1 || *line == " ") {
            let (sign, text) = line.split_at(1);
            taken += usize::from(sign != "+" && rest.next().is_some());
            if sign != "-" {
                new.push_str(&text.replace("\u{0}\n", ""));
            }
        }
    }
    new.extend(rest);
    new
}

fn eval(directory: &Path, arguments: &[&str]) -> Result<Ran, Failed> {
    let config = Path::new(PROJECT).join("overlays/openstack2/instance/openstack2.yaml");
    process::run(
        Command::new(BINARY).current_dir(directory).args(["eval", "--config"]).arg(config).args(arguments),
    )
}

fn codes() -> Result<(), Failed> {
    let directory = tempfile::tempdir()?;
    copy_directory(&Path::new(PROJECT).join("overlays/base"), &directory.path().join("base"))?;
    let before = fs::read_to_string(directory.path().join("base/pools.yaml"))?;
    let ran = process::says(eval(directory.path(), &["base", "--diff"])?, 1, "")?;
    let wanted = [
        "--- base/pools.yaml\n+++ base/pools.yaml\n@@ ",
        "\n-  name: internalapi\n+  name: openstack2-internalapi\n",
    ];
    if wanted.iter().any(|part| !ran.stdout.contains(part))
        || ran.stdout.contains('\u{1b}')
        || ran.stdout.contains("plan.yaml")
    {
        return Err(ran.complain("the pools' difference expected, without colour, and none of the plan"));
    }
    if fs::read_to_string(directory.path().join("base/pools.yaml"))? != before {
        return Err("a diff has changed a file".into());
    }
    process::expect_code(eval(directory.path(), &["base", "--in-place"])?, 0)?;
    let nothing = process::says(eval(directory.path(), &["base", "--diff"])?, 0, "")?;
    if !nothing.stdout.is_empty() {
        return Err(nothing.complain("nothing is left to change"));
    }
    process::says(eval(directory.path(), &["nowhere", "--diff"])?, 2, "error: ")?;
    process::says(eval(directory.path(), &["base", "--diff", "--in-place"])?, 2, "cannot be used with")
        .map(drop)
}

/// A base in two directories, with a file that holds nothing of the instance's.
fn spread() -> Result<tempfile::TempDir, Failed> {
    let directory = tempfile::tempdir()?;
    let base = directory.path().join("base");
    copy_directory(&Path::new(PROJECT).join("overlays/base"), &base)?;
    fs::create_dir(base.join("metallb"))?;
    fs::rename(base.join("pools.yaml"), base.join("metallb/pools.yaml"))?;
    Ok(directory)
}

/// What is made and nothing else: neither plan nor kustomization.
fn directory() -> Result<(), Failed> {
    let directory = spread()?;
    let output = directory.path().join("made/here");
    let ran = process::says(eval(directory.path(), &["base", "--output", "made/here"])?, 0, "")?;
    let files: Vec<PathBuf> = corpus::files(&output);
    let names: Vec<String> = files
        .iter()
        .map(|file| file.strip_prefix(directory.path()).expect("below").display().to_string())
        .collect();
    let mut said: Vec<&str> = ran.stdout.lines().collect();
    said.sort_unstable();
    let is_here = |name: &str| names.iter().any(|one| one == &format!("made/here/{name}"));
    if said != names
        || !is_here("metallb/pools.yaml")
        || is_here("plan.yaml")
        || is_here("kustomization.yaml")
    {
        return Err(ran.complain(&format!("these files are there: {names:?}")));
    }
    let printed = process::expect_code(eval(directory.path(), &["base"])?, 0)?.stdout;
    for file in &files {
        if !printed.contains(fs::read_to_string(file)?.trim_end()) {
            return Err(format!("{} is not what is printed", file.display()).into());
        }
    }
    let again = process::says(eval(directory.path(), &["base", "--output", "made/here"])?, 0, "")?;
    if again.stdout.is_empty() { Ok(()) } else { Err(again.complain("all is there already")) }
}

fn refused() -> Result<(), Failed> {
    let directory = spread()?;
    let (file, out) = (directory.path().join("out/pools.yaml"), directory.path().join("out"));
    fs::create_dir(&out)?;
    process::says(eval(directory.path(), &["base", "--output", "base/out"])?, 2, "it is within base")?;
    process::says(eval(directory.path(), &["base", "--output", "out/../base/out"])?, 2, "it is within base")?;
    for (name, text) in [("pools.yaml", "mine\n"), ("other.yaml", "mine\n"), (".git", "")] {
        fs::write(out.join(name), text)?;
        process::says(
            eval(directory.path(), &["base", "--output", "out"])?,
            2,
            "is there and is not what this run writes",
        )?;
        if fs::read_dir(&out)?.count() != 1 || fs::read_to_string(out.join(name))? != text {
            return Err("something was written nevertheless".into());
        }
        fs::remove_file(out.join(name))?;
    }
    fs::write(&file, "")?;
    process::says(eval(directory.path(), &["base", "--output", "out/pools.yaml"])?, 2, "it is no directory")?;
    fs::create_dir(directory.path().join("more"))?;
    fs::write(directory.path().join("more/secret.yaml"), "")?;
    process::says(
        eval(directory.path(), &["base", "more", "--output", "twice"])?,
        2,
        "would both be secret.yaml",
    )?;
    let stdin = eval(directory.path(), &["-", "--output", "twice"])?;
    process::says(stdin, 2, "stdin has no name for a file").map(drop)
}
