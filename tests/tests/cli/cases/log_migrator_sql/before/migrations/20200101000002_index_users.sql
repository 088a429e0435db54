-- ecto: transaction = off
CREATE INDEX users_name_index ON users (name);
-- down
DROP INDEX users_name_index;
