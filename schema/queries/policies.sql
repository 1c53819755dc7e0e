-- name: insert_policy
INSERT INTO policy (id, shop_id, version, valid_from, terms, made_by)
VALUES (:id, :shop_id, :version, :valid_from, :terms, :made_by);

-- name: policies_of_shop
SELECT id, shop_id, version, valid_from, terms FROM policy WHERE shop_id = :shop_id ORDER BY version DESC;

-- name: find_policy
SELECT id, shop_id, version, valid_from, terms FROM policy WHERE id = :id;

-- name: policy_at
-- The version in force at an instant.
SELECT id, shop_id, version, valid_from, terms FROM policy
 WHERE shop_id = :shop_id AND valid_from <= :at ORDER BY version DESC LIMIT 1;

-- name: last_policy
SELECT id, shop_id, version, valid_from, terms FROM policy
 WHERE shop_id = :shop_id ORDER BY version DESC LIMIT 1;
