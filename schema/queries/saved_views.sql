-- name: insert
INSERT INTO saved_view (id, owner_id, shop_id, name, filter, version, created_at)
VALUES (:id, :owner_id, :shop_id, :name, :filter, :version, :created_at);

-- name: seen_by
-- One's own, and those of one's shops.
SELECT id, owner_id, shop_id, name, filter, version, created_at FROM saved_view
 WHERE owner_id = :owner_id OR shop_id IN (:shops...) ORDER BY created_at, id LIMIT 200;

-- name: find
SELECT id, owner_id, shop_id, name, filter, version, created_at FROM saved_view WHERE id = :id;

-- name: change
UPDATE saved_view SET shop_id = :shop_id, name = :name, filter = :filter, version = version + 1
 WHERE id = :id AND version = :version;

-- name: drop
DELETE FROM saved_view WHERE id = :id;
