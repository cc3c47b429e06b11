//! `--crd`: what a given CRD says of a kind's fields, the ways to give one, and what is said of one that cannot be read.

use std::fs;
use std::path::Path;
use std::process::Command;

use libtest_mimic::{Failed, Trial};
use multi_rhoso::catalogue::crd::Crds;
use multi_rhoso::krm::{Finding, Source};
use multi_rhoso::model::read_crds;
use multi_rhoso::run;

use crate::e2e::process;

/// All tests of given CRDs.
pub(crate) fn trials() -> Vec<Trial> {
    vec![
        Trial::test("given_crds::decide_what_is_known", given_decides),
        Trial::test("given_crds::aliases_do_not_unfold", aliases),
        Trial::test("given_crds::what_cannot_be_read_says_why", unreadable),
        Trial::test("given_crds::ways_to_name_them", ways),
    ]
}

/// A CRD of `example.org/v1 Widget` with this schema.
fn widget(schema: &str) -> String {
    format!(
        "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {{name: widgets.example.org}}\n\
         spec:\n  group: example.org\n  names: {{kind: Widget}}\n  versions:\n  - name: v1\n    schema:\n      \
         openAPIV3Schema: {schema}\n"
    )
}

/// The unknown fields of a manifest by the CRDs of a text.
fn unknown(crds: &str, manifest: &str) -> Result<Vec<String>, Failed> {
    let definitions = Source::parse(None, crds).map_err(|error| error.to_string())?;
    let mut crds = Crds::default();
    read_crds(&definitions, &mut crds).map_err(|error| error.to_string())?;
    let found = said(&crds, manifest)?.into_iter().filter(|finding| finding.rule == "unknown-field");
    Ok(found.filter_map(|finding| Some(finding.field?.path)).collect())
}

/// What the rules say of a manifest, its kinds' fields being those of the CRDs.
pub(crate) fn said(crds: &Crds<'_>, text: &str) -> Result<Vec<Finding>, Failed> {
    let source = Source::parse(None, text).map_err(|error| error.to_string())?;
    let checked = run::check(None, crds, &[source]).map_err(|findings| format!("{findings:?}"))?;
    Ok(checked.findings)
}

fn given_decides() -> Result<(), Failed> {
    let object = "apiVersion: example.org/v1\nkind: Widget\nmetadata: {name: a, labels: {b: c}}\n";
    for (schema, body, expected) in [
        // What every object has needs no schema; what is beside it does.
        ("{properties: {spec: {}}}", "spec: {a: 1}\nmore: 1", &["more"][..]),
        ("{properties: {spec: {properties: {a: {type: string}}}}}", "spec: {a: 1, b: 2}", &["spec.b"]),
        ("{properties: {s: {items: {properties: {a: {}}}}}}", "s: [{a: 1}, {b: 1}]", &["s[1].b"]),
        (
            "{properties: {m: {additionalProperties: {properties: {a: {}}}}}}",
            "m: {x: {a: 1}, y: {b: 1}}",
            &["m.y.b"],
        ),
        ("{properties: {m: {additionalProperties: true}}}", "m: {x: {a: 1}}", &[]),
        ("{properties: {e: {x-kubernetes-embedded-resource: true, properties: {a: {}}}}}", "e: {b: 1}", &[]),
        (
            "{properties: {p: {x-kubernetes-preserve-unknown-fields: true, properties: {a: {}}}}}",
            "p: {b: 1}",
            &[],
        ),
        ("{x-kubernetes-preserve-unknown-fields: true, properties: {a: {}}}", "b: 1", &[]),
        ("{properties: {port: {x-kubernetes-int-or-string: true}}}", "port: 80\nPort: 1", &["Port"]),
        ("{type: object}", "b: 1", &[]),
        ("{properties: {\"a b:1\": {properties: {x: {}}}}}", "\"a b:1\": {y: 1}", &["[\"a b:1\"].y"]),
    ] {
        let found = unknown(&widget(schema), &format!("{object}{body}\n"))?;
        if found != expected {
            return Err(format!("{schema}\n{body}\n{found:?}, expected {expected:?}").into());
        }
    }
    // In place of our own table, not beside it; a version that nobody gave stays ours.
    let pools = widget("{properties: {spec: {properties: {own: {}}}}}")
        .replace("example.org", "metallb.io")
        .replace("kind: Widget", "kind: IPAddressPool");
    let pool = "apiVersion: metallb.io/v1\nkind: IPAddressPool\nmetadata: {name: a}\nspec: {own: 1, addresses: []}\n";
    let found = unknown(&pools, pool)?;
    let ours = unknown(&pools, &pool.replace("metallb.io/v1", "metallb.io/v1beta1"))?;
    if found == ["spec.addresses"] && ours == ["spec.own"] {
        return Ok(());
    }
    Err(format!("by the given CRD {found:?}, by our own table {ours:?}").into())
}

