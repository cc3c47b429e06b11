//! `plan --init` over the project's bases and over each instance of the corpus that has a `NetConfig`: the plan that it
//! writes has no error, and all that is given out is slot 1's, or named in a comment.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use libtest_mimic::{Failed, Trial};
use multi_rhoso::address::Block;
use multi_rhoso::krm::{Severity, Source};
use multi_rhoso::model::{Model, shown};
use multi_rhoso::{draft, run};

use crate::corpus::{self, PROJECT};

/// A test for each instance.
pub(crate) fn trials() -> Vec<Trial> {
    let trial = |(name, files): (String, Vec<PathBuf>)| {
        Trial::test(format!("plan_init::{name}"), move || drafted(&files).map(drop))
    };
    let mut trials: Vec<Trial> = groups().into_iter().map(trial).collect();
    trials.push(Trial::test("plan_init::the_base_is_complete", base));
    trials
}

/// The files of each instance: those of one scenario of the architecture repository are its stages.
fn groups() -> BTreeMap<String, Vec<PathBuf>> {
    let own = ["overlays/base", "overlays/base-ipv6"];
    let own = own.map(|name| (name.to_owned(), corpus::files(&Path::new(PROJECT).join(name))));
    let mut groups: BTreeMap<String, Vec<PathBuf>> = own.into_iter().collect();
    let real = corpus::directory().into_iter().flat_map(|corpus| corpus::files(&corpus));
    for file in real {
        let name = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let parent =
            file.parent().and_then(Path::file_name).unwrap_or_default().to_string_lossy().into_owned();
        match parent.as_str() {
            "architecture" => {
                let scenario: Vec<&str> = name.split("__").take(2).collect();
                groups.entry(format!("architecture/{}", scenario.join("/"))).or_default().push(file);
            }
            "ipv4" | "ipv6" => groups.entry(format!("install_yamls/{parent}")).or_default().push(file),
            _ => {}
        }
    }
    let has_networks = |path: &PathBuf| {
        fs::read_to_string(path).is_ok_and(|text| text.lines().any(|line| line == "kind: NetConfig"))
    };
    groups.retain(|_, files| files.iter().any(has_networks));
    groups
}

/// The plan of an instance's files, which holds.
fn drafted(files: &[PathBuf]) -> Result<String, Failed> {
    let texts = files.iter().map(fs::read_to_string).collect::<Result<Vec<_>, _>>()?;
    let sources = parsed(&texts)?;
    let items = run::items(&sources).map_err(|findings| told(&findings))?;
    let model = Model::new(&items);
    let text = draft::plan(&model)?;
    let plan_sources = parsed(std::slice::from_ref(&text))?;
    let plan_items = run::items(&plan_sources).map_err(|findings| told(&findings))?;
    let item = run::plan_item(&plan_items, None)?;
    let (plan, findings) = run::read_ready(item, None).map_err(|findings| told(&findings))?;
    if findings.iter().any(|finding| finding.severity == Severity::Error) {
        return Err(format!("{}\n{text}", told(&findings)).into());
    }
    let space: Vec<Block> = plan.networks.iter().flat_map(|network| network.addresses.clone()).collect();
    let comments: Vec<&str> = text.lines().filter_map(|line| line.trim_start().strip_prefix("# ")).collect();
    let comments = comments.join(" ");
    let is_known = |block: &Block| block.is_covered(&space) || comments.contains(&shown(block));
    let given = model.claims().all.iter().filter(|claim| claim.kind.is_given());
    let lost: Vec<String> = given
        .filter(|claim| !is_known(&claim.block))
        .map(|claim| format!("{} of {}", claim.block, claim.of))
        .collect();
    if lost.is_empty() { Ok(text) } else { Err(format!("lost: {lost:?}\n{text}").into()) }
}

fn parsed(texts: &[String]) -> Result<Vec<Source<'_>>, Failed> {
    texts.iter().map(|text| Source::parse(None, text).map_err(|error| error.to_string().into())).collect()
}

fn told(findings: &[multi_rhoso::krm::Finding]) -> String {
    findings.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

/// Every fact of every network is there.
fn base() -> Result<(), Failed> {
    let text = drafted(&corpus::files(&Path::new(PROJECT).join("overlays/base")))?;
    let plan: serde_json::Value = serde_yaml::from_str(&text)?;
    let networks = plan["spec"]["networks"].as_array().ok_or("no networks")?;
    let expected = [
        ("ctlplane", "192.168.122.0/24", None, Some("ospbr")),
        ("internalapi", "172.17.0.0/24", Some(20), Some("internalapi")),
        ("storage", "172.18.0.0/24", Some(21), Some("storage")),
        ("tenant", "172.19.0.0/24", Some(22), Some("tenant")),
        ("external", "10.0.0.0/24", None, None),
    ];
    for (network, (name, addresses, vlan, interface)) in networks.iter().zip(expected) {
        let wanted = serde_json::json!({
            "name": name,
            "addresses": [addresses],
            "step": "0.0.10.0",
            "dnsDomain": format!("{name}.example.com"),
        });
        let mut is = network.clone();
        let fields = is.as_object_mut().ok_or("no network")?;
        let (is_vlan, is_interface) = (fields.remove("vlan"), fields.remove("interface"));
        let same = is_vlan.as_ref().and_then(serde_json::Value::as_u64) == vlan
            && is_interface.as_ref().and_then(serde_json::Value::as_str) == interface;
        if is != wanted || !same {
            return Err(format!("want {wanted}, is {network}").into());
        }
    }
    let is_whole = networks.len() == expected.len() && plan["spec"]["instances"]["openstack"] == 1;
    if is_whole && text.contains("# - {from: enp6s0, to: []}") { Ok(()) } else { Err(text.into()) }
}
