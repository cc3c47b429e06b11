//! The examples of `docs/ci/`: their commands, out of the files that people copy, on a change that is right and on changes that are not.

use std::fs;
use std::path::Path;

use serde_json::Value;

use libtest_mimic::Failed;

use super::pages::{clone, shell};
use super::process::{self, Ran};
use super::sandbox::PROJECT;
use super::tools::{self, Tool};
use super::{Case, Outcome};

const NEEDS: [Tool; 4] = [Tool::Kustomize, Tool::Kubectl, Tool::Git, Tool::StaticBinary];

/// What is tested here.
pub(crate) fn cases() -> Vec<Case> {
    let pre_commit: Vec<Tool> = NEEDS.into_iter().chain([Tool::PreCommit]).collect();
    vec![
        Case::new("ci::github", &NEEDS, || each(&github)),
        Case::new("ci::gitlab", &NEEDS, || each(&gitlab)),
        Case::new("ci::pre_commit", &pre_commit, || each(&by_pre_commit)),
    ]
}

/// A change in a clone, as commands make it, and whether CI is to take it; else what it says.
struct Change {
    made_by: &'static str,
    refused: Option<&'static str>,
}

const CHANGES: [Change; 3] = [
    Change { made_by: "multi-rhoso new openstack4 --plan overlays/base/plan.yaml", refused: None },
    Change {
        made_by: "sed -i 's/openstack2: 2$/openstack2: 5/' overlays/base/plan.yaml",
        refused: Some("openstack2"),
    },
    Change {
        made_by: "sed -i '0,/- 192.168.122.80-192.168.122.90/s//- 172.17.0.80-172.17.0.90/' overlays/base/pools.yaml",
        refused: Some("pool-overlap"),
    },
];

/// Every change in a clone of its own, on a branch beside what is there.
fn each(ci: &dyn Fn(&Path) -> Result<Ran, Failed>) -> Outcome {
    for change in CHANGES {
        let clone = clone()?;
        let branch = "git clone --quiet --bare . .origin && git remote add origin \"$PWD/.origin\" && \
                      git fetch --quiet origin && git checkout --quiet -b change";
        process::ok(&mut shell(clone.path(), branch)?)?;
        process::ok(&mut shell(clone.path(), change.made_by)?)?;
        let ran = ci(clone.path())?;
        match change.refused {
            None => drop(process::expect_code(ran, 0)?),
            Some(words) if ran.code == Some(0) || !(ran.stdout.clone() + &ran.stderr).contains(words) => {
                return Err(ran.complain(&format!("`{}` should be refused: {words}", change.made_by)));
            }
            Some(_) => {}
        }
    }
    Ok(())
}

fn read(name: &str) -> Result<Value, Failed> {
    Ok(serde_yaml::from_str(&fs::read_to_string(Path::new(PROJECT).join("docs/ci").join(name))?)?)
}

/// The steps that are commands, as the runner runs them; the first one that fails ends the job. The summary shows the difference.
fn github(clone: &Path) -> Result<Ran, Failed> {
    let file = read("github-actions.yaml")?;
    let steps = file.pointer("/jobs/instances/steps").and_then(Value::as_array).ok_or("no steps")?;
    let commands =
        steps.iter().filter(|step| step["name"] != "install").filter_map(|step| step["run"].as_str());
    let mut last = None;
    for command in commands {
        let summary = clone.join("summary.md");
        let mut step = shell(clone, &command.replace("../was", ".was"))?;
        step.env("GITHUB_BASE_REF", "main").env("GITHUB_STEP_SUMMARY", summary);
        let ran = process::run(&mut step)?;
        if ran.code != Some(0) {
            return Ok(ran);
        }
        last = Some(ran);
    }
    let ran = last.ok_or("no commands")?;
    let shows =
        |file: &str, words: &str| fs::read_to_string(clone.join(file)).is_ok_and(|text| text.contains(words));
    if shows("summary.md", "+  name: openstack4-internalapi") && shows("multi-rhoso.sarif", "2.1.0") {
        return Ok(ran);
    }
    Err(ran.complain("the summary does not show the new instance, or there is no SARIF"))
}

fn gitlab(clone: &Path) -> Result<Ran, Failed> {
    let file = read("gitlab-ci.yaml")?;
    let script = file.pointer("/instances/script").and_then(Value::as_array).ok_or("no script")?;
    let lines: Vec<&str> = script.iter().filter_map(Value::as_str).collect();
    let mut job = shell(clone, &lines.join("\n").replace("../was", ".was"))?;
    process::run(job.env("CI_MERGE_REQUEST_TARGET_BRANCH_NAME", "main"))
}

/// The real pre-commit, over what is about to be committed.
fn by_pre_commit(clone: &Path) -> Result<Ran, Failed> {
    fs::copy(
        Path::new(PROJECT).join("docs/ci/pre-commit-config.yaml"),
        clone.join(".pre-commit-config.yaml"),
    )?;
    let pre_commit = tools::path(Tool::PreCommit)?.display();
    process::run(&mut shell(
        clone,
        &format!("git add --all overlays .pre-commit-config.yaml && '{pre_commit}' run --verbose"),
    )?)
}
