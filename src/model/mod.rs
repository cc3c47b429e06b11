//! Typed views of a finished list: what MetalLB, the operators and the network read there.
//!
//! Built from items alone. Reading never fails: what cannot be read is left out, or kept as text for a rule to judge.
//! Each view keeps its item and the place of each fact. This module must not know the config, an edit or a rule.

mod advertisement;
mod breach;
mod claims;
mod content;
mod control_plane;
mod crd;
mod lookup;
mod metallb_address;
mod named;
mod network;
mod networks_annotation;
mod nodes;
mod peer;
mod pool;
mod selector;
mod vip;
mod vip_read;

pub use advertisement::{Advertisement, Protocol};
pub use breach::{Bound, Breach, Broken, Found};
pub use claims::{Claim, Claims, Conflict, Kind, Outside, Refusal, common, conflict_rules, refusal, shown};
pub use content::{Identity, content, identity, identity_as, is_bookkeeping};
pub use control_plane::{ControlPlane, Override, ServiceOverride, annotations_of};
pub use crd::{Counted, read_crds};
pub use metallb_address::{Fault, prefix_text, read_address, summarized};
pub use named::{Asked, NamesOf};
pub use network::{
    Address, Attachment, AttachmentRange, Book, DataPlaneNode, Interface, InterfaceAddress, IpSet, NetConfig,
    Network, Networks, NodeNetwork, NodePolicy, NodeRoute, NodeSet, Parsed, Plugin, Range, Request, Route,
    Selections, Subnet, Vlan, WrittenVlan, vlan_key, written_vlans,
};
pub use networks_annotation::{is_networks, networks};
pub use nodes::{Nodes, Selected};
pub use peer::{Alias, BfdProfile, Community, Peer};
pub use pool::{Pool, PoolAddress};
pub use selector::{Expression, Selector, selectors};
pub use vip::{EndpointOf, Pin, Vip};

use std::cell::OnceCell;
use std::net::IpAddr;

use crate::catalogue::crd::{self as fields, Crds, Known};
use crate::catalogue::endpoints::{ENDPOINTS, Endpoint};
use crate::catalogue::kinds::{self, METALLB};
use crate::inventory::{Inventory, annotated};
use crate::krm::Item;

use lookup::Lookup;

/// A finished list of objects.
#[derive(Debug, Default)]
pub struct Model<'a> {
    /// Every object that is applied, once: without local config, the Kptfile and the function's own kinds.
    pub objects: Vec<Item<'a>>,
    /// `IPAddressPool`.
    pub pools: Vec<Pool<'a>>,
    /// `AddressPool`, which MetalLB no longer reads.
    pub legacy_pools: Vec<Item<'a>>,
    /// `L2Advertisement`, `BGPAdvertisement`.
    pub advertisements: Vec<Advertisement<'a>>,
    /// `BGPPeer`.
    pub peers: Vec<Peer<'a>>,
    /// `Community`.
    pub communities: Vec<Community<'a>>,
    /// `BFDProfile`.
    pub bfd_profiles: Vec<BfdProfile<'a>>,
    /// Services that MetalLB may give addresses to, from every object that describes one.
    pub vips: Vec<Vip<'a>>,
    /// `OpenStackControlPlane`.
    pub control_planes: Vec<ControlPlane<'a>>,
    /// Networks, attachments, node policies, node sets.
    pub networks: Networks<'a>,
    /// MetalLB's namespace.
    pub metallb_namespace: String,
    /// Names of pools that exist although the list does not hold them.
    pub known_pools: Vec<String>,
    /// `Node`.
    pub nodes: Vec<Item<'a>>,
    given: Option<&'a Crds<'a>>,
    lookup: Lookup<'a>,
    claims: OnceCell<Claims<'a>>,
    breaches: OnceCell<Vec<Breach<'a>>>,
    asked: OnceCell<Vec<Asked<'a>>>,
}

impl<'a> Model<'a> {
    /// Reads the list.
    #[must_use]
    pub fn new(items: &[Item<'a>]) -> Self {
        Self::by(ENDPOINTS, items)
    }

    /// Reads the list with another table of endpoints.
    #[must_use]
    pub fn by(endpoints: &'static [Endpoint], items: &[Item<'a>]) -> Self {
        let Inventory { own, shared, .. } = Inventory::new(items);
        let mut objects: Vec<Item<'a>> = own.into_iter().chain(shared).collect();
        objects.sort_by_cached_key(|item| item.index);
        let objects = content::distinct(&objects);
        let mut model = Self { metallb_namespace: kinds::METALLB_NAMESPACE.to_owned(), ..Self::default() };
        for item in objects.iter().filter(|item| !kinds::is_data(item.kind)) {
            model.add(item, endpoints);
        }
        model.lookup = Lookup::new(&model.pools);
        model.objects = objects;
        model
    }

