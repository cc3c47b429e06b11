//! The README's own words at work: its before becomes its after, and the instances that it and the pages add are made of the base
//! that is here.

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
        Trial::test("readme::its_before_becomes_its_after", before_and_after),
        Trial::test("readme::its_instance_can_be_made", || instance("README.md")),
        Trial::test("readme::the_page_of_the_config_makes_an_instance", || instance("docs/config.md")),
        Trial::test("readme::the_page_of_the_plan_makes_an_instance", planned),
    ]
}

/// Two policies of one node cannot both set its resolvers, and what all share is one's to print: that is said, and true.
const OF_NODES: [&str; 2] = ["node-global", "shared-object"];

/// No finding on the way, and none of the instance beside the one of the base.
fn instance(page: &str) -> Result<(), Failed> {
    let page = fs::read_to_string(Path::new(PROJECT).join(page))?;
    let added = made(&config(&page, "  name: openstack4\n").ok_or("the page adds no instance")?, None)?;
    beside_the_base(&added)
}

/// The same by the plan of its page.
fn planned() -> Result<(), Failed> {
    let page = fs::read_to_string(Path::new(PROJECT).join("docs/plan.md"))?;
    let plan = config(&page, "\n  slots: 5 ").ok_or("the page has no plan")?;
    let config = config(&page, "\n  plan: plan").ok_or("the page has no config by a plan")?;
    beside_the_base(&made(&config, Some(plan))?)
}

/// The text that the README shows is the function's, to the letter.
fn before_and_after() -> Result<(), Failed> {
    let readme = fs::read_to_string(Path::new(PROJECT).join("README.md"))?;
    let before = config(&readme, "  name: internalapi\n").ok_or("the README has no before")?;
    let after = config(&readme, "  name: openstack2-internalapi\n").ok_or("the README has no after")?;
    let instance = "apiVersion: multi-rhoso.dev/v1alpha1\nkind: OpenStackInstance\nmetadata: {name: openstack2}\nspec:\n  \
                    namespace: openstack2\n  from: {namespace: openstack}\n  networks:\n  - name: internalapi\n    \
                    from: {addresses: [172.17.0.0/24], vlan: 20, interface: internalapi}\n    \
                    to: {addresses: [172.27.0.0/24], vlan: 30, interface: internalapi2}\n";
    let parse = |text| Source::parse(None, text).map_err(|error| error.to_string());
    let output = run::stream(&parse(instance)?, &[parse(&before)?]);
    let made = output.texts.concat();
    if made == after { Ok(()) } else { Err(format!("{}\nmade\n{made}", told(&output.findings)).into()) }
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

/// The block of a page that holds some words.
fn config(page: &str, words: &str) -> Option<String> {
    let blocks = page.split("```yaml\n").skip(1).filter_map(|block| block.split("```").next());
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
