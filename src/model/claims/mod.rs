//! Claims: which object says that addresses are taken, and by whom, and which claims conflict.
//!
//! `kind` lists the kinds, `read` finds claims in the model, `owners` assigns them to instances, `sharing` is the
//! table of what may share addresses with what, and `conflicts` finds the overlaps that it forbids. This module must
//! not know a rule: their names are data here.

mod conflicts;
mod kind;
mod owners;
mod read;
mod services;
mod sharing;

pub use kind::Kind;
pub use services::{Outside, Refusal, refusal};
pub use sharing::rules as conflict_rules;

use crate::address::Block;
use crate::krm::Item;
use crate::yaml::PointerBuf;

use super::{Book, Model, identity};
use conflicts::Found;

/// Addresses that something takes.
#[derive(Debug, Clone)]
pub struct Claim<'a> {
    /// What takes them.
    pub kind: Kind,
    /// The addresses.
    pub block: Block,
    /// The instance, as an index into [`Claims::instances`]; `None` if all share it.
    pub owner: Option<usize>,
    /// The object that states the claim.
    pub item: Item<'a>,
    /// Where the object states it.
    pub pointer: PointerBuf,
    /// Addresses of the block that are not given out.
    pub excluded: Vec<Block>,
    /// What takes them, by name: a pool, an endpoint, a node.
    pub name: String,
    /// Whose they are, in a sentence: `the network ctlplane`.
    pub of: String,
    /// For a VIP, its index in [`Model::vips`].
    pub vip: Option<usize>,
    /// Of what an attachment gives out, the book that says which of it is given out.
    pub book: Option<Book>,
    /// Whether it is certain; a claim that is not conflicts with nothing.
    pub certain: bool,
}

/// Addresses that two claims may not both have, or that one may not have at all.
#[derive(Debug, Clone, Copy)]
pub struct Conflict<'c, 'a> {
    /// The name of the rule that reports it.
    pub rule: &'static str,
    /// The addresses.
    pub block: Block,
    /// The claim at which it is reported.
    pub one: &'c Claim<'a>,
    /// The other claim, if there are two.
    pub other: Option<&'c Claim<'a>>,
}

/// All claims of a list, by reader, then in list order.
#[derive(Debug, Default)]
pub struct Claims<'a> {
    /// The namespaces of the instances.
    pub instances: Vec<String>,
    /// The claims.
    pub all: Vec<Claim<'a>>,
    found: Vec<Found>,
}

impl<'a> Claims<'a> {
    pub(super) fn new(model: &Model<'a>) -> Self {
        let owners = owners::Owners::new(model);
        let all = read::claims(model, &owners);
        let instances = owners.names();
        let found = conflicts::find(model, &all, &instances);
        Self { instances, all, found }
    }

    /// The conflicts, in the order of the claims at which they are reported.
    pub fn conflicts(&self) -> impl Iterator<Item = Conflict<'_, 'a>> {
        self.found.iter().filter_map(|found| {
            let other = found.other.and_then(|place| self.all.get(place));
            Some(Conflict { rule: found.rule, block: found.block, one: self.all.get(found.one)?, other })
        })
    }
}

impl Claim<'_> {
    /// Whether the whole of a block is excluded, also by several adjacent exclusions.
    #[must_use]
    pub fn excludes(&self, block: &Block) -> bool {
        block.is_covered(&self.excluded)
    }

    /// Whether one object, or two copies of it, state both.
    pub(super) fn is_of_the_object(&self, other: &Self) -> bool {
        identity(&self.item) == identity(&other.item)
    }

    /// Whether a reader could not tell the two apart.
    pub(super) fn says_the_same(&self, other: &Self) -> bool {
        (self.kind, self.block, &self.of) == (other.kind, other.block, &other.of)
            && self.is_of_the_object(other)
    }

    /// What the addresses are, to follow `is`: `the gateway of the network ctlplane`, `in the range … of …`.
    #[must_use]
    pub fn sentence(&self) -> String {
        let (part, of) = (self.kind.part(), &self.of);
        if self.kind.is_range() {
            format!("in {part} {} of {of}", shown(&self.block))
        } else {
            format!("{part} of {of}")
        }
    }
}

/// The addresses that are in both blocks.
#[must_use]
pub fn common(one: &Block, other: &Block) -> Option<Block> {
    one.overlaps(other)
        .then(|| Block::range(one.first().max(other.first()), one.last().min(other.last())).ok())?
}

/// A block for people: a single address without prefix length or dash.
#[must_use]
pub fn shown(block: &Block) -> String {
    if block.first() == block.last() { block.first().to_string() } else { block.to_string() }
}
