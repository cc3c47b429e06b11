//! A test of the tests: with each planted defect the scenario that should notice it fails, and says why.

use serde::Deserialize;

use super::{refusals, side_by_side};
use crate::Outcome;
use crate::cluster::Cluster;
use crate::manifests::scenario;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Defect {
    name: String,
    overlay: String,
    /// The other instances that are there.
    beside: Vec<String>,
    from: String,
    to: String,
    scenario: Noticed,
    says: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Noticed {
    SideBySide,
    Refusals,
}

pub(crate) fn run(cluster: &Cluster) -> Outcome<()> {
    let defects: Vec<Defect> = scenario("defects.yaml");
    let mut wrong = Vec::new();
    for defect in &defects {
        match notice(cluster, defect)? {
            Err(said) if said.contains(&defect.says) => {}
            Err(said) => wrong.push(format!("{}: expected {:?}, said: {said}", defect.name, defect.says)),
            Ok(()) => wrong.push(format!("{}: nobody noticed", defect.name)),
        }
    }
    if wrong.is_empty() { Ok(()) } else { Err(wrong.join("\n")) }
}

/// What the scenario says of the manifests with the defect.
fn notice(cluster: &Cluster, defect: &Defect) -> Outcome<Outcome<()>> {
    let mut rendered = side_by_side::rendered()?;
    rendered.retain(|(instance, _)| {
        defect.beside.contains(&instance.overlay) || instance.overlay == defect.overlay
    });
    let planted = rendered
        .iter_mut()
        .find(|(instance, text)| instance.overlay == defect.overlay && text.contains(&defect.from));
    let (_, text) = planted.ok_or_else(|| format!("{}: there is no such place", defect.name))?;
    *text = text.replace(&defect.from, &defect.to);
    Ok(match defect.scenario {
        Noticed::SideBySide => side_by_side::prove(cluster, &rendered).map(drop),
        Noticed::Refusals => refusals::prove(cluster, &rendered),
    })
}
