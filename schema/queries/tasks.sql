-- Work that waits for people, over all cases. Approvals have an inbox of their own.

-- name: of_owner
-- One person's, due from :from to :to (0: without a due time).
SELECT t.id, t.case_id, c.shop_id, t.operation_id, t.department, t.code, t.opened_at, t.due_at, t.owner_id, s.name AS owner_name, n.body AS words,
  p.name AS asked_name
  FROM task t JOIN support_case c ON c.id = t.case_id LEFT JOIN staff s ON s.id = t.owner_id LEFT JOIN note n ON n.id = t.note_id
  LEFT JOIN staff p ON p.id = n.author_id
 WHERE t.state = 'open' AND t.owner_id = :owner AND t.due_at BETWEEN :from AND :to AND t.code <> 'approval' AND c.shop_id IN (:shops...)
 ORDER BY t.due_at, t.id LIMIT :limit;

-- name: of_departments
-- What stands with these departments, whoever owns it.
SELECT t.id, t.case_id, c.shop_id, t.operation_id, t.department, t.code, t.opened_at, t.due_at, t.owner_id, s.name AS owner_name, n.body AS words,
  p.name AS asked_name
  FROM task t JOIN support_case c ON c.id = t.case_id LEFT JOIN staff s ON s.id = t.owner_id LEFT JOIN note n ON n.id = t.note_id
  LEFT JOIN staff p ON p.id = n.author_id
 WHERE t.state = 'open' AND t.department IN (:departments...) AND t.due_at BETWEEN :from AND :to AND t.code <> 'approval' AND c.shop_id IN (:shops...)
 ORDER BY t.due_at, t.id LIMIT :limit;

-- name: count_of_owner
-- How many one person has, and how many of them are late.
SELECT COUNT(*) AS waiting, COALESCE(SUM(CASE WHEN t.due_at > 0 AND t.due_at < :now THEN 1 ELSE 0 END), 0) AS late
  FROM task t JOIN support_case c ON c.id = t.case_id
 WHERE t.state = 'open' AND t.owner_id = :owner AND t.code <> 'approval' AND c.shop_id IN (:shops...);

-- name: count_unowned
-- What waits for these departments and is nobody's own. Approvals have an inbox of their own.
SELECT COUNT(*) FROM (SELECT 1 FROM task t JOIN support_case c ON c.id = t.case_id
 WHERE t.state = 'open' AND t.department IN (:departments...) AND t.owner_id IS NULL AND t.code <> 'approval' AND c.shop_id IN (:shops...) LIMIT 1000) AS n;
