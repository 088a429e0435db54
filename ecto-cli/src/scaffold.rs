//! New files of an application: what they say, and where they are listed, and what opens them.

pub mod editor;
pub mod list;
pub mod template;
