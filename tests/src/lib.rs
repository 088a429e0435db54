//! The shared suite: each behaviour once, run on every database.
