//! Takes out of a text what is different each time: durations, points in time, versions made today, names of databases.

use regex::Regex;

/// The text, with a word in braces for each of them.
pub fn mask(text: &str, database: &str) -> String {
    let rules = [
        (format!(r"postgres://\S*\b{}\b", regex::escape(database)), "{url}"),
        (r"sqlite://blog\.db\b".into(), "{url}"),
        (r"\becto_cli_\d+_\d+\b".into(), "{database}"),
        (r"\b(postgres|sqlite) \d+(\.\d+)*\b".into(), "{engine}"),
        (r"(process |[`']ecto \w+ )[\w.-]+/\d+".into(), "${1}{machine}"),
        (r"\bpid \d+|terminate_backend\(\d+\)".into(), "{pid}"),
        (r"since \d\d:\d\d:\d\d UTC".into(), "since {when}"),
        (r"(', )\d+(, 'ana')".into(), "${1}{time}${2}"),
        (r"'sql:[0-9a-f]+'|'[0-9a-f]{16}'".into(), "'{hash}'"),
        (r" *(\d+(\.\d+)? ?(ms|µs|s)\b|\d+m\d\ds)".into(), " {time}"),
        (r#""(duration|waited|pause|elapsed)_ms": ?\d+\.\d+"#.into(), "\"${1}_ms\": {time}"),
        (r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d".into(), "{when}"),
        (r"\{time\} +".into(), "{time}  "),
        (r"took +by".into(), "took  by"),
        // Those of the cases are of 2020.
        (r"20(2[1-9]|[3-9]\d)\d{10}".into(), "{version}"),
        (r"\b127\.0\.0\.1:\d{4,}|\b127\.0\.0\.1\b".into(), "{server}"),
        ("\x1b".into(), "{esc}"),
        ("ecto-under-test".into(), "ecto"),
        ("blog-under-test".into(), "blog"),
    ];
    rules
        .iter()
        .fold(text.to_owned(), |text, (pattern, word)| Regex::new(pattern).expect("a pattern").replace_all(&text, *word).into_owned())
}
