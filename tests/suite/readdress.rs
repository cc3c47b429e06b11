//! Real manifests re-addressed, stage by stage: nothing of the old networks is left, and nothing else is touched.
//!
//! `fixtures/readdress/<build>.yaml` are configs of our own for builds that are in the corpus only; the project's bases
//! are always tried.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use libtest_mimic::{Failed, Trial};
use multi_rhoso::catalogue::fields::{FIELDS, Field};
use multi_rhoso::find::select;
use multi_rhoso::krm::{Item, Source};
use multi_rhoso::path;
use multi_rhoso::run;
use multi_rhoso::yaml::{self, Node, PointerBuf};
use serde_json::Value;

use crate::addresses::{self, Network};
use crate::corpus::{self, PROJECT};
use crate::fields::{applies, cni_places, cni_rows, ends};

/// Builds of the corpus' `architecture/` for which there is a config.
const BUILDS: [&str; 3] = ["dt__uni07eta", "va__hci", "dt__bgp_dt04_ipv6"];

/// Five networks must fit.
const CONFIG_LINES: usize = 30;

/// What other transforms change: names, namespaces, references to both, annotations, injected endpoints.
const ELSEWHERE: [multi_rhoso::path::Path; 9] = [
    path!("metadata.name"),
    path!("metadata.namespace"),
    path!("spec.ipAddressPools.[]"),
    path!("spec.serviceAllocation.namespaces.[]"),
    path!("spec.**.annotations.*"),
    path!("spec.**.override.**"),
    path!("spec.**.namespace"),
    path!("spec.**.bmhNamespace"),
    path!("metadata.annotations.*"),
];

/// A config, and the stage files that it is for.
struct Build {
    name: String,
    config: Config,
    stages: Vec<PathBuf>,
}

/// Where a config is from.
enum Config {
    /// A file.
    File(PathBuf),
    /// What an address plan makes of a name.
    Planned(PathBuf),
}

/// All tests of re-addressing.
pub(crate) fn trials() -> Vec<Trial> {
    let mut trials = vec![Trial::test("readdress::scanner_works", addresses::scanner_works)];
    for build in builds() {
        trials.push(Trial::test(format!("readdress::{}", build.name), move || build.readdressed()));
    }
    trials
}

fn builds() -> Vec<Build> {
    let own = Path::new(PROJECT).join("overlays");
    let of_overlay = |overlay: &str, base: &str| Build {
        name: overlay.to_owned(),
        config: Config::Planned(own.join(base).join(corpus::PLAN)),
        stages: corpus::files(&own.join(base))
            .into_iter()
            .filter(|path| !path.ends_with(corpus::PLAN))
            .collect(),
    };
    let mut builds = vec![of_overlay("openstack2", "base"), of_overlay("openstack-ipv6", "base-ipv6")];
    let real =
        corpus::directory().map(|corpus| corpus::files(&corpus.join("architecture"))).unwrap_or_default();
    for name in BUILDS.iter().filter(|_| !real.is_empty()) {
        let stage = |path: &&PathBuf| {
            let file = path.file_stem().unwrap_or_default().to_string_lossy();
            file.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with("__"))
        };
        builds.push(Build {
            name: (*name).to_owned(),
            config: Config::File(Path::new(PROJECT).join(format!("fixtures/readdress/{name}.yaml"))),
            stages: real.iter().filter(stage).cloned().collect(),
        });
    }
    builds
}

impl Build {
    fn config(&self) -> Result<String, Failed> {
        let path = match &self.config {
            Config::File(path) => return Ok(fs::read_to_string(path)?),
            Config::Planned(path) => path,
        };
        let text = fs::read_to_string(path)?;
        let sources = [Source::parse(None, &text).map_err(|error| error.to_string())?];
        let items = multi_rhoso::run::items(&sources).map_err(|findings| format!("{findings:?}"))?;
        let item = multi_rhoso::run::plan_item(&items, None)?;
        let (plan, _) =
            multi_rhoso::run::read_ready(item, None).map_err(|findings| format!("{findings:?}"))?;
        let long = multi_rhoso::run::long_config(&plan, item, &self.name);
        Ok(long.map_err(|findings| format!("{findings:?}"))?.to_string())
    }

