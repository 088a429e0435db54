//! `application/x-www-form-urlencoded`, with the brackets that web forms nest by.
//!
//! Never fails: what cannot be read is kept as text or dropped, by the rules that [`Params::from_form`](super::Params::from_form) states.

use serde_json::{Map, Value as Json};

/// Further pairs are dropped: a form has dozens of them, an attack has millions.
const MAX_PAIRS: usize = 4096;

/// Deeper keys are dropped, so that whoever walks the tree by recursion is safe.
const MAX_DEPTH: usize = 32;

pub(super) fn parse(text: &str) -> Map<String, Json> {
    let mut root = Map::new();
    for pair in text.split('&').filter(|pair| !pair.is_empty()).take(MAX_PAIRS) {
        let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
        let key = decode(key);
        if let Some((first, path)) = segments(&key) {
            insert(&mut root, first, &path, decode(value));
        }
    }
    root
}

/// `posts[0][title]` is `posts` and `["0", "title"]`. A key whose brackets do not close is one plain name.
fn segments(key: &str) -> Option<(&str, Vec<&str>)> {
    let Some(open) = key.find('[').filter(|open| *open > 0) else { return Some((key, Vec::new())) };
    let mut path = Vec::new();
    let mut rest = &key[open..];
    while !rest.is_empty() {
        let Some((segment, behind)) = rest.strip_prefix('[').and_then(|inside| inside.split_once(']')) else {
            return Some((key, Vec::new()));
        };
        path.push(segment);
        rest = behind;
    }
    (path.len() < MAX_DEPTH).then_some((&key[..open], path))
}

fn insert(map: &mut Map<String, Json>, name: &str, path: &[&str], value: String) {
    let place = match map.get_mut(name) {
        Some(place) => place,
        None => map.entry(name).or_insert_with(|| blank(path)),
    };
    fill(place, path, value);
}

/// What a new place is, by the rest of its path.
fn blank(path: &[&str]) -> Json {
    match path {
        [] => Json::String(String::new()),
        ["", ..] => Json::Array(Vec::new()),
        _ => Json::Object(Map::new()),
    }
}

/// Puts the value where the path leads, unless an earlier key made something else of a place on the way.
fn fill(place: &mut Json, path: &[&str], value: String) {
    match (place, path) {
        (Json::String(old), []) => *old = value,
        (Json::Array(list), ["", rest @ ..]) => {
            let mut item = blank(rest);
            fill(&mut item, rest, value);
            list.push(item);
        }
        (Json::Object(map), [name, rest @ ..]) if !name.is_empty() => insert(map, name, rest, value),
        _ => {}
    }
}

/// Undoes `%XX` and `+`.
fn decode(text: &str) -> String {
    if !text.bytes().any(|byte| matches!(byte, b'%' | b'+')) {
        return text.to_owned();
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, behind @ ..] = rest {
        let (byte, behind) = match (first, behind) {
            (b'%', [high, low, behind @ ..]) => match hex(*high).zip(hex(*low)) {
                Some((high, low)) => (high << 4 | low, behind),
                None => (b'%', &rest[1..]),
            },
            (b'+', behind) => (b' ', behind),
            (byte, behind) => (*byte, behind),
        };
        bytes.push(byte);
        rest = behind;
    }
    match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => String::from_utf8_lossy(error.as_bytes()).into_owned(),
    }
}

fn hex(digit: u8) -> Option<u8> {
    // OK because a digit is below 16.
    char::from(digit).to_digit(16).map(|digit| digit as u8)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn forms_become_trees() {
        for (text, expected) in [
            ("", json!({})),
            ("&&", json!({})),
            ("name", json!({"name": ""})),
            ("name=Al&name=Bo", json!({"name": "Bo"})),
            ("a=1=2", json!({"a": "1=2"})),
            ("a+b=c+d%20e%2B", json!({"a b": "c d e+"})),
            ("a=%zz&b=%4", json!({"a": "%zz", "b": "%4"})),
            ("a=%ff", json!({"a": "\u{fffd}"})),
            ("tags[]=a&tags[]=b", json!({"tags": ["a", "b"]})),
            (
                "posts[0][title]=x&posts[0][text]=y&posts[10][title]=z",
                json!({"posts": {"0": {"title": "x", "text": "y"}, "10": {"title": "z"}}}),
            ),
            ("p%5Bq%5D=1", json!({"p": {"q": "1"}})),
            ("p[][q]=1&p[][q]=2", json!({"p": [{"q": "1"}, {"q": "2"}]})),
            ("a=1&a[b]=2", json!({"a": "1"})),
            ("a[b]=2&a=1&a[]=3", json!({"a": {"b": "2"}})),
            ("a[b=1&[c]=2&a]=3", json!({"a[b": "1", "[c]": "2", "a]": "3"})),
        ] {
            assert_eq!(Json::Object(parse(text)), expected, "{text}");
        }
    }

    #[test]
    fn a_form_has_bounds() {
        let many: String = (0..5_000).map(|at| format!("k{at}=v&")).collect();
        assert_eq!(parse(&many).len(), MAX_PAIRS);
        let deep = format!("ok=1&a{}=v", "[x]".repeat(10_000));
        assert_eq!(Json::Object(parse(&deep)), json!({"ok": "1"}));
    }
}
