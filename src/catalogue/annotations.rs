//! MetalLB's Service annotations.
//!
//! Source: MetalLB `controller/service.go` (both domains, `metallb.io` wins, keys are case-sensitive) and
//! openstack `lib-common` `modules/common/service/types.go` (writes `metallb.universe.tf`).

/// The domain that every MetalLB version reads.
pub const OLD_DOMAIN: &str = "metallb.universe.tf";
/// The domain that MetalLB reads since v0.14.9.
pub const NEW_DOMAIN: &str = "metallb.io";

/// What an annotation means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meaning {
    /// The name of one `IPAddressPool`.
    AddressPool,
    /// One address, or one IPv4 and one IPv6 address with a comma between.
    LoadBalancerIps,
    /// A sharing key: Services with equal keys may share an address.
    AllowSharedIp,
    /// The pool that an address came from: written by MetalLB's controller, never an input.
    AllocatedFrom,
}

impl Meaning {
    /// The annotation's name after the domain.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::AddressPool => "address-pool",
            Self::LoadBalancerIps => "loadBalancerIPs",
            Self::AllowSharedIp => "allow-shared-ip",
            Self::AllocatedFrom => "ip-allocated-from-pool",
        }
    }

    const ALL: [Self; 4] =
        [Self::AddressPool, Self::LoadBalancerIps, Self::AllowSharedIp, Self::AllocatedFrom];
}

/// A MetalLB annotation key, in whatever case it was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Key {
    /// The domain, as MetalLB spells it.
    pub domain: &'static str,
    /// What it means.
    pub meaning: Meaning,
}

impl Key {
    /// Recognises a key in any case; `None` if it is not MetalLB's.
    #[must_use]
    pub fn recognise(key: &str) -> Option<Self> {
        let (domain, name) = key.split_once('/')?;
        let domain = [OLD_DOMAIN, NEW_DOMAIN].into_iter().find(|known| domain.eq_ignore_ascii_case(known))?;
        let meaning = Meaning::ALL.into_iter().find(|meaning| name.eq_ignore_ascii_case(meaning.name()))?;
        Some(Self { domain, meaning })
    }

    /// The one spelling that MetalLB reads.
    #[must_use]
    pub fn spelling(self) -> String {
        format!("{}/{}", self.domain, self.meaning.name())
    }
}
