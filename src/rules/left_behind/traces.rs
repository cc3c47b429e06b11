//! What of the base a text holds: an address, a DNS domain, a host name, a namespace, an interface, a VLAN that moves.
//!
//! Must not know where the text stands but by the keys above it.

use std::collections::BTreeSet;

use crate::address::rewrite;
use crate::catalogue::stays::{INTERFACE_KEYS, VLAN_KEYS};
use crate::config::NetworkMoves;
use crate::context::Context;
use crate::find::select;
use crate::model::{vlan_key, written_vlans};
use crate::path;

/// What something is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum What {
    Address,
    Domain,
    Host,
    Namespace,
    Interface,
    Vlan,
    Node,
}

impl What {
    /// The word for one.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Address => "the address",
            Self::Domain => "the DNS domain",
            Self::Host => "the host name",
            Self::Namespace => "the namespace",
            Self::Interface => "the host interface",
            Self::Vlan => "the VLAN",
            Self::Node => "the node",
        }
    }
}

/// A word of the base's in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Trace {
    pub(super) what: What,
    pub(super) word: String,
}

/// Everything that the config moves, to look for.
pub(super) struct Traces<'a> {
    network: &'a NetworkMoves,
    /// `openstack.svc`, `-openstack.apps.` and `system:serviceaccount:openstack:`.
    hosts: Vec<String>,
    namespace: Option<&'a str>,
    interfaces: BTreeSet<&'a str>,
    /// Interfaces that are called as a network, an attachment or a pool is.
    ambiguous: BTreeSet<String>,
    vlans: BTreeSet<u16>,
}

impl<'a> Traces<'a> {
    pub(super) fn of(context: &Context<'a>) -> Self {
        let instance = context.instance;
        let namespace = instance.from.as_deref();
        let accounts = ["system:serviceaccount:", "system:serviceaccounts:"];
        let hosts = namespace.iter().flat_map(|from| {
            let accounts = accounts.map(|before| format!("{before}{from}"));
            [format!("{from}.svc"), format!("-{from}.apps.")].into_iter().chain(accounts)
        });
        Self {
            network: &instance.network,
            hosts: hosts.collect(),
            namespace,
            interfaces: instance.network.interfaces().collect(),
            ambiguous: names_of_networks(context),
            vlans: instance.network.networks.iter().filter_map(|one| Some(one.vlan?.0)).collect(),
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.network.mapping.is_empty()
            && self.network.domains.is_empty()
            && self.network.hosts.is_empty()
            && self.namespace.is_none()
            && self.interfaces.is_empty()
            && self.vlans.is_empty()
    }

    /// What the text at these keys holds; the first of it.
    pub(super) fn within(&self, keys: &[&str], text: &str) -> Option<Trace> {
        let trace = |what, word: String| Trace { what, word };
        self.address(text)
            .map(|word| trace(What::Address, word))
            .or_else(|| self.domain(text).map(|word| trace(What::Domain, word)))
            .or_else(|| held(text, &self.hosts).map(|word| trace(What::Host, word)))
            .or_else(|| self.namespace_at(keys, text).map(|word| trace(What::Namespace, word)))
            .or_else(|| self.interface(keys, text).map(|word| trace(What::Interface, word)))
            .or_else(|| self.vlan(keys, text).map(|word| trace(What::Vlan, word)))
            .or_else(|| self.node(text).map(|word| trace(What::Node, word)))
    }

    /// What a key of a mapping holds: names and addresses alone.
    pub(super) fn in_key(&self, key: &str) -> Option<Trace> {
        if !key.contains(['.', ':']) {
            return None;
        }
        self.within(&[], key).filter(|trace| matches!(trace.what, What::Address | What::Domain | What::Host))
    }

    /// The first word that moves as an address, or would if it were not broader than what moves.
    fn address(&self, text: &str) -> Option<String> {
        let may_hold = || {
            let count = |byte| text.bytes().filter(|one| *one == byte).count();
            text.bytes().any(|byte| byte.is_ascii_hexdigit()) && (count(b'.') >= 2 || count(b':') >= 2)
        };
        let moves = |text: &str| {
            let rewritten = rewrite(text, &self.network.mapping);
            rewritten.text.is_some() || !rewritten.stuck.is_empty()
        };
        if self.network.mapping.is_empty() || !may_hold() || !moves(text) {
            return None;
        }
        // The address alone: what stands around it may be a password.
        let mut words = text.split(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '.' | ':' | '-')));
        Some(words.find(|word| moves(word)).unwrap_or_default().to_owned())
    }

    /// A domain that moves; not the instance's own, which may be below it.
    fn domain(&self, text: &str) -> Option<String> {
        let is_held = |(from, to): &&(String, String)| {
            holds(text, from) && holds(&text.to_lowercase().replace(&to.to_lowercase(), " "), from)
        };
        self.network.domains.iter().find(is_held).map(|(from, _)| from.clone())
    }

    /// The first word that is the name of a node that gets another.
    fn node(&self, text: &str) -> Option<String> {
        if self.network.hosts.is_empty() {
            return None;
        }
        let ends = |c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'));
        let mut words = text.split(ends).map(|word| word.trim_matches('.'));
        words.find(|word| self.network.hosts.found(word).is_some()).map(str::to_owned)
    }

    fn namespace_at(&self, keys: &[&str], text: &str) -> Option<String> {
        let from = self.namespace.filter(|from| *from == text)?;
        let last = keys.last()?.to_ascii_lowercase();
        (last.ends_with("namespace") || last.ends_with("namespaces")).then(|| from.to_owned())
    }

    /// A whole word; one that is a network's name too only where the key says what it is.
    fn interface(&self, keys: &[&str], text: &str) -> Option<String> {
        if self.interfaces.is_empty() {
            return None;
        }
        let is_certain = keys.last().is_some_and(|key| INTERFACE_KEYS.contains(key));
        let moves = |word: &&str| {
            let base = word.rsplit_once('.').map_or(*word, |(base, _)| base);
            self.interfaces.contains(word) || self.interfaces.contains(base)
        };
        let is_meant =
            |word: &&str| is_certain && *word == text || !self.ambiguous.contains(&word.to_lowercase());
        let ends = |c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'));
        let mut words = text.split(ends).map(|word| word.trim_end_matches('.'));
        words.find(|word| moves(word) && is_meant(word)).map(str::to_owned)
    }

    /// The value of a key that says VLAN, also of one in the lines of a text. Where the key names a network, it is that
    /// one's.
    fn vlan(&self, keys: &[&str], text: &str) -> Option<String> {
        if self.vlans.is_empty() {
            return None;
        }
        let moves = |name: &str, id: u16| match self.network.network_spelled(name) {
            Some(network) => network.vlan.is_some_and(|(from, _)| from == id),
            None => self.vlans.contains(&id),
        };
        let name = keys.last().and_then(|key| vlan_key(key)).unwrap_or_default();
        if is_vlan(keys) && text.parse().is_ok_and(|id| moves(name, id)) {
            return Some(text.to_owned());
        }
        let mut written = written_vlans(text).into_iter();
        written.find(|vlan| moves(vlan.network, vlan.id)).map(|vlan| vlan.digits.to_owned())
    }
}

