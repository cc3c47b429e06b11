//! Edits made text: every edited item through the YAML layer, which proves each edit or refuses it.

use super::{Changes, Edits, operations};
use crate::krm::{Item, Source};
use crate::yaml::{self, Draft, Error, Node, Splices};

/// An edited item.
#[derive(Debug)]
pub struct Edited<'a> {
    /// The item as it was.
    pub item: Item<'a>,
    state: State<'a>,
}

#[derive(Debug)]
enum State<'a> {
    Draft(Draft<'a>),
    /// Read again already, and not to be looked at any more.
    Proven(Splices),
}

/// An edited item whose new text was read again.
#[derive(Debug)]
pub struct Proven<'d> {
    /// The item as it was.
    pub item: Item<'d>,
    /// What to change in its source.
    pub splices: &'d Splices,
    /// The item as it will be printed, where it is to be looked at.
    pub node: Option<Node<'d>>,
}

/// An item whose edits cannot be made, and why.
#[derive(Debug)]
pub struct Refused<'a> {
    /// The item as it is.
    pub item: Item<'a>,
    /// Where in it, and why.
    pub error: Error,
}

/// The edits of all items made. Where one cannot be, nothing is.
///
/// Items that nobody is to look at again are proven at once, so that no more than one of their trees is ever held.
pub fn edited<'a>(
    mut changes: Changes,
    sources: &'a [Source<'_>],
    items: &[Item<'a>],
    is_looked_at: impl Fn(&Item<'a>) -> bool,
) -> Result<Vec<Edited<'a>>, Vec<Refused<'a>>> {
    let mut made = Vec::new();
    let mut refused = Vec::new();
    for item in items {
        let (Some(edits), Some(source)) = (changes.take_edits(item), sources.get(item.source)) else {
            continue;
        };
        match state(source, item, edits, is_looked_at(item)) {
            Ok(Some(state)) => made.push(Edited { item: *item, state }),
            Ok(None) => {}
            Err(error) => refused.push(Refused { item: *item, error }),
        }
    }
    if refused.is_empty() { Ok(made) } else { Err(refused) }
}

fn state<'a>(
    source: &'a Source<'_>,
    item: &Item<'a>,
    edits: Edits,
    is_looked_at: bool,
) -> Result<Option<State<'a>>, Error> {
    let Some(draft) = yaml::draft(source.text, item.node, operations(item.node, edits))? else {
        return Ok(None);
    };
    Ok(Some(if is_looked_at { State::Draft(draft) } else { State::Proven(draft.proven()?) }))
}

/// Reads the items' new texts and holds each against what RFC 6902 says of its old value.
pub fn proven<'d>(edited: &'d [Edited<'_>]) -> Result<Vec<Proven<'d>>, Vec<Refused<'d>>> {
    let mut proven = Vec::new();
    let mut refused = Vec::new();
    for Edited { item, state } in edited {
        match state {
            State::Proven(splices) => proven.push(Proven { item: *item, splices, node: None }),
            State::Draft(draft) => match draft.prove() {
                Ok(proof) => {
                    proven.push(Proven { item: *item, splices: proof.splices, node: Some(proof.node) });
                }
                Err(error) => refused.push(Refused { item: *item, error }),
            },
        }
    }
    if refused.is_empty() { Ok(proven) } else { Err(refused) }
}
