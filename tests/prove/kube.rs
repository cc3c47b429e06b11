//! Talks to the API server: plain HTTP to a `kubectl proxy`, which does TLS and the token.
//!
//! HTTP 1.0 on purpose: no chunks, one connection a request; on the loopback device that costs nothing.
//! Knows objects and paths, not what the objects mean.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::{Arc, Mutex};

use serde_json::Value;

use crate::Outcome;
use crate::manifests::text_at;

/// Fields that no schema names: refused, or dropped in silence.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unknown {
    Strict,
    Ignore,
}

pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) body: Value,
}

#[derive(Clone)]
struct Kind {
    plural: String,
    namespaced: bool,
}

#[derive(Clone)]
pub(crate) struct Kube {
    address: String,
    kinds: Arc<Mutex<BTreeMap<(String, String), Kind>>>,
}

impl Reply {
    pub(crate) fn accepted(&self) -> bool {
        (200..300).contains(&self.status)
    }

    pub(crate) fn message(&self) -> &str {
        text_at(&self.body, "/message")
    }

    /// The body, or the server's sentence as an error.
    pub(crate) fn body_or_error(self) -> Outcome<Value> {
        if self.accepted() { Ok(self.body) } else { Err(format!("{}: {}", self.status, self.message())) }
    }

    /// What the server has against an object, as a set: the order of its list is random.
    pub(crate) fn complaints(&self) -> BTreeSet<String> {
        if self.accepted() {
            return BTreeSet::new();
        }
        if let Some(causes) = self.body.pointer("/details/causes").and_then(Value::as_array) {
            let sentence = |cause| format!("{}: {}", text_at(cause, "/field"), text_at(cause, "/message"));
            return causes.iter().map(sentence).collect();
        }
        let message = self.message();
        let list = message.split_once("strict decoding error: ").map_or(message, |(_, list)| list);
        list.split(", ").map(str::to_owned).collect()
    }
}

impl Kube {
    pub(crate) fn new(port: u16) -> Self {
        Self { address: format!("127.0.0.1:{port}"), kinds: Arc::default() }
    }

    pub(crate) fn send(&self, method: &str, path: &str, content: &str, body: &[u8]) -> Outcome<Reply> {
        let exchange = || -> std::io::Result<Vec<u8>> {
            let mut stream = TcpStream::connect(&self.address)?;
            let length = body.len();
            let head = format!(
                "{method} {path} HTTP/1.0\r\nHost: localhost\r\nContent-Type: {content}\r\nContent-Length: {length}\r\n\r\n"
            );
            // In one piece: a second one would wait for the delayed acknowledgement of the first.
            stream.write_all(&[head.as_bytes(), body].concat())?;
            let mut answer = Vec::new();
            stream.read_to_end(&mut answer)?;
            Ok(answer)
        };
        let answer = exchange().map_err(|e| format!("{method} {path}: {e}"))?;
        parse(&answer).ok_or_else(|| format!("{method} {path}: not an HTTP answer"))
    }

    pub(crate) fn get(&self, path: &str) -> Outcome<Value> {
        self.send("GET", path, "application/json", b"")?.body_or_error()
    }

    /// The items of a list.
    pub(crate) fn list(&self, path: &str) -> Outcome<Vec<Value>> {
        Ok(self.get(path)?["items"].as_array().cloned().unwrap_or_default())
    }

    /// Creates an object; the reply may be a refusal.
    pub(crate) fn create(&self, object: &Value) -> Outcome<Reply> {
        let path = self.collection(object)?;
        self.send("POST", &path, "application/json", object.to_string().as_bytes())
    }

    /// Puts a document before the server as it stands; nothing is stored.
    pub(crate) fn judge(&self, text: &str, value: &Value, unknown: Unknown) -> Outcome<Reply> {
        let mode = if unknown == Unknown::Strict { "Strict" } else { "Ignore" };
        let path = format!("{}?dryRun=All&fieldValidation={mode}", self.collection(value)?);
        self.send("POST", &path, "application/yaml", text.as_bytes())
    }

    /// Server-side apply, as `kubectl apply --server-side` does it.
    pub(crate) fn apply(&self, object: &Value) -> Outcome<Value> {
        let path = format!("{}?fieldManager=kubectl&fieldValidation=Ignore", self.path(object)?);
        let body = object.to_string();
        self.send("PATCH", &path, "application/apply-patch+yaml", body.as_bytes())?
            .body_or_error()
            .map_err(|e| format!("apply {path}: {e}"))
    }

    /// The same for the subresource that holds the status.
    pub(crate) fn apply_status(&self, object: &Value) -> Outcome<Value> {
        let path = format!("{}/status?fieldManager=prove&force=true", self.path(object)?);
        self.send("PATCH", &path, "application/apply-patch+yaml", object.to_string().as_bytes())?
            .body_or_error()
    }

    pub(crate) fn delete(&self, path: &str) -> Outcome<()> {
        let reply = self.send("DELETE", path, "application/json", b"")?;
        if reply.status == 404 { Ok(()) } else { reply.body_or_error().map(drop) }
    }

    /// Where one object lives.
    pub(crate) fn path(&self, object: &Value) -> Outcome<String> {
        Ok(format!("{}/{}", self.collection(object)?, text_at(object, "/metadata/name")))
    }

    /// Where objects of this kind and namespace live; without a namespace, `default`, as kubectl has it.
    pub(crate) fn collection(&self, object: &Value) -> Outcome<String> {
        let (version, kind) = (text_at(object, "/apiVersion"), text_at(object, "/kind"));
        let root = if version.contains('/') { format!("/apis/{version}") } else { format!("/api/{version}") };
        let Kind { plural, namespaced } = self.kind(&root, kind)?;
        if !namespaced {
            return Ok(format!("{root}/{plural}"));
        }
        let namespace = Some(text_at(object, "/metadata/namespace")).filter(|n| !n.is_empty());
        Ok(format!("{root}/namespaces/{}/{plural}", namespace.unwrap_or("default")))
    }

    fn kind(&self, root: &str, kind: &str) -> Outcome<Kind> {
        let key = (root.to_owned(), kind.to_owned());
        if let Some(known) = self.kinds.lock().unwrap().get(&key) {
            return Ok(known.clone());
        }
        let offered = self.get(root)?;
        let resources = offered["resources"].as_array().cloned().unwrap_or_default();
        let resource = resources
            .iter()
            .find(|r| r["kind"] == kind && !text_at(r, "/name").contains('/'))
            .ok_or_else(|| format!("{root} has no kind {kind}"))?;
        let namespaced = resource["namespaced"] == true;
        let found = Kind { plural: text_at(resource, "/name").to_owned(), namespaced };
        self.kinds.lock().unwrap().insert(key, found.clone());
        Ok(found)
    }
}

fn parse(answer: &[u8]) -> Option<Reply> {
    let split = answer.windows(4).position(|window| window == b"\r\n\r\n")?;
    let head = std::str::from_utf8(&answer[..split]).ok()?;
    let status = head.split(' ').nth(1)?.parse().ok()?;
    let raw = &answer[split + 4..];
    let plain = || Value::String(String::from_utf8_lossy(raw).into_owned());
    Some(Reply { status, body: serde_json::from_slice(raw).unwrap_or_else(|_| plain()) })
}
