//! `eval --in-place`: files that change all or none, and whole whenever somebody looks.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use libtest_mimic::{Failed, Trial};
use tempfile::TempDir;

use crate::corpus::PROJECT;
use crate::e2e::process;
use crate::e2e::sandbox::copy_directory;

const BINARY: &str = env!("CARGO_BIN_EXE_multi-rhoso");
const CONFIG: &str = "overlays/openstack2/instance/openstack2.yaml";

/// All tests of files that are changed in their places.
pub(crate) fn trials() -> Vec<Trial> {
    vec![
        Trial::test("in_place::files_get_what_is_printed_and_then_stay", texts),
        Trial::test("in_place::mode_and_links_stay", modes_and_links),
        Trial::test("in_place::what_fails_changes_nothing", failures),
        Trial::test("in_place::killed_at_any_point_leaves_old_or_new", killed),
    ]
}

/// The base, in a directory of its own.
fn base() -> Result<TempDir, Failed> {
    let directory = tempfile::tempdir()?;
    copy_directory(&Path::new(PROJECT).join("overlays/base"), &directory.path().join("base"))?;
    Ok(directory)
}

fn eval(directory: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(BINARY);
    command.current_dir(directory).args(["eval", "--config"]).arg(Path::new(PROJECT).join(CONFIG));
    command.args(arguments);
    command
}

/// All files of a directory with what is in them, hidden ones too.
fn contents(directory: &Path) -> Result<BTreeMap<String, String>, Failed> {
    let entries = fs::read_dir(directory)?.collect::<std::io::Result<Vec<_>>>()?;
    let files = entries.into_iter().filter(|entry| entry.path().is_file());
    files
        .map(|entry| {
            Ok((entry.file_name().to_string_lossy().into_owned(), fs::read_to_string(entry.path())?))
        })
        .collect()
}

/// The plan stays, as the next run needs it, and finds nothing to do; comments stay.
fn texts() -> Result<(), Failed> {
    let directory = base()?;
    let old = contents(&directory.path().join("base"))?;
    let printed = process::ok(&mut eval(directory.path(), &["base"]))?.stdout;
    let changed = process::ok(&mut eval(directory.path(), &["base", "--in-place"]))?;
    let new = contents(&directory.path().join("base"))?;
    let differing: Vec<String> = new
        .iter()
        .filter(|(name, text)| old.get(*name) != Some(text))
        .map(|(name, _)| format!("base/{name}"))
        .collect();
    if changed.stdout.lines().collect::<Vec<_>>() != differing || differing.len() < 8 {
        return Err(changed.complain(&format!("these files changed: {differing:?}")));
    }
    if new.keys().ne(old.keys()) || new.get("plan.yaml") != old.get("plan.yaml") {
        return Err(format!("other files, or another plan: {:?}", new.keys()).into());
    }
    let parts = ["controlplane.yaml", "pools.yaml", "netconfig.yaml"];
    if let Some(part) = parts.into_iter().find(|part| !printed.contains(new[*part].trim_end())) {
        return Err(format!("{part} is not what is printed").into());
    }
    let again = process::ok(&mut eval(directory.path(), &["base", "--in-place"]))?;
    if !again.stdout.is_empty() || contents(&directory.path().join("base"))? != new {
        return Err(again.complain("the second run should find nothing to do"));
    }
    Ok(())
}

fn modes_and_links() -> Result<(), Failed> {
    let directory = base()?;
    let (place, truth) = (directory.path().join("base/pools.yaml"), directory.path().join("pools"));
    fs::rename(&place, &truth)?;
    fs::set_permissions(&truth, fs::Permissions::from_mode(0o640))?;
    symlink("../pools", &place)?;
    process::ok(&mut eval(directory.path(), &["base", "--in-place"]))?;
    let mode = fs::metadata(&truth)?.permissions().mode() & 0o7777;
    if !place.is_symlink() || mode != 0o640 || !fs::read_to_string(&truth)?.contains("openstack2-internalapi")
    {
        return Err(format!("mode {mode:o}, and the link should lead to the changed file").into());
    }
    symlink("base/secret.yaml", directory.path().join("again.yaml"))?;
    let twice = process::run(&mut eval(directory.path(), &["base", "again.yaml", "--in-place"]))?;
    process::says(twice, 2, "again.yaml and base/secret.yaml are one file")?;
    let stdin = process::fed(&mut eval(directory.path(), &["-", "--in-place"]), "")?;
    process::says(stdin, 2, "stdin is no file").map(drop)
}

