//! The table of CRD fields against the CRDs: where the corpus is at hand it is made of them again and must be the same,
//! and `check` must say the same by it as by the CRDs themselves. `UPDATE=1` writes it.

use std::env;
use std::fs;
use std::path::Path;

use libtest_mimic::{Failed, Trial};
use multi_rhoso::catalogue::crd::{self, Crds, Known};
use multi_rhoso::krm::Source;
use multi_rhoso::model::read_crds;

use crate::corpus::{self, PROJECT};
use crate::given_crds::said;

const TABLE: &str = "src/catalogue/crd_fields.txt";
const KINDS: [&str; 16] = [
    "core.openstack.org_openstackcontrolplanes",
    "dataplane.openstack.org_openstackdataplanedeployments",
    "dataplane.openstack.org_openstackdataplanenodesets",
    "dataplane.openstack.org_openstackdataplaneservices",
    "metallb.io_bfdprofiles",
    "metallb.io_bgpadvertisements",
    "metallb.io_bgppeers",
    "metallb.io_communities",
    "metallb.io_ipaddresspools",
    "metallb.io_l2advertisements",
    "network.openstack.org_bgpconfigurations",
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
        let again = directory.clone();
        trials.push(Trial::test("crd::the_table_is_the_crds", move || table_is_the_crds(&directory)));
        trials.push(Trial::test("crd::check_says_the_same_by_the_crds", move || says_the_same(&again)));
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
        let Known::Of(shape) = crd::shape(None, version, kind) else {
            return Err(format!("{version} {kind} has no shape").into());
        };
        let Known::Of(spec) = shape.key("spec") else { return Err(format!("{kind} has no spec").into()) };
        if !matches!(spec.key("noSuchField"), Known::No) {
            return Err(format!("{kind}.spec takes any field").into());
        }
    }
    Ok(())
}

fn table_is_the_crds(corpus: &Path) -> Result<(), Failed> {
    let texts = texts(corpus)?;
    let sources = sources(&texts)?;
    let mut made = Vec::new();
    for (name, source) in KINDS.iter().zip(&sources) {
        let items = source.items(0, 0).map_err(|error| error.to_string())?;
        let generator =
            items.first().and_then(|item| item.annotation("controller-gen.kubebuilder.io/version"));
        made.push(format!("# {name}: controller-gen {}\n", generator.unwrap_or("unknown")));
    }
    made.push(crds(&sources)?.to_string());
    let made = made.concat();
    let path = Path::new(PROJECT).join(TABLE);
    if env::var_os("UPDATE").is_some() {
        fs::write(&path, &made)?;
    }
    if fs::read_to_string(&path)? == made {
        return Ok(());
    }
    Err(format!("{TABLE} is not what the CRDs say; UPDATE=1 writes it").into())
}

/// The whole corpus, by the CRDs that the table is made of.
fn says_the_same(corpus: &Path) -> Result<(), Failed> {
    let texts = texts(corpus)?;
    let sources = sources(&texts)?;
    let crds = crds(&sources)?;
    let mut unknown = 0;
    let parts = ["architecture", "install_yamls", "samples"];
    for path in parts.iter().flat_map(|part| corpus::files(&corpus.join(part))) {
        let text = fs::read_to_string(&path)?;
        let (by_table, by_crds) = (said(&Crds::default(), &text)?, said(&crds, &text)?);
        if by_table != by_crds {
            return Err(format!("{}: {by_table:#?}\nby the CRDs {by_crds:#?}", path.display()).into());
        }
        unknown += by_table.iter().filter(|finding| finding.rule == "unknown-field").count();
    }
    if unknown > 0 { Ok(()) } else { Err("the corpus has no unknown field at all".into()) }
}

fn texts(corpus: &Path) -> Result<Vec<String>, Failed> {
    let read = |name: &&str| fs::read_to_string(corpus.join("crds").join(format!("{name}.yaml")));
    Ok(KINDS.iter().map(read).collect::<Result<_, _>>()?)
}

fn sources(texts: &[String]) -> Result<Vec<Source<'_>>, Failed> {
    let each = texts.iter().map(|text| Source::parse(None, text).map_err(|error| error.to_string().into()));
    each.collect()
}

fn crds<'a>(sources: &'a [Source<'a>]) -> Result<Crds<'a>, Failed> {
    let mut crds = Crds::default();
    for source in sources {
        read_crds(source, &mut crds).map_err(|error| error.to_string())?;
    }
    Ok(crds)
}
