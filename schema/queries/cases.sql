-- Lists of cases. Every list is cut to the shops the caller may see, before anything else.

-- A page of the queue is found by its ids: one walk along an index for each shop and status, so that neither the backlog nor the
-- closed cases are read through. What is asked for besides chooses the index; the rows are then read by id.

-- name: due
SELECT c.id, c.due_sort AS at FROM support_case c
 WHERE c.shop_id = :shop AND c.status = :status AND c.due_sort <= :due_before AND (c.due_sort, c.id) > (:after_at, :after_id)
 ORDER BY c.due_sort, c.id LIMIT :limit;

-- name: due_of_owner
SELECT c.id, c.due_sort AS at FROM support_case c
 WHERE c.shop_id = :shop AND c.status = :status AND c.due_sort <= :due_before AND (c.due_sort, c.id) > (:after_at, :after_id)
   AND c.owner_id = :owner AND (CAST(:kind AS TEXT) IS NULL OR c.kind = :kind) AND (CAST(:header AS TEXT) IS NULL OR c.header = :header)
 ORDER BY c.due_sort, c.id LIMIT :limit;

-- name: due_of_nobody
SELECT c.id, c.due_sort AS at FROM support_case c
 WHERE c.shop_id = :shop AND c.status = :status AND c.due_sort <= :due_before AND (c.due_sort, c.id) > (:after_at, :after_id)
   AND c.owner_id IS NULL AND (CAST(:kind AS TEXT) IS NULL OR c.kind = :kind) AND (CAST(:header AS TEXT) IS NULL OR c.header = :header)
 ORDER BY c.due_sort, c.id LIMIT :limit;

-- name: due_of_header
SELECT c.id, c.due_sort AS at FROM support_case c
 WHERE c.shop_id = :shop AND c.status = :status AND c.due_sort <= :due_before AND (c.due_sort, c.id) > (:after_at, :after_id)
   AND c.header = :header AND (CAST(:kind AS TEXT) IS NULL OR c.kind = :kind)
 ORDER BY c.due_sort, c.id LIMIT :limit;

-- name: due_of_kind
SELECT c.id, c.due_sort AS at FROM support_case c
 WHERE c.shop_id = :shop AND c.status = :status AND c.due_sort <= :due_before AND (c.due_sort, c.id) > (:after_at, :after_id)
   AND c.kind = :kind
 ORDER BY c.due_sort, c.id LIMIT :limit;

-- name: changed
SELECT c.id, c.changed_at AS at FROM support_case c
 WHERE c.shop_id = :shop AND c.status = :status AND c.due_sort <= :due_before AND (c.changed_at, c.id) < (:after_at, :after_id)
 ORDER BY c.changed_at DESC, c.id DESC LIMIT :limit;

-- name: opened
SELECT c.id, c.opened_at AS at FROM support_case c
 WHERE c.shop_id = :shop AND c.status = :status AND c.due_sort <= :due_before AND (c.opened_at, c.id) < (:after_at, :after_id)
 ORDER BY c.opened_at DESC, c.id DESC LIMIT :limit;

-- name: latest_of_owner
-- What is found by who, where or what is then sorted by when it changed or was opened.
SELECT c.id, CASE WHEN :opened = 1 THEN c.opened_at ELSE c.changed_at END AS at FROM support_case c
 WHERE c.shop_id = :shop AND c.status = :status AND c.due_sort <= :due_before
   AND (CASE WHEN :opened = 1 THEN c.opened_at ELSE c.changed_at END, c.id) < (:after_at, :after_id)
   AND c.owner_id = :owner AND (CAST(:kind AS TEXT) IS NULL OR c.kind = :kind) AND (CAST(:header AS TEXT) IS NULL OR c.header = :header)
 ORDER BY at DESC, c.id DESC LIMIT :limit;

-- name: latest_of_nobody
SELECT c.id, CASE WHEN :opened = 1 THEN c.opened_at ELSE c.changed_at END AS at FROM support_case c
 WHERE c.shop_id = :shop AND c.status = :status AND c.due_sort <= :due_before
   AND (CASE WHEN :opened = 1 THEN c.opened_at ELSE c.changed_at END, c.id) < (:after_at, :after_id)
   AND c.owner_id IS NULL AND (CAST(:kind AS TEXT) IS NULL OR c.kind = :kind) AND (CAST(:header AS TEXT) IS NULL OR c.header = :header)
 ORDER BY at DESC, c.id DESC LIMIT :limit;

