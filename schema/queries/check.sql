-- What `aftercare check` looks at beside the streams. Rows are (stream, column, stored, derived): each is a difference.

-- name: hours_version
-- A shop's versions are counted from 1.
SELECT w.shop_id, 'version', CAST(w.version AS TEXT), CAST(w.place AS TEXT)
  FROM (SELECT shop_id, version, ROW_NUMBER() OVER (PARTITION BY shop_id ORDER BY version) AS place FROM work_hours) w
 WHERE w.version <> w.place ORDER BY w.shop_id, w.version LIMIT :limit;

-- name: hours_texts
SELECT shop_id, hours FROM work_hours ORDER BY shop_id, version;

-- name: roster_times
-- A shift ends after it began, within two days.
SELECT id, 'to_at', CAST(to_at AS TEXT), 'at most two days after ' || CAST(from_at AS TEXT) FROM roster_shift
 WHERE to_at <= from_at OR to_at - from_at > 172800000 ORDER BY id LIMIT :limit;

-- name: roster_twice
-- Nobody begins two shifts of a team at once.
SELECT b.id, 'from_at', CAST(b.from_at AS TEXT), 'one shift' FROM roster_shift a
  JOIN roster_shift b ON b.shop_id = a.shop_id AND b.from_at = a.from_at AND b.staff_id = a.staff_id AND b.team = a.team AND b.id > a.id
 ORDER BY b.id LIMIT :limit;

-- name: clock_policy
SELECT k.id, 'policy_id', k.policy_id, 'a policy of the shop' FROM clock k JOIN support_case c ON c.id = k.case_id
  LEFT JOIN policy p ON p.id = k.policy_id AND p.shop_id = c.shop_id
 WHERE k.policy_id <> '' AND p.id IS NULL ORDER BY k.id LIMIT :limit;

-- name: operation_policy
SELECT o.id, 'policy_id', o.policy_id, 'a policy of the shop' FROM operation o JOIN support_case c ON c.id = o.case_id
  LEFT JOIN policy p ON p.id = o.policy_id AND p.shop_id = c.shop_id
 WHERE o.policy_id <> '' AND p.id IS NULL ORDER BY o.id LIMIT :limit;

-- name: policy_version
-- Versions are counted over the whole shop.
SELECT p.id, 'version', CAST(p.version AS TEXT), CAST(p.place AS TEXT)
  FROM (SELECT id, version, ROW_NUMBER() OVER (PARTITION BY shop_id ORDER BY version) AS place FROM policy) p
 WHERE p.version <> p.place ORDER BY p.id LIMIT :limit;

-- name: policy_end
-- A later version ends an earlier one of its scope.
SELECT a.id, 'valid_to', CAST(a.valid_to AS TEXT), 'at most ' || CAST(MIN(b.valid_from) AS TEXT) FROM policy a
  JOIN policy b ON b.shop_id = a.shop_id AND b.channel = a.channel AND b.version > a.version
 WHERE a.valid_to = 0 OR (a.valid_to > b.valid_from AND a.valid_to > a.valid_from) GROUP BY a.id, a.valid_to ORDER BY a.id LIMIT :limit;

-- name: policy_open
-- The newest version of the shop's own policy is valid until it is changed.
SELECT p.id, 'valid_to', CAST(p.valid_to AS TEXT), '0' FROM policy p
 WHERE p.channel = '' AND p.valid_to <> 0 AND p.version = (SELECT MAX(n.version) FROM policy n WHERE n.shop_id = p.shop_id AND n.channel = '')
 ORDER BY p.id LIMIT :limit;

-- name: policy_texts
SELECT id, terms FROM policy ORDER BY id;

-- name: link_cases
SELECT l.case_id, 'other_id', l.other_id, 'another case of the shop' FROM case_link l
  LEFT JOIN support_case a ON a.id = l.case_id AND a.shop_id = l.shop_id LEFT JOIN support_case b ON b.id = l.other_id AND b.shop_id = l.shop_id
 WHERE a.id IS NULL OR b.id IS NULL OR l.case_id = l.other_id ORDER BY l.case_id, l.other_id LIMIT :limit;

-- name: link_twice
SELECT a.case_id, 'other_id', a.other_id, 'one link of two cases' FROM case_link a JOIN case_link b ON b.case_id = a.other_id AND b.other_id = a.case_id
 WHERE a.case_id < a.other_id ORDER BY a.case_id, a.other_id LIMIT :limit;

