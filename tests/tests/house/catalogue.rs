//! What has a file of its own must have its place in the guide.

use regex::Regex;

use super::source::{Source, files, read};

/// A folder where each file is one more of something, and the word of the guide that shows one.
struct Catalogue {
    folder: &'static str,
    /// What the guide must contain for a public function of the file, or for the file itself.
    word: fn(&str) -> String,
    by: By,
}

#[derive(Clone, Copy, PartialEq)]
enum By {
    PublicFunction,
    File,
}

const CATALOGUES: &[Catalogue] = &[
    Catalogue { folder: "ecto-core/src/changeset/validate", word: str::to_owned, by: By::PublicFunction },
    Catalogue { folder: "ecto-core/src/query/clause", word: str::to_owned, by: By::PublicFunction },
    Catalogue { folder: "ecto-cli/src/command", word: |name| format!("ecto {name}"), by: By::File },
];

/// Does the guide have this word, as a whole?
fn names(guide: &str, word: &str) -> bool {
    Regex::new(&format!(r"\b{}\b", regex::escape(word))).expect("a pattern").is_match(guide)
}

/// The words of a file that the guide must name.
fn words(catalogue: &Catalogue, source: &Source) -> Vec<String> {
    if catalogue.by == By::File {
        let name = source.path.rsplit('/').next().unwrap_or_default().trim_end_matches(".rs");
        return vec![(catalogue.word)(name)];
    }
    let function = Regex::new(r"(?m)^\s*pub fn (\w+)").expect("a pattern");
    // `…_with` is its namesake with options.
    let names = function.captures_iter(&source.code).map(|found| found[1].to_owned()).filter(|name| !name.ends_with("_with"));
    names.map(|name| (catalogue.word)(&name)).collect()
}

fn sources(folder: &str) -> Vec<Source> {
    files(folder, &["rs"]).iter().map(|path| Source::new(path, &read(path))).collect()
}

pub fn undocumented() -> Vec<String> {
    let guide: String = files("docs/guide", &["md"]).iter().map(|path| read(path)).collect();
    let mut findings = Vec::new();
    for catalogue in CATALOGUES {
        for source in sources(catalogue.folder) {
            let missing = words(catalogue, &source).into_iter().filter(|word| !names(&guide, word));
            findings.extend(missing.map(|word| format!("{}: `{word}`", source.path)));
        }
    }
    findings
}

/// Chapters that docs/lib.rs does not include, so that their examples never run.
pub fn uncompiled_chapters() -> Vec<String> {
    let included = read("docs/lib.rs");
    let chapters = files("docs/guide", &["md"]).into_iter();
    chapters.filter(|path| !included.contains(path.trim_start_matches("docs/"))).collect()
}

/// Files of clauses and validations without an example in their docs.
pub fn without_example() -> Vec<String> {
    let fence = Regex::new(r"(?m)^\s*//[/!]\s*```").expect("a pattern");
    let folders = CATALOGUES.iter().filter(|catalogue| catalogue.by == By::PublicFunction);
    let all = folders.flat_map(|catalogue| sources(catalogue.folder));
    all.filter(|source| source.code.contains("pub fn ") && !fence.is_match(&source.text)).map(|source| source.path).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_a_file_are_its_public_functions_or_its_name() {
        let source = Source::new("ecto-core/src/query/clause/lock.rs", "impl Query {\n    pub fn lock(self) {}\n    fn inner() {}\n}");
        assert_eq!(words(&CATALOGUES[1], &source), ["lock"]);
        assert_eq!(words(&CATALOGUES[2], &Source::new("ecto-cli/src/command/migrate.rs", "")), ["ecto migrate"]);
    }
}
