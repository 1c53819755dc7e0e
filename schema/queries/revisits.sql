-- Revisit plans, their tasks, outcomes and consent. Lists are cut to the shops the caller may see.

-- name: insert_plan
INSERT INTO revisit_plan (id, shop_id, version, enabled, changed_by, changed_at)
VALUES (:id, :shop_id, :version, :enabled, :changed_by, :changed_at);

-- name: update_plan
UPDATE revisit_plan SET version = :version, enabled = :enabled, changed_by = :changed_by, changed_at = :changed_at WHERE id = :id;

-- name: insert_terms
INSERT INTO revisit_plan_terms (plan_id, version, terms) VALUES (:plan_id, :version, :terms);

-- name: plans
SELECT p.id, p.shop_id, p.version, p.enabled, p.changed_by, p.changed_at, t.terms
  FROM revisit_plan p JOIN revisit_plan_terms t ON t.plan_id = p.id AND t.version = p.version
 WHERE p.shop_id IN (:shops...) ORDER BY p.id;

-- name: enabled_plans
SELECT p.id, p.shop_id, p.version, p.enabled, p.changed_by, p.changed_at, t.terms
  FROM revisit_plan p JOIN revisit_plan_terms t ON t.plan_id = p.id AND t.version = p.version
 WHERE p.enabled = 1 ORDER BY p.id;

-- name: find_plan
SELECT p.id, p.shop_id, p.version, p.enabled, p.changed_by, p.changed_at, t.terms
  FROM revisit_plan p JOIN revisit_plan_terms t ON t.plan_id = p.id AND t.version = p.version
 WHERE p.id = :id;

-- name: hold_plan [sqlite]
SELECT id FROM revisit_plan WHERE id = :id;

-- name: hold_plan [postgres]
SELECT id FROM revisit_plan WHERE id = :id FOR UPDATE;

-- name: count_closings
SELECT count(*) FROM event WHERE stream = :case_id AND type LIKE 'case_closed/%';

-- name: insert_task
-- The unique key of plan, occasion and customer is what makes planning happen once.
INSERT INTO revisit_task
  (id, shop_id, plan_id, plan_version, occasion, customer_id, origin_customer_id, case_id, parent_id, state, reason, owner_id,
    anchor_day, due_day, due_at, expires_at, moved, created_at, changed_at, version)
VALUES
  (:id, :shop_id, :plan_id, :plan_version, :occasion, :customer_id, :origin_customer_id, :case_id, :parent_id, :state, :reason,
    :owner_id, :anchor_day, :due_day, :due_at, :expires_at, :moved, :created_at, :changed_at, :version)
ON CONFLICT (plan_id, occasion, customer_id) DO NOTHING;

-- name: find_task
SELECT id, shop_id, plan_id, plan_version, occasion, customer_id, origin_customer_id, case_id, parent_id, state, reason, owner_id,
  anchor_day, due_day, due_at, expires_at, moved, created_at, changed_at, version
  FROM revisit_task WHERE id = :id;

-- name: hold_task [sqlite]
SELECT id FROM revisit_task WHERE id = :id;

-- name: hold_task [postgres]
SELECT id FROM revisit_task WHERE id = :id FOR UPDATE;

-- name: update_task
UPDATE revisit_task SET plan_version = :plan_version, state = :state, reason = :reason, owner_id = :owner_id, due_day = :due_day,
  due_at = :due_at, expires_at = :expires_at, moved = :moved, changed_at = :changed_at, version = :version
 WHERE id = :id AND version = :version_before;

-- name: rows
SELECT t.id, t.shop_id, t.plan_id, t.plan_version, t.occasion, t.customer_id, t.origin_customer_id, t.case_id, t.parent_id, t.state,
  t.reason, t.owner_id, t.anchor_day, t.due_day, t.due_at, t.expires_at, t.moved, t.created_at, t.changed_at, t.version,
  COALESCE(NULLIF(cu.name, ''), cu.external_ref) AS customer_name, s.name AS owner_name, c.number AS case_number, o.result, o.note, o.at AS result_at, p.terms
  FROM revisit_task t JOIN revisit_plan_terms p ON p.plan_id = t.plan_id AND p.version = t.plan_version
  JOIN customer cu ON cu.id = t.customer_id LEFT JOIN staff s ON s.id = t.owner_id LEFT JOIN support_case c ON c.id = t.case_id
  LEFT JOIN revisit_outcome o ON o.task_id = t.id
 WHERE t.shop_id IN (:shops...) AND t.state IN (:states...)
   AND (CAST(:owner AS TEXT) IS NULL OR t.owner_id = :owner) AND (:unowned = 0 OR t.owner_id IS NULL)
   AND (CAST(:plan_id AS TEXT) IS NULL OR t.plan_id = :plan_id)
   AND t.due_day >= :from_day AND t.due_day <= :to_day AND (t.due_at, t.id) > (:after_at, :after_id)
 ORDER BY t.due_at, t.id LIMIT :limit;

