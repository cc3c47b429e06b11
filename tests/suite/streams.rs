//! What a person or a CI log sees of the program: nothing is green that was not looked at, nothing raw of a manifest.

use std::fs::{self, File, OpenOptions};
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::Command;

use libtest_mimic::{Failed, Trial};

use crate::corpus::PROJECT;
use crate::e2e::process::{self, Ran};

const BINARY: &str = env!("CARGO_BIN_EXE_multi-rhoso");

/// All tests of what is seen.
pub(crate) fn trials() -> Vec<Trial> {
    vec![
        Trial::test("streams::success_says_what_was_looked_at", success),
        Trial::test("streams::nothing_to_check_is_not_green", nothing),
        Trial::test("streams::kustomizations_are_to_be_built", kustomizations),
        Trial::test("streams::verbose_in_both_places", verbose),
        Trial::test("streams::names_are_written_out", names),
        Trial::test("streams::a_full_disk_is_an_error", full_disk),
        Trial::test("streams::more_than_is_read_is_said", too_large),
        Trial::test("streams::what_is_no_file_is_said", no_files),
        Trial::test("streams::mistakes_of_a_config_have_their_file_and_line", mistakes),
    ]
}

fn run(directory: &Path, arguments: &[&str]) -> Result<Ran, Failed> {
    process::run(Command::new(BINARY).current_dir(directory).args(arguments))
}

fn fed(arguments: &[&str], input: &str) -> Result<Ran, Failed> {
    process::fed(Command::new(BINARY).args(arguments), input)
}

fn says(ran: &Ran, code: i32, stdout: &str, stderr: &str) -> Result<(), Failed> {
    if ran.code == Some(code) && ran.stdout.contains(stdout) && ran.stderr.contains(stderr) {
        return Ok(());
    }
    Err(ran.complain(&format!("exit code {code}, {stdout:?} on stdout and {stderr:?} on stderr expected")))
}

fn success() -> Result<(), Failed> {
    let overlays = Path::new(PROJECT).join("fixtures/overlays");
    let directory = tempfile::tempdir()?;
    fs::write(directory.path().join("fleet.yaml"), FLEET)?;
    fs::write(directory.path().join("pool.yaml"), POOL)?;
    let count = |ran: &Ran| ran.stdout.split(' ').find_map(|word| word.parse::<usize>().ok());
    let config = directory.path().join("fleet.yaml").display().to_string();
    let two = run(&overlays, &["check", "openstack.yaml", "openstack2.yaml", "-c", &config])?;
    says(&two, 0, " of 2 instances, ", "")?;
    says(&two, 0, " rules: no findings", "")?;
    if count(&two).is_none_or(|objects| objects < 20) {
        return Err(two.complain("the objects are not counted"));
    }
    says(&run(directory.path(), &["check", "pool.yaml"])?, 0, "1 object, ", "")?;
    says(
        &run(directory.path(), &["check", "pool.yaml", "-c", "fleet.yaml"])?,
        0,
        "no findings (1 note with -v)",
        "",
    )?;
    says(&fed(&["check", "-"], CONFIG_MAP)?, 0, "1 object, none of a kind that a rule looks at", "")?;
    let json = fed(&["check", "-", "-o", "json"], CONFIG_MAP)?;
    says(&json, 0, "{\n  \"results\": []\n}\n", "note: 1 object, none of a kind that a rule looks at")
}

const POOL: &str = "apiVersion: metallb.io/v1beta1\nkind: IPAddressPool\nmetadata: {name: p, namespace: metallb-system}\n\
                    spec: {addresses: [10.0.0.0/24]}\n";
const FLEET: &str =
    "apiVersion: multi-rhoso.dev/v1alpha1\nkind: FleetCheck\nspec: {rules: {node-globals-fight: off}}\n";
const CONFIG_MAP: &str = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\n";

