//! `spec.networks` and `spec.interfaces` made ready: what moves where, refused where it could not be undone or repeated.

use std::collections::BTreeMap;

use super::schema::{Network, NodePolicies, Side};
use super::{ConfigError, Spec};
use crate::address::{Block, Mapping};

/// A host interface's name: IFNAMSIZ of the Linux kernel, less its final NUL.
pub const LONGEST_INTERFACE: usize = 15;

/// A value of the base and the instance's in its place.
pub type Move<T> = Option<(T, T)>;

/// One network, its addresses apart.
#[derive(Debug, Clone)]
pub struct MovedNetwork {
    /// The name in lower case: OpenStack compares network names without case.
    pub name: String,
    /// The VLAN id, where it moves.
    pub vlan: Move<u16>,
    /// The host interface, where it moves.
    pub interface: Move<String>,
    /// What the base calls the interface, whether or not it moves.
    pub base_interface: Option<String>,
}

/// Everything of the network that moves.
#[derive(Debug, Clone)]
pub struct NetworkMoves {
    /// Addresses.
    pub mapping: Mapping,
    /// Networks, in the config's order.
    pub networks: Vec<MovedNetwork>,
    /// DNS domains, the longest first.
    pub domains: Vec<(String, String)>,
    interfaces: BTreeMap<String, String>,
}

impl NetworkMoves {
    /// Reads the networks and interfaces of a config.
    pub fn new(spec: &Spec) -> Result<Self, ConfigError> {
        let (mut pairs, mut networks) = (Vec::new(), Vec::new());
        let (mut interfaces, mut domains) = (Moves::default(), Moves::default());
        for (index, network) in spec.networks.iter().enumerate() {
            let field = format!("spec.networks[{index}]");
            if networks.iter().any(|known: &MovedNetwork| known.name == network.name.to_lowercase()) {
                return Err(ConfigError::new(
                    field,
                    format!("the network {:?} is given twice", network.name),
                ));
            }
            pairs.extend(address_pairs(&field, network)?);
            let moved = moved_network(&field, network)?;
            if let Some((from, to)) = &moved.interface {
                check_interface(&format!("{field}.to.interface"), to)?;
                interfaces.add(&format!("{field}.to.interface"), from, to)?;
            }
            if let Some((from, to)) = sides(&field, "dnsDomain", network, |side| side.dns_domain.clone())? {
                domains.add(&format!("{field}.to.dnsDomain"), &from, &to)?;
            }
            networks.push(moved);
        }
        for (index, interface) in spec.interfaces.iter().enumerate() {
            let field = format!("spec.interfaces[{index}].to");
            check_interface(&field, &interface.to)?;
            interfaces.add(&field, &interface.from, &interface.to)?;
        }
        refuse_moves_in_append(spec, &networks)?;
        let mapping =
            Mapping::new(pairs).map_err(|error| ConfigError::new("spec.networks", error.to_string()))?;
        let mut domains: Vec<_> = domains.finish("DNS domain")?.into_iter().collect();
        domains.sort_by_cached_key(|(from, _)| std::cmp::Reverse(from.len()));
        Ok(Self { mapping, networks, domains, interfaces: interfaces.finish("host interface")? })
    }

    /// Whether nothing of the network moves.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.networks.is_empty() && self.interfaces.is_empty()
    }

    /// The network of this name, in any case.
    #[must_use]
    pub fn network(&self, name: &str) -> Option<&MovedNetwork> {
        self.networks.iter().find(|network| network.name == name.to_lowercase())
    }

    /// A short name for all that moves and where to, whatever the order: what two configs must have in common for one to
    /// go on where the other stopped. None where nothing moves.
    #[must_use]
    pub fn digest(&self) -> Option<String> {
        let addresses = self.mapping.moves().map(|pair| format!("{} {}", pair.from, pair.to));
        let vlans = self.networks.iter().filter_map(|network| {
            let (from, to) = network.vlan?;
            Some(format!("{} {from} {to}", network.name))
        });
        let domains = self.domains.iter().map(|(from, to)| format!("{from} {to}"));
        let interfaces = self.interfaces.iter().map(|(from, to)| format!("{from} {to}"));
        let mut all: Vec<String> = addresses.chain(vlans).chain(domains).chain(interfaces).collect();
        all.sort_unstable();
        (!all.is_empty()).then(|| fingerprint(&all.join("\n")))
    }

    /// The instance's name of a host interface; none where it stays.
    ///
    /// `enp6s0.20` follows its base interface and its VLAN where it is not named itself: two instances cannot have
    /// one name for two VLANs.
    #[must_use]
    pub fn interface(&self, name: &str) -> Option<String> {
        if let Some(to) = self.interfaces.get(name) {
            return Some(to.clone());
        }
        let (base, id) = name.rsplit_once('.')?;
        let id: u16 = id.parse().ok()?;
        let moved = self.networks.iter().filter_map(|network| network.vlan).find(|(from, _)| *from == id);
        let to_base = self.interfaces.get(base).map_or(base, String::as_str);
        let to = format!("{to_base}.{}", moved.map_or(id, |(_, to)| to));
        (to != name).then_some(to)
    }
}