-- name: rows_newest
SELECT t.id, t.shop_id, t.plan_id, t.plan_version, t.occasion, t.customer_id, t.origin_customer_id, t.case_id, t.parent_id, t.state,
  t.reason, t.owner_id, t.anchor_day, t.due_day, t.due_at, t.expires_at, t.moved, t.created_at, t.changed_at, t.version,
  COALESCE(NULLIF(cu.name, ''), cu.external_ref) AS customer_name, s.name AS owner_name, c.number AS case_number, o.result, o.note, o.at AS result_at, p.terms
  FROM revisit_task t JOIN revisit_plan_terms p ON p.plan_id = t.plan_id AND p.version = t.plan_version
  JOIN customer cu ON cu.id = t.customer_id LEFT JOIN staff s ON s.id = t.owner_id LEFT JOIN support_case c ON c.id = t.case_id
  LEFT JOIN revisit_outcome o ON o.task_id = t.id
 WHERE t.shop_id IN (:shops...) AND t.state IN (:states...)
   AND (CAST(:owner AS TEXT) IS NULL OR t.owner_id = :owner) AND (:unowned = 0 OR t.owner_id IS NULL)
   AND (CAST(:plan_id AS TEXT) IS NULL OR t.plan_id = :plan_id)
   AND t.due_day >= :from_day AND t.due_day <= :to_day AND (t.due_at, t.id) < (:after_at, :after_id)
 ORDER BY t.due_at DESC, t.id DESC LIMIT :limit;

-- name: rows_of
-- Of a customer, a case or an id, newest first. The first condition finds them by their indexes, the others say all that was asked.
SELECT t.id, t.shop_id, t.plan_id, t.plan_version, t.occasion, t.customer_id, t.origin_customer_id, t.case_id, t.parent_id, t.state,
  t.reason, t.owner_id, t.anchor_day, t.due_day, t.due_at, t.expires_at, t.moved, t.created_at, t.changed_at, t.version,
  COALESCE(NULLIF(cu.name, ''), cu.external_ref) AS customer_name, s.name AS owner_name, c.number AS case_number, o.result, o.note, o.at AS result_at, p.terms
  FROM revisit_task t JOIN revisit_plan_terms p ON p.plan_id = t.plan_id AND p.version = t.plan_version
  JOIN customer cu ON cu.id = t.customer_id LEFT JOIN staff s ON s.id = t.owner_id LEFT JOIN support_case c ON c.id = t.case_id
  LEFT JOIN revisit_outcome o ON o.task_id = t.id
 WHERE t.shop_id IN (:shops...) AND (t.customer_id = :customer_id OR t.case_id = :case_id OR t.id = :id) AND t.state IN (:states...)
   AND (CAST(:customer_id AS TEXT) IS NULL OR t.customer_id = :customer_id) AND (CAST(:case_id AS TEXT) IS NULL OR t.case_id = :case_id)
   AND (CAST(:id AS TEXT) IS NULL OR t.id = :id) AND (CAST(:owner AS TEXT) IS NULL OR t.owner_id = :owner)
   AND (:unowned = 0 OR t.owner_id IS NULL) AND (CAST(:plan_id AS TEXT) IS NULL OR t.plan_id = :plan_id)
   AND t.due_day >= :from_day AND t.due_day <= :to_day
   AND (t.due_at, t.id) < (:after_at, :after_id)
 ORDER BY t.due_at DESC, t.id DESC LIMIT :limit;

-- name: month
SELECT due_day, plan_id, count(*) AS tasks, SUM(CASE WHEN state IN ('planned', 'held', 'due') THEN 1 ELSE 0 END) AS open_tasks
  FROM revisit_task WHERE shop_id IN (:shops...) AND due_day >= :from_day AND due_day <= :to_day
   AND state NOT IN ('cancelled', 'superseded')
 GROUP BY due_day, plan_id ORDER BY due_day, plan_id;