fn nothing() -> Result<(), Failed> {
    let list = "apiVersion: config.kubernetes.io/v1\nkind: ResourceList\nitems: []\n";
    let own = "apiVersion: multi-rhoso.dev/v1alpha1\nkind: FleetCheck\n";
    for input in ["", "\n# nothing\n", "---\n", list, own] {
        for form in ["text", "json", "sarif", "github"] {
            let ran = fed(&["check", "-", "-o", form], input)?;
            says(&ran, 2, "", "error: -: there is no object to check")?;
        }
    }
    Ok(())
}

fn kustomizations() -> Result<(), Failed> {
    let project = Path::new(PROJECT);
    let build = "kustomize build overlays/openstack2 | multi-rhoso check -";
    for path in ["overlays/openstack2", "overlays/openstack2/kustomization.yaml"] {
        says(&run(project, &["check", path])?, 2, "", build)?;
    }
    // What names nothing but the files beside it takes nothing away.
    says(&run(project, &["check", "overlays/base"])?, 0, "", "a kustomization is no manifest; skipped")
}

fn verbose() -> Result<(), Failed> {
    let directory = tempfile::tempdir()?;
    fs::write(directory.path().join("pool.yaml"), POOL)?;
    fs::write(directory.path().join("fleet.yaml"), FLEET)?;
    for arguments in
        [&["-v", "check", "pool.yaml", "-c", "fleet.yaml"], &["check", "-v", "pool.yaml", "-c", "fleet.yaml"]]
    {
        says(&run(directory.path(), arguments)?, 0, "rule-off", "")?;
    }
    Ok(())
}

/// A name may begin a workflow command of GitHub's, colour a terminal or turn the text around.
fn names() -> Result<(), Failed> {
    const NAME: &str = r"a\n::error::b\u001b[31m\u0007\u009b\u202e\u2066\u007fz";
    let pool = POOL
        .replace("name: p", &format!("name: \"{NAME}\""))
        .replace("10.0.0.0/24", &format!("10.0.0.0/24, \"{NAME}\""));
    let directory = tempfile::tempdir()?;
    fs::write(directory.path().join("a\u{1b}b\n::error::.yaml"), &pool)?;
    let eval = "apiVersion: multi-rhoso.dev/v1alpha1\nkind: OpenStackInstance\nspec: {namespace: two}\n";
    fs::write(directory.path().join("config"), eval)?;
    for arguments in [&["check", "."][..], &["check", ".", "-o", "github"], &["eval", ".", "-c", "config"]] {
        let ran = run(directory.path(), arguments)?;
        let seen =
            if arguments.contains(&"eval") { ran.stderr.clone() } else { ran.stdout.clone() + &ran.stderr };
        let raw = |c: char| (c.is_control() && c != '\n') || matches!(c, '\u{202e}' | '\u{2066}');
        let is_command = |line: &str| line.starts_with("::error::");
        if seen.is_empty() || seen.contains(raw) || seen.lines().any(is_command) || !seen.contains("\\u{1b}")
        {
            return Err(ran.complain("a name is printed as it stands"));
        }
    }
    let map = run(directory.path(), &["map", "."])?;
    if map.code != Some(0) || map.stdout.contains(|c: char| (c.is_control() && c != '\n') || c == '\u{202e}')
    {
        return Err(map.complain("a name is drawn as it stands"));
    }
    let json = run(directory.path(), &["check", ".", "-o", "json"])?;
    if json.stdout.contains("\\u001b[31m") { Ok(()) } else { Err(json.complain("JSON has another value")) }
}

fn full_disk() -> Result<(), Failed> {
    for arguments in [&["--help"][..], &["--version"], &["check", "--help"], &["schema"]] {
        let full = OpenOptions::new().write(true).open("/dev/full")?;
        let output = Command::new(BINARY).args(arguments).stdout(full).output()?;
        let said = String::from_utf8_lossy(&output.stderr);
        if output.status.code() != Some(2) || !said.starts_with("error: stdout: ") {
            return Err(format!("{arguments:?}: {output:?}").into());
        }
    }
    Ok(())
}