-- name: latest_of_header
SELECT c.id, CASE WHEN :opened = 1 THEN c.opened_at ELSE c.changed_at END AS at FROM support_case c
 WHERE c.shop_id = :shop AND c.status = :status AND c.due_sort <= :due_before
   AND (CASE WHEN :opened = 1 THEN c.opened_at ELSE c.changed_at END, c.id) < (:after_at, :after_id)
   AND c.header = :header AND (CAST(:kind AS TEXT) IS NULL OR c.kind = :kind)
 ORDER BY at DESC, c.id DESC LIMIT :limit;

-- name: latest_of_kind
SELECT c.id, CASE WHEN :opened = 1 THEN c.opened_at ELSE c.changed_at END AS at FROM support_case c
 WHERE c.shop_id = :shop AND c.status = :status AND c.due_sort <= :due_before
   AND (CASE WHEN :opened = 1 THEN c.opened_at ELSE c.changed_at END, c.id) < (:after_at, :after_id)
   AND c.kind = :kind
 ORDER BY at DESC, c.id DESC LIMIT :limit;

-- name: due_of_urgent
-- Severe cases are few; what is asked for besides is looked at in their rows.
SELECT c.id, c.due_sort AS at FROM support_case c
 WHERE c.shop_id = :shop AND c.status = :status AND c.matter_severity <= 2 AND c.due_sort <= :due_before AND (c.due_sort, c.id) > (:after_at, :after_id)
   AND (CAST(:owner AS TEXT) IS NULL OR c.owner_id = :owner) AND (:unowned = 0 OR c.owner_id IS NULL)
   AND (CAST(:kind AS TEXT) IS NULL OR c.kind = :kind) AND (CAST(:header AS TEXT) IS NULL OR c.header = :header)
 ORDER BY c.due_sort, c.id LIMIT :limit;

-- name: latest_of_urgent
SELECT c.id, CASE WHEN :opened = 1 THEN c.opened_at ELSE c.changed_at END AS at FROM support_case c
 WHERE c.shop_id = :shop AND c.status = :status AND c.matter_severity <= 2 AND c.due_sort <= :due_before
   AND (CASE WHEN :opened = 1 THEN c.opened_at ELSE c.changed_at END, c.id) < (:after_at, :after_id)
   AND (CAST(:owner AS TEXT) IS NULL OR c.owner_id = :owner) AND (:unowned = 0 OR c.owner_id IS NULL)
   AND (CAST(:kind AS TEXT) IS NULL OR c.kind = :kind) AND (CAST(:header AS TEXT) IS NULL OR c.header = :header)
 ORDER BY at DESC, c.id DESC LIMIT :limit;

-- name: opened_of_cause
-- What was closed for a reason, and what was opened between two times: both walk by the time of opening.
SELECT c.id, c.opened_at AS at FROM support_case c
 WHERE c.shop_id = :shop AND c.cause_code <> '' AND c.cause_code = :cause AND c.status = :status
   AND c.opened_at >= :from AND c.opened_at < :before AND (c.opened_at, c.id) < (:after_at, :after_id) AND c.due_sort <= :due_before
   AND (CAST(:owner AS TEXT) IS NULL OR c.owner_id = :owner) AND (:unowned = 0 OR c.owner_id IS NULL) AND (:urgent = 0 OR c.matter_severity <= 2)
   AND (CAST(:kind AS TEXT) IS NULL OR c.kind = :kind) AND (CAST(:header AS TEXT) IS NULL OR c.header = :header)
 ORDER BY c.opened_at DESC, c.id DESC LIMIT :limit;

-- name: opened_between
SELECT c.id, c.opened_at AS at FROM support_case c
 WHERE c.shop_id = :shop AND c.status = :status
   AND c.opened_at >= :from AND c.opened_at < :before AND (c.opened_at, c.id) < (:after_at, :after_id) AND c.due_sort <= :due_before
   AND (CAST(:owner AS TEXT) IS NULL OR c.owner_id = :owner) AND (:unowned = 0 OR c.owner_id IS NULL) AND (:urgent = 0 OR c.matter_severity <= 2)
   AND (CAST(:kind AS TEXT) IS NULL OR c.kind = :kind) AND (CAST(:header AS TEXT) IS NULL OR c.header = :header)
 ORDER BY c.opened_at DESC, c.id DESC LIMIT :limit;