    fn readdressed(&self) -> Result<(), Failed> {
        let config = self.config()?;
        let lines = config.lines().count();
        if lines > CONFIG_LINES || self.stages.len() < 2 {
            return Err(format!("{lines} lines of config, {} stages", self.stages.len()).into());
        }
        let mut moved = 0;
        for stage in &self.stages {
            let before = fs::read_to_string(stage)?;
            let after = run(&config, &before).map_err(|error| format!("{}: {error}", stage.display()))?;
            moved += Stage::new(&config, &before, &after)?
                .check()
                .map_err(|error| format!("{}: {error}", stage.display()))?;
        }
        if moved > 50 { Ok(()) } else { Err(format!("only {moved} fields have moved").into()) }
    }
}

/// Runs one text, in this process.
pub(crate) fn run(config: &str, text: &str) -> Result<String, String> {
    let config = Source::parse(None, config).map_err(|error| format!("config: {error}"))?;
    let source = Source::parse(None, text).map_err(|error| error.to_string())?;
    let output = run::stream(&config, &[source]);
    if output.failed {
        return Err(output.findings.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"));
    }
    Ok(output.texts.concat())
}

/// A stage before and after.
struct Stage<'t> {
    before: Source<'t>,
    after: Source<'t>,
    networks: Vec<Network>,
    interfaces: BTreeSet<String>,
}

impl<'t> Stage<'t> {
    fn new(config: &str, before: &'t str, after: &'t str) -> Result<Self, Failed> {
        let config: Value = serde_yaml::from_str(config)?;
        let list =
            |pointer: &str| config.pointer(pointer).and_then(Value::as_array).cloned().unwrap_or_default();
        // Without a `to` a network is shared, and stays.
        let networks: Vec<Value> =
            list("/spec/networks").into_iter().filter(|network| network.get("to").is_some()).collect();
        let blocks = networks.iter().filter_map(|network| network.pointer("/from/addresses")?.as_array());
        let interfaces = networks.iter().filter_map(|network| network.pointer("/from/interface")?.as_str());
        let others = list("/spec/interfaces");
        let others = others.iter().filter_map(|interface| interface.get("from")?.as_str());
        let parse = |text| Source::parse(None, text).map_err(|error| error.to_string());
        Ok(Self {
            before: parse(before)?,
            after: parse(after)?,
            networks: blocks.flatten().filter_map(|block| Network::read(block.as_str()?)).collect(),
            interfaces: interfaces.chain(others).map(str::to_owned).collect(),
        })
    }

    /// How many fields have moved, or what is wrong.
    fn check(&self) -> Result<usize, String> {
        let items = |source: &'_ Source<'t>| {
            source.items(0, 0).map_err(|error| error.to_string()).map(|items| items.len())
        };
        if items(&self.before)? != items(&self.after)? {
            return Err("not the same objects".to_owned());
        }
        let old = self.before.items(0, 0).map_err(|error| error.to_string())?;
        let new = self.after.items(0, 0).map_err(|error| error.to_string())?;
        let pairs = old.iter().zip(&new).filter(|(old, _)| old.group() != "kustomize.config.k8s.io");
        pairs
            .map(|(old, new)| self.object(old, new).map_err(|error| format!("{}: {error}", old.reference())))
            .sum()
    }

