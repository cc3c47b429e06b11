//! The table of CRD fields against the CRDs: where the corpus is at hand it is made of them again and must be the same.
//!
//! `UPDATE=1` writes it.

use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::path::Path;

use libtest_mimic::{Failed, Trial};
use multi_rhoso::catalogue::crd::{self, Known};
use serde_json::Value;

use crate::corpus::{self, PROJECT};

const TABLE: &str = "src/catalogue/crd_fields.txt";
const KINDS: [&str; 11] = [
    "core.openstack.org_openstackcontrolplanes",
    "dataplane.openstack.org_openstackdataplanenodesets",
    "metallb.io_bgpadvertisements",
    "metallb.io_bgppeers",
    "metallb.io_ipaddresspools",
    "metallb.io_l2advertisements",
    "network.openstack.org_dnsdata",
    "network.openstack.org_dnsmasqs",
    "network.openstack.org_ipsets",
    "network.openstack.org_netconfigs",
    "network.openstack.org_reservations",
];

/// All tests of the table.
pub(crate) fn trials() -> Vec<Trial> {
    let mut trials = vec![Trial::test("crd::every_kind_has_a_shape", every_kind)];
    if let Some(directory) = corpus::directory() {
        trials.push(Trial::test("crd::the_table_is_the_crds", move || table_is_the_crds(&directory)));
    }
    trials
}

fn every_kind() -> Result<(), Failed> {
    for (version, kind) in [
        ("core.openstack.org/v1beta1", "OpenStackControlPlane"),
        ("dataplane.openstack.org/v1beta1", "OpenStackDataPlaneNodeSet"),
        ("metallb.io/v1beta1", "IPAddressPool"),
        ("metallb.io/v1beta2", "BGPPeer"),
        ("network.openstack.org/v1beta1", "NetConfig"),
    ] {
        let shape = crd::shape(version, kind).ok_or(format!("{version} {kind} has no shape"))?;
        let Known::Of(spec) = shape.key("spec") else { return Err(format!("{kind} has no spec").into()) };
        if !matches!(spec.key("noSuchField"), Known::No) {
            return Err(format!("{kind}.spec takes any field").into());
        }
    }
    Ok(())
}

fn table_is_the_crds(corpus: &Path) -> Result<(), Failed> {
    let mut shapes = Shapes::default();
    let mut kinds = Vec::new();
    let mut versions = Vec::new();
    for name in KINDS {
        let text = fs::read_to_string(corpus.join("crds").join(format!("{name}.yaml")))?;
        let crd: Value = serde_yaml::from_str(&text)?;
        let spec = &crd["spec"];
        let generator = &crd["metadata"]["annotations"]["controller-gen.kubebuilder.io/version"];
        versions.push(format!("# {name}: controller-gen {}\n", generator.as_str().unwrap_or("unknown")));
        for version in spec["versions"].as_array().ok_or("no versions")? {
            let mut schema = version["schema"]["openAPIV3Schema"].clone();
            schema["properties"]["metadata"] = Value::Null;
            let shape = shapes.number(&schema);
            let (group, version) = (spec["group"].as_str().unwrap(), version["name"].as_str().unwrap());
            let kind = spec["names"]["kind"].as_str().unwrap();
            kinds.push(format!("= {group}/{version} {kind} {shape}\n"));
        }
    }
    let lines = shapes.lines.iter().map(|line| format!("{line}\n"));
    let made: String = versions.into_iter().chain(kinds).chain(lines).collect();
    let path = Path::new(PROJECT).join(TABLE);
    if env::var_os("UPDATE").is_some() {
        fs::write(&path, &made)?;
    }
    if fs::read_to_string(&path)? == made {
        return Ok(());
    }
    Err(format!("{TABLE} is not what the CRDs say; UPDATE=1 writes it").into())
}

/// Equal shapes once, each after those that it is made of.
#[derive(Default)]
struct Shapes {
    numbers: BTreeMap<String, usize>,
    lines: Vec<String>,
}

impl Shapes {
    /// `-` for what is not looked into.
    fn number(&mut self, schema: &Value) -> String {
        let is_set = |key: &str| schema[key].as_bool() == Some(true);
        if is_set("x-kubernetes-preserve-unknown-fields") || is_set("x-kubernetes-embedded-resource") {
            return "-".into();
        }
        let line = if schema["items"].is_object() {
            format!("[] {}", self.number(&schema["items"]))
        } else if let Some(properties) = schema["properties"].as_object() {
            self.fields(properties)
        } else if schema["additionalProperties"].is_object() {
            format!("* {}", self.number(&schema["additionalProperties"]))
        } else {
            return "-".into();
        };
        let next = self.lines.len();
        let number = *self.numbers.entry(line.clone()).or_insert(next);
        if number == next {
            self.lines.push(line);
        }
        number.to_string()
    }

    fn fields(&mut self, properties: &serde_json::Map<String, Value>) -> String {
        let sorted: BTreeMap<&String, &Value> = properties.iter().collect();
        let fields: Vec<String> = sorted
            .into_iter()
            .map(|(name, schema)| match self.number(schema).as_str() {
                "-" => name.clone(),
                number => format!("{name}:{number}"),
            })
            .collect();
        fields.join(" ")
    }
}
