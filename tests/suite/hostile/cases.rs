//! What goes to the function, and what is said of it.

use super::{MANY, nested};

/// What a run must print.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Printed {
    /// Nothing: there is no list that could be printed.
    Nothing,
    /// The input as it is, and perhaps results behind it.
    Input,
}

/// Input, what is printed, and all that is said; the exit code is 1 where an error is said of the list, 2 of the stream.
pub(super) type Case = (&'static str, fn() -> Vec<u8>, Printed, &'static str);

const HEAD: &str = "apiVersion: config.kubernetes.io/v1\nkind: ResourceList\n";
const CONFIG: &str = "functionConfig:\n  apiVersion: multi-rhoso.dev/v1alpha1\n  kind: OpenStackInstance\n  metadata: {name: \
                      two}\n  spec: {namespace: two, from: {namespace: one}}\n";

fn list(items: &str) -> Vec<u8> {
    format!("{HEAD}{CONFIG}items:\n{items}").into_bytes()
}

/// An object with something below `spec`.
fn object(spec: &str) -> Vec<u8> {
    let metadata = "{name: c, namespace: two, annotations: {multi-rhoso.dev/instance: two}}";
    list(&format!("- apiVersion: v1\n  kind: ConfigMap\n  metadata: {metadata}\n  spec: {spec}\n"))
}

/// An attachment with a CNI configuration.
fn attachment(config: &str) -> Vec<u8> {
    let head = "- apiVersion: k8s.cni.cncf.io/v1\n  kind: NetworkAttachmentDefinition\n  metadata: {name: a, namespace: two, \
                annotations: {multi-rhoso.dev/instance: two}}\n";
    list(&format!("{head}  spec:\n    config: '{config}'\n"))
}

/// A Service with the annotation that attaches pods to networks.
fn networks(text: &str) -> Vec<u8> {
    let metadata = "metadata:\n    name: s\n    namespace: one\n    annotations:\n";
    list(&format!(
        "- apiVersion: v1\n  kind: Service\n  {metadata}      k8s.v1.cni.cncf.io/networks: '{text}'\n"
    ))
}

/// A flat config with `networks`.
fn flat(networks: &str) -> Vec<u8> {
    let config = "functionConfig:\n  apiVersion: v1\n  kind: ConfigMap\n  metadata: {name: c}\n  data:\n    namespace: two\n";
    format!("{HEAD}{config}    networks: '{networks}'\nitems: []\n").into_bytes()
}

/// Mappings in each other, one a line.
fn steps() -> String {
    let steps: Vec<String> = (0..2000).map(|depth| format!("\n{:depth$}    a:", "")).collect();
    steps.concat()
}

fn utf16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    "\u{feff}".encode_utf16().chain(text.encode_utf16()).flat_map(bytes).collect()
}

const NOTHING_TO_DO: &str = "warning: none of the 1 objects is of a kind that this function changes (MetalLB's, *.openstack.org, \
                            node policies, network attachments, bare-metal hosts, annotated Services, objects in \
                            spec.from.namespace), so nothing was changed [nothing-to-do]";

