//! SQL that sea-query has no word for, as texts with places for operands.

use sea_query::Expr;

use super::expr::Writer;

impl Writer<'_> {
    /// Compared as a number, of a database that keeps decimals as texts.
    pub(super) fn collated(&self, tree: Expr) -> Expr {
        self.template("? COLLATE ECTO_DECIMAL", [tree])
    }

    /// A text of ours or a fragment, with `?` for each operand; `\?`, or one between quotes, is a question mark.
    pub(super) fn template(&self, text: &str, operands: impl IntoIterator<Item = Expr>) -> Expr {
        let placeholder = self.dialect.placeholder();
        let mut out = String::with_capacity(text.len());
        let (mut characters, mut quote) = (text.chars(), None);
        while let Some(character) = characters.next() {
            match (character, quote) {
                (end, Some(begin)) if end == begin => quote = None,
                (_, Some(_)) => {}
                ('\'' | '"', None) => quote = Some(character),
                ('\\', None) => {
                    push_plain(&mut out, characters.next().unwrap_or('\\'), placeholder);
                    continue;
                }
                ('?', None) => {
                    out.push(placeholder);
                    continue;
                }
                (other, None) => {
                    push_plain(&mut out, other, placeholder);
                    continue;
                }
            }
            out.push(character);
        }
        Expr::cust_with_exprs(out, operands)
    }
}

/// A character that is no placeholder, even if it looks like one: sea-query reads two of them as one.
fn push_plain(out: &mut String, character: char, placeholder: char) {
    if character == placeholder {
        out.push(character);
    }
    out.push(character);
}