/// More than is read is refused before anything is made of it; a file of that size takes no room on a disk.
fn too_large() -> Result<(), Failed> {
    let directory = tempfile::tempdir()?;
    let path = directory.path().join("large.yaml");
    File::create(&path)?.set_len(1 << 30)?;
    for (arguments, name) in
        [(&["check", "large.yaml"][..], "large.yaml"), (&["check", "-"], "stdin"), (&[], "stdin")]
    {
        let mut command = Command::new(BINARY);
        let output =
            command.current_dir(directory.path()).args(arguments).stdin(File::open(&path)?).output()?;
        let said = String::from_utf8_lossy(&output.stderr);
        let wanted = format!(
            "error: {name}: it is larger than 512 MiB, which is more than is read; give a part of it\n"
        );
        if output.status.code() != Some(2) || said != wanted || !output.stdout.is_empty() {
            return Err(format!("{arguments:?}: {:?}: {said}", output.status).into());
        }
    }
    Ok(())
}

/// What would be waited for, or leads nowhere, is passed over with a word; the rest is read.
fn no_files() -> Result<(), Failed> {
    let directory = tempfile::tempdir()?;
    let below = |name: &str| directory.path().join(name);
    fs::write(below("pool.yaml"), POOL)?;
    symlink("nowhere", below("dangling.yaml"))?;
    fs::create_dir(below("real"))?;
    symlink("real", below("linked"))?;
    let _socket = std::os::unix::net::UnixListener::bind(below("socket.yaml"))?;
    process::ok(Command::new("mkfifo").arg(below("fifo.yaml")))?;
    let _held = File::open(directory.path())?;
    let ran = run(directory.path(), &["check", "."])?;
    for name in ["dangling.yaml", "linked", "socket.yaml", "fifo.yaml"] {
        says(&ran, 0, "1 object, ", &format!("note: ./{name}: "))?;
    }
    Ok(())
}

/// All of them, in their order, where a person can open the file.
fn mistakes() -> Result<(), Failed> {
    let config = "apiVersion: multi-rhoso.dev/v1alpha1\nkind: OpenStackInstance\nspec:\n  namespce: two\n  metallb:\n    \
                  scope: \"yes\"\n  rules: {pool-overlaps: off}\n  networks:\n  - name: internalapi\n    \
                  from: {vlan: twenty}\n";
    let directory = tempfile::tempdir()?;
    fs::write(directory.path().join("config.yaml"), config)?;
    fs::write(directory.path().join("pool.yaml"), POOL)?;
    let lines = [
        "error: spec.namespce: function config (config.yaml:4:13): there is no field \"namespce\" here; did you mean \
         namespace? [config]",
        "error: spec.metallb.scope: function config (config.yaml:6:12): takes true or false, and the text \"yes\" stands \
         there [config]",
        "error: spec.rules.pool-overlaps: function config (config.yaml:7:26): there is no such rule; did you mean \
         pool-overlap? [config]",
        "error: spec.networks[0].from.vlan: function config (config.yaml:10:18): takes a whole number from 1 to 4094, and \
         the text \"twenty\" stands there [config]",
    ];
    let said = lines.map(|line| format!("{line}\n")).concat();
    let mut plugin = Command::new(BINARY);
    let plugin = process::fed(plugin.current_dir(directory.path()).arg("config.yaml"), POOL)?;
    let eval = run(directory.path(), &["eval", "pool.yaml", "-c", "config.yaml"])?;
    let check = run(directory.path(), &["check", "pool.yaml", "-c", "config.yaml"])?;
    for (ran, code) in [(plugin, 1), (eval, 1), (check, 2)] {
        if ran.code != Some(code) || ran.stderr != said {
            return Err(ran.complain(&format!("exit code {code} and this expected:\n{said}")));
        }
    }
    Ok(())
}