fn is_vlan(keys: &[&str]) -> bool {
    match keys {
        [.., "vlan", "id"] => true,
        [.., last] => VLAN_KEYS.contains(last) || vlan_key(last).is_some(),
        [] => false,
    }
}

/// The names that networks, attachments and pools have in the list or the config, in lower case.
fn names_of_networks(context: &Context<'_>) -> BTreeSet<String> {
    let configured = context.instance.spec.networks.iter().map(|network| network.name.to_lowercase());
    let items = context.inventory.own.iter().chain(&context.inventory.shared);
    let networks = items.clone().filter(|item| item.is("network.openstack.org", "NetConfig"));
    let named = networks.flat_map(|item| select(item.node, path!("spec.networks.[].name")));
    let named = named.filter_map(|part| part.node.text().map(str::to_lowercase));
    let attached = items.filter(|item| item.is("k8s.cni.cncf.io", "NetworkAttachmentDefinition"));
    let attached = attached.map(|item| item.name().to_lowercase());
    let pools = context.pools_named().map(str::to_lowercase);
    configured.chain(named).chain(attached).chain(pools).collect()
}

/// The first of these names that a text holds, as people write it.
fn held<S: AsRef<str>>(text: &str, names: &[S]) -> Option<String> {
    let held = names.iter().map(AsRef::as_ref).find(|name| holds(text, name))?;
    Some(held.trim_matches(['-', '.']).to_owned())
}

/// Whether a text holds a name in any case of letters, as a whole: no label goes on before or behind it.
fn holds(text: &str, name: &str) -> bool {
    let (bytes, wanted) = (text.as_bytes(), name.as_bytes());
    let Some(first) = wanted.first() else { return false };
    let is_label = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    let begins = |at: usize| {
        *first == b'-' || !at.checked_sub(1).and_then(|before| bytes.get(before)).is_some_and(is_label)
    };
    let ends = |after: &[u8]| wanted.ends_with(b".") || ends_name(after);
    memchr::memchr2_iter(first.to_ascii_lowercase(), first.to_ascii_uppercase(), bytes).any(|at| {
        let rest = bytes.get(at..).unwrap_or_default().split_at_checked(wanted.len());
        rest.is_some_and(|(word, after)| word.eq_ignore_ascii_case(wanted) && begins(at) && ends(after))
    })
}

/// Whether a name ends here: no further letter, and no further label but the cluster's own domain.
fn ends_name(after: &[u8]) -> bool {
    match after {
        [b'.', next, ..] => !next.is_ascii_alphanumeric() || after.starts_with(b".cluster.local"),
        [next, ..] => !(next.is_ascii_alphanumeric() || matches!(next, b'-' | b'_')),
        [] => true,
    }
}

#[cfg(test)]
mod tests {
    use super::holds;

    #[test]
    fn whole_names_are_held() {
        for (text, name, expected) in [
            ("https://keystone-internal.openstack.svc:5000", "openstack.svc", true),
            ("a.openstack.svc.cluster.local", "openstack.svc", true),
            ("a.my-openstack.svc", "openstack.svc", false),
            ("a.openstack.svcs", "openstack.svc", false),
            ("swift-openstack.apps.example.com", "-openstack.apps.", true),
            ("swift-openstack2.apps.example.com", "-openstack.apps.", false),
            ("Compute-0.CtlPlane.Example.COM", "ctlplane.example.com", true),
            ("myctlplane.example.com", "ctlplane.example.com", false),
            ("ctlplane.example.com.", "ctlplane.example.com", true),
            ("ctlplane.example.com.org", "ctlplane.example.com", false),
            ("ctlplane2.example.com", "ctlplane.example.com", false),
            ("", "ctlplane.example.com", false),
        ] {
            assert_eq!(holds(text, name), expected, "{text} {name}");
        }
    }
}
