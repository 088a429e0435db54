//! How a name in Rust becomes one in the database.

use syn::LitStr;

use crate::suggest;

/// A rule of `rename_all`.
#[derive(Clone, Copy)]
pub enum Rule {
    Snake,
    Lower,
    Upper,
    Pascal,
    Camel,
    ScreamingSnake,
    Kebab,
}

const RULES: [(&str, Rule); 7] = [
    ("snake_case", Rule::Snake),
    ("lowercase", Rule::Lower),
    ("UPPERCASE", Rule::Upper),
    ("PascalCase", Rule::Pascal),
    ("camelCase", Rule::Camel),
    ("SCREAMING_SNAKE_CASE", Rule::ScreamingSnake),
    ("kebab-case", Rule::Kebab),
];

impl Rule {
    /// Reads the name of a rule.
    pub fn parse(name: &LitStr) -> syn::Result<Self> {
        let given = name.value();
        let rule = RULES.iter().find(|(known, _)| *known == given).map(|(_, rule)| *rule);
        rule.ok_or_else(|| syn::Error::new_spanned(name, suggest::unknown("rule", &given, &RULES.map(|(known, _)| known))))
    }

    /// Applies it to a name in PascalCase.
    pub fn apply(self, name: &str) -> String {
        match self {
            Rule::Snake => snake_case(name),
            Rule::Lower => name.to_lowercase(),
            Rule::Upper => name.to_uppercase(),
            Rule::Pascal => name.to_owned(),
            Rule::Camel => name.chars().take(1).flat_map(char::to_lowercase).chain(name.chars().skip(1)).collect(),
            Rule::ScreamingSnake => snake_case(name).to_uppercase(),
            Rule::Kebab => snake_case(name).replace('_', "-"),
        }
    }
}

/// `BlogPost` -> `blog_post`.
pub fn snake_case(name: &str) -> String {
    let letters: Vec<char> = name.chars().collect();
    let mut out = String::new();
    for (at, letter) in letters.iter().enumerate() {
        let starts_word = letter.is_uppercase()
            && at > 0
            && (!letters[at - 1].is_uppercase() || letters.get(at + 1).is_some_and(|next| next.is_lowercase()));
        if starts_word && !out.ends_with('_') {
            out.push('_');
        }
        out.extend(letter.to_lowercase());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_snake_case() {
        let cases = [
            ("User", "user"),
            ("BlogPost", "blog_post"),
            ("HTTPServer", "http_server"),
            ("Post2", "post2"),
            ("UserID", "user_id"),
            ("Level2Up", "level2_up"),
        ];
        for (given, expected) in cases {
            assert_eq!(snake_case(given), expected);
        }
    }

    #[test]
    fn every_rule() {
        let names = RULES.map(|(_, rule)| rule.apply("InReview"));
        assert_eq!(names, ["in_review", "inreview", "INREVIEW", "InReview", "inReview", "IN_REVIEW", "in-review"]);
    }
}
