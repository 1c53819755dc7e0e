-- Lists of steps that people are led through.

-- name: insert
INSERT INTO training (id, shop_id, title, steps, retired, changed_by, changed_at, version)
VALUES (:id, :shop_id, :title, :steps, :retired, :changed_by, :changed_at, :version);

-- name: find
SELECT t.id, t.shop_id, t.title, t.steps, t.retired, COALESCE(t.changed_by, '') AS changed_by, t.changed_at, t.version,
  COALESCE(s.name, '') AS changed_name
  FROM training t LEFT JOIN staff s ON s.id = t.changed_by WHERE t.id = :id;

-- name: list
SELECT t.id, t.shop_id, t.title, t.steps, t.retired, COALESCE(t.changed_by, '') AS changed_by, t.changed_at, t.version,
  COALESCE(s.name, '') AS changed_name
  FROM training t LEFT JOIN staff s ON s.id = t.changed_by WHERE t.shop_id IN (:shops...) ORDER BY t.retired, t.title, t.id LIMIT :limit;

-- name: change
UPDATE training SET title = :title, steps = :steps, retired = :retired, changed_by = :changed_by, changed_at = :changed_at, version = version + 1
 WHERE id = :id AND version = :version;

-- name: hold [sqlite]
SELECT id FROM training WHERE id = :id;

-- name: hold [postgres]
SELECT id FROM training WHERE id = :id FOR UPDATE;

-- name: count_running
SELECT COUNT(*) AS n FROM errand WHERE training_id = :training AND owner_id = :staff AND state = 'open';
