//! `spec.hosts` made ready: data plane nodes and what the instance calls them, refused where it could not be repeated. This
//! module must not know where such a name stands.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::moves::Moves;
use super::{ConfigError, Spec, shape};
use crate::krm::is_dns_label;

/// What DNS allows a label, and a name with its dots.
const LONGEST: (usize, usize) = (63, 253);

/// One data plane node.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Host {
    /// Name of the node in the base, upper and lower case alike: `edpm-compute-0`, by which
    /// `edpm-compute-0.ctlplane.example.com` is found too. With a domain, the name in that domain only. Each node may be
    /// given once. Required.
    pub from: String,
    /// Name of the instance's node: `edpm2-compute-0`; labels of at most 63 lower-case letters, digits and `-`, a letter
    /// among them. What stands behind the first dot is that of `from`: domains move by `dnsDomain` of their networks.
    /// Refused: the name of another node here, on either side. Required.
    pub to: String,
}

/// The nodes that get other names.
#[derive(Debug, Clone, Default)]
pub struct HostMoves {
    names: BTreeMap<String, String>,
}

impl HostMoves {
    /// Reads the nodes of a config; what is wrong with them is put to what is wrong.
    pub(super) fn new(spec: &Spec, wrong: &mut Vec<ConfigError>) -> Self {
        let mut moves = Moves::of(found_by);
        for (index, host) in spec.hosts.iter().enumerate().filter(|(_, host)| !shape::is_idle(&host.from)) {
            let field = format!("spec.hosts[{index}]");
            let from = host.from.to_ascii_lowercase();
            let (from_field, to_field) = (format!("{field}.from"), format!("{field}.to"));
            let names = [check_name(&from_field, &from), check_name(&to_field, &host.to)];
            let faults: Vec<ConfigError> = names.into_iter().filter_map(Result::err).collect();
            let added = || {
                check_domain(&to_field, &from, &host.to)?;
                if moves.knows(&from) {
                    let message = format!("the node {from:?} is given twice; give it once");
                    return Err(ConfigError::new(from_field, message));
                }
                moves.add(&to_field, &from, &host.to)
            };
            wrong.extend(if faults.is_empty() { added().err().into_iter().collect() } else { faults });
        }
        Self { names: moves.finish("node", wrong) }
    }

    /// Whether no node gets another name.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// The nodes, what the base calls each in lower case, and what the instance does.
    pub fn each(&self) -> impl Iterator<Item = (&str, &str)> {
        self.names.iter().map(|(from, to)| (from.as_str(), to.as_str()))
    }

    /// What the base calls the node that a whole host name is of, which may have a domain behind it; none of those that
    /// stay.
    #[must_use]
    pub fn found(&self, name: &str) -> Option<&str> {
        self.pair(name).map(|(from, _)| from)
    }

    /// The instance's name in place of such a host name, with the domain that stands behind.
    #[must_use]
    pub fn renamed(&self, name: &str) -> Option<String> {
        let (from, to) = self.pair(name)?;
        Some(format!("{to}{}", name.get(from.len()..)?))
    }

    fn pair(&self, name: &str) -> Option<(&str, &str)> {
        let lower = name.to_ascii_lowercase();
        let found = found_by(&lower).into_iter().find_map(|name| self.names.get_key_value(name));
        found.map(|(from, to)| (from.as_str(), to.as_str()))
    }
}

/// The names by which a node is found: its own, and what is left of it without labels of its domain.
fn found_by(name: &str) -> Vec<&str> {
    let dots = name.match_indices('.').map(|(at, _)| at);
    dots.chain([name.len()]).rev().filter_map(|end| name.get(..end)).collect()
}

/// RFC 1123. A name without a letter is a number or an address, which stands in too many places that are no name.
fn check_name(field: &str, name: &str) -> Result<(), ConfigError> {
    let is_label = |label: &str| label.len() <= LONGEST.0 && is_dns_label(label);
    let has_letter = name.contains(|c: char| c.is_ascii_lowercase());
    if name.len() <= LONGEST.1 && has_letter && name.split('.').all(is_label) {
        return Ok(());
    }
    let message = format!(
        "{name:?} is no host name: lower-case letters, digits and '-', a letter among them, a letter or digit at both ends, \
         63 at most between two dots"
    );
    Err(ConfigError::new(field, message))
}

/// A domain moves with its network, in every name that is in it.
fn check_domain(field: &str, from: &str, to: &str) -> Result<(), ConfigError> {
    let domain = |name: &str| name.split_once('.').map(|(_, domain)| domain.to_owned());
    if domain(from) == domain(to) {
        return Ok(());
    }
    let message = format!(
        "{to:?} is not in the domain of {from:?}; give both the same, or better none, and move the domain by dnsDomain of \
         its network"
    );
    Err(ConfigError::new(field, message))
}

#[cfg(test)]
mod tests {
    use super::{Host, HostMoves, found_by};
    use crate::config::{NetworkMoves, Spec};

    fn moves(pairs: &[(&str, &str)]) -> HostMoves {
        let names = pairs.iter().map(|(from, to)| ((*from).to_owned(), (*to).to_owned()));
        HostMoves { names: names.collect() }
    }

    #[test]
    fn a_node_is_found_by_its_first_labels_in_any_case() {
        let moves = moves(&[("a-0", "b-0"), ("c.one.org", "d.one.org")]);
        for (name, expected) in [
            ("a-0", Some("b-0")),
            ("A-0", Some("b-0")),
            ("a-0.", Some("b-0.")),
            ("a-0.Example.com", Some("b-0.Example.com")),
            ("c.one.org", Some("d.one.org")),
            ("c.ONE.org.", Some("d.one.org.")),
            ("c", None),
            ("c.one", None),
            ("c.one.orgs", None),
            ("a-01", None),
            ("x.a-0", None),
            ("", None),
            (".", None),
            ("ä", None),
        ] {
            assert_eq!(moves.renamed(name).as_deref(), expected, "{name}");
        }
    }

    /// What marks the objects of a config with these nodes.
    fn digest(pairs: &[(&str, &str)]) -> Option<String> {
        let host = |(from, to): &(&str, &str)| Host { from: (*from).to_owned(), to: (*to).to_owned() };
        let spec = Spec { hosts: pairs.iter().map(host).collect(), ..Spec::default() };
        NetworkMoves::new(&spec).expect("moves").digest()
    }

    #[test]
    fn another_name_is_another_config() {
        assert_eq!(digest(&[]), None);
        assert_eq!(digest(&[("a", "a")]), None);
        assert_eq!(digest(&[("a", "b"), ("c", "d")]), digest(&[("C", "d"), ("A", "b")]));
        assert_ne!(digest(&[("a", "b")]), digest(&[("a", "c")]));
        assert_ne!(digest(&[("a", "b")]), digest(&[("a", "b"), ("c", "d")]));
    }

    #[test]
    fn a_node_is_found_by_less_than_its_domain() {
        assert_eq!(found_by("a.b.c"), ["a.b.c", "a.b", "a"]);
        assert_eq!(found_by("a"), ["a"]);
    }
}