-- name: merge_cases
SELECT m.case_id, 'into_id', m.into_id, 'another case of the shop' FROM case_merge m
  LEFT JOIN support_case a ON a.id = m.case_id AND a.shop_id = m.shop_id LEFT JOIN support_case b ON b.id = m.into_id AND b.shop_id = m.shop_id
 WHERE a.id IS NULL OR b.id IS NULL OR m.case_id = m.into_id ORDER BY m.case_id LIMIT :limit;

-- name: merge_closed
-- A merged case is closed, and says where it goes on.
SELECT m.case_id, 'summary', COALESCE(c.summary, ''), t.number FROM case_merge m
  JOIN support_case c ON c.id = m.case_id JOIN support_case t ON t.id = m.into_id
 WHERE c.closed_at = 0 OR COALESCE(c.cause_code, '') <> 'merged' OR COALESCE(c.summary, '') <> t.number ORDER BY m.case_id LIMIT :limit;

-- name: merge_missing
SELECT c.id, 'rows', '0', '1' FROM support_case c LEFT JOIN case_merge m ON m.case_id = c.id
 WHERE c.cause_code = 'merged' AND c.closed_at > 0 AND m.case_id IS NULL ORDER BY c.id LIMIT :limit;

-- name: merge_version
SELECT m.case_id, 'version', CAST(m.version AS TEXT) || ', ' || CAST(m.into_version AS TEXT), 'at most ' || CAST(c.version AS TEXT) || ', ' || CAST(t.version AS TEXT)
  FROM case_merge m JOIN support_case c ON c.id = m.case_id JOIN support_case t ON t.id = m.into_id
 WHERE m.version > c.version OR m.into_version > t.version ORDER BY m.case_id LIMIT :limit;

-- name: merge_texts
SELECT case_id, was FROM case_merge ORDER BY case_id;

-- name: merges
SELECT case_id, into_id FROM case_merge ORDER BY case_id;

-- name: unified_reply_words
-- What it says is a note of the incident, which is of the shop.
SELECT r.id, 'note_id', r.note_id, 'a note of the incident' FROM unified_reply r
  LEFT JOIN note n ON n.id = r.note_id AND n.case_id = r.case_id LEFT JOIN support_case c ON c.id = r.case_id AND c.shop_id = r.shop_id
 WHERE n.id IS NULL OR c.id IS NULL ORDER BY r.id LIMIT :limit;

-- name: unified_reply_sent
-- Where it was sent there is a reply of that case; where it was not there is none, and only what was refused says why.
SELECT u.reply_id, 'state', u.state || ' ' || u.case_id, CASE WHEN n.id IS NULL THEN 'not sent' ELSE 'sent' END FROM unified_reply_case u
  LEFT JOIN note n ON n.id = u.note_id AND n.case_id = u.case_id AND n.kind = 'to_customer'
 WHERE CASE WHEN u.state = 'sent' THEN 1 ELSE 0 END <> CASE WHEN n.id IS NULL THEN 0 ELSE 1 END
    OR CASE WHEN u.state = 'refused' THEN 1 ELSE 0 END <> CASE WHEN u.code = '' THEN 0 ELSE 1 END ORDER BY u.reply_id, u.case_id LIMIT :limit;

-- name: unified_reply_shop
SELECT u.reply_id, 'case_id', u.case_id, 'a case of the shop' FROM unified_reply_case u JOIN unified_reply r ON r.id = u.reply_id
  LEFT JOIN support_case c ON c.id = u.case_id AND c.shop_id = r.shop_id WHERE c.id IS NULL ORDER BY u.reply_id, u.case_id LIMIT :limit;

-- name: approval_task
SELECT a.task_id, 'task_id', a.case_id, 'an ask of that case' FROM approval a
  LEFT JOIN task t ON t.id = a.task_id AND t.case_id = a.case_id AND t.code = 'approval'
  LEFT JOIN support_case c ON c.id = a.case_id AND c.shop_id = a.shop_id
 WHERE t.id IS NULL OR c.id IS NULL ORDER BY a.task_id LIMIT :limit;

-- name: approval_missing
SELECT t.id, 'rows', '0', '1' FROM task t LEFT JOIN approval a ON a.task_id = t.id WHERE t.code = 'approval' AND a.task_id IS NULL ORDER BY t.id LIMIT :limit;

