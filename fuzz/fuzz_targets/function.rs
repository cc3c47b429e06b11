//! The whole function: any list, or a config and behind a NUL any manifests. Output as input gives itself, a failed run
//! prints its input's items, every other way to look at the same manifests ends too.
#![no_main]

use libfuzzer_sys::fuzz_target;
use multi_rhoso::catalogue::crd::Crds;
use multi_rhoso::krm::{Source, SourceKind};
use multi_rhoso::map;
use multi_rhoso::model::{Model, read_crds};
use multi_rhoso::report::{self, Format};
use multi_rhoso::run;

fuzz_target!(|text: &str| {
    match text.split_once('\0') {
        Some((config, manifests)) => stream(config, manifests),
        None => list(text),
    }
});

/// The bytes of a list's items, to the end of the last one's line.
fn items(text: &str) -> &str {
    let source = Source::parse(None, text).expect("a list");
    assert_eq!(source.kind, SourceKind::ResourceList);
    let items = source.list().and_then(|list| list.get("items")).map(|items| items.span.clone());
    items.map_or("", |span| &text[span])
}

fn list(text: &str) {
    let first = run::function(text);
    let [printed] = first.texts.as_slice() else {
        assert!(first.failed && !first.findings.is_empty());
        return;
    };
    if first.failed {
        assert_eq!(items(printed), items(text));
        return;
    }
    let second = run::function(printed);
    assert!(!second.failed, "{:?}", second.findings);
    assert_eq!(items(&second.texts.concat()), items(printed));
    // Results are of what goes in, which is the same from here on.
    assert_eq!(run::function(&second.texts.concat()).texts, second.texts);
}

fn stream(config: &str, manifests: &str) {
    let (Ok(config), Ok(source)) = (Source::parse(None, config), Source::parse(None, manifests)) else {
        return;
    };
    looked_at(&config, &source);
    let sources = [source];
    let first = run::stream(&config, &sources);
    if first.failed {
        assert!(!first.findings.is_empty());
        return;
    }
    let _ = run::explain(&config, &sources);
    let printed = first.texts.concat();
    // A plan is not printed, and would have to be there again.
    if manifests.contains("AddressPlan") {
        return;
    }
    let again = Source::parse(None, &printed).expect("what was printed");
    let second = run::stream(&config, &[again]);
    assert!(!second.failed, "{:?}", second.findings);
    assert_eq!(second.texts.concat(), printed);
}

/// What `check` and `map` do, with the manifests for CRDs too.
fn looked_at(config: &Source<'_>, source: &Source<'_>) {
    let mut crds = Crds::default();
    let _ = read_crds(source, &mut crds);
    let sources = std::slice::from_ref(source);
    if let Ok(checked) =
        run::check(Some(config), &crds, sources).or_else(|_| run::check(None, &crds, sources))
    {
        for format in [Format::Text { colour: true }, Format::Json, Format::Sarif, Format::Github] {
            let _ = report::print(&checked.findings, sources, format);
        }
    }
    let Ok(items) = run::items(sources) else { return };
    let atlas = map::atlas(&Model::new(&items));
    for format in [map::Format::Text, map::Format::Html, map::Format::Svg] {
        let _ = map::print(&atlas, format);
    }
}