-- name: rows_by_id
SELECT c.id, c.shop_id, c.number, c.kind, c.status, c.channel, c.customer_id, c.order_id, c.owner_id, c.topic, c.header,
  c.amount_minor, c.currency, c.due_at, c.platform_external_ref, c.platform_version, c.platform_intervention,
  c.platform_ruled_minor, c.platform_deadline_at, c.platform_cannot_refuse, c.platform_state,
  c.matter_stage, c.matter_severity, c.matter_emotion, c.matter_intent, c.matter_escalation, c.matter_outside, c.matter_outside_ref,
  c.matter_replied_at, c.matter_promised_at, c.matter_rounds, c.matter_proposal_minor, c.matter_satisfied,
  c.matter_prevention_id, c.matter_contacts, c.matter_contact_at, c.matter_contact_refused, c.matter_linked_case_id,
  c.matter_outcome, c.matter_reopened,
  c.cause_code, c.responsibility, c.summary,
  c.version, c.opened_at, c.changed_at, c.closed_at, COALESCE(NULLIF(cu.name, ''), cu.external_ref) AS customer_name, o.number AS order_number, s.name AS owner_name,
  (SELECT n.body FROM note n WHERE n.case_id = c.id ORDER BY n.at DESC, n.id DESC LIMIT 1) AS last_note, c.opened_at AS sort_at
  FROM support_case c LEFT JOIN customer cu ON cu.id = c.customer_id LEFT JOIN sales_order o ON o.id = c.order_id
  LEFT JOIN staff s ON s.id = c.owner_id
 WHERE c.id IN (:ids...) AND c.shop_id IN (:shops...)
 ORDER BY c.opened_at DESC, c.id DESC;

-- name: changed_since
-- Shop by shop and status by status, so that an index serves it.
SELECT c.id, c.shop_id, c.version FROM shop s JOIN support_case c
    ON c.shop_id = s.id AND c.status IN ('open', 'waiting_customer', 'waiting_partner', 'resolved', 'closed')
 WHERE c.changed_at >= :since ORDER BY c.changed_at DESC, c.id LIMIT :limit;

-- name: ids_of_order
SELECT id FROM support_case WHERE order_id = :id ORDER BY opened_at DESC, id DESC LIMIT 20;

-- name: ids_of_customer
SELECT id FROM support_case WHERE customer_id = :id ORDER BY opened_at DESC, id DESC LIMIT 20;

-- name: find
-- In one shop, by what a person has at hand: the case's number or its beginning (newest first), what it is about, order number, customer, parcel, goods.
SELECT id FROM support_case WHERE number = :number AND shop_id = :shop
UNION SELECT id FROM (SELECT id FROM support_case WHERE shop_id = :shop AND number > :number AND number < :number_end
  ORDER BY number DESC LIMIT 500) AS near
UNION SELECT id FROM (SELECT id FROM support_case WHERE shop_id = :shop AND topic <> '' AND topic >= :q AND topic < :q_end
  ORDER BY topic, id LIMIT 500) AS about
UNION SELECT id FROM (SELECT c.id FROM (SELECT l.order_id FROM order_line l JOIN sales_order o ON o.id = l.order_id
  WHERE l.sku = :q AND o.shop_id = :shop ORDER BY l.order_id DESC LIMIT 2000) AS l
  JOIN support_case c ON c.order_id = l.order_id WHERE c.shop_id = :shop ORDER BY c.opened_at DESC, c.id DESC LIMIT 50) AS goods
UNION SELECT id FROM (SELECT c.id FROM sales_order o JOIN support_case c ON c.order_id = o.id
  WHERE o.shop_id = :shop AND o.number >= :q AND o.number < :q_end ORDER BY c.opened_at DESC, c.id DESC LIMIT 50) AS sold
UNION SELECT id FROM (SELECT c.id FROM customer cu JOIN support_case c ON c.customer_id = cu.id
  WHERE cu.shop_id = :shop AND (cu.phone_last4 = :last4 OR (cu.name >= :q AND cu.name < :q_end))
  ORDER BY c.opened_at DESC, c.id DESC LIMIT 50) AS bought
UNION SELECT id FROM (SELECT c.id FROM inbound_leg l JOIN support_case c ON c.id = l.case_id
  WHERE l.tracking >= :q AND l.tracking < :q_end AND c.shop_id = :shop ORDER BY l.tracking, l.id LIMIT 50) AS back
UNION SELECT id FROM (SELECT c.id FROM outbound_leg l JOIN support_case c ON c.id = l.case_id
  WHERE l.tracking >= :q AND l.tracking < :q_end AND c.shop_id = :shop ORDER BY l.tracking, l.id LIMIT 50) AS sent
 ORDER BY id DESC LIMIT :limit;

