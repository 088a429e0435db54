use ecto_core::Record;
use ecto_core::schema::HasMany;

#[derive(Record)]
#[schema(table = "users")]
struct SignUp {
    #[schema(source = "n")]
    name: String,
}

#[derive(Record)]
struct Post {
    comments: HasMany<SignUp>,
}

fn main() {}
