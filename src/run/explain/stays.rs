//! What a run leaves as it is, and why: rows of the catalogue that hold for an object, objects that all instances use,
//! and what the run itself says of what stays. It must not know what would have moved it.

use crate::change::Changes;
use crate::context::Context;
use crate::find::select;
use crate::inventory::SHARED;
use crate::krm::{Finding, Item, ResourceRef};
use crate::rules::{self, said};

/// What stays, and why.
#[derive(Debug, Clone, PartialEq)]
pub struct Staying {
    /// The object; none where a finding is of none.
    pub object: Option<ResourceRef>,
    /// Where in it; none where it is all of the object.
    pub field: Option<String>,
    /// Why.
    pub why: String,
    /// The rule that says so, where one does.
    pub rule: Option<&'static str>,
}

/// Rules that are about what stays; those of left-over traces find them by themselves.
fn is_about_staying(finding: &Finding) -> bool {
    let run = [said::ADDRESS_STAYS, said::VLAN_STAYS, said::SHARED_INTERFACE, said::SHARED_PORT];
    run.iter().any(|row| row.name == finding.rule) || ["left-behind", "not-moved"].contains(&finding.rule)
}

/// All of a run.
pub(super) fn stays(context: &Context<'_>, changes: &Changes, findings: &[Finding]) -> Vec<Staying> {
    let shared =
        context.inventory.shared.iter().filter(|item| !changes.leaves_out(item)).map(|item| Staying {
            object: Some(item.reference()),
            field: None,
            why: format!("It is marked {SHARED}: all instances use it."),
            rule: None,
        });
    let own = context.inventory.own.iter().filter(|item| !changes.leaves_out(item));
    let said = findings.iter().filter(|finding| is_about_staying(finding)).map(|finding| Staying {
        object: finding.resource.clone(),
        field: finding.field.as_ref().map(|field| field.path.clone()),
        why: finding.message.clone(),
        rule: Some(finding.rule),
    });
    shared.chain(own.flat_map(|item| by_table(context, item))).chain(said).collect()
}

/// The rows of the catalogue that hold for an object which has what they are about.
fn by_table(context: &Context<'_>, item: &Item<'_>) -> Vec<Staying> {
    let rows = rules::stays(context, item).into_iter().filter(|row| !select(item.node, row.path).is_empty());
    let staying = |row: &crate::catalogue::stays::Stay| {
        let field = row.path.to_string();
        Staying {
            object: Some(item.reference()),
            field: (field != "**").then_some(field),
            why: row.why.to_owned(),
            rule: None,
        }
    };
    rows.map(staying).collect()
}
