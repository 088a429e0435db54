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

/// Public methods of a repo that do not hand on who called them, or whose line no case looks at: `told.here(repo.name(..))`.
pub fn untold_calls() -> Vec<String> {
    let repo = Source::new("ecto-core/src/repo.rs", &read("ecto-core/src/repo.rs"));
    calls_without_place(&repo, &read("tests/src/case/location.rs"))
}

fn calls_without_place(repo: &Source, proof: &str) -> Vec<String> {
    let method = Regex::new(r"(?m)^( *#\[track_caller\]\n)? *pub fn (\w+)[^;{]*?\(\s*&self[^;{]*\)\s*->\s*Result<").expect("a pattern");
    let mut findings = Vec::new();
    for found in method.captures_iter(&repo.code) {
        // It only writes the text.
        let name = &found[2];
        if name == "to_sql" {
            continue;
        }
        if found.get(1).is_none() {
            findings.push(format!("{}: `{name}` lacks `#[track_caller]`", repo.path));
        }
        if !Regex::new(&format!(r"told\.here\(.*\.{name}(\(|::<)")).expect("a pattern").is_match(proof) {
            findings.push(format!("{}: no case looks at the lines of `{name}`", repo.path));
        }
    }
    findings
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

    #[test]
    fn a_call_needs_its_place_and_its_proof() {
        let text = "impl Repo {\n    #[track_caller]\n    pub fn all(&self, q: &Q) -> Result<()> {}\n    pub fn get<S: Schema>(\n        &self,\n    ) -> Result<S> {}\n    pub fn with(&self) -> Self {}\n}";
        let repo = Source::new("ecto-core/src/repo.rs", text);
        assert_eq!(calls_without_place(&repo, "told.here(repo.all(&q)?)").len(), 2);
        assert_eq!(calls_without_place(&repo, "told.here(repo.all(&q)?); told.here(repo.get::<S>()?)").len(), 1);
    }
}
