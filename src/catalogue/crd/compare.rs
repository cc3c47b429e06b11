//! The tables held against CRDs that the user gives: what the CRDs have that no table knows, and the other way round.
//!
//! Source of what is passed over: openstack-operator and MetalLB, whose bundles have CRDs of objects that nobody writes into
//! an instance's list. Must not know how a difference is printed.

use super::schema::{Limits, Schema, Type};
use super::{BUILT_IN, Child, Crds, Known, below, schema};
use crate::catalogue::endpoints::{ENDPOINTS, OverrideShape};
use crate::catalogue::fields::FIELDS;
use crate::catalogue::hosts::HOSTS;
use crate::catalogue::kinds::{CONTROL_PLANE, CORE_OPENSTACK, is_one_of, is_openstack};
use crate::path::Segment;

/// Kinds of our groups that people do not write.
const NOT_WRITTEN: [(&str, &str); 7] = [
    (CORE_OPENSTACK, "OpenStackVersion"),
    ("metallb.io", "AddressPool"),
    ("metallb.io", "ConfigurationState"),
    ("metallb.io", "MetalLB"),
    ("metallb.io", "ServiceBGPStatus"),
    ("metallb.io", "ServiceL2Status"),
    ("metallb.io", "BGPSessionState"),
];

/// The services whose operators make their objects of the control plane's: the first word of `.openstack.org` groups.
const SERVICES: [&str; 28] = [
    "ansibleee",
    "backup",
    "barbican",
    "baremetal",
    "cinder",
    "client",
    "designate",
    "glance",
    "heat",
    "horizon",
    "instanceha",
    "ironic",
    "keystone",
    "manila",
    "mariadb",
    "memcached",
    "neutron",
    "nova",
    "octavia",
    "operator",
    "ovn",
    "placement",
    "rabbitmq",
    "redis",
    "swift",
    "telemetry",
    "topology",
    "watcher",
];

/// Words in the name of a field that may hold what the function moves.
const OF_NETWORKS: [&str; 14] = [
    "addr",
    "bridge",
    "cidr",
    "dns",
    "domain",
    "endpoint",
    "gateway",
    "host",
    "interface",
    "ip",
    "network",
    "nic",
    "url",
    "vlan",
];

/// One difference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// `group/version Kind`.
    pub kind: String,
    /// Where; empty for the kind itself.
    pub path: String,
    /// What.
    pub what: What,
}

/// What differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// A kind of a group of ours, or of OpenStack's, that no table has.
    UnknownKind,
    /// Another version of a kind of ours.
    UnknownVersion,
    /// A version of a kind of ours that the CRDs do not have.
    GoneVersion,
    /// A path of an override that the table of endpoints does not have.
    UnknownOverride,
    /// A path of that table that the CRD does not have.
    GoneOverride,
    /// A field that the table of fields does not have.
    UnknownField {
        /// Whether it may hold what the function moves, by its name.
        may_move: bool,
    },
    /// A field of that table that the CRD does not have.
    GoneField,
    /// A row of another table that led somewhere, and does not by the CRD.
    GoneRow {
        /// The table.
        table: &'static str,
    },
    /// A value that the table and the CRD limit differently.
    Changed {
        /// What the table says.
        was: String,
        /// What the CRD says.
        is: String,
    },
}

/// What came of a comparison.
#[derive(Debug, Default)]
pub struct Compared {
    /// All differences.
    pub differences: Vec<Difference>,
    /// The kinds that were compared.
    pub compared: Vec<String>,
    /// How many kinds of the CRDs are of no table's business.
    pub passed_over: usize,
}

/// Holds the tables against CRDs. Kinds whose CRD is not given are not compared.
#[must_use]
pub fn compare(given: &Crds<'_>) -> Compared {
    let mut all = Compared::default();
    for ((group, version, kind), child) in &given.kinds {
        let name = format!("{group}/{version} {kind}");
        match BUILT_IN.kinds.get(&(*group, *version, *kind)) {
            Some(ours) => {
                let (ours, theirs) = (below(None, *ours), below(Some(given), *child));
                Comparison { kind: &name, found: &mut all.differences }.of_kind(group, kind, ours, theirs);
                all.compared.push(name);
            }
            None => match unknown(group, kind) {
                Some(what) => all.differences.push(Difference { kind: name, path: String::new(), what }),
                None => all.passed_over += 1,
            },
        }
    }
    for (group, version, kind) in BUILT_IN.kinds.keys() {
        let is_given = given.kinds.keys().any(|(of, _, known)| of == group && known == kind);
        if is_given && !given.kinds.contains_key(&(*group, *version, *kind)) {
            let kind = format!("{group}/{version} {kind}");
            all.differences.push(Difference { kind, path: String::new(), what: What::GoneVersion });
        }
    }
    all
}

