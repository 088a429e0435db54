//! Rust files as text, with comments, strings and test code blanked out, line for line.

use std::fs;
use std::path::{Path, PathBuf};

/// One file below the root of the workspace.
pub struct Source {
    /// Its path from the root of the workspace.
    pub path: String,
    /// As it stands.
    pub text: String,
    /// Without comments and test code; strings are kept.
    pub code: String,
}

impl Source {
    pub fn new(path: &str, text: &str) -> Self {
        let without_comments = blank(text, Blank::Comments);
        let code = cut(&without_comments, &blank(text, Blank::CommentsAndStrings), "#[cfg(test)]");
        Source { path: path.to_owned(), text: text.to_owned(), code }
    }

    /// The code without what stands in strings.
    pub fn bare(&self) -> String {
        blank(&self.code, Blank::CommentsAndStrings)
    }

    /// The code without the items under an attribute that begins so.
    pub fn without_gated(&self, attribute: &str) -> String {
        cut(&self.code, &self.bare(), attribute)
    }

    /// Its path below `src/`, without the extension, by parts: `["adapter", "sql", "dialect"]`.
    pub fn module_path(&self) -> Vec<&str> {
        let below = self.path.split_once("src/").map_or(self.path.as_str(), |(_, below)| below);
        below.trim_end_matches(".rs").split('/').collect()
    }

    fn is_test(&self) -> bool {
        self.path.split('/').any(|part| part == "tests" || part == "tests.rs" || (part.starts_with("test_") && part.ends_with(".rs")))
    }
}

/// A set of files.
pub struct Tree(pub Vec<Source>);

impl Tree {
    /// All Rust files and manifests below a folder, without test files.
    pub fn of(folder: &str) -> Self {
        let sources = files(folder, &["rs", "toml"]).into_iter().map(|path| Source::new(&path, &read(&path)));
        Tree(sources.filter(|source| !source.is_test()).collect())
    }

    /// The crates that applications link.
    pub fn of_libraries() -> Self {
        Tree::join(&["ecto-core/src", "ecto-macros/src", "ecto-cli/src"])
    }

    /// Everything that is written in Rust here.
    pub fn of_all() -> Self {
        let mut all = Tree::join(&["ecto-core/src", "ecto-macros/src", "ecto-cli/src", "benches", "examples"]);
        all.0.extend(files("tests", &["rs"]).into_iter().map(|path| Source::new(&path, &read(&path))));
        all
    }

    fn join(folders: &[&str]) -> Self {
        Tree(folders.iter().flat_map(|folder| Tree::of(folder).0).collect())
    }

    pub fn rust(&self) -> impl Iterator<Item = &Source> {
        self.0.iter().filter(|source| source.path.ends_with(".rs"))
    }
}

/// The root of the workspace.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

pub fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("cannot read {path}: {error}"))
}

/// The files below a folder with one of these extensions, sorted, by their path from the root. A folder that is not there has none.
pub fn files(folder: &str, extensions: &[&str]) -> Vec<String> {
    let Ok(entries) = fs::read_dir(root().join(folder)) else { return Vec::new() };
    let mut found = Vec::new();
    for entry in entries.map(|entry| entry.expect("a readable folder")) {
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = format!("{folder}/{name}");
        if entry.path().is_dir() {
            if name != "target" && !name.starts_with('.') {
                found.extend(files(&path, extensions));
            }
        } else if extensions.iter().any(|extension| name.ends_with(&format!(".{extension}"))) {
            found.push(path);
        }
    }
    found.sort();
    found
}

#[derive(Clone, Copy, PartialEq)]
enum Blank {
    Comments,
    CommentsAndStrings,
}

/// Replaces comments, and on request what stands in strings, by spaces; every line keeps its number and every byte its place.
fn blank(text: &str, what: Blank) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let (end, erase) = match bytes[at] {
            b'/' if bytes.get(at + 1) == Some(&b'/') => (end_of_line(bytes, at), true),
            b'/' if bytes.get(at + 1) == Some(&b'*') => (end_of_comment(bytes, at), true),
            b'"' => (end_of_string(bytes, at), what == Blank::CommentsAndStrings),
            b'r' | b'b' if !joins(bytes, at) && raw_string(bytes, at).is_some() => {
                (raw_string(bytes, at).unwrap_or(at + 1), what == Blank::CommentsAndStrings)
            }
            b'\'' => (end_of_char(bytes, at), what == Blank::CommentsAndStrings && end_of_char(bytes, at) > at + 1),
            _ => (at + 1, false),
        };
        for &byte in &bytes[at..end] {
            out.push(if erase && byte != b'\n' && byte.is_ascii() {
                b' '
            } else if erase && byte != b'\n' {
                b'.'
            } else {
                byte
            });
        }
        at = end;
    }
    String::from_utf8_lossy(&out).into_owned()
}

