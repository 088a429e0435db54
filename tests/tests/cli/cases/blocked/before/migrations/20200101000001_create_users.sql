CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
-- down
DROP TABLE users;
