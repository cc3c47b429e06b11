//! Nothing left behind in silence: whatever of the base's is planted anywhere in any object is named, and what an
//! independent scanner finds in the output of a run is either named or may stay by the table.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use libtest_mimic::{Failed, Trial};
use multi_rhoso::catalogue::stays::{Kept, STAYS, Stay, While};
use multi_rhoso::krm::{Finding, Item, Source};
use multi_rhoso::run;
use multi_rhoso::yaml::Node;
use serde_json::{Value, json};

use crate::addresses::{self, Network};
use crate::corpus::{self, PROJECT};

/// All tests of what is left behind.
pub(crate) fn trials() -> Vec<Trial> {
    let mut trials = vec![Trial::test("left::each_reason_is_explained", reasons)];
    for path in manifests() {
        let below = |path: Option<&Path>| {
            path.and_then(Path::file_name).map(|name| name.to_string_lossy().into_owned())
        };
        let name =
            [below(path.parent()), below(Some(&path))].into_iter().flatten().collect::<Vec<_>>().join("/");
        trials.push(Trial::test(format!("left::{name}"), move || nothing_unsaid(&path)));
    }
    trials
}

/// The project's own bases, and the real manifests where they are at hand.
fn manifests() -> Vec<PathBuf> {
    let own = ["overlays/base", "overlays/base-ipv6"].map(|base| Path::new(PROJECT).join(base));
    let real = corpus::directory().into_iter().flat_map(|corpus| {
        ["architecture", "samples", "install_yamls"].map(|below| corpus.join(below)).into_iter()
    });
    let files = own.into_iter().chain(real).flat_map(|directory| corpus::files(&directory));
    files.filter(|file| !file.ends_with("kustomization.yaml")).collect()
}

/// What each object gets in a place that no table knows, and nothing in the words of a finding gives away.
fn planted() -> Vec<(&'static str, Value)> {
    vec![
        ("address", json!("tcp:172.17.0.81:6642")),
        ("network", json!(["10.1.1.1", "172.17.0.0/24"])),
        ("six", json!({"deep": [{"in": "[FD00:BBBB::0081]:80"}]})),
        ("domain", json!("a.InternalAPI.example.com.")),
        ("host", json!("https://nova-internal.openstack.svc:8774/v2.1")),
        ("route", json!("swift-public-openstack.apps.example.com")),
        ("targetNamespace", json!("openstack")),
        ("interface", json!("internalapi")),
        ("any", json!("ens-base-7")),
        ("some_vlan_id", json!(20)),
        ("template", json!("- type: vlan\n  vlan_id: 20\n")),
        ("keys", json!({"172.17.0.82": true})),
    ]
}

/// Runs a file with and without what is planted.
fn nothing_unsaid(path: &Path) -> Result<(), Failed> {
    let text = fs::read_to_string(path)?;
    let config = config();
    let source = Source::parse(None, &text).map_err(|error| error.to_string())?;
    let items = source.items(0, 0).map_err(|error| error.to_string())?;
    let items: Vec<&Item<'_>> = items.iter().filter(|item| is_tried(item)).collect();
    let plain: Vec<Value> = items.iter().map(|item| item.node.to_value()).collect();
    scanned(&config, &plain)?;
    let bait: Vec<Value> = plain.iter().map(baited).collect();
    let (text, findings) = made(&config, &bait)?;
    let after = Source::parse(None, &text).map_err(|error| error.to_string())?;
    let after = after.items(0, 0).map_err(|error| error.to_string())?;
    for (item, new) in items.iter().zip(&after) {
        let said = findings.iter().find(|finding| is_about(finding, "left-behind", item));
        let said = said.map(|finding| format!("{} {:?}", finding.message, finding.field)).unwrap_or_default();
        let stands = |key: &str, value: &Value| {
            new.node.get("spec").and_then(|spec| spec.get("planted")?.get(key)).map(Node::to_value).as_ref()
                == Some(value)
        };
        let missing = planted().into_iter().filter(|(key, value)| {
            !may_stay(item, key) && stands(key, value) && !said.contains(&format!("planted.{key}"))
        });
        let missing: Vec<&str> = missing.map(|(key, _)| key).collect();
        if !missing.is_empty() {
            return Err(
                format!("{}: {missing:?} are neither moved nor named in {said:?}", item.reference()).into()
            );
        }
    }
    Ok(())
}

/// Objects that the run changes at all: not the configuration of tools, not a schema.
fn is_tried(item: &Item<'_>) -> bool {
    let local = item.annotation("config.kubernetes.io/local-config") == Some("true");
    !local && item.group() != "kustomize.config.k8s.io" && item.kind != "CustomResourceDefinition"
}

