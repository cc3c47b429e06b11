//! A mapping over any text, token by token: all bytes that are no address which moves stay. Knows no syntax but that
//! of addresses.

use std::net::IpAddr;

use ipnet::IpNet;

use super::tokens::{Spelled, Token, tokens};
use super::{Mapping, Outcome, respell};

/// A text after its addresses moved.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Rewritten {
    /// The new text; none, where it is the old one.
    pub text: Option<String>,
    /// What should have moved and could not.
    pub stuck: Vec<Stuck>,
}

/// A network or range that could not move.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stuck {
    /// As it stands in the text.
    pub token: String,
    /// Why it could not, as the end of a sentence about it.
    pub reason: String,
}

/// Moves every address, network and range of a text, each in its own spelling.
#[must_use]
pub fn rewrite(text: &str, mapping: &Mapping) -> Rewritten {
    if mapping.is_empty() {
        return Rewritten::default();
    }
    let mut run = Run { text, mapping, new: String::new(), done: 0, stuck: Vec::new() };
    tokens(text).into_iter().for_each(|token| run.token(token));
    run.finish()
}

struct Run<'t> {
    text: &'t str,
    mapping: &'t Mapping,
    new: String,
    /// How much of the text is in `new`.
    done: usize,
    stuck: Vec<Stuck>,
}

impl Run<'_> {
    fn token(&mut self, token: Token<'_>) {
        match token {
            Token::One(one) => {
                if let Some(new) = self.mapping.map_address(one.address) {
                    self.put(one, new);
                }
            }
            Token::Net(one, net) => self.net(one, net),
            Token::Range(first, last) => match self.mapping.map_range(first.address, last.address) {
                Outcome::Moved((low, high)) => {
                    self.put(first, low);
                    self.put(last, high);
                }
                Outcome::Stays => {}
                Outcome::Stuck(reason) => self.stick(first, last.word.end(), &reason.to_string()),
            },
        }
    }

    fn net(&mut self, one: Spelled<'_>, net: IpNet) {
        match self.mapping.map_net(net) {
            Outcome::Moved(moved) => self.put(one, moved.addr()),
            Outcome::Stays => {}
            Outcome::Stuck(reason) => {
                let rest = self.text.get(one.word.end()..).unwrap_or_default();
                let length = rest.find(|c: char| !(c == '/' || c == '.' || c.is_ascii_digit()));
                let token = rest.get(..length.unwrap_or(rest.len())).unwrap_or_default();
                let end = one.word.end().saturating_add(token.trim_end_matches('.').len());
                self.stick(one, end, &reason.to_string());
            }
        }
    }

    fn put(&mut self, old: Spelled<'_>, new: IpAddr) {
        if new == old.address {
            return;
        }
        self.new.push_str(self.text.get(self.done..old.word.start).unwrap_or_default());
        self.new.push_str(&respell(old.word.text, new));
        self.done = old.word.end();
    }

    fn stick(&mut self, first: Spelled<'_>, end: usize, reason: &str) {
        let token = self.text.get(first.word.start..end).unwrap_or_default().to_owned();
        self.stuck.push(Stuck { token, reason: reason.to_owned() });
    }

    fn finish(mut self) -> Rewritten {
        self.new.push_str(self.text.get(self.done..).unwrap_or_default());
        Rewritten { text: (self.new != self.text).then_some(self.new), stuck: self.stuck }
    }
}