-- name: approval_said
-- When it was asked is in the stream, too.
SELECT a.task_id, CASE WHEN a.amount_minor < 0 THEN 'amount_minor' ELSE 'asked_at' END,
  CASE WHEN a.amount_minor < 0 THEN CAST(a.amount_minor AS TEXT) ELSE CAST(a.asked_at AS TEXT) END,
  CASE WHEN a.amount_minor < 0 THEN '>= 0' ELSE CAST(t.opened_at AS TEXT) END
  FROM approval a JOIN task t ON t.id = a.task_id WHERE a.amount_minor < 0 OR a.asked_at <> t.opened_at ORDER BY a.task_id LIMIT :limit;

-- name: approval_texts
SELECT a.task_id, a.asked, t.operation_id FROM approval a JOIN task t ON t.id = a.task_id ORDER BY a.task_id;

-- name: handover_taken
-- Whoever acknowledged it did so once, after it was made.
SELECT id, 'acknowledged_at', CAST(acknowledged_at AS TEXT), CASE WHEN acknowledged_by IS NULL THEN '0' ELSE 'since ' || CAST(made_at AS TEXT) END FROM handover
 WHERE (acknowledged_by IS NULL AND acknowledged_at <> 0) OR (acknowledged_by IS NOT NULL AND acknowledged_at < made_at)
    OR version <> CASE WHEN acknowledged_by IS NULL THEN 1 ELSE 2 END ORDER BY id LIMIT :limit;

-- name: handover_people
SELECT h.id, 'owner_id', COALESCE(h.owner_id, '') || ' ' || COALESCE(h.to_id, ''), 'people' FROM handover h
  LEFT JOIN staff o ON o.id = h.owner_id LEFT JOIN staff t ON t.id = h.to_id
 WHERE (h.owner_id <> '' AND o.id IS NULL) OR (h.to_id <> '' AND t.id IS NULL) ORDER BY h.id LIMIT :limit;

-- name: handover_scope
SELECT id, 'team', team, 'a person''s or a team''s' FROM handover WHERE team <> '' AND owner_id <> '' ORDER BY id LIMIT :limit;

-- name: item_case
SELECT i.handover_id, 'case_id', i.case_id, 'a case of the shop' FROM handover_item i JOIN handover h ON h.id = i.handover_id
  LEFT JOIN support_case c ON c.id = i.case_id AND c.shop_id = h.shop_id WHERE c.id IS NULL ORDER BY i.handover_id, i.position LIMIT :limit;

-- name: item_reply
SELECT i.handover_id, 'reply_id', i.reply_id, 'a word of that case' FROM handover_item i LEFT JOIN note n ON n.id = i.reply_id AND n.case_id = i.case_id
 WHERE i.reply_id <> '' AND n.id IS NULL ORDER BY i.handover_id, i.position LIMIT :limit;

-- name: item_risk
-- It was late when it was handed over, or it was not.
SELECT i.handover_id, 'risk', i.risk, CASE WHEN i.due_at > 0 AND i.due_at <= h.made_at THEN 'overdue' ELSE 'not overdue' END
  FROM handover_item i JOIN handover h ON h.id = i.handover_id
 WHERE CASE WHEN i.risk = 'overdue' THEN 1 ELSE 0 END <> CASE WHEN i.due_at > 0 AND i.due_at <= h.made_at THEN 1 ELSE 0 END
 ORDER BY i.handover_id, i.position LIMIT :limit;

-- name: review_parts
-- An answer has its words, a follow-up its case, and perhaps an answer; none has what belongs to another state.
SELECT r.id, 'state', r.state, 'what was done about it' FROM review r
 WHERE (r.state = 'answered' AND r.reply = '') OR (r.state NOT IN ('answered', 'followed_up') AND r.reply <> '') OR (r.case_id IS NOT NULL) <> (r.state = 'followed_up')
    OR (r.reason <> '' AND r.state <> 'set_aside') OR (r.settled_at = 0) <> (r.state = 'new') ORDER BY r.id LIMIT :limit;

-- name: review_band
SELECT r.id, 'band', r.band, 'what its stars say' FROM review r
 WHERE r.band <> CASE WHEN r.rating >= 4 THEN 'good' WHEN r.rating = 3 THEN 'middle' WHEN r.rating >= 1 THEN 'bad' ELSE 'unrated' END ORDER BY r.id LIMIT :limit;

-- name: review_names
SELECT r.id, 'names', COALESCE(r.order_id, '') || ' ' || COALESCE(r.case_id, '') || ' ' || COALESCE(r.customer_id, ''), 'an order, a case, a customer of the shop' FROM review r
  LEFT JOIN sales_order o ON o.id = r.order_id AND o.shop_id = r.shop_id LEFT JOIN support_case c ON c.id = r.case_id AND c.shop_id = r.shop_id
  LEFT JOIN customer p ON p.id = r.customer_id AND p.shop_id = r.shop_id
 WHERE (r.order_id IS NOT NULL AND o.id IS NULL) OR (r.case_id IS NOT NULL AND c.id IS NULL) OR (r.customer_id IS NOT NULL AND p.id IS NULL)
 ORDER BY r.id LIMIT :limit;