/// What a kind that is in no table is; none where that is as it should be.
fn unknown(group: &str, kind: &str) -> Option<What> {
    let is_ours =
        |of: &str, kind: &str| BUILT_IN.kinds.keys().any(|(known, _, name)| of == *known && kind == *name);
    if is_ours(group, kind) {
        return Some(What::UnknownVersion);
    }
    let is_our_group = BUILT_IN.kinds.keys().any(|(known, ..)| *known == group);
    let service = group.strip_suffix(".openstack.org").unwrap_or_default();
    let is_new = if is_our_group {
        !NOT_WRITTEN.contains(&(group, kind))
    } else {
        is_openstack(group) && !SERVICES.contains(&service)
    };
    is_new.then_some(What::UnknownKind)
}

struct Comparison<'c> {
    kind: &'c str,
    found: &'c mut Vec<Difference>,
}

impl Comparison<'_> {
    fn say(&mut self, path: &str, what: What) {
        self.found.push(Difference { kind: self.kind.to_owned(), path: path.to_owned(), what });
    }

    fn of_kind(&mut self, group: &str, kind: &str, ours: Known<'_>, theirs: Known<'_>) {
        if (group, kind) == (CORE_OPENSTACK, CONTROL_PLANE) {
            self.overrides(theirs);
        }
        self.rows(group, kind, ours, theirs);
        self.fields("", ours, theirs);
    }

    fn overrides(&mut self, theirs: Known<'_>) {
        let mut found = Vec::new();
        overrides(theirs, "", &mut found);
        let rows: Vec<String> = override_rows().collect();
        for path in found.iter().filter(|path| !rows.contains(path)) {
            self.say(path, What::UnknownOverride);
        }
        for path in rows.iter().filter(|path| !found.contains(path)) {
            self.say(path, What::GoneOverride);
        }
    }

    /// Rows that lead nowhere by our own table of fields are for what other versions have.
    fn rows(&mut self, group: &str, kind: &str, ours: Known<'_>, theirs: Known<'_>) {
        let fields = FIELDS.iter().map(|row| (row.group, row.kind, row.path, "fields that move"));
        let hosts = HOSTS.iter().map(|row| (row.group, row.kind, row.path, "host names"));
        let rows = fields.chain(hosts).filter(|row| is_one_of(row.0, row.1, group, kind));
        for (_, _, path, table) in rows {
            if leads(ours, path.segments()) && !leads(theirs, path.segments()) {
                self.say(&path.to_string(), What::GoneRow { table });
            }
        }
        if (group, kind) == (CORE_OPENSTACK, CONTROL_PLANE) {
            for switch in ENDPOINTS.iter().flat_map(|endpoint| endpoint.switches) {
                let is_there = |known: Known<'_>| matches!(known.key("spec"), Some(spec) if leads(spec, switch.path.segments()));
                let path = format!("spec.{}", switch.path);
                let what = What::GoneRow { table: "switches of endpoints" };
                let is_said = self.found.iter().any(|one| one.path == path && one.what == what);
                if is_there(ours) && !is_there(theirs) && !is_said {
                    self.say(&path, what);
                }
            }
        }
    }

    fn fields(&mut self, path: &str, ours: Known<'_>, theirs: Known<'_>) {
        let (Known::Of(our), Known::Of(their)) = (ours, theirs) else {
            if is_free(ours) != is_free(theirs) {
                self.changed(path, &described(ours), &described(theirs));
            }
            return;
        };
        match (our.schema(), their.schema()) {
            (Schema::Fields(_), Schema::Fields(_)) => self.mappings(path, ours, theirs),
            (Schema::Each(one), Schema::Each(other)) => {
                self.fields(&join(path, "{}"), our.child(*one), their.child(*other));
            }
            (Schema::Items(one, limits), Schema::Items(other, others)) => {
                if limits != others {
                    self.changed(path, &described(ours), &described(theirs));
                }
                self.fields(&format!("{path}[]"), our.child(*one), their.child(*other));
            }
            (one, other) if is_same_value(one, other) => {}
            _ => self.changed(path, &described(ours), &described(theirs)),
        }
    }

    fn mappings(&mut self, path: &str, ours: Known<'_>, theirs: Known<'_>) {
        let (Known::Of(our), Known::Of(their)) = (ours, theirs) else { return };
        for field in listed(theirs).iter().filter(|field| our.field(field.name).is_none()) {
            let may_move = may_move(field.name);
            self.say(&join(path, field.name), What::UnknownField { may_move });
        }
        for field in listed(ours) {
            let here = join(path, field.name);
            match their.field(field.name) {
                None => self.say(&here, What::GoneField),
                Some(other) => {
                    if field.needed != other.needed {
                        let word = |needed: bool| if needed { "required" } else { "not required" };
                        self.changed(&here, word(field.needed), word(other.needed));
                    }
                    self.fields(&here, our.child(field.child), their.child(other.child));
                }
            }
        }
    }

    fn changed(&mut self, path: &str, was: &str, is: &str) {
        self.say(path, What::Changed { was: was.to_owned(), is: is.to_owned() });
    }
}

