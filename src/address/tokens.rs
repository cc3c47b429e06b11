//! Finds addresses, networks, ranges and reversed names in any text as whole tokens. Must not know where they move.

use std::net::IpAddr;

use ipnet::IpNet;

use super::prefix;
use super::ranges::{range, short};
use super::reversed::Reversed;
use super::words::{Word, may_begin, may_end};

/// An address in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Spelled<'t> {
    pub(super) word: Word<'t>,
    pub(super) address: IpAddr,
}

/// What one position of a text says of addresses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token<'t> {
    One(Spelled<'t>),
    Net(Spelled<'t>, IpNet),
    /// A range with both its ends in full.
    Range(Spelled<'t>, Spelled<'t>),
    /// A range of whose last address only the last number is written.
    Short(Spelled<'t>, Spelled<'t>),
    Reversed(Reversed<'t>),
}

/// All tokens of a text, in order.
pub(super) fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(word) = Word::find(text, at) {
        at = read(text, unescaped(text, word), &mut tokens);
    }
    tokens
}

/// The word without the letter of an escape (`\n`, `\r`, `\t`) before it.
fn unescaped<'t>(text: &str, word: Word<'t>) -> Word<'t> {
    let escaped = text.get(..word.start).is_some_and(|before| before.ends_with('\\'));
    let shorter = word.text.strip_prefix(['n', 'r', 't']).filter(|_| escaped);
    shorter.map_or(word, |text| Word { start: word.start.saturating_add(1), text })
}

/// Reads the token that begins with this word, and returns where to go on.
fn read<'t>(text: &'t str, word: Word<'t>, tokens: &mut Vec<Token<'t>>) -> usize {
    if let Some((first, last)) = range(text, word) {
        tokens.push(Token::Range(first, last));
        return last.word.end();
    }
    if let Some((first, last)) = short(text, word) {
        tokens.push(Token::Short(first, last));
        return word.end();
    }
    if let Some(name) = Reversed::read(text, word) {
        tokens.push(Token::Reversed(name));
        return word.end();
    }
    let Some((bare, address)) = word.address() else {
        tokens.extend(parts(text, word).map(Token::One));
        return word.end();
    };
    let one = Spelled { word: bare, address };
    if !whole(text, word, one) {
        return word.end();
    }
    if let Some((net, end)) = network(text, one) {
        tokens.push(Token::Net(one, net));
        return end;
    }
    tokens.push(Token::One(one));
    word.end()
}

/// Whether an address at the start of a word is a token, and not part of a longer one.
pub(super) fn whole(text: &str, word: Word<'_>, one: Spelled<'_>) -> bool {
    let end = one.word.end();
    let percent = text.get(end..).is_some_and(|rest| rest.starts_with('%'));
    let punctuated = one.address.is_ipv6() || text.get(end..).is_some_and(|rest| rest.starts_with('.'));
    may_begin(text, one.word.start)
        && may_end(text, end)
        && !(percent && one.address.is_ipv4())
        && (!punctuated || may_end(text, word.end()))
}

/// IPv4 addresses between the colons of a word: `172.17.0.80:5000`, `tcp:172.17.0.80:6642`.
fn parts<'t>(text: &'t str, word: Word<'t>) -> impl Iterator<Item = Spelled<'t>> {
    let readable = !word.text.contains("::");
    let mut start = word.start;
    let parts = word.text.split(':').filter(move |_| readable).map(move |part| {
        let found = Word { start, text: part };
        start = found.end().saturating_add(1);
        found
    });
    parts.filter_map(move |part| {
        let last = part.end() == word.end();
        let (bare, address) = part.address().filter(|(bare, _)| last || *bare == part)?;
        let one = Spelled { word: bare, address };
        (address.is_ipv4() && whole(text, part, one)).then_some(one)
    })
}

/// The network of a prefix length or netmask after the address, and its end; before a further slash it is a path
/// instead.
fn network(text: &str, one: Spelled<'_>) -> Option<(IpNet, usize)> {
    let slash = one.word.end();
    let path = text.get(..one.word.start)?.ends_with('/');
    if path || !text.get(slash..)?.starts_with('/') {
        return None;
    }
    let word = Word::at(text, slash.saturating_add(1))?;
    let length = word.text.split('-').next().unwrap_or_default().trim_end_matches(['.', ':']);
    let end = word.start.saturating_add(length.len());
    let further = text.get(end..)?.starts_with('/') || !may_end(text, end);
    let net = IpNet::new(one.address, prefix(length).or_else(|| mask(one.address, length))?).ok()?;
    let dashed = text.get(end..)?.starts_with('-');
    (!further).then(|| (net, end.saturating_add(usize::from(dashed))))
}

/// The prefix length of `255.255.255.0`.
fn mask(address: IpAddr, text: &str) -> Option<u8> {
    let mask = text.parse().ok().filter(|_| address.is_ipv4())?;
    ipnet::ipv4_mask_to_prefix(mask).ok()
}
