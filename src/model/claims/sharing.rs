//! The table of what may share addresses with what. Must not know rules: their names are data, and a test checks them.

use super::services::{Refusal, Services};
use super::{Claim, Kind};
use Kind::{Allocation, Attachment, DataPlane, Gateway, Host, IpSet, Pool, Static, Vip};

/// What holds between the kinds on the left and those on the right, in either order.
pub(super) struct Row {
    pub(super) left: &'static [Kind],
    pub(super) right: &'static [Kind],
    /// A condition on the two claims; `None` if the row holds always.
    pub(super) when: Option<When>,
    /// What is reported if one instance has both, or all share one; `None` if they may share.
    pub(super) own: Option<Said>,
    /// What is reported if two instances have them.
    pub(super) across: Option<Said>,
}

type When = fn(&Services<'_, '_>, &Claim<'_>, &Claim<'_>) -> bool;

/// A rule, and for which pairs it reports.
#[derive(Clone, Copy)]
pub(super) struct Said {
    pub(super) rule: &'static str,
    pub(super) told: Told,
}

/// For which pairs a rule reports, and at which claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Told {
    /// For each pair, at the claim on the left.
    AtLeft,
    /// For each pair, at the claim of the instance that comes later by name, else at the later claim.
    AtLater,
    /// For each claim and the one that begins before it and reaches furthest, at the later one in the list: a hundred
    /// identical claims give about a hundred findings, not ten thousand.
    Chained,
    /// For each claim and the first earlier one of its address, at the later one.
    WithTheFirst,
}

/// Addresses in use by machines, whoever assigned them.
const MACHINES: &[Kind] = &[Gateway, Host, DataPlane, IpSet, Static];
/// Everything that Services do not have.
const OTHERS: &[Kind] = &[Gateway, Host, DataPlane, IpSet, Static, Attachment, Allocation];
/// What the networks of one instance assign to its own machines.
const GIVEN: &[Kind] = &[Allocation, Attachment, DataPlane];

/// Two instances have one address.
const INSTANCES: Option<Said> = Some(at_later("instances-overlap"));
const ATTACHMENT_TAKEN: Said = at_left("attachment-address-taken");
const MAY_SHARE: Option<Said> = None;

/// The table. The first row decides that has both kinds and whose condition holds. Claims may share where no row does,
/// and where one of them excludes their common addresses.
pub(super) const SHARING: &[Row] = &[
    both(&[Pool], &[Pool], chained("pool-overlap")),
    both(&[Pool], &[Attachment], at_left("pool-attachment-overlap")),
    both(&[Pool], &[Allocation], at_left("pool-allocation-overlap")),
    both(&[Pool], MACHINES, at_left("pool-address-taken")),
    // One Service, described twice: several stages of an instance may hold the same object.
    row(&[Vip], &[Vip], MAY_SHARE, MAY_SHARE).when(are_one_service),
    both(&[Vip], &[Vip], with_the_first("vip-port")).when(have_one_port),
    both(&[Vip], &[Vip], with_the_first("vip-sharing")).when(are_refused),
    // A pool's faults are reported once, at the pool.
    row(&[Vip], OTHERS, MAY_SHARE, MAY_SHARE).when(in_a_pool),
    both(&[Vip], OTHERS, at_left("vip-address-taken")),
    // The cluster's nodes carry the pods of every instance.
    both(&[Attachment], &[Host], ATTACHMENT_TAKEN),
    row(&[Attachment], &[Gateway, IpSet], Some(ATTACHMENT_TAKEN), MAY_SHARE),
    row(&[Attachment], &[DataPlane], Some(ATTACHMENT_TAKEN), INSTANCES),
    row(&[Attachment], &[Allocation], Some(at_left("attachment-allocation-overlap")), INSTANCES),
    both(&[Allocation], &[Host, Static], at_left("allocation-address-taken")),
    // infra-operator keeps one record of addresses for each network of a namespace.
    row(&[Allocation], &[Allocation], MAY_SHARE, INSTANCES).when(are_one_network),
    row(&[Allocation], &[Allocation], Some(at_later("allocation-overlap")), INSTANCES),
    // Whereabouts keeps its leases of a range in one place, whose attachments of it there are.
    row(&[Attachment], &[Attachment], MAY_SHARE, MAY_SHARE).when(know_of_each_other),
    // A data plane node's address comes out of its NetConfig.
    row(GIVEN, GIVEN, MAY_SHARE, INSTANCES),
    // One node, stated by two instances. Within an instance, nodes behind routers repeat the gateway of their own
    // pods.
    row(&[Host], &[Host, DataPlane], MAY_SHARE, MAY_SHARE).when(are_one_node),
    row(&[Host], &[Host, DataPlane], MAY_SHARE, INSTANCES),
];

