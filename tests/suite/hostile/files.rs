//! Files that are none, and what is read beside the manifests.

use std::fs;
use std::os::unix::fs::symlink;
use std::process::{Command, Stdio};

use libtest_mimic::{Failed, Trial};

use super::{BINARY, fed, nested, says};
use crate::e2e::process;

pub(super) fn trials() -> Vec<Trial> {
    vec![
        Trial::test("hostile::links_that_lead_to_each_other", links),
        Trial::test("hostile::a_pipe_that_is_given_is_read", pipe),
        Trial::test("hostile::what_may_not_be_read_is_said", unreadable),
        Trial::test("hostile::a_device_without_an_end_is_refused", endless),
        Trial::test("hostile::deep_crds_are_refused", deep_crd),
        Trial::test("hostile::deep_plans_are_refused", deep_plan),
    ]
}

const POOL: &str = "apiVersion: metallb.io/v1beta1\nkind: IPAddressPool\nmetadata: {name: p, namespace: metallb-system}\n\
                    spec: {addresses: [10.0.0.0/24]}\n";

/// Runs in a directory that holds a pool.
fn beside_a_pool(
    make: impl Fn(&std::path::Path) -> Result<(), Failed>,
    arguments: &[&str],
) -> Result<process::Ran, Failed> {
    let directory = tempfile::tempdir()?;
    fs::write(directory.path().join("pool.yaml"), POOL)?;
    make(directory.path())?;
    process::run(Command::new(BINARY).current_dir(directory.path()).args(arguments))
}

fn links() -> Result<(), Failed> {
    let make = |directory: &std::path::Path| {
        symlink("two.yaml", directory.join("one.yaml"))?;
        symlink("one.yaml", directory.join("two.yaml"))?;
        Ok(symlink(".", directory.join("self"))?)
    };
    let loops = "one.yaml: Too many levels of symbolic links (os error 40)";
    for arguments in [
        &["check", "one.yaml"][..],
        &["check", "pool.yaml", "-c", "one.yaml"],
        &["check", "pool.yaml", "--crd", "one.yaml"],
    ] {
        let ran = beside_a_pool(make, arguments)?;
        if ran.code != Some(2) || ran.stderr != format!("error: {loops}\n") {
            return Err(ran.complain(loops));
        }
    }
    let skipped = [
        "./one.yaml: a link that leads nowhere",
        "./two.yaml: a link that leads nowhere",
        "./self: a link to a directory",
    ];
    let ran = beside_a_pool(make, &["check", "."])?;
    if ran.code != Some(0)
        || !skipped.iter().all(|said| ran.stderr.contains(said))
        || !ran.stdout.starts_with("1 object, ")
    {
        return Err(ran.complain("the pool alone is looked at"));
    }
    Ok(())
}

/// As a shell's process substitution gives one; one that is found in a directory is passed over (`streams`).
fn pipe() -> Result<(), Failed> {
    let directory = tempfile::tempdir()?;
    let path = directory.path().join("pipe");
    process::ok(Command::new("mkfifo").arg(&path))?;
    let mut child = Command::new(BINARY).arg("check").arg(&path).stdout(Stdio::piped()).spawn()?;
    fs::write(&path, POOL)?;
    let status = child.wait()?;
    if status.success() { Ok(()) } else { Err(format!("{status}").into()) }
}

/// For root every file can be read: there is nothing to see then.
fn unreadable() -> Result<(), Failed> {
    use std::os::unix::fs::PermissionsExt;
    let make = |directory: &std::path::Path| {
        let path = directory.join("secret.yaml");
        fs::write(&path, POOL)?;
        Ok(fs::set_permissions(path, fs::Permissions::from_mode(0o000))?)
    };
    for (argument, name) in [("secret.yaml", "secret.yaml"), (".", "./secret.yaml")] {
        let ran = beside_a_pool(make, &["check", argument])?;
        let said = format!("error: {name}: Permission denied (os error 13)\n");
        if ran.code != Some(0) && (ran.code != Some(2) || ran.stderr != said) {
            return Err(ran.complain(&said));
        }
    }
    Ok(())
}

fn endless() -> Result<(), Failed> {
    let said = "error: /dev/zero: it is larger than 512 MiB, which is more than is read; give a part of it\n";
    says(&fed(&["check", "/dev/zero"], b"")?, 2, said)
}

fn deep_crd() -> Result<(), Failed> {
    let crd = format!(
        "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {{name: w.example.org}}\nspec:\n  \
         group: example.org\n  names: {{kind: W}}\n  versions: [{{name: v1, schema: {{openAPIV3Schema: {}}}}}]\n",
        nested("{properties: {a: ", "}}")
    );
    let directory = tempfile::tempdir()?;
    let path = directory.path().join("pool.yaml");
    fs::write(&path, POOL)?;
    let arguments = ["check", path.to_str().ok_or("a path")?, "--crd", "-"];
    says(
        &fed(&arguments, crd.as_bytes())?,
        2,
        "error: stdin: line 7, column 1101: the document nests deeper than 128 levels\n",
    )
}

fn deep_plan() -> Result<(), Failed> {
    let head = "apiVersion: multi-rhoso.dev/v1alpha1\nkind: AddressPlan\nmetadata: {name: p}\nspec:\n  instances: {two: ";
    says(
        &fed(&["plan", "-"], format!("{head}{}}}\n", nested("{spec: ", "}")).as_bytes())?,
        2,
        "error: stdin: line 5, column 895: the document nests deeper than 128 levels\n",
    )
}
