//! `spec.networks`, `spec.interfaces` and `spec.hosts` made ready: what moves where, refused where it could not be undone or repeated.

use std::collections::BTreeMap;

use super::contradictions::contradictions;
use super::moves::Moves;
use super::schema::{Network, Side};
use super::{ConfigError, HostMoves, Spec};
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
    /// The base's VLAN id, whether or not it moves.
    pub base_vlan: Option<u16>,
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
    /// Data plane nodes.
    pub hosts: HostMoves,
    interfaces: BTreeMap<String, String>,
}

impl NetworkMoves {
    /// Reads the networks, interfaces and hosts of a config; or all that is wrong with them.
    pub fn new(spec: &Spec) -> Result<Self, Vec<ConfigError>> {
        let mut reading = Reading::default();
        for (index, network) in spec.networks.iter().enumerate() {
            reading.network(&format!("spec.networks[{index}]"), network);
        }
        for (index, interface) in spec.interfaces.iter().enumerate() {
            let field = format!("spec.interfaces[{index}].to");
            reading.interface(&field, &interface.from, &interface.to);
        }
        reading.wrong.extend(contradictions(&spec.networks));
        let hosts = HostMoves::new(spec, &mut reading.wrong);
        reading.finish(hosts)
    }

    /// Whether nothing of the network moves, hosts apart.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.networks.is_empty() && self.interfaces.is_empty()
    }

    /// The network of this name, in any case.
    #[must_use]
    pub fn network(&self, name: &str) -> Option<&MovedNetwork> {
        self.networks.iter().find(|network| network.name == name.to_lowercase())
    }

    /// The network that a variable's name means (`storage_mgmt_vlan_id`), which other separators may stand in.
    #[must_use]
    pub fn network_spelled(&self, name: &str) -> Option<&MovedNetwork> {
        let bare = |name: &str| name.to_lowercase().replace(['-', '_'], "");
        let alike = || self.networks.iter().find(|network| bare(&network.name) == bare(name));
        self.network(name).or_else(|| alike().filter(|_| !bare(name).is_empty()))
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
        // No other line begins so.
        let hosts = self.hosts.each().map(|(from, to)| format!("host: {from} {to}"));
        let all = addresses.chain(vlans).chain(domains).chain(interfaces).chain(hosts);
        let mut all: Vec<String> = all.collect();
        all.sort_unstable();
        (!all.is_empty()).then(|| fingerprint(&all.join("\n")))
    }

    /// The host interfaces that move, by the base's names.
    pub fn interfaces(&self) -> impl Iterator<Item = &str> {
        self.interfaces.keys().map(String::as_str)
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

/// The DNS domain of one side: in lower case, for to DNS all cases are one name.
pub(super) fn domain(side: &Side) -> Option<String> {
    side.dns_domain.as_deref().map(str::to_ascii_lowercase)
}

/// FNV-1a: the same on every machine and in every version of this program, which the standard library's is not.
fn fingerprint(text: &str) -> String {
    let mix = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    format!("{:016x}", text.bytes().fold(0xcbf2_9ce4_8422_2325, mix))
}

/// What has been read, and what was wrong with it.
#[derive(Default)]
struct Reading {
    pairs: Vec<(String, Vec<(Block, Block)>)>,
    networks: Vec<MovedNetwork>,
    domains: Moves,
    interfaces: Moves,
    wrong: Vec<ConfigError>,
}

impl Reading {
    fn kept<T>(&mut self, read: Result<T, ConfigError>) -> Option<T> {
        read.map_err(|error| self.wrong.push(error)).ok()
    }

    fn network(&mut self, field: &str, network: &Network) {
        if self.networks.iter().any(|known| known.name == network.name.to_lowercase()) {
            let message = format!("the network {:?} is given twice", network.name);
            return self.wrong.push(ConfigError::new(field, message));
        }
        match address_pairs(field, network) {
            Ok(pairs) => self.pairs.push((field.to_owned(), pairs)),
            Err(wrong) => self.wrong.extend(wrong),
        }
        let domain = sides(field, "dnsDomain", network, domain);
        if let Some(Some((from, to))) = self.kept(domain) {
            let added = self.domains.add(&format!("{field}.to.dnsDomain"), &from, &to);
            self.kept(added);
        }
        let interface = sides(field, "interface", network, |side| side.interface.clone());
        let interface = self.kept(interface).flatten();
        if let Some((from, to)) = &interface {
            self.interface(&format!("{field}.to.interface"), from, to);
        }
        let vlan = vlan(field, network);
        let vlan = self.kept(vlan).flatten();
        let (name, base_interface) = (network.name.to_lowercase(), network.from.interface.clone());
        let base_vlan = network.from.vlan;
        self.networks.push(MovedNetwork { name, vlan, base_vlan, interface, base_interface });
    }

    fn interface(&mut self, field: &str, from: &str, to: &str) {
        if self.kept(check_interface(field, to)).is_some() {
            let added = self.interfaces.add(field, from, to);
            self.kept(added);
        }
    }

    fn finish(mut self, hosts: HostMoves) -> Result<NetworkMoves, Vec<ConfigError>> {
        let mapping = self.mapping();
        let mut domains: Vec<_> = self.domains.finish("DNS domain", &mut self.wrong).into_iter().collect();
        domains.sort_by_cached_key(|(from, _)| std::cmp::Reverse(from.len()));
        let interfaces = self.interfaces.finish("host interface", &mut self.wrong);
        if self.wrong.is_empty() {
            return Ok(NetworkMoves { mapping, networks: self.networks, domains, hosts, interfaces });
        }
        Err(self.wrong)
    }

    /// All pairs; where they contradict each other, each network is asked by itself whether it fits those before it.
    fn mapping(&mut self) -> Mapping {
        let all = self.pairs.iter().flat_map(|(_, pairs)| pairs.iter().copied()).collect();
        if let Ok(mapping) = Mapping::new(all) {
            return mapping;
        }
        let mut fitting: Vec<(Block, Block)> = Vec::new();
        for (field, pairs) in &self.pairs {
            let tried: Vec<_> = fitting.iter().chain(pairs).copied().collect();
            match Mapping::new(tried.clone()) {
                Ok(_) => fitting = tried,
                Err(error) => self.wrong.push(ConfigError::new(field, error.to_string())),
            }
        }
        Mapping::default()
    }
}

/// The pairs of one network; without `to` each stays in its place.
fn address_pairs(field: &str, network: &Network) -> Result<Vec<(Block, Block)>, Vec<ConfigError>> {
    let from = blocks(&format!("{field}.from.addresses"), &network.from.addresses);
    let Some(to) = &network.to else { return Ok(from?.into_iter().map(|block| (block, block)).collect()) };
    let (from, to) = match (from, blocks(&format!("{field}.to.addresses"), &to.addresses)) {
        (Ok(from), Ok(to)) => (from, to),
        (from, to) => return Err([from.err(), to.err()].into_iter().flatten().flatten().collect()),
    };
    if from.len() != to.len() {
        let message = format!(
            "network {:?} has {} blocks in `from` and {} in `to`; they are paired by position",
            network.name,
            from.len(),
            to.len()
        );
        return Err(vec![ConfigError::new(format!("{field}.to.addresses"), message)]);
    }
    Ok(from.into_iter().zip(to).collect())
}

fn blocks(field: &str, texts: &[String]) -> Result<Vec<Block>, Vec<ConfigError>> {
    let (mut blocks, mut wrong) = (Vec::new(), Vec::new());
    for (index, text) in texts.iter().enumerate() {
        match Block::parse(text) {
            Ok(block) => blocks.push(block),
            Err(error) => wrong.push(ConfigError::new(format!("{field}[{index}]"), error.to_string())),
        }
    }
    if wrong.is_empty() { Ok(blocks) } else { Err(wrong) }
}

fn vlan(field: &str, network: &Network) -> Result<Move<u16>, ConfigError> {
    let both = [("from", network.from.vlan), ("to", network.to.as_ref().and_then(|to| to.vlan))];
    let bad = both.into_iter().find_map(|(side, id)| Some((side, id.filter(|id| !(1..=4094).contains(id))?)));
    match bad {
        Some((side, id)) => {
            Err(ConfigError::new(format!("{field}.{side}.vlan"), format!("{id} is no VLAN id (1 to 4094)")))
        }
        None => sides(field, "vlan", network, |side| side.vlan),
    }
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
