//! The mistakes of others in docs/defects.md: each names the tests that hold it, or with what it comes.

use super::source::{read, root};

/// The page.
const PAGE: &str = "docs/defects.md";
/// What stands in place of a test.
const LATER: &str = "later: ";

/// Lines whose tests do not exist.
pub fn unproved() -> Vec<String> {
    let page = read(PAGE);
    let lines: Vec<&str> = page.lines().filter(|line| line.starts_with("| ") && !line.starts_with("| what went wrong")).collect();
    if lines.is_empty() {
        return vec![format!("{PAGE} has no lines")];
    }
    lines.iter().flat_map(|line| in_line(line, &text_of)).collect()
}

/// The text of a source file; of a folder of transcripts the empty one.
fn text_of(path: &str) -> Option<String> {
    let place = root().join(path);
    if place.is_dir() { Some(String::new()) } else { place.is_file().then(|| read(path)) }
}

/// A path in backticks, and behind it the functions that are meant; a folder needs none.
fn in_line(line: &str, text_of: &dyn Fn(&str) -> Option<String>) -> Vec<String> {
    let proof = line.trim_end_matches(['|', ' ']).rsplit(" | ").next().unwrap_or_default();
    if proof.starts_with(LATER) {
        return Vec::new();
    }
    let mut findings = Vec::new();
    // The file that is being read, and whether a function of it was named.
    let mut file: Option<(&str, String, bool)> = None;
    let unnamed = |file: &Option<(&str, String, bool)>| {
        file.as_ref().filter(|(path, _, named)| path.ends_with(".rs") && !named).map(|(path, ..)| format!("{path}: names no test"))
    };
    for word in proof.split('`').skip(1).step_by(2) {
        if word.contains('/') {
            findings.extend(unnamed(&file));
            match text_of(word) {
                Some(text) => file = Some((word, text, false)),
                None => findings.push(format!("{word}: is not there")),
            }
        } else if let Some((path, text, named)) = &mut file {
            *named = true;
            if !text.contains(&format!("fn {word}(")) {
                findings.push(format!("{path}: has no `{word}`"));
            }
        }
    }
    findings.extend(unnamed(&file));
    if file.is_none() && findings.is_empty() {
        findings.push(format!("no proof: {line}"));
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(proof: &str) -> Vec<String> {
        in_line(&format!("| what | {proof} |"), &|path| match path {
            "a/b.rs" => Some("fn one() {}\nfn two(stage: &Stage) {}".into()),
            "cases/c" => Some(String::new()),
            _ => None,
        })
    }

    #[test]
    fn a_proof_is_a_test_that_exists() {
        assert_eq!(found("`a/b.rs` `one`, `two`; `cases/c`"), [""; 0]);
        assert_eq!(found("later: with something"), [""; 0]);
        assert_eq!(found("`a/b.rs` `three`"), ["a/b.rs: has no `three`"]);
        assert_eq!(found("`a/b.rs`; `cases/c`"), ["a/b.rs: names no test"]);
        assert_eq!(found("`cases/d`"), ["cases/d: is not there"]);
        assert_eq!(found("nothing"), ["no proof: | what | nothing |"]);
    }
}
