//! Which tracks go together.

use ecto_core::prelude::*;

use super::{Album, Artist, Track};

#[derive(Schema, Changeset, Debug, Clone, PartialEq)]
#[schema(table = "playlist")]
pub struct Playlist {
    #[schema(source = "playlist_id")]
    pub id: i64,
    #[changeset(required, length(max = 120))]
    pub name: String,
    pub entries: HasMany<PlaylistTrack>,
    #[schema(many_to_many, join_through = PlaylistTrack)]
    pub tracks: HasMany<Track>,
    #[schema(through(Playlist::tracks, Track::album, Album::artist))]
    pub artists: HasMany<Artist>,
}

/// That a track is on a playlist: nothing but its key, which is both of theirs.
#[derive(Schema, Changeset, Debug, Clone, PartialEq)]
#[schema(table = "playlist_track", primary_key = (playlist_id, track_id))]
pub struct PlaylistTrack {
    #[changeset(required, foreign_key)]
    pub playlist_id: i64,
    #[changeset(required, foreign_key)]
    #[changeset(unique = "playlist_track_pkey", message = "is on this playlist already")]
    pub track_id: i64,
    pub playlist: BelongsTo<Playlist>,
    pub track: BelongsTo<Track>,
}
