//! Any text as a config, and as an address plan: what is wrong is said in lines of their own, a run of a small base is
//! idempotent, a plan that is ready is printed in every form.
#![no_main]

use libfuzzer_sys::fuzz_target;
use multi_rhoso::config::{self, Config, Instance};
use multi_rhoso::krm::{Finding, Source};
use multi_rhoso::report::{self, PlanFormat};
use multi_rhoso::run;
use multi_rhoso::yaml;

/// Something of all that a config moves.
const BASE: &str = concat!(
    include_str!("../../fixtures/hosts/manifests.yaml"),
    "---\n",
    include_str!("../../fixtures/network-control-plane/manifests.yaml"),
    "---\n",
    include_str!("../../fixtures/network-metallb/manifests.yaml"),
    "---\n",
    include_str!("../../fixtures/network-node-policies-replace/manifests.yaml"),
);

fn said(findings: &[Finding]) {
    for finding in findings {
        assert!(!finding.message.is_empty() && !finding.message.contains('\n'), "{}", finding.message);
    }
}

/// The instances' long configs, each of which is a config.
fn plans(source: &Source<'_>) {
    let Ok(items) = run::items([source]) else { return };
    let Ok(item) = run::plan_item(&items, None) else { return };
    let plan = match run::read_ready(item, None) {
        Ok((plan, findings)) => {
            said(&findings);
            plan
        }
        Err(findings) => return said(&findings),
    };
    for format in [PlanFormat::Text, PlanFormat::Json, PlanFormat::Markdown, PlanFormat::Html] {
        assert!(!report::print_plan(item.name(), &plan, format).is_empty());
    }
    for name in plan.instances.keys() {
        match run::long_config(&plan, item, name) {
            Err(findings) => said(&findings),
            Ok(config) => {
                let text = yaml::document(&config);
                let again = yaml::parse(&text).expect("a config that was printed");
                let (_, wrong) = config::read(&again[0]).expect("a config's kind");
                assert!(wrong.is_empty(), "{text}");
            }
        }
    }
}

/// What a run gives is what a run of that gives.
fn idempotent(config: &Source<'_>) {
    let base = Source::parse(None, BASE).expect("a base");
    let first = run::stream(config, &[base]);
    said(&first.findings);
    if first.failed {
        return;
    }
    let printed = first.texts.concat();
    let second = run::stream(config, &[Source::parse(None, &printed).expect("what was printed")]);
    assert!(!second.failed, "{:?}", second.findings);
    assert_eq!(second.texts.concat(), printed);
}

fuzz_target!(|text: &str| {
    let Ok(source) = Source::parse(None, text) else { return };
    for document in &source.documents {
        let Ok((config, _)) = config::read(document) else { continue };
        if let Config::Instance(spec) = config {
            let _ = Instance::new(*spec, "openstack2");
        }
    }
    plans(&source);
    if source.documents.len() == 1 {
        idempotent(&source);
    }
});
