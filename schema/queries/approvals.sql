-- What waits for somebody who may do more.

-- name: insert
INSERT INTO approval (task_id, case_id, shop_id, asked, words, amount_minor, currency, asked_by, asked_at)
VALUES (:task_id, :case_id, :shop_id, :asked, :words, :amount_minor, :currency, :asked_by, :asked_at);

-- name: find
SELECT task_id, case_id, shop_id, asked, words, amount_minor, currency, asked_by, asked_at FROM approval WHERE task_id = :id;

-- name: open_of_case
SELECT a.task_id, a.case_id, a.shop_id, a.asked, a.words, a.amount_minor, a.currency, a.asked_by, a.asked_at
  FROM approval a JOIN task t ON t.id = a.task_id
 WHERE a.case_id = :case_id AND t.state = 'open' ORDER BY a.asked_at, a.task_id;

-- name: open_asked
-- Open ones, the oldest first.
SELECT a.task_id, a.case_id, a.shop_id, a.asked, a.words, a.amount_minor, a.currency, a.asked_by, a.asked_at,
  s.name AS asked_name, t.department, t.state, t.due_at, t.done_at, t.result, n.body AS reason, '' AS answer, t.operation_id
  FROM task t JOIN approval a ON a.task_id = t.id LEFT JOIN staff s ON s.id = a.asked_by LEFT JOIN note n ON n.id = t.note_id
 WHERE t.code = 'approval' AND t.state = 'open' AND t.department IN (:departments...) AND a.shop_id IN (:shops...)
   AND (a.asked_by IS NULL OR a.asked_by <> :me)
 ORDER BY a.asked_at, a.task_id LIMIT :limit;

-- name: asked_by
-- What one person asked for, the newest first.
SELECT a.task_id, a.case_id, a.shop_id, a.asked, a.words, a.amount_minor, a.currency, a.asked_by, a.asked_at,
  s.name AS asked_name, t.department, t.state, t.due_at, t.done_at, t.result, n.body AS reason, r.body AS answer, t.operation_id
  FROM approval a JOIN task t ON t.id = a.task_id LEFT JOIN staff s ON s.id = a.asked_by LEFT JOIN note n ON n.id = t.note_id
  LEFT JOIN note r ON r.id = t.result_note_id
 WHERE a.asked_by = :me AND a.shop_id IN (:shops...)
 ORDER BY a.asked_at DESC, a.task_id DESC LIMIT :limit;

-- name: requested_above
-- Operations that an agent may not approve. Those that somebody asked for are in the list already.
SELECT o.id AS operation_id, o.case_id, c.shop_id, o.quote_net_minor AS amount_minor, o.currency, o.maker_id AS asked_by, o.requested_at AS asked_at,
  s.name AS asked_name,
  COALESCE((SELECT MIN(k.due_at) FROM clock k WHERE k.case_id = o.case_id AND k.operation_id = o.id AND k.kind = 'first_decision' AND k.state IN ('running', 'breached') AND k.due_at > 0), 0) AS due_at
  FROM operation o JOIN support_case c ON c.id = o.case_id LEFT JOIN staff s ON s.id = o.maker_id
 WHERE o.decision = 'requested' AND o.quote_net_minor > :above AND c.shop_id = :shop AND o.policy_id IN (:policies...)
   AND NOT EXISTS (SELECT 1 FROM task t WHERE t.case_id = o.case_id AND t.operation_id = o.id AND t.code = 'approval' AND t.state = 'open')
 ORDER BY o.requested_at, o.id LIMIT :limit;

-- name: payable_above
-- Refunds that finance submits, of operations that :me neither made nor approved.
SELECT o.id AS operation_id, o.case_id, c.shop_id, SUM(m.amount_minor) AS amount_minor, o.currency, o.approver_id AS asked_by,
  MIN(m.changed_at) AS asked_at, s.name AS asked_name,
  COALESCE((SELECT MIN(k.due_at) FROM clock k WHERE k.case_id = o.case_id AND k.operation_id = o.id AND k.kind = 'refund_due' AND k.state IN ('running', 'breached') AND k.due_at > 0), 0) AS due_at
  FROM money_leg m JOIN operation o ON o.id = m.operation_id JOIN support_case c ON c.id = o.case_id LEFT JOIN staff s ON s.id = o.approver_id
 WHERE m.state IN ('authorised', 'failed') AND m.kind <> 'collect' AND c.shop_id = :shop AND o.policy_id IN (:policies...)
   AND (o.maker_id IS NULL OR o.maker_id <> :me) AND (o.approver_id IS NULL OR o.approver_id <> :me)
   AND NOT EXISTS (SELECT 1 FROM task t WHERE t.case_id = o.case_id AND t.operation_id = o.id AND t.code = 'approval' AND t.state = 'open')
 GROUP BY o.id, o.case_id, c.shop_id, o.currency, o.approver_id, s.name
HAVING SUM(m.amount_minor) > :above
 ORDER BY MIN(m.changed_at), o.id LIMIT :limit;
