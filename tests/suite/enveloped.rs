//! What a run may change of a list, held by a second reader: the generated lists and the fuzz targets both ask here.
//! Knows nothing of proptest.

use multi_rhoso::krm::results_value;
use multi_rhoso::run::{self, Output};
use serde_json::{Map, Value, json};

/// The one document of a text, by the second reader.
pub(crate) fn read(text: &str) -> Result<Map<String, Value>, String> {
    use serde::Deserialize as _;
    let mut found = Vec::new();
    for document in serde_yaml::Deserializer::from_str(text) {
        let value = serde_yaml::Value::deserialize(document).map_err(|error| error.to_string())?;
        found.push(serde_json::to_value(value).map_err(|error| error.to_string())?);
    }
    found.retain(|document| !document.is_null());
    match found.as_slice() {
        [Value::Object(members)] => Ok(members.clone()),
        other => Err(format!("{} documents", other.len())),
    }
}

/// A list that must be printed, whose items are those of the same list in a plain writing.
pub(crate) fn holds(text: &str) -> Result<(), String> {
    let before = read(text)?;
    let output = run::function(text);
    let after = surrounds(&before, &output)?;
    if after.get("items") != plain(&before)?.get("items") {
        return Err(format!("the items are others than in a plain list:\n{}", output.texts.concat()));
    }
    Ok(())
}

/// What was printed for a list: its other members are as they were, and its results are those of the run.
pub(crate) fn surrounds(before: &Map<String, Value>, output: &Output) -> Result<Map<String, Value>, String> {
    let [printed] = output.texts.as_slice() else {
        return Err(format!("nothing is printed: {:?}", output.findings));
    };
    let after = read(printed).map_err(|error| format!("{error}\n{printed}"))?;
    let differ = |what: &str| Err(format!("{what}:\n{printed}"));
    let others = |members: &Map<String, Value>| {
        let others = members.iter().filter(|(key, _)| *key != "results" && *key != "items");
        others.map(|(key, value)| (key.clone(), value.clone())).collect::<Vec<_>>()
    };
    if others(before) != others(&after) {
        return differ("a member changed");
    }
    let order = |members: &Map<String, Value>| {
        members.keys().filter(|key| *key != "results").cloned().collect::<Vec<_>>()
    };
    if order(before) != order(&after) {
        return differ("the order changed");
    }
    let results = Some(results_value(&output.findings)).filter(|results| results != &json!([]));
    if after.get("results") != results.as_ref() {
        return differ("these are no results of the run");
    }
    Ok(after)
}

/// What a run makes of the same list, written so that nothing can go wrong.
fn plain(list: &Map<String, Value>) -> Result<Map<String, Value>, String> {
    let mut list = list.clone();
    list.retain(|key, _| key != "results" && key != "metadata");
    let text = serde_json::to_string_pretty(&list).map_err(|error| error.to_string())?;
    read(&run::function(&text).texts.concat())
}