fn is_same_value(one: &Schema<'_>, other: &Schema<'_>) -> bool {
    let parts = |schema: &Schema<'_>| -> Option<(Type, Vec<String>)> {
        let Schema::Value(kind, limits) = schema else { return None };
        Some((*kind, words(limits)))
    };
    parts(one).is_some() && parts(one) == parts(other)
}

fn words(limits: &Limits<'_>) -> Vec<String> {
    limits.iter().map(|(limit, value)| format!("{} {value}", schema::limit_word(*limit))).collect()
}

fn is_free(known: Known<'_>) -> bool {
    matches!(known, Known::Leaf)
}

/// A shape in a word or two.
fn described(known: Known<'_>) -> String {
    let Known::Of(shape) = known else { return "anything".to_owned() };
    let (word, limits) = match shape.schema() {
        Schema::Fields(_) => ("an object with fields", &Vec::new()),
        Schema::Each(_) => ("a map", &Vec::new()),
        Schema::Items(_, limits) => ("a list", limits),
        Schema::Value(kind, limits) => (schema::type_word(*kind), limits),
    };
    match words(limits).join(", ") {
        limits if limits.is_empty() => word.to_owned(),
        limits => format!("{word} ({limits})"),
    }
}

fn listed(known: Known<'_>) -> &[schema::Field<'_>] {
    match known {
        Known::Of(shape) => match shape.schema() {
            Schema::Fields(fields) => fields,
            _ => &[],
        },
        _ => &[],
    }
}

fn join(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") }
}

fn may_move(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    OF_NETWORKS.iter().any(|word| name.contains(word))
}

/// The rows of the table of endpoints as paths below an object; `{}` is any key.
fn override_rows() -> impl Iterator<Item = String> {
    let rows = ENDPOINTS.iter().filter(|endpoint| endpoint.shape != OverrideShape::Annotations);
    rows.map(|endpoint| {
        let end = match endpoint.shape {
            OverrideShape::Keyed => ".{}",
            OverrideShape::List => "[]",
            _ => "",
        };
        format!("spec.{}{end}", endpoint.path.to_string().replace("{name}", "{}"))
    })
}

/// Every `override.service`, `override.services[]` and `podOverride.services[]` below a place.
fn overrides(known: Known<'_>, path: &str, found: &mut Vec<String>) {
    let Known::Of(shape) = known else { return };
    let child = |child: Child| shape.child(child);
    match shape.schema() {
        Schema::Fields(fields) => {
            let is_override = path.ends_with(".override") || path.ends_with(".podOverride");
            for field in fields {
                let here = join(path, field.name);
                if is_override && matches!(field.name, "service" | "services") {
                    found.push(format!("{here}{}", end(child(field.child))));
                } else {
                    overrides(child(field.child), &here, found);
                }
            }
        }
        Schema::Each(each) => overrides(child(*each), &join(path, "{}"), found),
        Schema::Items(items, _) => overrides(child(*items), &format!("{path}[]"), found),
        Schema::Value(..) => {}
    }
}

fn end(known: Known<'_>) -> &'static str {
    match known {
        Known::Of(shape) => match shape.schema() {
            Schema::Each(_) => ".{}",
            Schema::Items(..) => "[]",
            _ => "",
        },
        _ => "",
    }
}

/// Whether a path leads to a place of a shape. Where anything may stand, it does.
fn leads(known: Known<'_>, segments: &[Segment]) -> bool {
    let Some((segment, rest)) = segments.split_first() else { return !matches!(known, Known::No) };
    let shape = match known {
        Known::No => return false,
        Known::Leaf => return true,
        Known::Of(shape) => shape,
    };
    let children = || -> Vec<Known<'_>> {
        match shape.schema() {
            Schema::Fields(fields) => fields.iter().map(|field| shape.child(field.child)).collect(),
            Schema::Each(child) | Schema::Items(child, _) => vec![shape.child(*child)],
            Schema::Value(..) => Vec::new(),
        }
    };
    match (segment, shape.schema()) {
        (Segment::Anywhere, _) => {
            leads(known, rest) || children().into_iter().any(|child| leads(child, segments))
        }
        (Segment::Key(key), Schema::Fields(_) | Schema::Each(_)) => leads(shape.key(key), rest),
        (Segment::AnyKey(_), Schema::Fields(_) | Schema::Each(_))
        | (Segment::AnyItem(_), Schema::Items(..)) => children().into_iter().any(|child| leads(child, rest)),
        (_, Schema::Value(Type::Object, _)) => true,
        _ => false,
    }
}

impl Known<'_> {
    /// What stands at a key; none where no key can.
    fn key(self, name: &str) -> Option<Self> {
        match self {
            Self::Of(shape) => Some(shape.key(name)),
            Self::Leaf | Self::No => None,
        }
    }
}
