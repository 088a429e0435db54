//! A type for the sake of compile errors.

/// No schema and no column type, and nothing has a value of it.
///
/// Where a type implements a trait once, as `&str` does `Operand<String>`, the compiler answers every other use with seven lines about that
/// impl. A second impl, for this type, keeps them away.
pub enum Nothing {}