/// The names of all rules of the table, and of those for VIPs outside of pools.
pub fn rules() -> impl Iterator<Item = &'static str> {
    let of_the_table = SHARING.iter().flat_map(|row| [row.own, row.across]).flatten().map(|said| said.rule);
    super::services::OUTSIDE.into_iter().chain(of_the_table)
}

const fn at_left(rule: &'static str) -> Said {
    Said { rule, told: Told::AtLeft }
}

const fn at_later(rule: &'static str) -> Said {
    Said { rule, told: Told::AtLater }
}

const fn chained(rule: &'static str) -> Said {
    Said { rule, told: Told::Chained }
}

const fn with_the_first(rule: &'static str) -> Said {
    Said { rule, told: Told::WithTheFirst }
}

const fn row(left: &'static [Kind], right: &'static [Kind], own: Option<Said>, across: Option<Said>) -> Row {
    Row { left, right, when: None, own, across }
}

/// A row that reports the same for one instance and for two.
const fn both(left: &'static [Kind], right: &'static [Kind], said: Said) -> Row {
    row(left, right, Some(said), Some(said))
}

impl Row {
    /// The row with a condition.
    const fn when(self, when: When) -> Self {
        Self { when: Some(when), ..self }
    }

    /// Whether the row has these kinds, in this order.
    pub(super) fn has(&self, left: Kind, right: Kind) -> bool {
        self.left.contains(&left) && self.right.contains(&right)
    }

    /// Whether it reports in this way, for one instance and for two.
    pub(super) fn tells(&self, told: Told) -> [bool; 2] {
        [self.own, self.across].map(|said| said.is_some_and(|said| said.told == told))
    }
}

fn are_one_service(services: &Services<'_, '_>, one: &Claim<'_>, other: &Claim<'_>) -> bool {
    services.are_one(one, other)
}

fn have_one_port(services: &Services<'_, '_>, one: &Claim<'_>, other: &Claim<'_>) -> bool {
    matches!(services.refusal(one, other), Some(Refusal::Port(_)))
}

fn are_refused(services: &Services<'_, '_>, one: &Claim<'_>, other: &Claim<'_>) -> bool {
    services.refusal(one, other).is_some()
}

fn in_a_pool(services: &Services<'_, '_>, vip: &Claim<'_>, _: &Claim<'_>) -> bool {
    services.is_in_a_pool(vip)
}

fn are_one_network(_: &Services<'_, '_>, one: &Claim<'_>, other: &Claim<'_>) -> bool {
    one.name.eq_ignore_ascii_case(&other.name)
}

fn know_of_each_other(_: &Services<'_, '_>, one: &Claim<'_>, other: &Claim<'_>) -> bool {
    one.book.as_ref().zip(other.book.as_ref()).is_some_and(|(one, other)| one.knows(other))
}

fn are_one_node(_: &Services<'_, '_>, one: &Claim<'_>, other: &Claim<'_>) -> bool {
    one.name == other.name
}

#[cfg(test)]
mod tests {
    use crate::address::Block;
    use crate::krm::Item;
    use crate::model::Model;
    use crate::model::claims::Claim;
    use crate::model::claims::Kind::{
        self, Allocation, Attachment, DataPlane, Gateway, Host, IpSet, Pool, Static, Vip,
    };
    use crate::model::claims::conflicts::find;
    use crate::yaml::{self, PointerBuf};

