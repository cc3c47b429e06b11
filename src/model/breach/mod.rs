//! What an object breaks of its CRD: fields that are not there or should not be, and values that may not stand there.
//!
//! Read as the API server reads: nulls are dropped, defaults are filled in, and of kinds whose webhook writes the object
//! anew a missing scalar arrives as an empty one. What needs CEL or `oneOf` is left to it. Must not know what is said of a
//! breach.

mod value;

use crate::catalogue::crd::{Child, Field, Known, Limit, Schema, Shape, Type};
use crate::catalogue::kinds;
use crate::krm::Item;
use crate::yaml::{Entry, Kind, Node, PointerBuf};

use value::Patterns;
pub use value::{Bound, Found};

/// One place where an object is not what its CRD asks for.
#[derive(Debug)]
pub struct Breach<'a> {
    /// The object.
    pub item: Item<'a>,
    /// The place, whether or not something stands there.
    pub pointer: PointerBuf,
    /// What is broken there.
    pub what: Broken<'a>,
}

/// What is broken at a place.
#[derive(Debug, Clone, PartialEq)]
pub enum Broken<'a> {
    /// The CRD has no such field; perhaps this one was meant.
    Unknown(Option<&'a str>),
    /// The field must be there.
    Missing,
    /// The value is of another type than the first.
    Type(Type, Found),
    /// The value is none of these.
    Enum(Vec<&'a str>),
    /// The value does not match this regular expression.
    Pattern(&'a str),
    /// The value is too small, too large, too short or too long.
    Bound(Bound<'a>),
}

/// All breaches of a list, in its order.
pub(super) fn breaches<'a>(
    objects: &[Item<'a>],
    fields_of: &dyn Fn(&Item<'a>) -> Known<'a>,
) -> Vec<Breach<'a>> {
    let mut walk =
        Walk { found: Vec::new(), patterns: Patterns::default(), is_rewritten: false, lists_all: true };
    for item in objects {
        walk.is_rewritten = kinds::is_rewritten(item.group(), item.kind);
        match fields_of(item) {
            Known::Of(shape) => walk.node(shape, &Trail::Root(item), item.node),
            _ => walk.embedded(item, fields_of),
        }
    }
    walk.found
}

/// The breaches so far, and what holds for the object that is being read.
struct Walk<'a> {
    found: Vec<Breach<'a>>,
    patterns: Patterns<'a>,
    /// Whether a webhook writes the object anew before it is validated.
    is_rewritten: bool,
    /// Whether the shape has every field of the object.
    lists_all: bool,
}

/// The position of the walk, which becomes a pointer only for what is broken.
enum Trail<'p, 'a> {
    Root(&'p Item<'a>),
    Key(&'p Self, &'p str),
    Index(&'p Self, usize),
}

impl<'a> Walk<'a> {
    /// An object whose spec stands in the control plane's CRD, too, but for a few fields.
    fn embedded(&mut self, item: &Item<'a>, fields_of: &dyn Fn(&Item<'a>) -> Known<'a>) {
        let Some(place) = kinds::in_control_plane(item.group(), item.kind) else { return };
        let plane = item.taken_for(kinds::CONTROL_PLANE_VERSION, kinds::CONTROL_PLANE);
        let down = |known: Known<'a>, key: &str| match known {
            Known::Of(shape) => shape.key(key),
            other => other,
        };
        let spec = place.iter().copied().fold(fields_of(&plane), down);
        if let (Known::Of(shape), Some(node)) = (spec, item.node.get("spec")) {
            self.lists_all = false;
            self.node(shape, &Trail::Key(&Trail::Root(item), "spec"), node);
            self.lists_all = true;
        }
    }

    /// Aliases are not followed: an aliased node is read where its anchor stands.
    fn node(&mut self, shape: Shape<'a>, trail: &Trail<'_, 'a>, node: &'a Node<'a>) {
        match (shape.schema(), &node.kind) {
            (_, Kind::Alias { .. }) => {}
            (Schema::Fields(fields), Kind::Mapping(entries)) => {
                self.absent(shape, fields, trail, node);
                for entry in entries {
                    self.entry(shape, trail, entry);
                }
            }
            (Schema::Each(_), Kind::Mapping(entries)) => {
                for entry in entries {
                    self.entry(shape, trail, entry);
                }
            }
            (Schema::Items(child, limits), Kind::Sequence(items)) => {
                if let Some(what) = value::count(limits, items.len()) {
                    self.say(trail, what);
                }
                self.items(shape, *child, trail, items);
            }
            (schema, _) => {
                let what = value::broken(schema, node, self.is_rewritten, &mut self.patterns);
                for what in what {
                    self.say(trail, what);
                }
            }
        }
    }

    fn items(&mut self, shape: Shape<'a>, child: Child, trail: &Trail<'_, 'a>, items: &'a [Node<'a>]) {
        let Known::Of(each) = shape.child(child) else { return };
        for (index, item) in items.iter().enumerate() {
            if !(self.is_rewritten && item.is_null()) {
                self.node(each, &Trail::Index(trail, index), item);
            }
        }
    }

    /// The API server drops nulls; a webhook that writes the object anew drops empty texts that may be missing.
    fn entry(&mut self, shape: Shape<'a>, trail: &Trail<'_, 'a>, entry: &'a Entry<'a>) {
        let name = entry.key.text().unwrap_or_default();
        let trail = Trail::Key(trail, name);
        match shape.key(name) {
            Known::No if self.lists_all => self.say(&trail, Broken::Unknown(shape.near(name))),
            Known::Of(below) if !entry.value.is_null() && !self.is_dropped(shape, name, &entry.value) => {
                self.node(below, &trail, &entry.value);
            }
            _ => {}
        }
    }

    fn is_dropped(&self, shape: Shape<'_>, name: &str, node: &Node<'_>) -> bool {
        self.is_rewritten
            && name != kinds::KEPT_EMPTY
            && node.as_str() == Some("")
            && matches!(shape.schema(), Schema::Fields(_))
            && shape.field(name).is_some_and(|field| !field.needed)
    }

    /// Fields that must be there and are not.
    fn absent(&mut self, shape: Shape<'a>, fields: &[Field<'a>], trail: &Trail<'_, 'a>, node: &Node<'_>) {
        for field in fields.iter().filter(|field| field.needed) {
            let is_there = node.get(field.name).is_some_and(|node| !node.is_null());
            if !is_there && !self.is_filled(shape, field) {
                self.say(&Trail::Key(trail, field.name), Broken::Missing);
            }
        }
    }

    /// Whether a missing field arrives as an empty value that may stand there.
    fn is_filled(&mut self, shape: Shape<'a>, field: &Field<'a>) -> bool {
        if !self.is_rewritten {
            return false;
        }
        let Known::Of(below) = shape.child(field.child) else { return true };
        match below.schema() {
            Schema::Fields(fields) => {
                fields.iter().filter(|field| field.needed).all(|field| self.is_filled(below, field))
            }
            Schema::Each(_) | Schema::Items(..) => false,
            Schema::Value(Type::String, limits) => value::of_text(limits, "", &mut self.patterns).is_empty(),
            Schema::Value(Type::Integer | Type::Integer32 | Type::Number, limits) => {
                value::of_number(limits, "0").is_none()
            }
            Schema::Value(..) => true,
        }
    }

    fn say(&mut self, trail: &Trail<'_, 'a>, what: Broken<'a>) {
        let mut pointer = PointerBuf::root();
        let item = *trail.write(&mut pointer);
        self.found.push(Breach { item, pointer, what });
    }
}

impl<'p, 'a> Trail<'p, 'a> {
    /// Appends the position to a pointer, and returns its object.
    fn write(&self, pointer: &mut PointerBuf) -> &'p Item<'a> {
        match self {
            Self::Root(item) => item,
            Self::Key(above, key) => {
                let item = above.write(pointer);
                pointer.push_back(*key);
                item
            }
            Self::Index(above, index) => {
                let item = above.write(pointer);
                pointer.push_back(*index);
                item
            }
        }
    }
}

/// The values to choose from among limits.
fn choices<'a>(limits: &[(Limit, &'a str)]) -> Vec<&'a str> {
    limits.iter().filter(|(limit, _)| *limit == Limit::Enum).map(|(_, value)| *value).collect()
}
