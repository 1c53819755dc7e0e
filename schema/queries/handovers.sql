-- Shift handover.

-- name: standing
-- Open cases with what a next shift must know: a promise, a clock, an offer. The nearest due first.
SELECT c.id AS case_id, c.status, c.header, c.matter_stage AS stage, c.matter_promised_at AS promised_at, c.due_at,
  c.matter_proposal_minor AS proposal_minor, c.currency,
  COALESCE((SELECT o.quote_net_minor FROM operation o WHERE o.case_id = c.id AND o.decision IN ('approved', 'disputed', 'settling')
    ORDER BY o.requested_at DESC, o.id DESC LIMIT 1), 0) AS quoted_minor,
  COALESCE((SELECT k.kind FROM clock k WHERE k.case_id = c.id AND k.state IN ('running', 'breached') AND k.due_at > 0 ORDER BY k.due_at, k.id LIMIT 1), '') AS clock,
  COALESCE((SELECT k.started_at FROM clock k WHERE k.case_id = c.id AND k.state IN ('running', 'breached') AND k.due_at > 0 ORDER BY k.due_at, k.id LIMIT 1), 0) AS started_at,
  (SELECT n.id FROM note n WHERE n.case_id = c.id AND n.kind = 'to_customer' ORDER BY n.at DESC, n.id DESC LIMIT 1) AS reply_id
  FROM support_case c
 WHERE c.shop_id = :shop AND c.status IN ('open', 'waiting_customer', 'waiting_partner')
   AND (:everybody = 1 OR c.owner_id IN (:owners...) OR (:nobody = 1 AND c.owner_id IS NULL))
 ORDER BY c.due_sort, c.id LIMIT :limit;

-- name: count_standing
SELECT COUNT(*) AS n FROM support_case c
 WHERE c.shop_id = :shop AND c.status IN ('open', 'waiting_customer', 'waiting_partner')
   AND (:everybody = 1 OR c.owner_id IN (:owners...) OR (:nobody = 1 AND c.owner_id IS NULL));

-- name: insert
INSERT INTO handover (id, shop_id, owner_id, team, to_id, note, made_by, made_at, acknowledged_by, acknowledged_at, version, left_out)
VALUES (:id, :shop_id, :owner_id, COALESCE(:team, ''), :to_id, :note, :made_by, :made_at, NULL, 0, 1, :left_out);

-- name: insert_item
INSERT INTO handover_item (handover_id, position, case_id, status, header, stage, promised_at, clock, due_at, risk, offered_minor, currency, reply_id)
VALUES (:handover_id, :position, :case_id, :status, :header, :stage, :promised_at, :clock, :due_at, :risk, :offered_minor, :currency, :reply_id);

-- name: find
SELECT h.id, h.shop_id, h.owner_id, NULLIF(h.team, '') AS team, h.to_id, h.note, h.made_by, h.made_at, h.acknowledged_by, h.acknowledged_at, h.version, h.left_out,
  o.name AS owner_name, t.name AS to_name, m.name AS made_name, a.name AS acknowledged_name,
  (SELECT COUNT(*) FROM handover_item i WHERE i.handover_id = h.id) AS case_count
  FROM handover h LEFT JOIN staff o ON o.id = h.owner_id LEFT JOIN staff t ON t.id = h.to_id LEFT JOIN staff m ON m.id = h.made_by
  LEFT JOIN staff a ON a.id = h.acknowledged_by
 WHERE h.id = :id;

-- name: list
SELECT h.id, h.shop_id, h.owner_id, NULLIF(h.team, '') AS team, h.to_id, h.note, h.made_by, h.made_at, h.acknowledged_by, h.acknowledged_at, h.version, h.left_out,
  o.name AS owner_name, t.name AS to_name, m.name AS made_name, a.name AS acknowledged_name,
  (SELECT COUNT(*) FROM handover_item i WHERE i.handover_id = h.id) AS case_count
  FROM handover h LEFT JOIN staff o ON o.id = h.owner_id LEFT JOIN staff t ON t.id = h.to_id LEFT JOIN staff m ON m.id = h.made_by
  LEFT JOIN staff a ON a.id = h.acknowledged_by
 WHERE h.shop_id IN (:shops...) ORDER BY h.made_at DESC, h.id DESC LIMIT :limit;

-- name: items_of
-- What was said is read where it stands today, so that what a customer had erased is erased here; the last word is the last one before the handover.
SELECT i.case_id, i.status, i.header, i.stage, i.promised_at, i.clock, i.due_at, i.risk, i.offered_minor, i.currency, i.reply_id,
  c.number, c.kind, c.topic, COALESCE(NULLIF(cu.name, ''), cu.external_ref) AS customer_name, s.name AS owner_name, n.body AS reply,
  COALESCE((SELECT MAX(w.at) FROM note w WHERE w.case_id = i.case_id AND w.kind IN ('to_customer', 'from_customer') AND w.at <= h.made_at), 0) AS said_at
  FROM handover_item i JOIN handover h ON h.id = i.handover_id JOIN support_case c ON c.id = i.case_id LEFT JOIN customer cu ON cu.id = c.customer_id
  LEFT JOIN staff s ON s.id = c.owner_id LEFT JOIN note n ON n.id = i.reply_id
 WHERE i.handover_id = :id ORDER BY i.position;

-- name: details_of
-- The same of a case that is not handed over yet.
SELECT c.id AS case_id, c.number, c.kind, c.topic, COALESCE(NULLIF(cu.name, ''), cu.external_ref) AS customer_name, s.name AS owner_name,
  (SELECT n.body FROM note n WHERE n.case_id = c.id AND n.kind = 'to_customer' ORDER BY n.at DESC, n.id DESC LIMIT 1) AS reply,
  COALESCE((SELECT MAX(w.at) FROM note w WHERE w.case_id = c.id AND w.kind IN ('to_customer', 'from_customer')), 0) AS said_at
  FROM support_case c LEFT JOIN customer cu ON cu.id = c.customer_id LEFT JOIN staff s ON s.id = c.owner_id
 WHERE c.id IN (:ids...) ORDER BY c.id;

-- name: acknowledge
UPDATE handover SET acknowledged_by = :by, acknowledged_at = :at, version = version + 1 WHERE id = :id AND acknowledged_at = 0;
