-- Work that belongs to no case.

-- name: insert
INSERT INTO errand (id, shop_id, title, words, owner_id, department, asked_by, article_id, opened_at, due_at, state, result, finished_by, finished_at, version,
  training_id, run_id, step)
VALUES (:id, :shop_id, :title, :words, :owner_id, COALESCE(:department, ''), :asked_by, :article_id, :opened_at, :due_at, :state, :result, :finished_by,
  :finished_at, :version, :training_id, :run_id, :step);

-- name: find
SELECT e.id, e.shop_id, e.title, e.words, e.owner_id, NULLIF(e.department, '') AS department, e.asked_by, e.article_id, e.opened_at, e.due_at, e.state,
  e.result, e.finished_by, e.finished_at, e.version, o.name AS owner_name, a.name AS asked_name, f.name AS finished_name, t.title AS article_title,
  e.training_id, e.run_id, e.step, g.title AS training_title
  FROM errand e LEFT JOIN staff o ON o.id = e.owner_id LEFT JOIN staff a ON a.id = e.asked_by LEFT JOIN staff f ON f.id = e.finished_by
  LEFT JOIN article t ON t.id = e.article_id LEFT JOIN training g ON g.id = e.training_id
 WHERE e.id = :id;

-- name: list
-- Open ones first, the nearest due before those without a due time; then what ended, the last one first. Empty :state, :owner, :asker: any.
SELECT e.id, e.shop_id, e.title, e.words, e.owner_id, NULLIF(e.department, '') AS department, e.asked_by, e.article_id, e.opened_at, e.due_at, e.state,
  e.result, e.finished_by, e.finished_at, e.version, o.name AS owner_name, a.name AS asked_name, f.name AS finished_name, t.title AS article_title,
  e.training_id, e.run_id, e.step, g.title AS training_title
  FROM errand e LEFT JOIN staff o ON o.id = e.owner_id LEFT JOIN staff a ON a.id = e.asked_by LEFT JOIN staff f ON f.id = e.finished_by
  LEFT JOIN article t ON t.id = e.article_id LEFT JOIN training g ON g.id = e.training_id
 WHERE e.shop_id IN (:shops...) AND (:state = '' OR e.state = :state) AND (:owner = '' OR e.owner_id = :owner) AND (:asker = '' OR e.asked_by = :asker)
   AND (:everywhere = 1 OR e.department IN (:departments...))
   AND (:everything = 1 OR e.owner_id = :me OR e.asked_by = :me OR e.department <> '')
 ORDER BY CASE WHEN e.state = 'open' THEN 0 ELSE 1 END, CASE WHEN e.state = 'open' AND e.due_at = 0 THEN 1 ELSE 0 END,
  CASE WHEN e.state = 'open' THEN e.due_at ELSE -e.finished_at END, e.id LIMIT :limit;

-- name: training_steps
SELECT e.id, e.shop_id, e.title, e.words, e.owner_id, NULLIF(e.department, '') AS department, e.asked_by, e.article_id, e.opened_at, e.due_at, e.state,
  e.result, e.finished_by, e.finished_at, e.version, o.name AS owner_name, a.name AS asked_name, f.name AS finished_name, t.title AS article_title,
  e.training_id, e.run_id, e.step, g.title AS training_title
  FROM errand e LEFT JOIN staff o ON o.id = e.owner_id LEFT JOIN staff a ON a.id = e.asked_by LEFT JOIN staff f ON f.id = e.finished_by
  LEFT JOIN article t ON t.id = e.article_id LEFT JOIN training g ON g.id = e.training_id
 WHERE e.run_id <> '' AND e.shop_id IN (:shops...) AND (:owner = '' OR e.owner_id = :owner) ORDER BY e.opened_at DESC, e.run_id, e.step LIMIT :limit;

-- name: count_of_owner
SELECT COUNT(*) AS waiting, COALESCE(SUM(CASE WHEN due_at > 0 AND due_at < :now THEN 1 ELSE 0 END), 0) AS late
  FROM errand WHERE state = 'open' AND owner_id = :owner AND shop_id IN (:shops...);

-- name: count_unowned
SELECT COUNT(*) FROM (SELECT 1 FROM errand
 WHERE state = 'open' AND department IN (:departments...) AND owner_id IS NULL AND shop_id IN (:shops...) LIMIT 1000) AS n;

-- name: change
UPDATE errand SET owner_id = :owner_id, department = COALESCE(:department, ''), state = :state, result = :result, finished_by = :finished_by,
  finished_at = :finished_at, version = version + 1
 WHERE id = :id AND version = :version;