-- name: counts
-- A festival may have planned a million: each is counted up to ten thousand.
SELECT (SELECT count(*) FROM (SELECT id FROM revisit_task WHERE shop_id IN (:shops...) AND state = 'due' AND owner_id = :me LIMIT 10000) AS a),
  (SELECT count(*) FROM (SELECT id FROM revisit_task WHERE shop_id IN (:shops...) AND state = 'due' LIMIT 10000) AS b),
  (SELECT count(*) FROM (SELECT id FROM revisit_task WHERE shop_id IN (:shops...) AND state = 'held' LIMIT 10000) AS c),
  (SELECT count(*) FROM (SELECT id FROM revisit_task WHERE shop_id IN (:shops...) AND state = 'planned' LIMIT 10000) AS d),
  (SELECT count(*) FROM (SELECT id FROM revisit_task WHERE shop_id IN (:shops...) AND state = 'due' AND owner_id IS NULL LIMIT 10000) AS e);

-- name: has_open_case
SELECT number FROM support_case WHERE customer_id = :customer_id AND status <> 'closed' ORDER BY opened_at, id LIMIT 1;

-- name: expire_tasks
-- By their ids: an index of states would lead through all that are open.
UPDATE revisit_task SET state = 'expired', changed_at = :now, version = version + 1
 WHERE COALESCE(state, '') IN ('planned', 'held', 'due') AND id IN (
   SELECT id FROM revisit_task WHERE state IN ('planned', 'held', 'due') AND expires_at <= :now ORDER BY expires_at, id LIMIT :limit)
RETURNING id, shop_id, version;

-- name: wake_tasks
-- Held while a case of the customer is open. A plan's greeting (and the call agreed in one) of somebody who wants none is skipped.
WITH woken AS MATERIALIZED (
  SELECT r.id, CASE WHEN p.terms LIKE '%"trigger":"holiday"%' AND
      (SELECT e.state FROM consent_event e WHERE e.customer_id = r.customer_id AND e.purpose = 'marketing'
        ORDER BY e.at DESC, CASE e.state WHEN 'granted' THEN 1 ELSE 0 END, e.id DESC LIMIT 1) IN ('denied', 'withdrawn') THEN 'skipped'
    WHEN EXISTS (SELECT 1 FROM support_case c WHERE c.customer_id = r.customer_id AND c.status <> 'closed') THEN 'held'
    ELSE 'due' END AS state
    FROM revisit_task r JOIN revisit_plan_terms p ON p.plan_id = r.plan_id AND p.version = r.plan_version
   WHERE r.state = 'planned' AND r.due_at <= :now ORDER BY r.due_at, r.id LIMIT :limit)
UPDATE revisit_task SET changed_at = :now, version = version + 1, state = w.state,
    reason = CASE w.state WHEN 'skipped' THEN 'opted_out' ELSE reason END
  FROM woken w WHERE revisit_task.id = w.id AND revisit_task.state = 'planned'
RETURNING revisit_task.id, revisit_task.shop_id, revisit_task.version;

-- name: unsettled_tasks
SELECT t.id FROM revisit_task t
 WHERE t.state IN ('due', 'held') AND (t.state = 'held') <> EXISTS (
   SELECT 1 FROM support_case c WHERE c.customer_id = t.customer_id AND c.status <> 'closed')
 ORDER BY t.due_at, t.id LIMIT :limit;

-- name: settle_tasks
UPDATE revisit_task SET changed_at = :now, version = version + 1, state = CASE state WHEN 'due' THEN 'held' ELSE 'due' END
 WHERE id IN (:ids...) AND COALESCE(state, '') IN ('due', 'held') AND (state = 'held') <> EXISTS (
   SELECT 1 FROM support_case c WHERE c.customer_id = revisit_task.customer_id AND c.status <> 'closed')
RETURNING id, shop_id, version;

-- name: hold_of_customer
UPDATE revisit_task SET state = 'held', changed_at = :now, version = version + 1 WHERE customer_id = :customer_id AND state = 'due'
RETURNING id, shop_id, version;

-- name: release_of_customer
UPDATE revisit_task SET state = 'due', changed_at = :now, version = version + 1
 WHERE customer_id = :customer_id AND state = 'held' AND NOT EXISTS (
   SELECT 1 FROM support_case c WHERE c.customer_id = :customer_id AND c.status <> 'closed')
RETURNING id, shop_id, version;

-- name: supersede_of_case
-- A case that was opened again and closed once more is a new occasion; what was planned for the earlier closing is over.
UPDATE revisit_task SET state = 'superseded', changed_at = :now, version = version + 1
 WHERE case_id = :case_id AND parent_id IS NULL AND state IN ('planned', 'held', 'due') AND occasion <> :occasion
