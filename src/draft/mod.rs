//! A first address plan for manifests that have none: what the base has is read, how it goes on is proposed, and what a
//! person must decide stands there as a comment.
//!
//! `networks` reads, `leftover` adds what gives out addresses beside them, `steps` proposes, `text` writes. Nothing here is
//! known to be right for slot 2: this module must not know a rule.

mod leftover;
mod networks;
mod steps;
mod text;

use crate::address::Block;
use crate::config::check_namespace;
use crate::krm::Item;
use crate::model::Model;

use steps::Steps;

/// What is found of an instance.
#[derive(Debug, Default)]
struct Draft {
    /// The namespace that it lives in.
    namespace: Option<String>,
    networks: Vec<Drafted>,
    /// Host interfaces of node policies that no network has.
    interfaces: Vec<String>,
    /// What no network of the plan can say; a sentence each.
    notes: Vec<String>,
}

/// A network of the plan.
#[derive(Debug, Default, Clone)]
struct Drafted {
    name: String,
    addresses: Vec<Block>,
    vlan: Option<u16>,
    interface: Option<String>,
    dns_domain: Option<String>,
    /// What a person should know of it; a sentence each.
    notes: Vec<String>,
}

/// Writes a plan for the instance in the list; the error says why there is none to write.
pub fn plan(model: &Model<'_>) -> Result<String, String> {
    let mut draft = Draft { namespace: namespace(model), ..Draft::default() };
    networks::read(model, &mut draft);
    leftover::add(model, &mut draft);
    networks::unused_interfaces(model, &mut draft);
    if draft.networks.is_empty() {
        return Err("no manifest states a network: no NetConfig, NAD or pool with an address is there; give all stages of \
                    the instance"
            .to_owned());
    }
    let steps = Steps::new(&draft);
    Ok(text::write(&draft, &steps))
}

/// The namespace of the instance: that of the control plane, else of the networks, else of the attachments.
fn namespace(model: &Model<'_>) -> Option<String> {
    let planes = model.control_planes.iter().map(|plane| &plane.item);
    let configs = model.networks.net_configs.iter().map(|config| &config.item);
    let attachments = model.networks.attachments.iter().map(|attachment| &attachment.item);
    let mut named = planes.chain(configs).chain(attachments).filter_map(Item::namespace);
    named.find(|name| check_namespace("", name).is_ok()).map(str::to_owned)
}

impl Draft {
    /// Whether an object of a namespace is the instance's; one without a namespace is.
    fn is_own(&self, namespace: Option<&str>) -> bool {
        namespace.is_none() || self.namespace.is_none() || namespace == self.namespace.as_deref()
    }

    fn blocks(&self) -> impl Iterator<Item = &Block> {
        self.networks.iter().flat_map(|network| &network.addresses)
    }

    /// The place of the network of a name, in any case; one is made where there is none.
    fn place(&mut self, name: &str) -> usize {
        let known = self.networks.iter().position(|network| network.name.eq_ignore_ascii_case(name));
        known.unwrap_or_else(|| {
            self.networks.push(Drafted { name: name.to_owned(), ..Drafted::default() });
            self.networks.len().saturating_sub(1)
        })
    }

    /// Gives a network what of a block no network has yet; what is left of it is said where that is not all.
    fn give(&mut self, place: usize, block: Block) {
        let known: Vec<Block> = self.blocks().copied().collect();
        let parts = leftover::without(block, &known);
        let is_whole = parts.first().is_some_and(|part| part.same_addresses(&block));
        let Some(network) = self.networks.get_mut(place) else { return };
        if !is_whole && !block.is_covered(&network.addresses) {
            network.notes.push(format!(
                "{block} is in part, or as a whole, another network's already; decide whose it is"
            ));
        }
        network.addresses.extend(if is_whole { vec![block] } else { parts });
    }
}
