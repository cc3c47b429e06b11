//! Who prints what the instances of a plan share: an object that two of them print is one object, and the later of two
//! `apply` takes the other's addresses away. Must not know a plan.

use super::{Instance, NetworkMoves};

/// Whose part it is to print what all instances share.
#[derive(Debug, Clone, Default)]
pub enum Sharing {
    /// Everybody's: each prints all that it has.
    #[default]
    Each,
    /// Another's, whom this instance leaves it to.
    Another(Printer),
    /// This one's, for all others.
    Own(Vec<Instance>),
}

/// Who prints what is shared.
#[derive(Debug, Clone)]
pub struct Printer {
    /// The instance's name, or that of a config of its own kind.
    pub name: String,
    /// What moves for it; nothing where it prints the base's as they are.
    pub network: Option<Box<NetworkMoves>>,
    /// What moves for each of those whose addresses it prints beside its own.
    pub sharers: Vec<NetworkMoves>,
}

impl Instance {
    /// The same with its part in what a plan's instances share.
    #[must_use]
    pub fn sharing(self, sharing: Sharing) -> Self {
        Self { sharing, ..self }
    }

    /// Who prints what this instance shares with others, where it is somebody else.
    #[must_use]
    pub fn printer(&self) -> Option<&Printer> {
        match &self.sharing {
            Sharing::Another(printer) => Some(printer),
            Sharing::Each | Sharing::Own(_) => None,
        }
    }

    /// The instances whose addresses this one prints on interfaces that they share.
    #[must_use]
    pub fn sharers(&self) -> &[Self] {
        match &self.sharing {
            Sharing::Own(sharers) => sharers,
            Sharing::Each | Sharing::Another(_) => &[],
        }
    }
}

impl Printer {
    /// What it calls a host interface of the base.
    #[must_use]
    pub fn interface(&self, base: &str) -> Option<String> {
        self.network.as_ref()?.interface(base)
    }
}
