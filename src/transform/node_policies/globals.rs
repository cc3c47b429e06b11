//! Resolvers and routes are a node's, not an interface's: the instance's policies and the base's, which are of the same
//! nodes, would set them in turn.
//!
//! One finding for each such thing, whatever the number of policies that set it.

use crate::address::{address, rewrite};
use crate::catalogue::node_policy::{DNS_SERVERS, RESOLVER, ROUTES};
use crate::change::Changes;
use crate::context::Context;
use crate::find::{Part, select};
use crate::krm::{Item, listed};
use crate::path;
use crate::rules::said;
use crate::yaml::{Node, Pointer, PointerBuf};

use super::replace::is_beside_the_bases;

/// A thing that a node has once, and who sets it where.
type Set<'a> = (String, Vec<(&'a Item<'a>, PointerBuf)>);

pub(super) fn report<'a>(
    context: &Context<'_>,
    policies: impl Iterator<Item = &'a Item<'a>>,
    changes: &mut Changes,
) {
    let mut sets: Vec<Set<'a>> = Vec::new();
    for policy in policies.filter(|policy| is_beside_the_bases(context, policy)) {
        for (what, pointer) in set_by(context, policy) {
            match sets.iter_mut().find(|(known, _)| *known == what) {
                Some((_, places)) => places.push((policy, pointer)),
                None => sets.push((what, vec![(policy, pointer)])),
            }
        }
    }
    for (what, places) in sets {
        say(context, &what, &places, changes);
    }
}

/// What of a policy is a node's, set in another way than by the base's: one that a plan's instances share has it.
pub(super) fn bases(context: &Context<'_>, policy: &Item<'_>) -> Vec<PointerBuf> {
    let whole = |pointer: PointerBuf| {
        // A resolver without its servers would be another setting still.
        let is_resolver = |place: &&Pointer| place.last().is_some_and(|last| last.decoded() == RESOLVER);
        let above = std::iter::successors(pointer.parent(), |place| place.parent());
        above.into_iter().find(is_resolver).map_or_else(|| pointer.clone(), Pointer::to_buf)
    };
    let mut places: Vec<PointerBuf> =
        set_by(context, policy).into_iter().map(|(_, pointer)| whole(pointer)).collect();
    places.dedup();
    places
}

/// What a policy sets of a node in another way than the base's.
fn set_by(context: &Context<'_>, policy: &Item<'_>) -> Vec<(String, PointerBuf)> {
    let mapping = &context.instance.network.mapping;
    let moves = |node: &Node<'_>| {
        let address = node.text().and_then(|text| address(text).ok());
        address.is_some_and(|old| mapping.map_address(old).is_some_and(|new| new != old))
    };
    let servers = select(policy.node, DNS_SERVERS).into_iter().filter(|server| moves(server.node));
    let servers = servers.map(|server| ("the list of DNS servers".to_owned(), server.pointer));
    let routes = select(policy.node, ROUTES).into_iter().filter_map(|route: Part<'_>| {
        let destination = route.text(path!("destination")).unwrap_or_default();
        let stays = rewrite(destination, mapping).text.is_none();
        let goes = stays && route.node.get("next-hop-address").is_some_and(moves);
        goes.then(|| (format!("the next hop to {destination}"), route.pointer))
    });
    servers.chain(routes).collect()
}

fn say(context: &Context<'_>, what: &str, places: &[(&Item<'_>, PointerBuf)], changes: &mut Changes) {
    let Some(((policy, pointer), others)) = places.split_first() else { return };
    let mut names: Vec<String> = places.iter().map(|(policy, _)| context.new_name(policy)).collect();
    names.dedup();
    let message = format!(
        "{what} is one for the whole node, and {} of this instance would set another than the base's of the same nodes; \
         leave it to one of the two",
        if names.len() == 1 { "the policy " } else { "the policies " }.to_owned() + &listed(&names)
    );
    let finding = said::NODE_GLOBAL.finding(message).at(policy, pointer).without_current();
    changes.report(others.iter().fold(finding, |finding, (policy, place)| finding.beside(policy, place)));
}
