//! The law of the envelope: whatever a list's members are, in whatever order and however written, a run changes its
//! items and its results, and nothing else; held by a second reader.

use libtest_mimic::{Failed, Trial};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestError, TestRunner};
use serde_json::{Map, Value, json};

use crate::enveloped::holds;

/// The one test.
pub(crate) fn trials() -> Vec<Trial> {
    vec![Trial::test("envelope::a_run_changes_items_and_results_and_nothing_else", law)]
}

/// How a list is written.
#[derive(Debug, Clone)]
struct Written {
    json: Option<bool>,
    indent: usize,
    sequence_step: usize,
    between: &'static str,
    end: &'static str,
    crlf: bool,
}

fn items() -> impl Strategy<Value = Vec<Value>> {
    let pool = json!({"apiVersion": "metallb.io/v1beta1", "kind": "IPAddressPool",
        "metadata": {"name": "internalapi", "namespace": "metallb-system"},
        "spec": {"addresses": ["172.17.0.80-172.17.0.90"]}});
    let service = json!({"kind": "Service", "apiVersion": "v1", "metadata": {"name": "one", "namespace": "openstack",
        "annotations": {"metallb.universe.tf/address-pool": "internalapi"}}});
    let text = |text: &str| {
        json!({"apiVersion": "v1", "kind": "ConfigMap",
        "metadata": {"name": "text", "namespace": "openstack"}, "data": {"text": text}})
    };
    let data = json!({"apiVersion": "v1", "data": {"text": "x\n"}, "kind": "ConfigMap",
        "metadata": {"name": "data", "namespace": "openstack"}});
    let list = json!({"apiVersion": "v1", "kind": "List", "items": [service]});
    let each =
        vec![pool, service, data, list, text("x\n"), text("x\n\n"), text("two\nlines"), text("- results:\n")];
    prop::sample::subsequence(each, 0..=5).prop_shuffle()
}

fn config() -> impl Strategy<Value = Value> {
    let instance = |spec: Value| {
        json!({"apiVersion": "multi-rhoso.dev/v1alpha1", "kind": "OpenStackInstance",
        "metadata": {"name": "two"}, "spec": spec})
    };
    let fleet = |output: &str| {
        json!({"apiVersion": "multi-rhoso.dev/v1alpha1", "kind": "FleetCheck",
        "metadata": {"name": "fleet"}, "spec": {"output": output}})
    };
    let spec = json!({"namespace": "openstack2", "from": {"namespace": "openstack"}});
    prop::sample::select(vec![
        instance(spec.clone()),
        instance(spec),
        instance(json!({"namespase": "wrong"})),
        fleet("list"),
        fleet("none"),
    ])
}

/// The members of a list in some order.
fn members() -> impl Strategy<Value = Vec<(&'static str, Value)>> {
    let finding = json!([{"message": "of an earlier run\n", "severity": "info"}]);
    let results = prop::sample::select(vec![None, Some(finding), Some(json!([])), Some(Value::Null)]);
    (items(), config(), results, any::<bool>())
        .prop_map(|(items, config, results, more)| {
            let mut members = vec![
                ("apiVersion", json!("config.kubernetes.io/v1")),
                ("kind", json!("ResourceList")),
                ("functionConfig", config),
                ("items", Value::Array(items)),
            ];
            members.extend(results.map(|results| ("results", results)));
            members.extend(more.then(|| ("metadata", json!({"name": "list", "text": "a\nb\n"}))));
            members
        })
        .prop_shuffle()
}

fn written() -> impl Strategy<Value = Written> {
    let json = prop::sample::select(vec![None, None, None, Some(true), Some(false)]);
    let between = prop::sample::select(vec!["", "# results: []\n", "\n"]);
    let end = prop::sample::select(vec!["\n", "", "\n\n", "\n   ", "\n# end\n", "\n---\n"]);
    let steps = (prop::sample::select(vec![0_usize, 0, 2]), prop::sample::select(vec![0_usize, 2]));
    (json, steps, between, end, any::<bool>()).prop_map(
        |(json, (indent, sequence_step), between, end, crlf)| Written {
            json,
            indent,
            sequence_step,
            between,
            end,
            crlf,
        },
    )
}

impl Written {
    fn print(&self, members: &[(&str, Value)]) -> String {
        let object =
            || members.iter().map(|(key, value)| ((*key).to_owned(), value.clone())).collect::<Map<_, _>>();
        let text = match self.json {
            Some(true) => serde_json::to_string_pretty(&object()).expect("JSON"),
            Some(false) => serde_json::to_string(&object()).expect("JSON"),
            None => self.block_list(members),
        };
        let end = if self.json.is_some() {
            self.end.trim_matches(['#', '-', ' ', 'e', 'n', 'd'])
        } else {
            self.end
        };
        let text = text.trim_end_matches('\n').to_owned() + end;
        if self.crlf { text.replace('\n', "\r\n") } else { text }
    }

    fn block_list(&self, members: &[(&str, Value)]) -> String {
        let each = members.iter().map(|(key, value)| {
            let spaces = " ".repeat(self.indent);
            format!("{spaces}{key}:{}\n{}", self.value(value, self.indent), self.between)
        });
        each.collect::<String>().trim_end_matches('\n').to_owned()
    }

    /// What stands behind a colon.
    fn value(&self, value: &Value, column: usize) -> String {
        match value {
            Value::Object(entries) if !entries.is_empty() => {
                let lines = entries.iter().map(|(key, value)| {
                    format!("\n{}{key}:{}", " ".repeat(column + 2), self.value(value, column + 2))
                });
                lines.collect()
            }
            Value::Array(items) if !items.is_empty() => {
                let dash = column + self.sequence_step;
                let each =
                    items.iter().map(|item| format!("\n{}- {}", " ".repeat(dash), self.item(item, dash + 2)));
                each.collect::<Vec<_>>().concat()
            }
            Value::String(text) if text.contains('\n') => literal(text, column + 2),
            leaf => format!(" {leaf}"),
        }
    }

    fn item(&self, item: &Value, column: usize) -> String {
        if item.is_string() {
            return item.to_string();
        }
        self.value(item, column - 2).trim_start().to_owned()
    }
}

fn literal(text: &str, column: usize) -> String {
    let bare = text.trim_end_matches('\n');
    let (header, lines) = match text.len() - bare.len() {
        0 => ("|-", text),
        1 => ("|", bare),
        _ => ("|+", text.strip_suffix('\n').unwrap_or(text)),
    };
    let spaces = " ".repeat(column);
    let lines = lines
        .split('\n')
        .map(|line| if line.is_empty() { "\n".to_owned() } else { format!("\n{spaces}{line}") });
    format!(" {header}{}", lines.collect::<String>())
}

fn law() -> Result<(), Failed> {
    let cases = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(600);
    let mut runner = TestRunner::new(Config { cases, failure_persistence: None, ..Config::default() });
    let ran = runner.run(&(members(), written()), |(members, written)| {
        let text = written.print(&members);
        holds(&text).map_err(|wrong| TestCaseError::fail(format!("{wrong}\n{text}")))
    });
    ran.map_err(|error| match error {
        TestError::Fail(reason, _) => reason.to_string().into(),
        other @ TestError::Abort(_) => other.to_string().into(),
    })
}