/// FNV-1a: the same on every machine and in every version of this program, which the standard library's is not.
fn fingerprint(text: &str) -> String {
    let mix = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    format!("{:016x}", text.bytes().fold(0xcbf2_9ce4_8422_2325, mix))
}

/// Moves of one kind that must be possible to repeat: no result is another's beginning, no two have one result.
#[derive(Default)]
struct Moves {
    to: BTreeMap<String, (String, String)>,
}

impl Moves {
    fn add(&mut self, field: &str, from: &str, to: &str) -> Result<(), ConfigError> {
        match self.to.get(from) {
            Some((known, _)) if known != to => Err(ConfigError::new(
                field,
                format!("{from:?} moves to {known:?} and to {to:?}; give it one place"),
            )),
            _ => {
                self.to.insert(from.to_owned(), (to.to_owned(), field.to_owned()));
                Ok(())
            }
        }
    }

    fn finish(self, what: &str) -> Result<BTreeMap<String, String>, ConfigError> {
        for (from, (to, field)) in self.to.iter().filter(|(from, (to, _))| *from != to) {
            if self.to.get(to).is_some_and(|(next, _)| next != to) {
                let message =
                    format!("the {what} {to:?} moves on itself, so a second run would move {from:?} twice");
                return Err(ConfigError::new(field, message));
            }
            if let Some((other, _)) = self.to.iter().find(|(other, (end, _))| end == to && *other != from) {
                let message = format!("both {from:?} and {other:?} would become the {what} {to:?}");
                return Err(ConfigError::new(field, message));
            }
        }
        Ok(self.to.into_iter().map(|(from, (to, _))| (from, to)).filter(|(from, to)| from != to).collect())
    }
}

/// The pairs of one network; without `to` each stays in its place.
fn address_pairs(field: &str, network: &Network) -> Result<Vec<(Block, Block)>, ConfigError> {
    let from = blocks(&format!("{field}.from.addresses"), &network.from.addresses)?;
    let Some(to) = &network.to else { return Ok(from.into_iter().map(|block| (block, block)).collect()) };
    let to = blocks(&format!("{field}.to.addresses"), &to.addresses)?;
    if from.len() != to.len() {
        let message = format!(
            "network {:?} has {} blocks in `from` and {} in `to`; they are paired by position",
            network.name,
            from.len(),
            to.len()
        );
        return Err(ConfigError::new(format!("{field}.to.addresses"), message));
    }
    Ok(from.into_iter().zip(to).collect())
}

fn blocks(field: &str, texts: &[String]) -> Result<Vec<Block>, ConfigError> {
    let block = |(index, text): (usize, &String)| {
        Block::parse(text).map_err(|error| ConfigError::new(format!("{field}[{index}]"), error.to_string()))
    };
    texts.iter().enumerate().map(block).collect()
}

fn moved_network(field: &str, network: &Network) -> Result<MovedNetwork, ConfigError> {
    let vlan = sides(field, "vlan", network, |side| side.vlan)?;
    let bad = vlan.iter().flat_map(|(from, to)| [*from, *to]).find(|id| !(1..=4094).contains(id));
    if let Some(id) = bad {
        return Err(ConfigError::new(format!("{field}.to.vlan"), format!("{id} is no VLAN id (1 to 4094)")));
    }
    Ok(MovedNetwork {
        name: network.name.to_lowercase(),
        vlan,
        interface: sides(field, "interface", network, |side| side.interface.clone())?,
        base_interface: network.from.interface.clone(),
    })
}

/// A value of both sides; none where it does not move.
fn sides<T: PartialEq>(
    field: &str,
    name: &str,
    network: &Network,
    value: impl Fn(&Side) -> Option<T>,
) -> Result<Move<T>, ConfigError> {
    match (value(&network.from), network.to.as_ref().and_then(value)) {
        (Some(from), Some(to)) if from != to => Ok(Some((from, to))),
        (None, Some(_)) => {
            let message = format!("`to` gives {name}, but `from` does not say which one it replaces");
            Err(ConfigError::new(format!("{field}.from.{name}"), message))
        }
        _ => Ok(None),
    }
}

fn check_interface(field: &str, name: &str) -> Result<(), ConfigError> {
    if name.len() > LONGEST_INTERFACE {
        let message = format!(
            "{name:?} has {} bytes; a host interface's name has {LONGEST_INTERFACE} at most",
            name.len()
        );
        return Err(ConfigError::new(field, message));
    }
    if name.is_empty() || name.contains(|c: char| c == '/' || c == ':' || c.is_whitespace()) {
        return Err(ConfigError::new(field, format!("{name:?} is no host interface's name")));
    }
    Ok(())
}

/// Appended addresses share the base's interfaces: nothing else of the network may move.
fn refuse_moves_in_append(spec: &Spec, networks: &[MovedNetwork]) -> Result<(), ConfigError> {
    let moved = networks.iter().position(|network| network.vlan.is_some() || network.interface.is_some());
    match (spec.node_policies, moved) {
        (Some(NodePolicies::Append), Some(index)) => {
            let message = "with `nodePolicies: append` the instance shares the base's VLANs and interfaces; leave vlan and \
                           interface as they are, or use `nodePolicies: replace`";
            Err(ConfigError::new(format!("spec.networks[{index}].to"), message))
        }
        _ => Ok(()),
    }
}
