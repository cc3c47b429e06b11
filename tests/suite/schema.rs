//! The committed schema is the one that the types give, and it knows every field that the README explains.

use std::env;
use std::fs;
use std::path::Path;
use std::process::Command;

use libtest_mimic::{Failed, Trial};
use multi_rhoso::config::{INSTANCE, json_schema};
use serde_json::Value;

use crate::corpus::PROJECT;
use crate::e2e::process;

/// A committed file, the kind that it is of, and the printed form.
const FILES: [(&str, &str, &str); 4] = [
    ("openstackinstance.schema.json", "OpenStackInstance", "json-schema"),
    ("fleetcheck.schema.json", "FleetCheck", "json-schema"),
    ("addressplan.schema.json", "AddressPlan", "json-schema"),
    ("krmfunctiondefinition.json", "OpenStackInstance", "definition"),
];

/// A test for each printed form, and one for the overlays' configs.
pub(crate) fn trials() -> Vec<Trial> {
    let committed = |(name, kind, form)| {
        Trial::test(format!("schema::{kind}::{form}"), move || is_committed(name, kind, form))
    };
    let mut trials: Vec<Trial> = FILES.into_iter().map(committed).collect();
    trials.push(Trial::test("schema::knows_the_overlays_fields", knows_the_overlays));
    trials.push(Trial::test("schema::readme_explains_every_field", readme_explains));
    trials
}

fn is_committed(name: &str, kind: &str, form: &str) -> Result<(), Failed> {
    let path = Path::new(PROJECT).join("docs").join(name);
    let mut command = Command::new(env!("CARGO_BIN_EXE_multi-rhoso"));
    let printed = process::ok(command.args(["schema", kind, "--output", form]))?.stdout;
    if env::var_os("UPDATE").is_some() {
        return Ok(fs::write(path, printed)?);
    }
    let committed = fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    if committed == printed {
        Ok(())
    } else {
        Err(format!("docs/{name} is old; UPDATE=1 rewrites it").into())
    }
}

/// The properties of `spec` in the schema.
fn properties() -> Value {
    json_schema(&INSTANCE).expect("a kind of ours")["properties"]["spec"]["properties"].clone()
}

fn knows_the_overlays() -> Result<(), Failed> {
    for overlay in ["openstack", "openstack2", "openstack3", "openstack-ipv6"] {
        let path = Path::new(PROJECT).join(format!("overlays/{overlay}/instance/{overlay}.yaml"));
        let config: Value = serde_yaml::from_str(&fs::read_to_string(&path)?)?;
        known(&config["spec"], &properties(), "spec")?;
    }
    Ok(())
}

fn known(value: &Value, properties: &Value, place: &str) -> Result<(), Failed> {
    for (key, child) in value.as_object().into_iter().flatten() {
        let schema = &properties[key];
        if schema.is_null() {
            return Err(format!("the schema does not know {place}.{key}").into());
        }
        if schema["properties"].is_object() {
            known(child, &schema["properties"], &format!("{place}.{key}"))?;
        }
    }
    Ok(())
}

fn readme_explains() -> Result<(), Failed> {
    let readme = fs::read_to_string(Path::new(PROJECT).join("docs/config.md"))?;
    let properties = properties();
    let mut missing = Vec::new();
    for (key, schema) in properties.as_object().into_iter().flatten() {
        let nested = schema["properties"].as_object().into_iter().flatten();
        let names: Vec<String> = nested.map(|(inner, _)| format!("`{key}.{inner}`")).collect();
        let names = if names.is_empty() { vec![format!("`{key}")] } else { names };
        missing.extend(names.into_iter().filter(|name| !readme.contains(name.as_str())));
    }
    if missing.is_empty() {
        Ok(())
    } else {
        Err(format!("docs/config.md does not explain {missing:?}").into())
    }
}