/// Whether a row of the table lets what is planted be; the run here shares peers and has policies of its own, as the
/// defaults are.
fn may_stay(item: &Item<'_>, key: &str) -> bool {
    let kept = |stay: &Stay| match stay.kept {
        Kept::All => true,
        Kept::Interfaces => ["interface", "any"].contains(&key),
        Kept::Hosts | Kept::Nodes => false,
    };
    STAYS.iter().filter(|stay| stay.when != While::PoliciesAreTheBases).any(|stay| {
        let is = |word: &str, own: &str| word == "*" || word == own;
        let is_it = is(stay.group, item.group()) && is(stay.kind, item.kind) && is(stay.name, item.name());
        is_it && kept(stay) && stay.path.fits(&["spec", "planted", key])
    })
}

fn baited(object: &Value) -> Value {
    let mut object = object.clone();
    let bait: serde_json::Map<String, Value> =
        planted().into_iter().map(|(key, value)| (key.to_owned(), value)).collect();
    if let Some(fields) = object.as_object_mut() {
        let spec = fields.entry("spec").or_insert_with(|| json!({}));
        if !spec.is_object() {
            *spec = json!({});
        }
        spec["planted"] = Value::Object(bait);
    }
    object
}

/// What the scanner finds in the output is said, or may stay.
fn scanned(config: &str, objects: &[Value]) -> Result<(), Failed> {
    let (text, findings) = made(config, objects)?;
    let networks: Vec<Network> =
        ["172.17.0.0/24", "fd00:bbbb::/64"].into_iter().filter_map(Network::read).collect();
    let source = Source::parse(None, &text).map_err(|error| error.to_string())?;
    for item in source.items(0, 0).map_err(|error| error.to_string())? {
        let found = addresses::found(&item.node.to_value(), &networks);
        let named = ["left-behind", "address-stays", "shared-interface"];
        let is_said = named.iter().any(|rule| findings.iter().any(|finding| is_about(finding, rule, &item)));
        if !found.is_empty() && !is_said && !may_stay(&item, "address") {
            return Err(format!("{}: {found:?} are left and nothing is said", item.reference()).into());
        }
    }
    Ok(())
}

/// By kind and name: the run moves the namespace.
fn is_about(finding: &Finding, rule: &str, item: &Item<'_>) -> bool {
    let is_it = finding.resource.as_ref().is_some_and(|one| one.kind == item.kind && one.name == item.name());
    finding.rule == rule && is_it
}

/// The objects as a stream, run: text and findings. Rules of the finished list are off, as the bait is no field of any kind.
fn made(config: &str, objects: &[Value]) -> Result<(String, Vec<Finding>), Failed> {
    let texts: Vec<String> = objects.iter().map(ToString::to_string).collect();
    let text = texts.join("\n---\n");
    let parse = |text| Source::parse(None, text).map_err(|error| error.to_string());
    let output = run::stream(&parse(config)?, &[parse(&text)?]);
    if output.failed {
        let told: Vec<String> = output.findings.iter().map(ToString::to_string).collect();
        return Err(told.join("\n").into());
    }
    Ok((output.texts.concat(), output.findings))
}

fn config() -> String {
    let off = multi_rhoso::rules::rules().filter(|rule| {
        use multi_rhoso::rules::Check::{List, Made};
        matches!(rule.check, List(_) | Made(_)) && rule.is_settable()
    });
    let rules: serde_json::Map<String, Value> =
        off.map(|rule| (rule.name.to_owned(), json!("off"))).collect();
    let side = |second: &str, six: &str, vlan: u16, suffix: &str| {
        json!({"addresses": [second, six], "vlan": vlan, "interface": format!("internalapi{suffix}"),
               "dnsDomain": format!("internalapi{suffix}.example.com")})
    };
    let network = json!({"name": "internalapi", "from": side("172.17.0.0/24", "fd00:bbbb::/64", 20, ""),
                         "to": side("172.227.0.0/24", "fd00:b2b2::/64", 920, "2")});
    json!({
        "apiVersion": "multi-rhoso.dev/v1alpha1", "kind": "OpenStackInstance", "metadata": {"name": "two"},
        "spec": {"namespace": "two", "from": {"namespace": "openstack"}, "endpoints": {"inject": false}, "rules": rules,
                 "networks": [network], "interfaces": [{"from": "ens-base-7", "to": "ens-own-7"}]}
    })
    .to_string()
}

/// Each reason of the table stands in the rule's section.
fn reasons() -> Result<(), Failed> {
    let explained = multi_rhoso::rules::explanations().get("left-behind").copied().unwrap_or_default();
    let words = explained.split_whitespace().collect::<Vec<_>>().join(" ");
    let whys: BTreeSet<&str> = STAYS.iter().map(|stay| stay.why).collect();
    let missing: Vec<&&str> = whys.iter().filter(|why| !words.contains(*why)).collect();
    if missing.is_empty() { Ok(()) } else { Err(format!("docs/rules.md does not say {missing:?}").into()) }
}
