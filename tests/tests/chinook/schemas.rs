//! The schemas. Tables and columns are called as in the original; a key `artist_id` is the field `id`.

mod catalogue;
mod playlists;
mod shop;

pub use catalogue::{Album, Artist, Genre, MediaType, Track};
pub use playlists::{Playlist, PlaylistTrack};
pub use shop::{Customer, Employee, Invoice, InvoiceCols, InvoiceLine};
