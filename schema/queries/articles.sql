-- What people at the desk look up.

-- name: insert
INSERT INTO article (id, shop_id, kind, title, body, sku, valid_from, valid_until, changed_by, changed_at, version)
VALUES (:id, :shop_id, :kind, :title, :body, :sku, :valid_from, :valid_until, :changed_by, :changed_at, :version);

-- name: find
SELECT a.id, a.shop_id, a.kind, a.title, a.body, a.sku, a.valid_from, a.valid_until, a.changed_by, a.changed_at, a.version, s.name AS changed_name
  FROM article a LEFT JOIN staff s ON s.id = a.changed_by WHERE a.id = :id;

-- name: list
-- :kind empty: of every kind; :ever 1: whenever they are valid.
SELECT a.id, a.shop_id, a.kind, a.title, a.body, a.sku, a.valid_from, a.valid_until, a.changed_by, a.changed_at, a.version, s.name AS changed_name
  FROM article a LEFT JOIN staff s ON s.id = a.changed_by
 WHERE a.shop_id IN (:shops...) AND (:kind = '' OR a.kind = :kind)
   AND (:ever = 1 OR ((a.valid_from = 0 OR a.valid_from <= :now) AND (a.valid_until = 0 OR a.valid_until > :now)))
 ORDER BY a.kind, a.title, a.id LIMIT :limit;

-- name: of_skus
SELECT a.id, a.shop_id, a.kind, a.title, a.body, a.sku, a.valid_from, a.valid_until, a.changed_by, a.changed_at, a.version, s.name AS changed_name
  FROM article a LEFT JOIN staff s ON s.id = a.changed_by
 WHERE a.shop_id = :shop AND a.sku <> '' AND a.sku IN (:skus...)
   AND (a.valid_from = 0 OR a.valid_from <= :now) AND (a.valid_until = 0 OR a.valid_until > :now)
 ORDER BY a.kind, a.title, a.id LIMIT :limit;

-- name: count
SELECT COUNT(*) AS n FROM article WHERE shop_id = :shop;

-- name: change
UPDATE article SET kind = :kind, title = :title, body = :body, sku = :sku, valid_from = :valid_from, valid_until = :valid_until,
    changed_by = :changed_by, changed_at = :changed_at, version = version + 1
 WHERE id = :id AND version = :version;

-- name: drop
DELETE FROM article WHERE id = :id;
