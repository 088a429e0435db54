//! When a statement's plan must see what is bound to it.
//!
//! With stable plans SQLite cannot turn `name LIKE ?` into a search of an index, since the pattern may begin with a wildcard. So they are switched off
//! while a statement runs whose pattern does not. The switch makes SQLite prepare every kept statement of the connection again at its next use:
//! it is thrown only where it can help.

use crate::query::Statement;
use crate::types::Value;

/// Does the text contain `LIKE` or `GLOB`?
pub(super) fn mentions_pattern(sql: &str) -> bool {
    sql.as_bytes().windows(4).any(|word| word.eq_ignore_ascii_case(b"like") || word.eq_ignore_ascii_case(b"glob"))
}

/// Is a text with a wildcard, but not at its beginning, among the parameters?
pub(super) fn depends_on_params(statement: &Statement) -> bool {
    let mut found = false;
    statement.each_param(&mut |value| found |= is_pattern(value));
    found
}

/// A text with a wildcard, but not at its beginning?
pub(super) fn is_pattern(value: &Value) -> bool {
    const WILDCARDS: [char; 5] = ['%', '_', '*', '?', '['];
    matches!(value, Value::Text(text) if text.contains(WILDCARDS) && !text.starts_with(WILDCARDS))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_pattern_with_a_fixed_beginning_can_use_an_index() {
        assert!(is_pattern(&Value::Text("al%".into())));
        assert!(!is_pattern(&Value::Text("%al%".into())));
        assert!(!is_pattern(&Value::Text("al".into())));
        assert!(mentions_pattern("SELECT 1 WHERE name like ?1"));
        assert!(!mentions_pattern("SELECT lik FROM e"));
    }
}
