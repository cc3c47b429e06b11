//! The kinds of claims, one row each. Must not know objects.

/// What takes addresses, in the order of the map's lanes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A subnet's gateway.
    Gateway,
    /// An address of a cluster node.
    Host,
    /// A fixed address of a data plane node.
    DataPlane,
    /// A fixed address in an `IPSet`.
    IpSet,
    /// A range from which a `NetworkAttachmentDefinition` gives each pod an address.
    Attachment,
    /// An address that a `NetworkAttachmentDefinition` gives to every pod.
    Static,
    /// A range from which MetalLB gives addresses to Services.
    Pool,
    /// An address that a Service asks for.
    Vip,
    /// A range from which a `NetConfig` gives addresses to data plane nodes.
    Allocation,
}

/// The words for a kind.
struct Row {
    word: &'static str,
    lane: &'static str,
    part: &'static str,
    /// Whether addresses are given out from it, rather than in use.
    is_range: bool,
}

impl Kind {
    /// A kind's name and lane on the map, and the words for its addresses in a sentence.
    const fn row(self) -> Row {
        match self {
            Self::Gateway => one("gateway", "gateway, nodes", "the gateway"),
            Self::Host | Self::DataPlane => one("node", "gateway, nodes", "an address"),
            Self::IpSet => one("IPSet", "gateway, nodes", "an address"),
            Self::Attachment => range("NAD range", "NAD ranges", "the range"),
            Self::Static => one("NAD address", "NAD ranges", "an address"),
            Self::Pool => range("pool", "pools", "the addresses"),
            Self::Vip => one("VIP", "VIPs", "the address"),
            Self::Allocation => range("NetConfig range", "NetConfig", "the allocation range"),
        }
    }

    /// The name of one claim: `pool`, `VIP`.
    #[must_use]
    pub fn word(self) -> &'static str {
        self.row().word
    }

    /// The lane of the map.
    #[must_use]
    pub fn lane(self) -> &'static str {
        self.row().lane
    }

    /// The words for its addresses in a sentence: `the gateway`, `the range`.
    pub(super) fn part(self) -> &'static str {
        self.row().part
    }

    /// Whether its addresses are given out or asked for in an instance's name, so that two instances may not have them.
    #[must_use]
    pub fn is_given(self) -> bool {
        self.is_range() || matches!(self, Self::Vip | Self::DataPlane | Self::IpSet)
    }

    /// Whether addresses are given out from it, rather than in use.
    #[must_use]
    pub fn is_range(self) -> bool {
        self.row().is_range
    }
}

const fn one(word: &'static str, lane: &'static str, part: &'static str) -> Row {
    Row { word, lane, part, is_range: false }
}

const fn range(word: &'static str, lane: &'static str, part: &'static str) -> Row {
    Row { word, lane, part, is_range: true }
}
