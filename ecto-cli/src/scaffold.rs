//! New files of an application: what they say, and where they are listed.

pub mod list;
pub mod template;
