//! `map`: `fixtures/map-*/paths` names what goes in, `map.txt`, `map.html` and `map.svg` are what must come out.
//!
//! `UPDATE=1` writes the three; look at them in a browser before you commit them.

use std::collections::BTreeSet;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use libtest_mimic::{Failed, Trial};

use crate::corpus::PROJECT;

const BINARY: &str = env!("CARGO_BIN_EXE_multi-rhoso");
const FORMS: [(&str, &str); 3] = [("text", "map.txt"), ("html", "map.html"), ("svg", "map.svg")];

/// Three tests for each fixture, and what holds of all.
pub(crate) fn trials() -> Vec<Trial> {
    let entries = fs::read_dir(Path::new(PROJECT).join("fixtures")).expect("fixtures/");
    let mut cases: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    cases.retain(|path| path.join("paths").is_file());
    cases.sort();
    let mut trials = Vec::new();
    for case in &cases {
        let name = case.file_name().expect("a name").to_string_lossy().into_owned();
        for (form, file) in FORMS {
            let case = case.clone();
            trials.push(Trial::test(format!("map::{name}_{form}"), move || golden(&case, form, file)));
        }
        let copy = case.clone();
        trials.push(Trial::test(format!("map::{name}_needs_nothing_else"), move || alone(&copy)));
        let copy = case.clone();
        trials.push(Trial::test(format!("map::{name}_labels_are_apart"), move || labels_apart(&copy)));
    }
    trials.push(Trial::test("map::nothing_to_draw_is_said", nothing));
    trials.push(Trial::test("map::what_is_too_much_is_counted", too_much));
    trials
}

fn print(case: &Path, form: &str) -> Result<String, Failed> {
    let paths = fs::read_to_string(case.join("paths"))?;
    let ran =
        Command::new(BINARY).current_dir(case).args(["map", "-o", form]).args(paths.lines()).output()?;
    if !ran.status.success() {
        return Err(String::from_utf8_lossy(&ran.stderr).into_owned().into());
    }
    Ok(String::from_utf8(ran.stdout)?)
}

fn golden(case: &Path, form: &str, file: &str) -> Result<(), Failed> {
    let (got, path) = (print(case, form)?, case.join(file));
    if env::var_os("UPDATE").is_some() {
        return Ok(fs::write(path, got)?);
    }
    let expected = fs::read_to_string(&path).unwrap_or_default();
    let differing = expected.lines().zip(got.lines()).position(|(one, other)| one != other);
    if expected == got {
        return Ok(());
    }
    let line = differing.unwrap_or_else(|| expected.lines().count().min(got.lines().count()));
    let at = |text: &str| text.lines().nth(line).unwrap_or("(the end)").to_owned();
    let (want, is) = (at(&expected), at(&got));
    Err(format!("{}:{}\n  want {want}\n  is   {is}\nUPDATE=1 accepts it", path.display(), line + 1).into())
}

/// No script, nothing from elsewhere, every tag closed, every pattern defined, every letter legal.
fn alone(case: &Path) -> Result<(), Failed> {
    for form in ["html", "svg"] {
        let text = print(case, form)?;
        let outside = text.replace("http://www.w3.org/2000/svg", "").replace(" href=\"#", " to=\"");
        for mark in ["<script", "://", "href", "src=", "@import"] {
            if outside.contains(mark) {
                return Err(format!("{form}: {mark}").into());
            }
        }
        for id in text.split("url(#").skip(1).filter_map(|rest| rest.split(')').next()) {
            if !text.contains(&format!("id=\"{id}\"")) {
                return Err(format!("{form}: {id} is not defined").into());
            }
        }
        for id in text.split(" href=\"#").skip(1).filter_map(|rest| rest.split('"').next()) {
            if text.matches(&format!(" id=\"{id}\"")).count() != 1 {
                return Err(format!("{form}: a link to {id}, which is not there once").into());
            }
        }
        closed(&text).map_err(|tag| format!("{form}: {tag}"))?;
    }
    Ok(())
}

