//! Edits one by one: a text, a patch, and the text or the error that must come out.

use multi_rhoso::yaml;

/// Applies a patch to the first document of a text.
fn edited(text: &str, patch: &str) -> Result<String, String> {
    let documents = yaml::parse(text).map_err(|error| error.to_string())?;
    let patch: json_patch::Patch = serde_json::from_str(patch).expect("a patch");
    let splices = yaml::edit(text, &documents[0], &patch.0).map_err(|error| error.to_string())?;
    Ok(yaml::splice(text, &splices))
}

fn add(path: &str, value: &str) -> String {
    format!(r#"[{{"op":"add","path":"{path}","value":{value}}}]"#)
}

#[test]
fn smoke() {
    let texts = [
        "a: 1\nb: 2\n",
        "a: {}\n",
        "a: # c\n  b: 1 # d\n",
        "a: {x: 1}\n",
        "{\"a\": {\"b\": 1}}",
        "{\n  \"a\": {\n    \"b\": 1\n  }\n}\n",
        "a:\n  b: |\n    x",
        "a:\n  b: |+\n    x\n\n\nc: 1\n",
        "a:\n  - x\n",
        "a: []\n",
        "a:\n- b: 1\n  c: 2\n",
        "a: ~ # n\n",
        "a:\n",
        "a: [1, 2]",
        "a:\r\n  b: 1\r\n",
        "a: >\n  foo bar\n  baz\n",
        "a: |\n  foo\n  bar\n",
        "a: 'x'\n",
        "a: \"x\"\n",
        "a: 172.17.0.80\n",
        "a: x # c\n",
        "a: &x\n  b: 1\n",
        "a:\n  b: *z\n",
    ];
    for text in texts {
        println!("===\n{text}");
        for patch in [
            add("/a/k", "{\"m\":[1,{\"n\":\"yes\"}]}"),
            add("/a", "\"foo bar\\nqux\\n\""),
            add("/a", "\"172.27.0.81\""),
            add("/a", "{\"b\":{\"c\":1}}"),
            add("/a/-", "{\"q\":1,\"r\":2}"),
            r#"[{"op":"remove","path":"/a/b"}]"#.to_owned(),
            r#"[{"op":"remove","path":"/a"}]"#.to_owned(),
        ] {
            println!("--- {patch}");
            match edited(text, &patch) {
                Ok(out) => println!("{out}"),
                Err(error) => println!("ERR {error}"),
            }
        }
    }
}
