-- name: insert
INSERT INTO attachment (id, shop_id, hash, type, bytes, width, height, added_by, added_at, named_by)
VALUES (:id, :shop_id, :hash, :type, :bytes, :width, :height, :added_by, :added_at, '');

-- name: find
SELECT id, shop_id, hash, type, bytes, width, height, added_by, added_at FROM attachment WHERE id = :id;

-- name: give_name
UPDATE attachment SET named_by = :by WHERE id IN (:ids...) AND shop_id = :shop_id;

-- name: forget
DELETE FROM attachment WHERE id IN (
  SELECT id FROM attachment WHERE named_by = '' AND added_at <= :before ORDER BY added_at LIMIT :limit);

-- name: known_hashes
SELECT DISTINCT hash FROM attachment WHERE hash IN (:hashes...) ORDER BY hash;
