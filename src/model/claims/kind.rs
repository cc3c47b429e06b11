//! What takes addresses: one row for each kind of claim. Knows no object.

/// What takes addresses. The order is that of the lanes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A subnet's gateway.
    Gateway,
    /// An address of one of the cluster's nodes.
    Host,
    /// An address of a data plane node that is fixed by hand.
    DataPlane,
    /// An address that an `IPSet` fixes.
    IpSet,
    /// What a `NetworkAttachmentDefinition` gives to pods, each its own.
    Attachment,
    /// What a `NetworkAttachmentDefinition` gives to every one of its pods.
    Static,
    /// What MetalLB gives to Services.
    Pool,
    /// The address that a Service asks for.
    Vip,
    /// What a `NetConfig` gives to data plane nodes.
    Allocation,
}

/// How a kind is spoken of.
struct Row {
    word: &'static str,
    lane: &'static str,
    part: &'static str,
    /// Whether it is addresses to be given out, and none that one has.
    is_range: bool,
}

impl Kind {
    /// What each kind is called on the map, where it stands there, and what it is of whose it is.
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

    /// One of them.
    #[must_use]
    pub fn word(self) -> &'static str {
        self.row().word
    }

    /// Where a picture shows them.
    #[must_use]
    pub fn lane(self) -> &'static str {
        self.row().lane
    }

    /// What the addresses are of whose they are: `the gateway`, `the range`.
    pub(super) fn part(self) -> &'static str {
        self.row().part
    }

    /// Whether it is addresses to be given out, and none that one has.
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
