//! Names and strings between quotes. The only place that quotes.

/// A name in quotes; a quote inside is doubled, so that no name can end itself.
pub(crate) fn quote(name: &str) -> String {
    let mut sql = String::with_capacity(name.len() + 2);
    push_quoted(&mut sql, name);
    sql
}

/// The same behind what is there.
pub(crate) fn push_quoted(sql: &mut String, name: &str) {
    sql.push('"');
    for (at, part) in name.split('"').enumerate() {
        sql.push_str(if at == 0 { "" } else { "\"\"" });
        sql.push_str(part);
    }
    sql.push('"');
}

/// A string as a literal: its quotes are doubled and nothing else is touched, since backslashes are not special to either database.
pub(crate) fn string(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_are_doubled_and_backslashes_are_not() {
        assert_eq!(string(r"O'Hara \ ''"), r"'O''Hara \ '''''");
        assert_eq!(quote(r#"a"b"#), r#""a""b""#);
    }
}