/// Does the byte before make this one the middle of a word?
fn joins(bytes: &[u8], at: usize) -> bool {
    at > 0 && (bytes[at - 1].is_ascii_alphanumeric() || bytes[at - 1] == b'_')
}

fn end_of_line(bytes: &[u8], at: usize) -> usize {
    bytes[at..].iter().position(|&byte| byte == b'\n').map_or(bytes.len(), |length| at + length)
}

fn end_of_comment(bytes: &[u8], mut at: usize) -> usize {
    let mut depth = 0;
    while at < bytes.len() {
        match &bytes[at..bytes.len().min(at + 2)] {
            b"/*" => (depth, at) = (depth + 1, at + 2),
            b"*/" if depth == 1 => return at + 2,
            b"*/" => (depth, at) = (depth - 1, at + 2),
            _ => at += 1,
        }
    }
    bytes.len()
}

fn end_of_string(bytes: &[u8], at: usize) -> usize {
    let mut end = at + 1;
    while end < bytes.len() {
        match bytes[end] {
            b'\\' => end += 2,
            b'"' => return end + 1,
            _ => end += 1,
        }
    }
    bytes.len()
}

/// The end of a raw string that begins here: `r"…"`, `r#"…"#`, `br"…"`.
fn raw_string(bytes: &[u8], at: usize) -> Option<usize> {
    let after_prefix = at + usize::from(bytes[at] == b'b') + 1;
    if bytes[after_prefix - 1] != b'r' {
        return None;
    }
    let hashes = bytes[after_prefix..].iter().take_while(|&&byte| byte == b'#').count();
    let open = after_prefix + hashes;
    if bytes.get(open) != Some(&b'"') {
        return None;
    }
    let close = format!("\"{}", "#".repeat(hashes));
    let length = bytes[open + 1..].windows(close.len()).position(|window| window == close.as_bytes())?;
    Some(open + 1 + length + close.len())
}

/// The end of a character literal; a lifetime ends where it begins.
fn end_of_char(bytes: &[u8], at: usize) -> usize {
    match (bytes.get(at + 1), bytes.get(at + 2)) {
        (Some(b'\\'), _) => bytes[at + 3..].iter().position(|&byte| byte == b'\'').map_or(bytes.len(), |length| at + 4 + length),
        (Some(_), Some(b'\'')) => at + 3,
        (Some(byte), _) if !byte.is_ascii() => {
            bytes[at + 1..].iter().position(|&byte| byte == b'\'').map_or(bytes.len(), |length| at + 2 + length)
        }
        _ => at + 1,
    }
}

/// Blanks every item under an attribute. `bare` is the same text without strings, byte for byte, so that braces can be counted.
fn cut(code: &str, bare: &str, attribute: &str) -> String {
    let mut out = code.as_bytes().to_vec();
    let mut from = 0;
    while let Some(start) = bare[from..].find(attribute).map(|at| from + at) {
        let end = end_of_item(bare.as_bytes(), start);
        for byte in &mut out[start..end] {
            *byte = if *byte == b'\n' { b'\n' } else { b' ' };
        }
        from = end;
    }
    String::from_utf8_lossy(&out).into_owned()
}

/// The end of the item whose attribute begins here: its `;` or `,`, or the brace that closes it.
fn end_of_item(bytes: &[u8], from: usize) -> usize {
    let mut depth = 0;
    for (at, byte) in bytes.iter().enumerate().skip(from) {
        match byte {
            b'{' | b'(' | b'[' => depth += 1,
            b'}' if depth == 1 => return at + 1,
            b'}' | b')' | b']' => depth -= 1,
            b';' | b',' if depth == 0 => return at + 1,
            _ => {}
        }
    }
    bytes.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_test_code_are_cut_and_lines_stay() {
        let source = Source::new(
            "x/src/a.rs",
            "fn a() {} // crate::repo\n/* b /* c */ d */ fn e() {}\n#[cfg(test)]\nmod tests { fn f() { \"}\"; } }\nfn g() {}\n",
        );
        assert_eq!(source.code.lines().count(), 5);
        assert!(!source.code.contains("crate::repo") && !source.code.contains("fn f"), "{}", source.code);
        assert!(source.code.contains("fn e()") && source.code.contains("fn g()"));
    }

    #[test]
    fn strings_are_blank_only_where_asked() {
        let source = Source::new("x/src/a.rs", r####"let a = ("// no", r#"panic!("x")"#, '"', 'a', "b\"c"); f::<'a>(); panic!()"####);
        assert!(source.code.contains("// no"));
        let bare = source.bare();
        assert_eq!(bare.matches("panic!").count(), 1, "{bare}");
        assert!(bare.contains("f::<'a>()"));
    }

    #[test]
    fn a_gated_import_ends_at_its_semicolon() {
        let source = Source::new("x/src/a.rs", "#[cfg(test)]\nuse crate::repo::Repo;\nuse crate::query::Query;\n");
        assert_eq!(source.code.trim(), "use crate::query::Query;");
    }
}
