//! SQL text of the user's own, with placeholders.

use super::super::{Extra, Op, Raw, Token};
use super::{AnyOperand, Expr, Predicate};
use crate::types::SqlType;

/// A piece of SQL whose type only the database knows. Made by [`fragment!`](crate::fragment!).
///
/// It is a condition as it is; compare it with anything; [`typed`](Fragment::typed) makes it selectable.
#[derive(Debug, Clone)]
#[must_use = "a fragment does nothing until it is part of a query"]
pub struct Fragment(Raw);

/// The function behind [`fragment!`](crate::fragment!): the operands in `args`, each one appended in turn.
#[doc(hidden)]
pub fn fragment(text: &'static str, count: u16, args: Raw) -> Fragment {
    let mut raw = args;
    raw.extras.push(Extra::Text(text));
    raw.push(Token::with(Op::Fragment, count));
    Fragment(raw)
}

impl Fragment {
    pub(crate) fn into_raw(self) -> Raw {
        self.0
    }

    /// The same, as an expression of type `T`. Reading it fails if the database returns something else.
    pub fn typed<T: SqlType>(self) -> Expr<T> {
        Expr::from_raw(self.0)
    }

    /// `=`.
    pub fn eq<X: AnyOperand>(self, other: X) -> Predicate {
        self.compare(Op::Eq, other)
    }

    /// `<>`.
    pub fn ne<X: AnyOperand>(self, other: X) -> Predicate {
        self.compare(Op::Ne, other)
    }

    /// `>`.
    pub fn gt<X: AnyOperand>(self, other: X) -> Predicate {
        self.compare(Op::Gt, other)
    }

    /// `>=`.
    pub fn ge<X: AnyOperand>(self, other: X) -> Predicate {
        self.compare(Op::Ge, other)
    }

    /// `<`.
    pub fn lt<X: AnyOperand>(self, other: X) -> Predicate {
        self.compare(Op::Lt, other)
    }

    /// `<=`.
    pub fn le<X: AnyOperand>(self, other: X) -> Predicate {
        self.compare(Op::Le, other)
    }

    fn compare<X: AnyOperand>(self, op: Op, other: X) -> Predicate {
        let mut raw = self.0;
        other.__push_any(&mut raw);
        raw.push(Token::new(op));
        Predicate::from_raw(raw)
    }
}

/// How many placeholders a fragment has: each `?` that no backslash precedes, outside of quotes.
#[doc(hidden)]
#[must_use]
pub const fn placeholders(text: &str) -> usize {
    let bytes = text.as_bytes();
    let (mut count, mut at, mut quote) = (0, 0, 0);
    while at < bytes.len() {
        let byte = bytes[at];
        if quote != 0 {
            if byte == quote {
                quote = 0;
            }
        } else if byte == b'\'' || byte == b'"' {
            quote = byte;
        } else if byte == b'\\' {
            at += 1;
        } else if byte == b'?' {
            count += 1;
        }
        at += 1;
    }
    count
}

/// A piece of SQL, with one `?` for each operand that follows it. `\\?`, or a `?` between quotes, stands for itself.
///
/// The text is a literal, so that nothing a user typed can come into it. Operands are columns, expressions, or values,
/// which are sent as parameters.
///
/// ```
/// # use ecto_core::prelude::*;
/// # #[derive(Schema)] #[schema(table = "users")] struct User { id: i64, name: String }
/// let query = User::query().filter(|u| fragment!("lower(?)", u.name).eq("al"));
/// let longest = User::query().select(|u| fragment!("max(length(?))", u.name).typed::<Option<i64>>());
/// ```
///
/// The number of placeholders is checked when it is compiled:
///
/// ```compile_fail
/// # use ecto_core::prelude::*;
/// let half = fragment!("coalesce(?, ?)", 1);
/// ```
#[macro_export]
macro_rules! fragment {
    ($text:literal $(, $operand:expr)* $(,)?) => {{
        const _: () = assert!(
            $crate::__private::placeholders($text) == 0 $(+ { let _ = stringify!($operand); 1 })*,
            "fragment!: the number of `?` and of operands differ"
        );
        #[allow(unused_mut, reason = "a fragment may have no operands")]
        let mut operands = $crate::__private::Raw::default();
        $($crate::__private::AnyOperand::__push_any($operand, &mut operands);)*
        $crate::__private::fragment($text, $crate::__private::placeholders($text) as u16, operands)
    }};
    ($text:expr $(, $operand:expr)* $(,)?) => {
        ::core::compile_error!("the text of a fragment is a literal, so that nothing a user typed comes into it: bind values with `?`")
    };
}