fn failures() -> Result<(), Failed> {
    let directory = base()?;
    fs::remove_file(directory.path().join("base/plan.yaml"))?;
    let old = contents(&directory.path().join("base"))?;
    for way in ["--in-place", "--output=out"] {
        process::says(process::run(&mut eval(directory.path(), &["base", way]))?, 1, "[plan]")?;
    }
    process::says(process::run(&mut eval(directory.path(), &["base", "--diff"]))?, 2, "[plan]")?;
    if contents(&directory.path().join("base"))? != old || directory.path().join("out").exists() {
        return Err("a failed run has changed something".into());
    }
    Ok(())
}

/// How many files there are to change, beside those of the base.
const MANY: usize = 16;

/// Killed after each number of texts that stand beside their files, and of files that have changed.
fn killed() -> Result<(), Failed> {
    let directory = base()?;
    let base = directory.path().join("base");
    for number in 0..MANY {
        let text = format!(
            "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: c{number}\n  namespace: openstack\ndata:\n  a: 172.17.0.80 # pinned\n"
        );
        fs::write(base.join(format!("c{number}.yaml")), text)?;
    }
    let old = contents(&base)?;
    process::ok(&mut eval(directory.path(), &["base", "--in-place"]))?;
    let new = contents(&base)?;
    let (mut between, mut caught) = (0, 0);
    for point in 0..2 * MANY {
        for (name, text) in &old {
            fs::write(base.join(name), text)?;
        }
        kill(
            eval(directory.path(), &["base", "--in-place"])
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .spawn()?,
            &base,
            &old,
            point,
        )?;
        let left = contents(&base)?;
        let is_whole = |(name, text): (&String, &String)| {
            name.starts_with(".new.") || old.get(name) == Some(text) || new.get(name) == Some(text)
        };
        if let Some((name, text)) = left.iter().find(|file| !is_whole(*file)) {
            return Err(format!("killed at point {point}: {name} is neither old nor new:\n{text}").into());
        }
        if old.keys().any(|name| !left.contains_key(name)) {
            return Err(format!("killed at point {point}: a file is gone").into());
        }
        let changed = new.iter().filter(|(name, text)| old[*name] != **text && left[*name] == **text).count();
        let hidden = left.keys().filter(|name| name.starts_with(".new.")).count();
        between += usize::from(changed > 0 && hidden > 0);
        caught += usize::from(hidden > 0);
        for name in left.keys().filter(|name| name.starts_with(".new.")) {
            fs::remove_file(base.join(name))?;
        }
    }
    if caught < MANY / 2 || between == 0 {
        return Err(
            format!("killed while writing {caught} times, {between} of them between two files").into()
        );
    }
    Ok(())
}

/// Kills a run when that many steps can be seen: texts beside their files first, then files that have changed.
fn kill(mut child: Child, base: &Path, old: &BTreeMap<String, String>, point: usize) -> Result<(), Failed> {
    let name = format!("c{}.yaml", point.saturating_sub(MANY));
    loop {
        let is_there = if point < MANY {
            let entries = fs::read_dir(base)?.filter_map(Result::ok);
            entries.filter(|entry| entry.file_name().to_string_lossy().starts_with(".new.")).count() > point
        } else {
            fs::read_to_string(base.join(&name))? != old[&name]
        };
        if is_there || child.try_wait()?.is_some() {
            break;
        }
    }
    child.kill()?;
    child.wait()?;
    Ok(())
}
