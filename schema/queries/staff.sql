-- Staff, shops, sessions and API tokens.

-- name: insert_shop
INSERT INTO shop (id, code, name, currency, zone, created_at, demo, version, calendar)
VALUES (:id, :code, :name, :currency, :zone, :created_at, :demo, :version, :calendar);

-- name: shops
SELECT id, code, name, currency, zone, created_at, demo, version FROM shop ORDER BY created_at, id;

-- name: find_shop
SELECT id, code, name, currency, zone, created_at, demo, version FROM shop WHERE id = :id;

-- name: shop_by_code
SELECT id, code, name, currency, zone, created_at, demo, version FROM shop WHERE code = :code;

-- name: change_shop
UPDATE shop SET name = :name, currency = :currency, zone = :zone, calendar = :calendar, version = version + 1 WHERE id = :id AND version = :version;

-- name: any_order
SELECT id FROM sales_order WHERE shop_id = :shop_id ORDER BY placed_at, id LIMIT 1;

-- name: hold_house
-- One at a time where the last administrator, or the first, is at stake.
UPDATE counter SET value = value WHERE name = 'case_number';

-- name: insert_staff
INSERT INTO staff (id, login, name, password_hash, roles, shops, active, created_at, demo, version)
VALUES (:id, :login, :name, :password_hash, :roles, :shops, :active, :created_at, :demo, :version);

-- name: change_staff
UPDATE staff SET name = :name, roles = :roles, shops = :shops, active = :active, demo = :demo, version = version + 1
 WHERE id = :id AND version = :version;

-- name: any_staff
SELECT id FROM staff ORDER BY id LIMIT 1;

-- name: staff_list
SELECT id, login, name, password_hash, roles, shops, active, created_at, demo, version FROM staff ORDER BY created_at, id;

-- name: find_staff
SELECT id, login, name, password_hash, roles, shops, active, created_at, demo, version FROM staff WHERE id = :id;

-- name: staff_by_login
SELECT id, login, name, password_hash, roles, shops, active, created_at, demo, version FROM staff WHERE login = :login;

-- name: set_password
UPDATE staff SET password_hash = :password_hash WHERE id = :id;

-- name: insert_session
INSERT INTO login_session (secret_hash, staff_id, csrf_token, created_at, expires_at)
VALUES (:secret_hash, :staff_id, :csrf_token, :created_at, :expires_at);

-- name: staff_of_session
SELECT s.id, s.login, s.name, s.password_hash, s.roles, s.shops, s.active, s.created_at, s.demo, s.version,
  l.csrf_token
  FROM login_session l JOIN staff s ON s.id = l.staff_id
 WHERE l.secret_hash = :secret_hash AND l.expires_at > :now AND s.active = 1;

-- name: end_session
DELETE FROM login_session WHERE secret_hash = :secret_hash;

-- name: end_sessions_of
DELETE FROM login_session WHERE staff_id = :staff_id;

-- name: end_other_sessions
DELETE FROM login_session WHERE staff_id = :staff_id AND secret_hash <> :secret_hash;

-- name: forget_sessions
DELETE FROM login_session WHERE secret_hash IN (
  SELECT secret_hash FROM login_session WHERE expires_at <= :now ORDER BY expires_at LIMIT :limit);

-- name: insert_failure
INSERT INTO login_failure (login, address, at) VALUES (:login, :address, :at);

-- name: failures_since
-- The newest failures first; their count is what limits, the last of them says for how long.
SELECT at FROM login_failure WHERE login = :login AND at > :since ORDER BY at DESC LIMIT :limit;

-- name: clear_failures
DELETE FROM login_failure WHERE login = :login;

-- name: forget_failures
-- A login has few of them, so whole logins make a batch.
DELETE FROM login_failure WHERE at <= :before AND login IN (
  SELECT login FROM login_failure WHERE at <= :before ORDER BY login LIMIT :limit);

-- name: insert_token
INSERT INTO api_token (id, name, secret_hash, roles, shops, created_by, created_at, revoked_at)
VALUES (:id, :name, :secret_hash, :roles, :shops, :created_by, :created_at, 0);

-- name: tokens
-- Those still in force, newest first.
SELECT id, name, roles, shops, created_at FROM api_token WHERE revoked_at = 0 ORDER BY created_at DESC, id DESC;

-- name: find_token
SELECT id, name, roles, shops, created_at FROM api_token WHERE id = :id AND revoked_at = 0;

-- name: token_by_secret
SELECT id, name, roles, shops, created_at FROM api_token WHERE secret_hash = :secret_hash AND revoked_at = 0;

-- name: change_token_shops
UPDATE api_token SET shops = :shops WHERE id = :id;

-- name: all_tokens
SELECT id, name, roles, shops, created_at FROM api_token ORDER BY id;

-- name: revoke_token
UPDATE api_token SET revoked_at = :revoked_at WHERE id = :id AND revoked_at = 0;