    /// The same list with MetalLB in this namespace, and with pools that exist elsewhere.
    #[must_use]
    pub fn knowing(mut self, metallb_namespace: &str, known_pools: &[String]) -> Self {
        metallb_namespace.clone_into(&mut self.metallb_namespace);
        self.known_pools = known_pools.to_vec();
        self.claims = OnceCell::new();
        self
    }

    /// The same list with the user's CRDs for the fields of their kinds.
    #[must_use]
    pub fn with_crds(mut self, crds: &'a Crds<'a>) -> Self {
        self.given = Some(crds);
        self.breaches = OnceCell::new();
        self
    }

    /// The fields that an object has by its CRD.
    #[must_use]
    pub fn fields_of(&self, item: &Item<'_>) -> Known<'a> {
        fields::shape(self.given, item.api_version, item.kind)
    }

    /// Whether a rule has anything to say of an object by itself: its kind is one of an instance's, it asks for an
    /// address, or its fields stand in a CRD.
    #[must_use]
    pub fn is_looked_at(&self, item: &Item<'_>) -> bool {
        kinds::is_of_an_instance(item.group(), item.kind)
            || self.vips.iter().any(|vip| vip.item.index == item.index)
            || !matches!(self.fields_of(item), Known::No)
    }

    /// The first pool of a name.
    #[must_use]
    pub fn pool(&self, name: &str) -> Option<&Pool<'a>> {
        self.pools.get(self.lookup.named(name)?)
    }

    /// The first pool that gives an address out.
    #[must_use]
    pub fn pool_of(&self, address: IpAddr) -> Option<&Pool<'a>> {
        self.pools.get(self.lookup.holding(address, &self.pools)?)
    }

    /// The pools that an advertisement announces, in list order.
    pub fn announced<'m>(
        &'m self,
        by: &Advertisement<'_>,
    ) -> impl Iterator<Item = &'m Pool<'a>> + use<'m, 'a> {
        self.lookup.announced(by, &self.pools).into_iter().filter_map(|place| self.pools.get(place))
    }

    /// All claims on addresses and their conflicts; computed on first use.
    pub fn claims(&self) -> &Claims<'a> {
        self.claims.get_or_init(|| Claims::new(self))
    }

    /// What the objects break of their CRDs; computed on first use.
    pub fn breaches(&self) -> &[Breach<'a>] {
        self.breaches.get_or_init(|| breach::breaches(&self.objects, &|item| self.fields_of(item)))
    }

    /// Whether a pool of this name is in the list or known to exist elsewhere.
    #[must_use]
    pub fn knows_pool(&self, name: &str) -> bool {
        self.pool(name).is_some() || self.known_pools.iter().any(|known| known == name)
    }

    fn add(&mut self, item: &Item<'a>, endpoints: &'static [Endpoint]) {
        match (item.group(), item.kind) {
            (METALLB, kind) => self.add_metallb(item, kind),
            (kinds::CORE_OPENSTACK, kinds::CONTROL_PLANE) => {
                let plane = ControlPlane::read(item, endpoints);
                self.vips.extend(vip_read::of_control_plane(&plane, &annotated(item.node)));
                self.control_planes.push(plane);
            }
            ("", "Service") => self.vips.extend(vip_read::of_service(item, &annotated(item.node))),
            (group, kind) => {
                if (group, kind) == ("", "Node") {
                    self.nodes.push(*item);
                }
                self.networks.add(item);
                self.vips.extend(vip_read::of_other(item, &annotated(item.node)));
            }
        }
    }

    fn add_metallb(&mut self, item: &Item<'a>, kind: &str) {
        match kind {
            "IPAddressPool" => self.pools.push(Pool::read(item)),
            "AddressPool" => self.legacy_pools.push(*item),
            "L2Advertisement" => self.advertisements.push(Advertisement::read(item, Protocol::L2)),
            "BGPAdvertisement" => self.advertisements.push(Advertisement::read(item, Protocol::Bgp)),
            "BGPPeer" => self.peers.push(Peer::read(item)),
            "Community" => self.communities.push(Community::read(item)),
            "BFDProfile" => self.bfd_profiles.push(BfdProfile::read(item)),
            _ => {}
        }
    }
}
