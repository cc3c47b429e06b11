//! The README's own words at work: the instance that it adds in five minutes is made of the base that is here.

use std::fs;
use std::path::Path;

use libtest_mimic::{Failed, Trial};
use multi_rhoso::catalogue::crd::Crds;
use multi_rhoso::krm::Source;
use multi_rhoso::run;

use crate::corpus::{self, PROJECT};

/// All tests of the README.
pub(crate) fn trials() -> Vec<Trial> {
    vec![
        Trial::test("readme::its_instance_can_be_made", instance),
        Trial::test("readme::its_plan_makes_an_instance", planned),
    ]
}

/// Two policies of one node cannot both set its resolvers, and what all share is one's to print: that is said, and true.
const OF_NODES: [&str; 2] = ["node-global", "shared-object"];

/// No finding on the way, and none of the instance beside the one of the base.
fn instance() -> Result<(), Failed> {
    let readme = fs::read_to_string(Path::new(PROJECT).join("README.md"))?;
    let added = made(&config(&readme, "  name: openstack4\n").ok_or("the README adds no instance")?, None)?;
    beside_the_base(&added)
}

/// The same by the README's plan.
fn planned() -> Result<(), Failed> {
    let readme = fs::read_to_string(Path::new(PROJECT).join("README.md"))?;
    let plan = config(&readme, "\n  slots: 5 ").ok_or("the README has no plan")?;
    let config = config(&readme, "\n  plan: plan").ok_or("the README has no config by a plan")?;
    beside_the_base(&made(&config, Some(plan))?)
}

/// No error of an instance beside the base's own.
fn beside_the_base(added: &str) -> Result<(), Failed> {
    let overlay = Path::new(PROJECT).join("overlays/openstack/instance/openstack.yaml");
    let first = made(&fs::read_to_string(overlay)?, None)?;
    let parse = |text| Source::parse(None, text).map_err(|error| error.to_string());
    let both = run::check(None, &Crds::default(), &[parse(&first)?, parse(added)?]);
    let findings = both.map_err(|findings| told(&findings))?.findings;
    let errors: Vec<_> = findings
        .into_iter()
        .filter(|finding| finding.severity == multi_rhoso::krm::Severity::Error)
        .collect();
    if errors.is_empty() { Ok(()) } else { Err(told(&errors).into()) }
}

/// The block of the README that holds some words.
fn config(readme: &str, words: &str) -> Option<String> {
    let blocks = readme.split("```yaml\n").skip(1).filter_map(|block| block.split("```").next());
    let lines = |block: &str| -> Vec<String> {
        block.lines().map(|line| line.strip_prefix("   ").unwrap_or(line).to_owned()).collect()
    };
    let is_indented = |block: &str| block.starts_with("   ");
    let mut found = blocks.filter(|block| block.contains(words));
    found.next().map(|block| if is_indented(block) { lines(block).join("\n") } else { block.to_owned() })
}

/// The base as one instance; a finding is an error. With a plan, that is in the place of the base's own; a config that
/// names none has none.
fn made(config: &str, plan: Option<String>) -> Result<String, Failed> {
    let files = corpus::files(&Path::new(PROJECT).join("overlays/base"));
    let has_own = plan.is_some() || !config.contains("plan: plan");
    let texts: Vec<String> = files
        .iter()
        .filter(|file| !(file.ends_with("kustomization.yaml") || has_own && file.ends_with(corpus::PLAN)))
        .map(fs::read_to_string)
        .chain(plan.map(Ok))
        .collect::<Result<_, _>>()?;
    let parse = |text| Source::parse(None, text).map_err(|error| error.to_string());
    let sources = texts.iter().map(|text| parse(text)).collect::<Result<Vec<_>, _>>()?;
    let output = run::stream(&parse(config)?, &sources);
    let others: Vec<_> =
        output.findings.into_iter().filter(|finding| !OF_NODES.contains(&finding.rule)).collect();
    if !others.is_empty() {
        return Err(told(&others).into());
    }
    Ok(output.texts.join("\n---\n"))
}

fn told(findings: &[multi_rhoso::krm::Finding]) -> String {
    findings.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}
