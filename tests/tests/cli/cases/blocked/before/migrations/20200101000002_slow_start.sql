-- ecto: lock_timeout = 100ms
ALTER TABLE users ADD COLUMN age INTEGER;
-- down
ALTER TABLE users DROP COLUMN age;