RETURNING id, shop_id, version;

-- name: skip_of_customer
-- Greetings of somebody who opted out, and calls agreed in them.
UPDATE revisit_task SET state = 'skipped', reason = :reason, changed_at = :now, version = version + 1
 WHERE customer_id = :customer_id AND state IN ('planned', 'held', 'due') AND EXISTS (
   SELECT 1 FROM revisit_plan_terms p
    WHERE p.plan_id = revisit_task.plan_id AND p.version = revisit_task.plan_version AND p.terms LIKE '%"trigger":"holiday"%')
RETURNING id, shop_id, version;

-- name: cancel_of_plan
UPDATE revisit_task SET state = 'cancelled', reason = 'plan_disabled', changed_at = :now, version = version + 1
 WHERE plan_id = :plan_id AND state = 'planned';

-- name: revive_of_plan
UPDATE revisit_task SET state = 'planned', reason = '', changed_at = :now, version = version + 1
 WHERE plan_id = :plan_id AND state = 'cancelled' AND reason = 'plan_disabled' AND expires_at > :now
   AND (:greets = 0 OR COALESCE((
     SELECT e.state FROM consent_event e WHERE e.customer_id = revisit_task.customer_id AND e.purpose = 'marketing'
      ORDER BY e.at DESC, CASE e.state WHEN 'granted' THEN 1 ELSE 0 END, e.id DESC LIMIT 1), '') NOT IN ('denied', 'withdrawn'));

-- name: revive_tagged
UPDATE revisit_task SET state = 'planned', reason = '', changed_at = :now, version = version + 1
 WHERE plan_id = :plan_id AND occasion = :occasion AND state = 'cancelled' AND reason = 'tag_removed' AND expires_at > :now
   AND customer_id IN (SELECT t.customer_id FROM customer_tag t WHERE t.tag = :tag);

-- name: has_tag
SELECT tag FROM customer_tag WHERE customer_id = :customer_id AND tag = :tag;

-- name: find_watermark
SELECT pass, after_id, done FROM plan_watermark WHERE plan_id = :plan_id AND occasion = :occasion;

-- name: put_watermark
INSERT INTO plan_watermark (plan_id, occasion, pass, after_id, done) VALUES (:plan_id, :occasion, :pass, :after_id, :done)
ON CONFLICT (plan_id, occasion) DO UPDATE SET pass = excluded.pass, after_id = excluded.after_id, done = excluded.done;

-- name: tagged
-- The next customers of a tag with whether they have this task and what they last said of marketing.
SELECT t.customer_id,
  CASE WHEN EXISTS (SELECT 1 FROM revisit_task r WHERE r.plan_id = :plan_id AND r.occasion = :occasion AND r.customer_id = t.customer_id)
    THEN 1 ELSE 0 END AS planned,
  (SELECT e.state FROM consent_event e WHERE e.customer_id = t.customer_id AND e.purpose = 'marketing'
    ORDER BY e.at DESC, CASE e.state WHEN 'granted' THEN 1 ELSE 0 END, e.id DESC LIMIT 1) AS consent
  FROM customer_tag t JOIN customer c ON c.id = t.customer_id
 WHERE t.tag = :tag AND c.shop_id = :shop_id AND t.customer_id > :after_id ORDER BY t.customer_id LIMIT :limit;

-- name: count_tagged
SELECT count(*) FROM customer_tag t JOIN customer c ON c.id = t.customer_id WHERE t.tag = :tag AND c.shop_id = :shop_id;

-- name: planned_of_plan
-- Tasks whose date the plan and the calendar still decide.
SELECT id, shop_id, plan_id, plan_version, occasion, customer_id, origin_customer_id, case_id, parent_id, state, reason, owner_id,
  anchor_day, due_day, due_at, expires_at, moved, created_at, changed_at, version
  FROM revisit_task WHERE plan_id = :plan_id AND state = 'planned' AND moved = 0 AND parent_id IS NULL AND id > :after_id
 ORDER BY id LIMIT :limit;

-- name: put_outcome
INSERT INTO revisit_outcome (task_id, result, note, next_at, agent_id, at) VALUES (:task_id, :result, :note, :next_at, :agent_id, :at);

-- name: insert_consent
INSERT INTO consent_event (id, customer_id, channel, purpose, state, source, agent_id, at)
VALUES (:id, :customer_id, :channel, :purpose, :state, :source, :agent_id, :at);
