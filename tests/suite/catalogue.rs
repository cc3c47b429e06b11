//! The table of endpoints against the CRD: no path missed, none invented, the switches' defaults right.
//!
//! `fixtures/catalogue/*.txt` hold what the CRD says, one path a line; where the corpus is at hand the CRD itself is
//! walked and must say the same. `UPDATE=1` writes the files from the CRD.

use std::collections::BTreeSet;
use std::env;
use std::fs;
use std::path::Path;

use libtest_mimic::{Failed, Trial};
use multi_rhoso::catalogue::endpoints::{ENDPOINTS, OverrideShape};
use serde_json::Value;

use crate::corpus::{self, PROJECT};

/// All tests of the table.
pub(crate) fn trials() -> Vec<Trial> {
    let mut trials = vec![
        Trial::test("catalogue::override_paths", || same(&listed("override-paths.txt")?, &override_rows())),
        Trial::test("catalogue::switch_defaults", switch_defaults),
        Trial::test("catalogue::rows_are_sorted", rows_are_sorted),
    ];
    if let Some(directory) = corpus::directory() {
        trials.push(Trial::test("catalogue::files_say_what_the_crd_says", move || {
            files_are_the_crd(&directory)
        }));
    }
    trials
}

fn listed(name: &str) -> Result<BTreeSet<String>, Failed> {
    let path = Path::new(PROJECT).join("fixtures/catalogue").join(name);
    let text = fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    Ok(text.lines().map(str::to_owned).collect())
}

fn override_rows() -> BTreeSet<String> {
    let rows = ENDPOINTS.iter().filter(|endpoint| endpoint.shape != OverrideShape::Annotations);
    rows.map(|endpoint| {
        let end = match endpoint.shape {
            OverrideShape::Keyed => ".{}",
            OverrideShape::List => "[]",
            _ => "",
        };
        format!("{}{end}", endpoint.path.to_string().replace("{name}", "{}"))
    })
    .collect()
}

fn switch_defaults() -> Result<(), Failed> {
    let defaults = listed("enabled-defaults.txt")?;
    for switch in ENDPOINTS.iter().flat_map(|endpoint| endpoint.switches) {
        let path = switch.path.to_string().replace("{name}", "{}");
        let line = |default: &str| format!("{path} {default}");
        let said = ["true", "false"].into_iter().find(|default| defaults.contains(&line(default)));
        // Where the CRD gives no default the operator's webhook does: nova's own, nothing else.
        let operators = defaults.contains(&line("-")) && path.starts_with("nova.template.");
        if !operators && said != Some(if switch.default { "true" } else { "false" }) {
            return Err(format!("{path}: the table says {}, the CRD {said:?}", switch.default).into());
        }
    }
    Ok(())
}

fn rows_are_sorted() -> Result<(), Failed> {
    let names: Vec<&str> = ENDPOINTS.iter().map(|endpoint| endpoint.name).collect();
    let unsorted = names.windows(2).find(|pair| pair[0] >= pair[1]);
    unsorted.map_or(Ok(()), |pair| Err(format!("{} stands before {}", pair[0], pair[1]).into()))
}

fn files_are_the_crd(corpus: &Path) -> Result<(), Failed> {
    let text = fs::read_to_string(corpus.join("crds/core.openstack.org_openstackcontrolplanes.yaml"))?;
    let crd: Value = serde_yaml::from_str(&text)?;
    let spec = &crd["spec"]["versions"][0]["schema"]["openAPIV3Schema"]["properties"]["spec"];
    let (mut overrides, mut switches) = (BTreeSet::new(), BTreeSet::new());
    walk(spec, "", &mut overrides, &mut switches);
    for (name, found) in [("override-paths.txt", overrides), ("enabled-defaults.txt", switches)] {
        if env::var_os("UPDATE").is_some() {
            let lines: Vec<String> = found.iter().map(|line| format!("{line}\n")).collect();
            fs::write(Path::new(PROJECT).join("fixtures/catalogue").join(name), lines.concat())?;
        }
        same(&listed(name)?, &found)?;
    }
    Ok(())
}

/// Collects `…override.service`, `…override.services[]` and the switches of services below a schema.
fn walk(schema: &Value, path: &str, overrides: &mut BTreeSet<String>, switches: &mut BTreeSet<String>) {
    for (key, child) in schema["properties"].as_object().into_iter().flatten() {
        let here = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
        let in_override =
            path.rsplit('.').next().is_some_and(|last| last == "override" || last == "podOverride");
        if in_override && matches!(key.as_str(), "service" | "services") {
            let end = match (&child["additionalProperties"], &child["items"]) {
                (Value::Object(_), _) => ".{}",
                (_, Value::Object(_)) => "[]",
                _ => "",
            };
            overrides.insert(format!("{here}{end}"));
            continue;
        }
        if matches!(key.as_str(), "enabled" | "externalKeystoneAPI") && child["type"] == "boolean" {
            let default = child["default"].as_bool().map_or("-".to_owned(), |default| default.to_string());
            switches.insert(format!("{here} {default}"));
        }
        walk(child, &here, overrides, switches);
    }
    for (part, end) in [("additionalProperties", ".{}"), ("items", "[]")] {
        if schema[part].is_object() {
            walk(&schema[part], &format!("{path}{end}"), overrides, switches);
        }
    }
}

fn same(expected: &BTreeSet<String>, got: &BTreeSet<String>) -> Result<(), Failed> {
    let missing: Vec<_> = expected.difference(got).cloned().collect();
    let invented: Vec<_> = got.difference(expected).cloned().collect();
    if missing.is_empty() && invented.is_empty() {
        return Ok(());
    }
    Err(format!("missing: {missing:#?}\ninvented: {invented:#?}").into())
}