-- name: counts
-- Each number is counted up to :most, so that it costs the same beside a large backlog.
SELECT 'open', COUNT(*) FROM (SELECT 1 FROM support_case WHERE shop_id IN (:shops...) AND status = 'open' LIMIT :most) AS n
UNION ALL SELECT 'waiting_customer', COUNT(*) FROM (SELECT 1 FROM support_case WHERE shop_id IN (:shops...) AND status = 'waiting_customer' LIMIT :most) AS n
UNION ALL SELECT 'waiting_partner', COUNT(*) FROM (SELECT 1 FROM support_case WHERE shop_id IN (:shops...) AND status = 'waiting_partner' LIMIT :most) AS n
UNION ALL SELECT 'resolved', COUNT(*) FROM (SELECT 1 FROM support_case WHERE shop_id IN (:shops...) AND status = 'resolved' LIMIT :most) AS n
UNION ALL SELECT 'due_soon', COUNT(*) FROM (SELECT 1 FROM support_case WHERE shop_id IN (:shops...) AND status IN ('open', 'waiting_customer', 'waiting_partner') AND due_sort <= :soon LIMIT :most) AS n
UNION ALL SELECT 'unassigned', COUNT(*) FROM (SELECT 1 FROM support_case WHERE shop_id IN (:shops...) AND owner_id IS NULL AND status IN ('open', 'waiting_customer', 'waiting_partner') LIMIT :most) AS n
UNION ALL SELECT 'my_open', COUNT(*) FROM (SELECT 1 FROM support_case WHERE shop_id IN (:shops...) AND owner_id = :me AND status = 'open' LIMIT :most) AS n
UNION ALL SELECT 'my_waiting_customer', COUNT(*) FROM (SELECT 1 FROM support_case WHERE shop_id IN (:shops...) AND owner_id = :me AND status = 'waiting_customer' LIMIT :most) AS n
UNION ALL SELECT 'my_waiting_partner', COUNT(*) FROM (SELECT 1 FROM support_case WHERE shop_id IN (:shops...) AND owner_id = :me AND status = 'waiting_partner' LIMIT :most) AS n
UNION ALL SELECT 'my_due_soon', COUNT(*) FROM (SELECT 1 FROM support_case WHERE shop_id IN (:shops...) AND owner_id = :me AND status IN ('open', 'waiting_customer', 'waiting_partner') AND due_sort <= :soon LIMIT :most) AS n
UNION ALL SELECT 'refunds', COUNT(*) FROM (SELECT 1 FROM money_leg m JOIN support_case c ON c.id = m.case_id
  WHERE m.state IN ('submitted', 'unknown', 'failed') AND c.shop_id IN (:shops...) LIMIT :most) AS n
UNION ALL SELECT 'tasks', COUNT(*) FROM (SELECT 1 FROM task t JOIN support_case c ON c.id = t.case_id
  WHERE t.state = 'open' AND c.shop_id IN (:shops...) LIMIT :most) AS n;

-- name: shop_of_case
SELECT shop_id FROM support_case WHERE id = :id;

-- name: case_of_task
SELECT case_id FROM task WHERE id = :id;

-- name: refunds
SELECT m.id AS leg_id, m.operation_id AS leg_operation_id, m.payment_id AS leg_payment_id, m.kind AS leg_kind,
  m.state AS leg_state, m.amount_minor AS leg_amount_minor, m.currency AS leg_currency, m.changed_at AS leg_changed_at,
  c.id AS case_id,
  c.number AS case_number, o.number AS order_number, COALESCE(NULLIF(cu.name, ''), cu.external_ref) AS customer_name, p.provider AS payment_provider,
  p.reference AS payment_reference, a.id AS attempt_id, a.submitted_at, s.name AS submitted_by
  FROM money_leg m JOIN support_case c ON c.id = m.case_id JOIN payment p ON p.id = m.payment_id
  LEFT JOIN sales_order o ON o.id = c.order_id LEFT JOIN customer cu ON cu.id = c.customer_id
  LEFT JOIN money_attempt a ON a.id = (
    SELECT MAX(b.id) FROM money_attempt b WHERE b.money_leg_id = m.id)
  LEFT JOIN staff s ON s.id = a.submitted_by
 WHERE m.state IN (:states...) AND c.shop_id IN (:shops...) AND (m.changed_at, m.id) > (:after_at, :after_id)
 ORDER BY m.changed_at, m.id LIMIT :limit;
