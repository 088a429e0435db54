//! Does not say enough to be undone.

use ecto_core::prelude::*;

/// A column less.
pub struct ForgetAge;

impl Migration for ForgetAge {
    fn change(&self, m: &mut Change) {
        m.alter_table("users", |t| t.remove("age"));
    }
}
