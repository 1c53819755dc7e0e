-- Cases linked to an incident, and replies that go to all of them.

-- name: linked
-- Whichever way round the link was made; `into_id`: where a merged case goes on.
SELECT l.id, m.into_id FROM (SELECT other_id AS id FROM case_link WHERE case_id = :id UNION SELECT case_id AS id FROM case_link WHERE other_id = :id) l
  LEFT JOIN case_merge m ON m.case_id = l.id ORDER BY l.id;

-- name: recipients
-- Of these cases of the shop, by number; found by their ids, not through all of the shop's.
SELECT c.id, c.number, c.kind, c.channel, c.customer_id, COALESCE(NULLIF(cu.name, ''), cu.external_ref) AS customer_name, c.closed_at,
  c.matter_contact_refused AS contact_refused,
  CASE WHEN cu.phone <> '' OR cu.email <> '' OR EXISTS (SELECT 1 FROM identity i WHERE i.customer_id = c.customer_id) THEN 1 ELSE 0 END AS contact
  FROM support_case c LEFT JOIN customer cu ON cu.id = c.customer_id WHERE c.id IN (:ids...) AND COALESCE(c.shop_id, '') = :shop_id ORDER BY c.number, c.id;

-- name: insert_reply
INSERT INTO unified_reply (id, case_id, shop_id, note_id, sent_by, sent_at) VALUES (:id, :case_id, :shop_id, :note_id, :sent_by, :sent_at);

-- name: reply_by_id
SELECT r.id, r.case_id, r.shop_id, r.note_id, r.sent_by, r.sent_at, n.body, s.name AS sent_name
  FROM unified_reply r JOIN note n ON n.id = r.note_id LEFT JOIN staff s ON s.id = r.sent_by WHERE r.id = :id;

-- name: replies_of
-- Newest first.
SELECT r.id, r.case_id, r.shop_id, r.note_id, r.sent_by, r.sent_at, n.body, s.name AS sent_name
  FROM unified_reply r JOIN note n ON n.id = r.note_id LEFT JOIN staff s ON s.id = r.sent_by
 WHERE r.case_id = :id ORDER BY r.sent_at DESC, r.id DESC LIMIT :limit;

-- name: put_waiting
-- One that was refused waits again; one that waits or has it stays.
INSERT INTO unified_reply_case (reply_id, case_id, state, code, note_id, at) VALUES (:reply_id, :case_id, 'waiting', '', NULL, 0)
ON CONFLICT (reply_id, case_id) DO UPDATE SET state = 'waiting', code = '', at = 0 WHERE unified_reply_case.state = 'refused';

-- name: waiting
SELECT reply_id, case_id, state, code, note_id, at FROM unified_reply_case
 WHERE state = 'waiting' AND (reply_id > :reply_id OR (reply_id = :reply_id AND case_id > :case_id)) ORDER BY reply_id, case_id LIMIT :limit;

-- name: state_in
SELECT state FROM unified_reply_case WHERE reply_id = :reply_id AND case_id = :case_id;

-- name: settle
UPDATE unified_reply_case SET state = :state, code = :code, note_id = :note_id, at = :at
 WHERE reply_id = :reply_id AND case_id = :case_id AND state = 'waiting';

-- name: reached
-- What went wrong first.
SELECT r.case_id, r.state, r.code, r.at, c.number, COALESCE(NULLIF(cu.name, ''), cu.external_ref) AS customer_name
  FROM unified_reply_case r JOIN support_case c ON c.id = r.case_id LEFT JOIN customer cu ON cu.id = c.customer_id
 WHERE r.reply_id = :id ORDER BY CASE r.state WHEN 'refused' THEN 0 WHEN 'waiting' THEN 1 ELSE 2 END, c.number, c.id;