    fn claim<'a>(item: Item<'a>, kind: Kind, owner: Option<usize>, text: &str) -> Claim<'a> {
        let (pointer, name) = (PointerBuf::root(), text.to_owned());
        let block = Block::parse(text).unwrap();
        let (excluded, of, vip, book) = (Vec::new(), String::new(), None, None);
        Claim { kind, block, owner, item, pointer, excluded, name, of, vip, book, certain: true }
    }

    fn rules(claims: &[(Kind, Option<usize>, &str, &str)]) -> String {
        let documents = yaml::parse("kind: Some").unwrap();
        let item = Item::new(&documents[0], "v1", "Some");
        let claims: Vec<Claim<'_>> = claims
            .iter()
            .map(|(kind, owner, text, excluded)| Claim {
                excluded: Block::parse(excluded).into_iter().collect(),
                ..claim(item, *kind, *owner, text)
            })
            .collect();
        let instances = ["red".to_owned(), "blue".to_owned()];
        let found = find(&Model::default(), &claims, &instances);
        found.iter().map(|found| found.rule).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn what_may_share_addresses_with_what() {
        let instances = "instances-overlap";
        for (one, other, own, across) in [
            (Pool, Pool, "pool-overlap", "pool-overlap"),
            (Pool, Attachment, "pool-attachment-overlap", "pool-attachment-overlap"),
            (Pool, Allocation, "pool-allocation-overlap", "pool-allocation-overlap"),
            (Pool, Gateway, "pool-address-taken", "pool-address-taken"),
            (Pool, IpSet, "pool-address-taken", "pool-address-taken"),
            (Pool, Static, "pool-address-taken", "pool-address-taken"),
            (Pool, Vip, "", ""),
            (Vip, Host, "vip-address-taken", "vip-address-taken"),
            (Vip, Allocation, "vip-address-taken", "vip-address-taken"),
            (Attachment, Attachment, "", instances),
            (Attachment, Allocation, "attachment-allocation-overlap", instances),
            (Attachment, Host, "attachment-address-taken", "attachment-address-taken"),
            (Attachment, DataPlane, "attachment-address-taken", instances),
            (Attachment, Gateway, "attachment-address-taken", ""),
            (Attachment, IpSet, "attachment-address-taken", ""),
            (Attachment, Static, "", ""),
            (Allocation, Allocation, "allocation-overlap", instances),
            (Allocation, Host, "allocation-address-taken", "allocation-address-taken"),
            (Allocation, Static, "allocation-address-taken", "allocation-address-taken"),
            (Allocation, DataPlane, "", instances),
            (Allocation, IpSet, "", ""),
            (Allocation, Gateway, "", ""),
            (Host, Host, "", instances),
            (Host, DataPlane, "", instances),
            (DataPlane, DataPlane, "", instances),
            (Gateway, Host, "", ""),
            (Gateway, Gateway, "", ""),
        ] {
            let said = |owner, excluded| {
                let left = (one, Some(0), "10.0.0.4-10.0.0.5", excluded);
                let right = (other, owner, "10.0.0.5-10.0.0.6", "");
                [rules(&[left, right]), rules(&[right, left])]
            };
            for (owner, expected) in [(Some(0), own), (Some(1), across), (None, own)] {
                assert_eq!(said(owner, ""), [expected, expected], "{one:?} {other:?} {owner:?}");
                assert_eq!(said(owner, "10.0.0.5/32"), ["", ""], "excluded: {one:?} {other:?} {owner:?}");
            }
        }
    }

    #[test]
    fn one_thing_stated_twice_is_no_conflict() {
        let (one, other) = ("10.0.0.4/32", "10.0.0.4-10.0.0.4");
        for (kind, own, across) in [(Host, "", ""), (Allocation, "", "instances-overlap")] {
            assert_eq!(rules(&[(kind, Some(0), one, ""), (kind, Some(0), one, "")]), own);
            assert_eq!(rules(&[(kind, Some(0), one, ""), (kind, Some(1), one, "")]), across);
        }
        assert_eq!(rules(&[(Host, Some(0), one, ""), (Host, Some(1), other, "")]), "instances-overlap");
    }

    #[test]
    fn pools_that_are_one_are_not_compared_with_each_other_all() {
        let pools = vec![(Pool, None, "10.0.0.0/24", ""); 100];
        assert_eq!(rules(&pools).split(' ').count(), 99);
    }
}
