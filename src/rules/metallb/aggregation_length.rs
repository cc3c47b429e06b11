//! `aggregation-length`: an aggregation length that is out of bounds, shorter than a pool's prefix, or beside service selectors.

use crate::krm::Severity;
use crate::model::{Advertisement, Model, summarized};
use crate::rules::{Report, Rule};

/// The rule.
pub(super) const RULE: Rule = Rule {
    name: "aggregation-length",
    severity: Severity::Error,
    summary: "An aggregation length does not fit the pools it is for.",
    check,
};

fn check(model: &Model<'_>, report: &mut Report) {
    for advertisement in &model.advertisements {
        let lengths = [(&advertisement.aggregation, 32, true), (&advertisement.aggregation_v6, 128, false)];
        for (length, whole, ipv4) in lengths {
            let Some((pointer, length)) = length else { continue };
            if let Some(reason) = fault(model, advertisement, *length, whole, ipv4) {
                report.at(&advertisement.item, pointer, reason);
            }
        }
    }
}

fn fault(
    model: &Model<'_>,
    advertisement: &Advertisement<'_>,
    length: i64,
    whole: i64,
    ipv4: bool,
) -> Option<String> {
    if length > whole || (ipv4 && length < 1) {
        return Some(format!("{length} is no length of an aggregate; write 1 to {whole}"));
    }
    if !advertisement.service_selectors.is_empty() && length != whole {
        return Some(format!(
            "an aggregate cannot be for selected Services; take spec.serviceSelectors out, or write {whole}"
        ));
    }
    let blocks = model
        .announced(advertisement)
        .flat_map(|pool| pool.blocks().map(move |(entry, block)| (pool, entry, block)));
    let mut wide =
        blocks.filter(|(.., block)| block.first().is_ipv4() == ipv4).filter_map(|(pool, entry, block)| {
            let prefix = i64::from(*summarized(&block).first()?);
            (length < prefix).then_some((pool, entry, prefix))
        });
    let (pool, entry, prefix) = wide.next()?;
    Some(format!(
        "an aggregate of /{length} is wider than {:?} of IPAddressPool {}, whose widest network is /{prefix}; write {prefix} \
         or more, or make the pool's entry one network",
        entry.text, pool.name
    ))
}