    fn object(&self, old: &Item<'_>, new: &Item<'_>) -> Result<usize, String> {
        let left = addresses::found(&new.node.to_value(), &self.networks);
        if !left.is_empty() {
            return Err(format!("still there: {left:?}"));
        }
        let node = self.without_the_bases(old)?;
        let rows: Vec<&Field> = FIELDS.iter().filter(|field| applies(field, old)).collect();
        let documents = yaml::parse(&node).map_err(|error| error.to_string())?;
        let root = documents.first().ok_or("no object")?;
        let allowed = places(root, &rows).chain(ELSEWHERE.into_iter().flat_map(|path| {
            select(root, path).into_iter().chain(select(new.node, path)).map(|part| part.pointer)
        }));
        let changed = changed(root, new.node);
        covered(&changed, &allowed.collect())?;
        let configs = select(root, path!("spec.config"));
        for config in configs.iter().filter(|_| old.kind == "NetworkAttachmentDefinition") {
            attachment(config.node.as_str(), new.node.at(&config.pointer).and_then(Node::as_str))?;
        }
        Ok(changed.len())
    }

    /// The object as JSON; a policy without the interfaces that it leaves to the base's.
    fn without_the_bases(&self, item: &Item<'_>) -> Result<String, String> {
        let mut value = item.node.to_value();
        if let Some(Value::Array(list)) = value.pointer_mut("/spec/desiredState/interfaces") {
            list.retain(|interface| {
                interface
                    .get("name")
                    .and_then(Value::as_str)
                    .is_some_and(|name| self.interfaces.contains(name))
            });
        }
        serde_json::to_string(&value).map_err(|error| error.to_string())
    }
}

/// The places that rows select; a range's are its ends.
fn places<'a>(root: &'a Node<'_>, rows: &'a [&Field]) -> impl Iterator<Item = PointerBuf> + 'a {
    rows.iter().flat_map(move |row| {
        select(root, row.path).into_iter().flat_map(move |part| ends(part.pointer, row.syntax))
    })
}

/// The places at which the scalars of two trees differ.
fn changed(old: &Node<'_>, new: &Node<'_>) -> BTreeSet<PointerBuf> {
    let leaves = |node: &Node<'_>| -> Vec<(PointerBuf, Value)> {
        let leaves = select(node, path!("**")).into_iter();
        leaves.map(|leaf| (leaf.pointer, leaf.node.to_value())).collect()
    };
    let (old, new) = (leaves(old), leaves(new));
    let one_sided = |these: &[(PointerBuf, Value)], those: &[(PointerBuf, Value)]| -> Vec<PointerBuf> {
        these.iter().filter(|leaf| !those.contains(leaf)).map(|(place, _)| place.clone()).collect()
    };
    one_sided(&old, &new).into_iter().chain(one_sided(&new, &old)).collect()
}

fn covered(changed: &BTreeSet<PointerBuf>, allowed: &BTreeSet<PointerBuf>) -> Result<(), String> {
    let stray: Vec<String> = changed.difference(allowed).map(ToString::to_string).collect();
    if stray.is_empty() { Ok(()) } else { Err(format!("changed outside of the table: {stray:#?}")) }
}

/// JSON before and after, the same keys, changed only where the table of CNI fields says.
fn attachment(old: Option<&str>, new: Option<&str>) -> Result<(), String> {
    let (old, new) = (old.unwrap_or_default(), new.unwrap_or_default());
    let value = |text: &str| serde_json::from_str::<Value>(text).map_err(|error| format!("no JSON: {error}"));
    if keys(&value(old)?) != keys(&value(new)?) {
        return Err("the CNI configuration has other keys".to_owned());
    }
    let parse = |text| yaml::parse(text).map_err(|error| error.to_string());
    let (old, new) = (parse(old)?, parse(new)?);
    let (old, new) = (old.first().ok_or("empty")?, new.first().ok_or("empty")?);
    let allowed = cni_rows().flat_map(|row| cni_places(old, row)).collect();
    covered(&changed(old, new), &allowed)
}

/// All keys in their order.
fn keys(value: &Value) -> Vec<String> {
    match value {
        Value::Object(fields) => {
            fields.iter().flat_map(|(key, value)| [key.clone()].into_iter().chain(keys(value))).collect()
        }
        Value::Array(values) => values.iter().flat_map(keys).collect(),
        _ => Vec::new(),
    }
}
