//! What the function's own rules say of objects that MetalLB judges, to hold the one against the other.

use multi_rhoso::catalogue::crd::Crds;
use multi_rhoso::krm::{Severity, Source};
use multi_rhoso::run;
use serde_json::Value;

use crate::Outcome;

/// The rules that refuse on purpose what MetalLB takes, with a part of the
/// message where only that is meant (the alias of the generated sets), and why. They are not counted.
const STRICTER: [(&str, &str, &str); 4] = [
    (
        "pool-mixed-families",
        "",
        "MetalLB takes a range from one family to the other, and it holds no address",
    ),
    ("unknown-pool", "", "MetalLB takes it, ignores the name, and announces no pool for it"),
    ("unknown-peer", "", "MetalLB takes it, and announces to nobody until somebody makes the peer"),
    ("advertisement-duplicate", "\"alias\" is", "the webhook leaves aliases out; the speaker refuses it"),
];

/// The rules that refuse these objects.
pub(crate) fn refusing(objects: &[Value]) -> Outcome<Vec<&'static str>> {
    let documents: Vec<String> = objects.iter().map(Value::to_string).collect();
    let text = documents.join("\n---\n");
    let source = Source::parse(None, &text).map_err(|error| error.to_string())?;
    let checked = run::check(None, &Crds::default(), &[source])
        .map_err(|findings| format!("not read: {findings:?}"))?;
    let errors = checked.findings.iter().filter(|finding| finding.severity == Severity::Error);
    let counted = errors.filter(|finding| {
        !STRICTER.iter().any(|(rule, part, _)| *rule == finding.rule && finding.message.contains(part))
    });
    Ok(counted.map(|finding| finding.rule).collect())
}

/// The place of the first object that they refuse beside those before it.
pub(crate) fn refused_at(objects: &[Value]) -> Outcome<Option<usize>> {
    for place in 0..objects.len() {
        if !refusing(&objects[..=place])?.is_empty() {
            return Ok(Some(place));
        }
    }
    Ok(None)
}
