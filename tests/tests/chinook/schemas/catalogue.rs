//! What there is to buy.

use ecto_core::prelude::*;
use rust_decimal::Decimal;

use super::{InvoiceLine, Playlist, PlaylistTrack};

#[derive(Schema, Changeset, Debug, Clone, PartialEq)]
#[schema(table = "genre")]
pub struct Genre {
    #[schema(source = "genre_id")]
    pub id: i64,
    #[changeset(required, length(max = 120), unique)]
    pub name: String,
    pub tracks: HasMany<Track>,
}

#[derive(Schema, Changeset, Debug, Clone, PartialEq)]
#[schema(table = "media_type")]
pub struct MediaType {
    #[schema(source = "media_type_id")]
    pub id: i64,
    #[changeset(required, length(max = 120), unique)]
    pub name: String,
    pub tracks: HasMany<Track>,
}

#[derive(Schema, Changeset, Debug, Clone, PartialEq)]
#[schema(table = "artist")]
pub struct Artist {
    #[schema(source = "artist_id")]
    pub id: i64,
    #[changeset(required, length(max = 120), unique)]
    pub name: String,
    pub albums: HasMany<Album>,
    #[schema(through(Artist::albums, Album::tracks, Track::sales))]
    pub sales: HasMany<InvoiceLine>,
}

#[derive(Schema, Changeset, Debug, Clone, PartialEq)]
#[schema(table = "album")]
pub struct Album {
    #[schema(source = "album_id")]
    pub id: i64,
    #[changeset(required, length(max = 160))]
    #[changeset(unique = "album_artist_id_title_index", message = "is an album of this artist already")]
    pub title: String,
    #[changeset(required, foreign_key)]
    pub artist_id: i64,
    pub artist: BelongsTo<Artist>,
    pub tracks: HasMany<Track>,
}

#[derive(Schema, Changeset, Debug, Clone, PartialEq)]
#[schema(table = "track")]
pub struct Track {
    #[schema(source = "track_id")]
    pub id: i64,
    #[changeset(required, length(max = 200))]
    pub name: String,
    #[changeset(cast, foreign_key)]
    pub album_id: Option<i64>,
    #[changeset(required, foreign_key)]
    pub media_type_id: i64,
    #[changeset(cast, foreign_key)]
    pub genre_id: Option<i64>,
    #[changeset(length(max = 220))]
    pub composer: Option<String>,
    #[changeset(required, number(greater_than = 0))]
    pub milliseconds: i32,
    #[changeset(number(greater_than = 0))]
    pub bytes: Option<i64>,
    #[changeset(required, number(greater_than_or_equal_to = Decimal::ZERO))]
    pub unit_price: Decimal,
    pub album: BelongsTo<Album>,
    pub media_type: BelongsTo<MediaType>,
    pub genre: BelongsTo<Genre>,
    #[schema(foreign_key = track_id)]
    pub sales: HasMany<InvoiceLine>,
    #[schema(foreign_key = track_id)]
    pub entries: HasMany<PlaylistTrack>,
    #[schema(many_to_many, join_through = PlaylistTrack)]
    pub playlists: HasMany<Playlist>,
}
