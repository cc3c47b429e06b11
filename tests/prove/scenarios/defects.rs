//! A test of the tests: with each planted defect the scenario that should notice it fails, and says why.

use serde::Deserialize;

use super::stage::Rendered;
use super::{refusals, schema, side_by_side};
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
    Schema,
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
    let prove: fn(&Cluster, &[Rendered]) -> Outcome<()> = match defect.scenario {
        Noticed::SideBySide => prove_all,
        Noticed::Refusals => refusals::prove,
        Noticed::Schema => return notice_by_types(cluster, defect),
    };
    let mut rendered = side_by_side::rendered()?;
    rendered.retain(|(instance, _)| {
        defect.beside.contains(&instance.overlay) || instance.overlay == defect.overlay
    });
    let planted = rendered.iter_mut().find(|(instance, _)| instance.overlay == defect.overlay);
    plant(defect, planted.map(|(_, text)| text))?;
    Ok(prove(cluster, &rendered))
}

fn prove_all(cluster: &Cluster, rendered: &[Rendered]) -> Outcome<()> {
    side_by_side::prove(cluster, rendered).map(drop)
}

fn notice_by_types(cluster: &Cluster, defect: &Defect) -> Outcome<Outcome<()>> {
    let mut pairs = schema::own()?;
    let planted = pairs.iter_mut().find(|pair| pair.name == defect.overlay);
    plant(defect, planted.and_then(|pair| pair.after.as_mut().ok()))?;
    Ok(schema::prove(cluster, pairs).and_then(|tally| schema::verdict(&tally)))
}

fn plant(defect: &Defect, text: Option<&mut String>) -> Outcome<()> {
    let place = text.filter(|text| text.contains(&defect.from));
    let text = place.ok_or_else(|| format!("{}: there is no such place", defect.name))?;
    *text = text.replace(&defect.from, &defect.to);
    Ok(())
}
