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
    vec![Trial::test("readme::its_instance_can_be_made", instance)]
}

/// No finding on the way, and none of the instance beside the one of the base.
fn instance() -> Result<(), Failed> {
    let readme = fs::read_to_string(Path::new(PROJECT).join("README.md"))?;
    let added = made(&config(&readme).ok_or("the README adds no instance")?)?;
    let overlay = Path::new(PROJECT).join("overlays/openstack/instance/openstack.yaml");
    let first = made(&fs::read_to_string(overlay)?)?;
    let parse = |text| Source::parse(None, text).map_err(|error| error.to_string());
    let both = run::check(None, &Crds::default(), &[parse(&first)?, parse(&added)?]);
    let findings = both.map_err(|findings| told(&findings))?.findings;
    let errors: Vec<_> = findings
        .into_iter()
        .filter(|finding| finding.severity == multi_rhoso::krm::Severity::Error)
        .collect();
    if errors.is_empty() { Ok(()) } else { Err(told(&errors).into()) }
}

/// The README's config for `openstack4`, out of its list.
fn config(readme: &str) -> Option<String> {
    let block = readme.split("```yaml\n").find(|block| block.contains("name: openstack4\n"))?;
    let lines = block.split("```").next()?.lines().map(|line| line.strip_prefix("   ").unwrap_or(line));
    Some(lines.collect::<Vec<_>>().join("\n"))
}

/// The base as one instance; a finding is an error.
fn made(config: &str) -> Result<String, Failed> {
    let files = corpus::files(&Path::new(PROJECT).join("overlays/base"));
    let texts: Vec<String> = files
        .iter()
        .filter(|file| !file.ends_with("kustomization.yaml"))
        .map(fs::read_to_string)
        .collect::<Result<_, _>>()?;
    let parse = |text| Source::parse(None, text).map_err(|error| error.to_string());
    let sources = texts.iter().map(|text| parse(text)).collect::<Result<Vec<_>, _>>()?;
    let output = run::stream(&parse(config)?, &sources);
    // Two policies of one node cannot both set its resolvers: that is said, and true.
    let others: Vec<_> =
        output.findings.into_iter().filter(|finding| finding.rule != "node-global").collect();
    if !others.is_empty() {
        return Err(told(&others).into());
    }
    Ok(output.texts.join("\n---\n"))
}

fn told(findings: &[multi_rhoso::krm::Finding]) -> String {
    findings.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}