/// Thirty levels of two aliases each would be a thousand million schemas.
fn aliases() -> Result<(), Failed> {
    let level = |level: i32| {
        format!("x{}: &a{} {{properties: {{a: *a{level}, b: *a{level}}}}}", level + 1, level + 1)
    };
    let levels: Vec<String> = (0..10).map(level).collect();
    let schema = format!(
        "{{x0: &a0 {{properties: {{leaf: {{}}}}}}, {}, properties: {{spec: *a10}}}}",
        levels.join(", ")
    );
    let path = |last: &str| format!("{}{last}{}", "{a: ".repeat(10), "}".repeat(10));
    let object = |last: &str| format!("apiVersion: example.org/v1\nkind: Widget\nspec: {}\n", path(last));
    let (right, wrong) = (object("{leaf: 1}"), object("{reef: 1}"));
    match (unknown(&widget(&schema), &right)?.len(), unknown(&widget(&schema), &wrong)?.len()) {
        (0, 1) => Ok(()),
        counts => Err(format!("{counts:?} unknown fields").into()),
    }
}

/// A part of a good CRD, what stands in its place, and the message.
const UNREADABLE: [(&str, &str, &str); 8] = [
    (
        "apiextensions.k8s.io/v1",
        "apiextensions.k8s.io/v1beta1",
        "line 1, column 13: CustomResourceDefinition widgets.example.org: apiVersion is apiextensions.k8s.io/v1beta1, and \
         only apiextensions.k8s.io/v1 is read; give the CRD as the API server has it (kubectl get crd NAME -o yaml)",
    ),
    (
        "  group: example.org\n",
        "",
        "line 1, column 1: CustomResourceDefinition widgets.example.org: spec.group is missing or no text; give the whole \
         CRD",
    ),
    (
        "names: {kind: Widget}",
        "names: {kind: [Widget]}",
        "line 6, column 17: CustomResourceDefinition widgets.example.org: spec.names.kind is missing or no text; give the \
         whole CRD",
    ),
    (
        "versions:\n  - name: v1\n    schema:\n      openAPIV3Schema: {}\n",
        "versions: []\n",
        "line 7, column 13: CustomResourceDefinition widgets.example.org: spec.versions lists no version; give the whole \
         CRD",
    ),
    (
        "name: v1\n",
        "served: true\n",
        "line 8, column 5: CustomResourceDefinition widgets.example.org: spec.versions[0].name is missing; give the whole \
         CRD",
    ),
    (
        "openAPIV3Schema: {}",
        "openAPIV3Schema: ./schema.json",
        "line 8, column 5: CustomResourceDefinition widgets.example.org: the version v1 has no schema.openAPIV3Schema, so \
         it says nothing of fields; give the CRD with its schema",
    ),
    (
        "openAPIV3Schema: {}\n",
        "openAPIV3Schema: {}\n  - name: v1\n    schema: {openAPIV3Schema: {properties: {a: {}}}}\n",
        "line 11, column 5: CustomResourceDefinition widgets.example.org: example.org/v1 Widget was given already with \
         other fields; give one of the two",
    ),
    (
        "  group: example.org\n",
        "  group: example.org\n  group: example.com\n",
        "line 6, column 3: the key \"group\" stands twice in this mapping\n",
    ),
];

