//! The laws, over every fixture and every manifest: idempotent, parses again, every pool by the template.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use libtest_mimic::{Failed, Trial};
use multi_rhoso::catalogue::annotations::Meaning;
use multi_rhoso::inventory::annotated;
use multi_rhoso::krm::Source;
use multi_rhoso::run::{self, Output};

use crate::corpus;
use crate::golden::{self, Fixture};
use crate::metallb_verdicts;

const CONFIG: &str = "apiVersion: multi-rhoso.dev/v1alpha1\nkind: OpenStackInstance\nmetadata: {name: two}\n\
                      spec: {namespace: openstack2, from: {namespace: openstack}}\n";

/// Findings that a manifest may rightly fail with: what no run can make work.
const RIGHTFUL: [&str; 6] = [
    "pool-collision",
    "name-collision",
    "netconfig-name",
    "netconfig-subnet",
    "object-twice",
    "field-required",
];

/// A test for each fixture, and one for each manifest.
pub(crate) fn trials() -> Vec<Trial> {
    let fixture =
        |fixture: Fixture| Trial::test(format!("laws::fixture::{}", fixture.name), move || again(&fixture));
    let manifest =
        |path: PathBuf| Trial::test(format!("laws::manifest::{}", short(&path)), move || holds(&path));
    let fixtures = golden::fixtures().into_iter().map(fixture);
    fixtures.chain(corpus::manifests().into_iter().map(manifest)).collect()
}

fn short(path: &std::path::Path) -> String {
    let parent = path.parent().and_then(|parent| parent.file_name()).unwrap_or_default().to_string_lossy();
    format!("{parent}/{}", path.file_name().unwrap_or_default().to_string_lossy())
}

/// A fixture's output as input gives itself.
fn again(fixture: &Fixture) -> Result<(), Failed> {
    let (input, is_list) = fixture.input().ok_or("no input")?;
    let text = fs::read_to_string(input)?;
    let first = fixture.run(&text, is_list)?;
    if first.code != Some(0) {
        return Ok(());
    }
    // A plan is not printed, has to be there again, and leaves the mark of an empty document.
    let plans = plans(&text);
    let second = fixture.run(&format!("{plans}{}", first.stdout), is_list)?;
    let printed = |text: &str| {
        let text = without_results(text);
        if plans.is_empty() { text } else { text.trim_start_matches(['-', '\n']).to_owned() }
    };
    if second.code == Some(0) && printed(&second.stdout) == printed(&first.stdout) {
        return Ok(());
    }
    Err(second.complain("the second run changed what the first had printed"))
}

/// The address plans of a stream of documents.
fn plans(text: &str) -> String {
    let is_plan = |document: &&str| document.lines().any(|line| line == "kind: AddressPlan");
    text.split("---\n").filter(is_plan).map(|plan| plan.to_owned() + "---\n").collect::<Vec<_>>().concat()
}

/// A list without its results, which say what the run found in its own input.
fn without_results(text: &str) -> String {
    let mut inside = false;
    let kept = text.lines().filter(|line| {
        inside = *line == "results:" || (inside && line.starts_with([' ', '-']));
        !inside
    });
    kept.collect::<Vec<_>>().join("\n")
}

fn holds(path: &PathBuf) -> Result<(), Failed> {
    let text = fs::read_to_string(path)?;
    let first = transformed(&text)?;
    if first.failed {
        return rightful(path, &first);
    }
    let printed = first.texts.concat();
    let second = transformed(&printed)?;
    if second.texts.concat() != printed {
        return Err("the second run changed what the first had printed".into());
    }
    names_follow(&text, &printed)
}

fn transformed(text: &str) -> Result<Output, Failed> {
    let config = Source::parse(None, CONFIG).map_err(|error| format!("config: {error}"))?;
    let source = Source::parse(None, text).map_err(|error| format!("manifest: {error}"))?;
    Ok(run::stream(&config, &[source]))
}

fn rightful(path: &Path, output: &Output) -> Result<(), Failed> {
    let errors =
        output.findings.iter().filter(|finding| finding.severity == multi_rhoso::krm::Severity::Error);
    let wrong: Vec<String> =
        errors.filter(|finding| !is_rightful(path, finding.rule)).map(ToString::to_string).collect();
    if wrong.is_empty() { Ok(()) } else { Err(wrong.join("\n").into()) }
}

fn is_rightful(path: &Path, rule: &str) -> bool {
    RIGHTFUL.contains(&rule) || metallb_verdicts::rightful(path, rule)
}

/// Every pool that the input asks for is asked for by its instance's name, and no other but injected ones.
fn names_follow(before: &str, after: &str) -> Result<(), Failed> {
    let wanted: BTreeSet<String> = pools(before)?.iter().map(|name| renamed(name)).collect();
    let got = pools(after)?;
    if let Some(missing) = wanted.iter().find(|name| !got.contains(*name)) {
        return Err(format!("{missing} is asked for no more").into());
    }
    match got.iter().find(|name| !name.is_empty() && !name.starts_with("openstack2-")) {
        Some(stray) => Err(format!("{stray} is asked for still").into()),
        None => Ok(()),
    }
}

fn renamed(name: &str) -> String {
    let bare = name.strip_prefix("openstack-").unwrap_or(name);
    if bare.starts_with("openstack2-") || bare.is_empty() {
        bare.to_owned()
    } else {
        format!("openstack2-{bare}")
    }
}

/// The values of every `address-pool` outside of data, local config and shared objects.
fn pools(text: &str) -> Result<BTreeSet<String>, Failed> {
    let source = Source::parse(None, text).map_err(|error| format!("the output does not parse: {error}"))?;
    let items = source.items(0, 0).map_err(|error| error.to_string())?;
    let carriers = items.iter().filter(|item| {
        item.annotation("config.kubernetes.io/local-config").is_none()
            && !matches!(item.kind, "ConfigMap" | "Secret")
    });
    let each = carriers.flat_map(|item| annotated(item.node));
    let pools = each.filter(|annotation| annotation.key.meaning == Meaning::AddressPool);
    Ok(pools.map(|annotation| annotation.value.to_owned()).collect())
}
