//! Which transform has written an edit: seen where their list is walked, so that no transform says it itself.
//! It must not know what an edit is about.

use crate::change::{Changes, Edit, Edits};
use crate::context::Context;
use crate::krm::Item;
use crate::transform::TRANSFORMS;
use crate::yaml::PointerBuf;

/// Why something changes: what each transform that had a part in it says, the first before the last.
pub(super) type Reasons = Vec<&'static str>;

/// What is planned for one item.
#[derive(Debug, Default)]
pub(super) struct OfItem {
    /// Values by their places, in the order in which they were planned.
    pub(super) values: Vec<(PointerBuf, Edit, Reasons)>,
    /// Keys that get other names.
    pub(super) keys: Vec<(PointerBuf, String, Reasons)>,
}

/// All that a run plans.
pub(super) struct Recorded {
    pub(super) changes: Changes,
    /// By the items' places in the list.
    pub(super) items: Vec<OfItem>,
}

/// Walks the transforms.
pub(super) fn recorded(context: &Context<'_>) -> Recorded {
    let count = context.inventory.own.iter().map(|item| item.index + 1).max().unwrap_or_default();
    let items = std::iter::repeat_with(OfItem::default).take(count).collect();
    let mut recorded = Recorded { changes: Changes::default(), items };
    for step in TRANSFORMS {
        (step.run)(context, &mut recorded.changes);
        for item in &context.inventory.own {
            let edits = recorded.changes.edits(item);
            if let Some((edits, planned)) = edits.zip(recorded.items.get_mut(item.index)) {
                planned.note(edits, step.why);
            }
        }
    }
    recorded
}

impl OfItem {
    /// Notes what is new, or other than it was: entries keep their order, and only ever become more.
    fn note(&mut self, edits: &Edits, why: &'static str) {
        noted(&mut self.values, edits.entries(), why);
        noted(&mut self.keys, edits.keys(), why);
    }

    /// The places that a transform had a part in.
    pub(super) fn places(&self, why: &'static str) -> impl Iterator<Item = &PointerBuf> {
        let values = self.values.iter().map(|(place, _, reasons)| (place, reasons));
        let keys = self.keys.iter().map(|(place, _, reasons)| (place, reasons));
        values.chain(keys).filter(move |(_, reasons)| reasons.contains(&why)).map(|(place, _)| place)
    }
}

fn noted<T: Clone + PartialEq>(
    known: &mut Vec<(PointerBuf, T, Reasons)>,
    planned: &[(PointerBuf, T)],
    why: &'static str,
) {
    for (before, (_, now)) in known.iter_mut().zip(planned) {
        if before.1 != *now {
            before.1 = now.clone();
            before.2.push(why);
        }
    }
    let more = planned.iter().skip(known.len());
    known.extend(more.map(|(place, now)| (place.clone(), now.clone(), vec![why])).collect::<Vec<_>>());
}

/// The name of the endpoint that a place of a control plane is about.
pub(super) fn endpoint(context: &Context<'_>, item: &Item<'_>, place: &PointerBuf) -> Option<String> {
    let plane = context.control_planes().iter().find(|plane| plane.item.index == item.index)?;
    let overrides = plane.overrides.iter().filter(|one| place.starts_with(&one.pointer));
    let one = overrides.max_by_key(|one| one.pointer.count())?;
    let below = place.tokens().nth(one.pointer.count()).map(|token| token.decoded().into_owned());
    Some(match below.filter(|key| key == "internal" || key == "public") {
        Some(key) => format!("{} {key}", one.name),
        None => one.name.clone(),
    })
}