-- name: errand_whose
-- One person's or one department's.
SELECT id, 'owner_id', COALESCE(owner_id, '') || ' ' || department, 'a person''s or a department''s' FROM errand
 WHERE (owner_id IS NOT NULL) = (department <> '') ORDER BY id LIMIT :limit;

-- name: errand_end
-- What ended says when, and nothing says so before.
SELECT id, 'finished_at', CAST(finished_at AS TEXT), CASE WHEN state = 'open' THEN '0' ELSE 'since ' || CAST(opened_at AS TEXT) END FROM errand
 WHERE (state = 'open' AND (finished_at <> 0 OR finished_by IS NOT NULL OR result <> '')) OR (state <> 'open' AND finished_at < opened_at) ORDER BY id LIMIT :limit;

-- name: errand_people
SELECT e.id, 'owner_id', COALESCE(e.owner_id, '') || ' ' || COALESCE(e.asked_by, '') || ' ' || COALESCE(e.finished_by, ''), 'people' FROM errand e
  LEFT JOIN staff o ON o.id = e.owner_id LEFT JOIN staff a ON a.id = e.asked_by LEFT JOIN staff f ON f.id = e.finished_by
 WHERE (e.owner_id IS NOT NULL AND o.id IS NULL) OR (e.asked_by IS NOT NULL AND a.id IS NULL) OR (e.finished_by IS NOT NULL AND f.id IS NULL)
 ORDER BY e.id LIMIT :limit;

-- name: errand_training
-- A step is of a training of its shop, and of one run.
SELECT e.id, 'training_id', COALESCE(e.training_id, '') || ' ' || e.run_id, 'a run of a training of the shop' FROM errand e
  LEFT JOIN training t ON t.id = e.training_id AND t.shop_id = e.shop_id
 WHERE (e.training_id IS NOT NULL) <> (e.run_id <> '') OR (e.training_id IS NOT NULL AND t.id IS NULL) ORDER BY e.id LIMIT :limit;

-- name: errand_step
-- One run is one person's walk through one training, each step once.
SELECT b.id, 'step', CAST(b.step AS TEXT), 'one step of one run' FROM errand a JOIN errand b ON b.shop_id = a.shop_id AND b.run_id = a.run_id AND b.id > a.id
 WHERE a.run_id <> '' AND (b.step = a.step OR b.training_id <> a.training_id OR b.owner_id <> a.owner_id) ORDER BY b.id LIMIT :limit;

-- name: training_texts
SELECT id, steps FROM training ORDER BY id;

-- name: erased_left
-- Of an erased person nothing is left but the row itself.
SELECT c.id, 'erased_at', CAST(c.erased_at AS TEXT), 'nothing of the person left' FROM customer c
 WHERE c.erased_at > 0 AND (c.name <> '' OR c.phone <> '' OR c.email <> '' OR c.phone_last4 <> '' OR c.external_ref IS NOT NULL OR c.region <> '' OR c.birthday <> '' OR c.style <> ''
    OR EXISTS (SELECT 1 FROM customer_fact f WHERE f.customer_id = c.id) OR EXISTS (SELECT 1 FROM identity i WHERE i.customer_id = c.id)
    OR EXISTS (SELECT 1 FROM address a WHERE a.customer_id = c.id) OR EXISTS (SELECT 1 FROM customer_tag t WHERE t.customer_id = c.id)
    OR EXISTS (SELECT 1 FROM search_token s WHERE s.ref_id = c.id)) ORDER BY c.id LIMIT :limit;

-- name: erasure_customer
SELECT e.customer_id, 'erased_at', CAST(e.erased_at AS TEXT), COALESCE(CAST(c.erased_at AS TEXT), 'a customer') FROM erasure e
  LEFT JOIN customer c ON c.id = e.customer_id AND c.shop_id = e.shop_id
 WHERE c.id IS NULL OR c.erased_at <> e.erased_at ORDER BY e.customer_id LIMIT :limit;

-- name: erasure_missing
SELECT c.id, 'rows', '0', '1' FROM customer c LEFT JOIN erasure e ON e.customer_id = c.id
 WHERE c.erased_at > 0 AND e.customer_id IS NULL ORDER BY c.id LIMIT :limit;