/// All of it.
pub(super) const CASES: [Case; 30] = [
    (
        "flow_sequences",
        || object(&nested("[", "]")),
        Printed::Nothing,
        "error: stdin: line 12, column 137: the document nests deeper than 128 levels [unreadable]",
    ),
    (
        "flow_mappings",
        || object(&nested("{a: ", "}")),
        Printed::Nothing,
        "error: stdin: line 12, column 509: the document nests deeper than 128 levels [unreadable]",
    ),
    (
        "json_mappings",
        || object(&nested("{\"a\":", "}")),
        Printed::Nothing,
        "error: stdin: line 12, column 634: the document nests deeper than 128 levels [unreadable]",
    ),
    (
        "block_sequences",
        || object(&format!("\n  {}1", "- ".repeat(MANY))),
        Printed::Nothing,
        "error: stdin: line 13, column 253: the document nests deeper than 128 levels [unreadable]",
    ),
    (
        "block_mappings",
        || object(&steps()),
        Printed::Nothing,
        "error: stdin: line 138, column 130: the document nests deeper than 128 levels [unreadable]",
    ),
    (
        "keys",
        || object(&format!("\n    {}: 1", nested("[", "]"))),
        Printed::Nothing,
        "error: stdin: line 13, column 133: the document nests deeper than 128 levels [unreadable]",
    ),
    (
        "explicit_keys",
        || object(&format!("\n    {}1", "? ".repeat(MANY))),
        Printed::Nothing,
        "error: stdin: line 13, column 5: the key of a mapping is not a simple scalar [unreadable]",
    ),
    (
        "json_list",
        || {
            format!("{{\"apiVersion\": \"config.kubernetes.io/v1\", \"items\": {}}}", nested("[", "]"))
                .into_bytes()
        },
        Printed::Nothing,
        "error: stdin: line 1, column 179: the document nests deeper than 128 levels [unreadable]",
    ),
    (
        "config",
        || format!("{HEAD}functionConfig: {}\nitems: []\n", nested("[", "]")).into_bytes(),
        Printed::Nothing,
        "error: stdin: line 3, column 145: the document nests deeper than 128 levels [unreadable]",
    ),
    (
        "cni_configuration_of_mappings",
        || attachment(&format!("{}1{}", "{\"a\":".repeat(MANY), "}".repeat(MANY))),
        Printed::Input,
        "error: NetworkAttachmentDefinition two/a spec.config: the CNI configuration cannot be read (line \
         1, column 641: the document nests deeper than 128 levels); mend it [attachment-config]",
    ),
    (
        "cni_configuration_of_lists",
        || attachment(&format!("{{\"a\":{}}}", nested("[", "]"))),
        Printed::Input,
        "error: NetworkAttachmentDefinition two/a spec.config: the CNI configuration cannot be read (line \
         1, column 133: the document nests deeper than 128 levels); mend it [attachment-config]",
    ),
    (
        "cni_configuration_without_end",
        || attachment(&"[".repeat(MANY)),
        Printed::Input,
        "error: NetworkAttachmentDefinition two/a spec.config: the CNI configuration is no JSON (EOF while \
         parsing a list at line 1 column 100000), and no pod starts with it; mend it [attachment-config]",
    ),
    (
        "networks_annotation",
        || networks(&nested("[", "]")),
        Printed::Input,
        "error: Service one/s metadata.annotations[\"k8s.v1.cni.cncf.io/networks\"]: the annotation is no \
         JSON (line 1, column 129: the document nests deeper than 128 levels); write a JSON list, or names \
         with commas between [networks-annotation]",
    ),
    ("text_of_a_config_map", || object(&format!("'{}'", nested("[", "]"))), Printed::Input, NOTHING_TO_DO),
    (
        "flat_key_of_lists",
        || flat(&nested("[", "]")),
        Printed::Input,
        "error: data.networks: function config \"c\": the text is no YAML: line 1, column 129: the document \
         nests deeper than 128 levels [config]",
    ),
    (
        "flat_key_of_mappings",
        || flat(&nested("{a: ", "}")),
        Printed::Input,
        "error: data.networks: function config \"c\": the text is no YAML: line 1, column 513: the document \
         nests deeper than 128 levels [config]",
    ),
    (
        "flat_key_of_blocks",
        || flat(&"- ".repeat(MANY)),
        Printed::Input,
        "error: data.networks: function config \"c\": the text is no YAML: line 1, column 257: the document \
         nests deeper than 128 levels [config]",
    ),
    (
        "aliases_of_one_word",
        || object(&format!("\n  - &a x{}", "\n  - *a".repeat(MANY))),
        Printed::Input,
        NOTHING_TO_DO,
    ),
    (
        "aliases_of_a_mapping",
        || object(&format!("\n  - &a {{b: c}}{}", "\n  - *a".repeat(MANY))),
        Printed::Nothing,
        "error: stdin: line 33347, column 5: the aliases up to here stand for more than 100000 values \
         [unreadable]",
    ),
    (
        "a_huge_key",
        || object(&format!("\n    {}: x", "k".repeat(5_000_000))),
        Printed::Nothing,
        "error: stdin: line 13, column 5000005: mapping values are not allowed in this context [unreadable]",
    ),
    (
        "a_huge_key_in_quotes",
        || object(&format!("\n    \"{}\": x", "k".repeat(5_000_000))),
        Printed::Nothing,
        "error: stdin: line 13, column 5000007: mapping values are not allowed in this context [unreadable]",
    ),
    (
        "a_huge_number",
        || object(&format!("\n    a: {}", "9".repeat(1_000_000))),
        Printed::Input,
        NOTHING_TO_DO,
    ),
    (
        "a_huge_value",
        || object(&format!("\n    a: |\n      {}", "x".repeat(5_000_000))),
        Printed::Input,
        NOTHING_TO_DO,
    ),
    (
        "nul",
        || object("a\0b"),
        Printed::Nothing,
        "error: stdin: line 12, column 10: the control character U+0000 is not allowed [unreadable]",
    ),
    (
        "nothing_but_nul",
        || vec![0; MANY],
        Printed::Nothing,
        "error: stdin: line 1, column 1: the control character U+0000 is not allowed [unreadable]",
    ),
    (
        "no_utf_8",
        || [object("a").as_slice(), b"  x: \xff\n"].concat(),
        Printed::Nothing,
        "error: stdin: byte 350 is not UTF-8; save it as UTF-8",
    ),
    (
        "half_a_letter",
        || [object("a").as_slice(), b"# \xe2\x82"].concat(),
        Printed::Nothing,
        "error: stdin: byte 347 is not UTF-8; save it as UTF-8",
    ),
    (
        "utf_16_little_end_first",
        || utf16("a: 1\n", u16::to_le_bytes),
        Printed::Nothing,
        "error: stdin: it is UTF-16; save it as UTF-8",
    ),
    (
        "utf_16_big_end_first",
        || utf16("a: 1\n", u16::to_be_bytes),
        Printed::Nothing,
        "error: stdin: it is UTF-16; save it as UTF-8",
    ),
    (
        "utf_16_without_a_mark",
        || utf16("a: 1\n", u16::to_le_bytes).split_off(2),
        Printed::Nothing,
        "error: stdin: line 1, column 2: the control character U+0000 is not allowed [unreadable]",
    ),
];