/// Whether each element ends where it should.
fn closed(text: &str) -> Result<(), String> {
    let mut open = Vec::new();
    for tag in text.split('<').skip(1).filter_map(|rest| rest.split('>').next()) {
        let name = tag.trim_start_matches('/').split([' ', '\n']).next().unwrap_or_default();
        if tag.starts_with('!') || tag.ends_with('/') || name == "meta" {
            continue;
        }
        if !tag.starts_with('/') {
            open.push(name);
        } else if open.pop() != Some(name) {
            return Err(format!("</{name}> closes another element"));
        }
    }
    if open.is_empty() { Ok(()) } else { Err(format!("open: {open:?}")) }
}

/// No two labels of the picture meet, and none leaves its bar, or the overview.
fn labels_apart(case: &Path) -> Result<(), Failed> {
    let text = print(case, "svg")?;
    for (class, end, least) in [("label", 112 + 512, 1), ("cell", 676 - 16, 0)] {
        if apart(&text, class, end)? < least {
            return Err(format!("no {class}").into());
        }
    }
    Ok(())
}

/// The number of labels of a class, which are apart.
fn apart(text: &str, class: &str, most: u32) -> Result<usize, Failed> {
    let mut taken: BTreeSet<(u32, u32, u32)> = BTreeSet::new();
    for element in text.split(&format!("<text class=\"{class}")).skip(1) {
        let element = element.split("</text>").next().ok_or("an element")?;
        let number = |key: &str| -> Option<u32> {
            element.split(&format!(" {key}=\"")).nth(1)?.split('"').next()?.parse().ok()
        };
        let (x, y) = (number("x").ok_or("x")?, number("y").ok_or("y")?);
        let shown: String = element.split('>').skip(1).filter_map(|part| part.split('<').next()).collect();
        let shown =
            shown.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&").replace("&quot;", "\"");
        let end = x + u32::try_from(shown.chars().count())? * 66 / 10;
        if end > most || taken.iter().any(|(row, left, right)| *row == y && x < *right && *left < end) {
            return Err(format!("{shown:?} at {x}, {y}").into());
        }
        taken.insert((y, x, end));
    }
    Ok(taken.len())
}

/// Every pool meets every node: of the conflicts a hundred are said, and the others are counted.
fn too_much() -> Result<(), Failed> {
    let pool = |number: usize| {
        format!(
            "apiVersion: metallb.io/v1beta1\nkind: IPAddressPool\nmetadata: {{name: p{number}, namespace: metallb-system}}\n\
             spec: {{addresses: [10.0.0.0-10.0.0.99]}}\n---\n"
        )
    };
    let addresses: String = (0..20)
        .map(|number| format!("{{ip: 10.0.0.{number}, prefix-length: 24}}, "))
        .collect::<Vec<_>>()
        .concat();
    let policy = format!(
        "apiVersion: nmstate.io/v1\nkind: NodeNetworkConfigurationPolicy\nmetadata: {{name: w}}\nspec: {{desiredState: \
         {{interfaces: [{{name: eth0, type: ethernet, state: up, ipv4: {{enabled: true, address: [{addresses}]}}}}]}}}}\n"
    );
    let directory = tempfile::tempdir()?;
    fs::write(directory.path().join("a.yaml"), (0..20).map(pool).collect::<String>() + &policy)?;
    for form in ["text", "html", "svg"] {
        fs::write(directory.path().join("paths"), "a.yaml")?;
        let text = print(directory.path(), form)?;
        let said = text.matches(" both have ").count();
        // 400 and the 19 of the pools among themselves.
        if !text.contains("and 319 more; multi-rhoso check") || !(1..=300).contains(&said) {
            return Err(format!("{form}: {said} said").into());
        }
    }
    Ok(())
}

fn nothing() -> Result<(), Failed> {
    let directory = tempfile::tempdir()?;
    fs::write(directory.path().join("a.yaml"), "apiVersion: v1\nkind: Namespace\nmetadata:\n  name: a\n")?;
    let ran = Command::new(BINARY).current_dir(directory.path()).args(["map", "a.yaml"]).output()?;
    let said = String::from_utf8(ran.stderr)?;
    if ran.status.code() == Some(2) && ran.stdout.is_empty() && said.contains("states an address") {
        return Ok(());
    }
    Err(format!("{:?} {said}", ran.status).into())
}