fn unreadable() -> Result<(), Failed> {
    let directory = tempfile::tempdir()?;
    fs::write(directory.path().join("pool.yaml"), POOL)?;
    for (part, wrong, message) in UNREADABLE {
        let good = widget("{}");
        if !good.contains(part) {
            return Err(format!("there is no {part:?} to replace").into());
        }
        fs::write(directory.path().join("crd.yaml"), good.replacen(part, wrong, 1))?;
        refused(directory.path(), &["--crd", "crd.yaml"], &format!("error: crd.yaml: {message}"))?;
    }
    for (arguments, message) in [
        (
            &["--crd", "pool.yaml"][..],
            "error: --crd pool.yaml: no CustomResourceDefinition is there; name the file of a CRD, such as kubectl get crd \
             NAME -o yaml prints\n",
        ),
        (&["--crd", "nowhere.yaml"], "error: nowhere.yaml: No such file"),
        (
            &["--crd", "-", "--crd", "-"],
            "error: --crd -: stdin is asked for twice; give the CRDs or the manifests as a file\n",
        ),
    ] {
        refused(directory.path(), arguments, message)?;
    }
    Ok(())
}

/// Exit code 2, nothing on stdout, and a reason that begins so; all of it where it is a sentence.
fn refused(directory: &Path, arguments: &[&str], message: &str) -> Result<(), Failed> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_multi-rhoso"));
    let ran = process::run(command.current_dir(directory).args(["check", "pool.yaml"]).args(arguments))?;
    if ran.code == Some(2) && ran.stdout.is_empty() && ran.stderr.starts_with(message) {
        return Ok(());
    }
    Err(ran.complain(&format!("expected {message}")))
}

const POOL: &str = "apiVersion: metallb.io/v1beta1\nkind: IPAddressPool\nmetadata: {name: a, namespace: metallb-system}\n\
                    spec: {addresses: [172.17.0.80-172.17.0.90]}\n";

/// Repeated, as directories, as a JSON `List` on stdin, and beside other objects.
fn ways() -> Result<(), Failed> {
    let directory = tempfile::tempdir()?;
    let crd = widget("{properties: {spec: {properties: {a: {}}}}}");
    let other = crd.replace("Widget", "Gadget");
    let manifest = "apiVersion: example.org/v1\nkind: Widget\nspec: {b: 1}\n---\napiVersion: example.org/v1\nkind: Gadget\n\
                    spec: {b: 1}\n";
    fs::create_dir_all(directory.path().join("crds/more"))?;
    for (name, text) in [
        ("manifest.yaml", manifest.to_owned()),
        ("crds/widget.yaml", format!("{POOL}---\n{crd}")),
        ("crds/more/gadget.yaml", other.clone()),
    ] {
        fs::write(directory.path().join(name), text)?;
    }
    let each: Vec<serde_json::Value> =
        [&crd, &other].into_iter().map(|text| serde_yaml::from_str(text)).collect::<Result<_, _>>()?;
    let list = serde_json::json!({"apiVersion": "v1", "kind": "List", "items": each}).to_string();
    let note = "note: crds/widget.yaml: 1 object is no CustomResourceDefinition; skipped\n";
    for (arguments, note) in [
        (&["--crd", "crds"][..], note),
        (&["--crd", "crds/widget.yaml", "--crd", "crds/more"], note),
        (&["--crd", "-"], ""),
    ] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_multi-rhoso"));
        let command = command.current_dir(directory.path()).args(["check", "manifest.yaml"]).args(arguments);
        // Only a program that reads its stdin is sure to be there when it is written to.
        let ran =
            if arguments.contains(&"-") { process::fed(command, &list)? } else { process::run(command)? };
        if ran.code != Some(0) || !ran.stdout.ends_with("2 warnings\n") || ran.stderr != note {
            return Err(ran.complain("both kinds' fields unknown expected"));
        }
    }
    Ok(())
}
