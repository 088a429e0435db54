CREATE TABLE posts (id INTEGER PRIMARY KEY, title TEXT DEFAULT 'a;b');
CREATE INDEX posts_title_index ON posts (title);

-- down

DROP TABLE posts;
