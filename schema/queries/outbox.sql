-- name: claim
-- The due messages, leased to one owner. What a warehouse hears about a case it hears in order: a message waits while an
-- earlier one of the same case is still pending. The second pair of conditions makes it safe with many claimers; as it stands, no
-- index of states answers it, or SQLite would walk all that is pending instead of taking the few by their ids.
WITH due AS MATERIALIZED (
  SELECT o.id FROM outbox o
   WHERE o.state = 'pending' AND o.due_at <= :now AND o.lease_until < :now
     AND (o.topic NOT IN ('announce_return', 'update_return', 'cancel_return') OR NOT EXISTS (
       SELECT 1 FROM outbox e
        WHERE e.case_id = o.case_id AND e.state = 'pending'
          AND e.topic IN ('announce_return', 'update_return', 'cancel_return')
          AND (e.created_at, LENGTH(e.id), e.id) < (o.created_at, LENGTH(o.id), o.id)))
   ORDER BY o.due_at, o.id LIMIT :batch)
UPDATE outbox SET lease_owner = :owner, lease_until = :lease_until, attempts = attempts + 1
 WHERE id IN (SELECT id FROM due) AND COALESCE(state, '') = 'pending' AND lease_until < :now
RETURNING id, topic, payload, shop_id, case_id, connector_id, endpoint_id, state, due_at, attempts, answered, lease_owner,
  lease_until, last_error, body, created_at;

-- name: assign
-- The connector a claimed message goes to, and how long the claimer may hold it.
UPDATE outbox SET connector_id = :connector_id, lease_until = :lease_until WHERE id = :id;

-- name: find_message
SELECT id, topic, payload, shop_id, case_id, connector_id, endpoint_id, state, due_at, attempts, answered, lease_owner,
  lease_until, last_error, body, created_at
  FROM outbox WHERE id = :id;

-- name: finish
-- Only for whoever holds the lease: another claimer in between makes the count 0 and the change runs again.
UPDATE outbox SET state = :state, last_error = :last_error, answered = attempts, lease_owner = '', lease_until = 0,
    done_at = :now
 WHERE id = :id AND state = 'pending' AND lease_owner = :owner AND attempts = :attempts;

-- name: put_back
UPDATE outbox SET due_at = :due_at, last_error = :last_error, attempts = :attempts_after,
    answered = CASE WHEN :in_doubt = 1 THEN answered ELSE :attempts_after END, lease_owner = '', lease_until = 0
 WHERE id = :id AND state = 'pending' AND lease_owner = :owner AND attempts = :attempts;

-- name: return_unused
-- Claimed and not called: as if it had not been claimed.
UPDATE outbox SET due_at = :due_at, attempts = attempts - 1, lease_owner = '', lease_until = 0,
    last_error = CASE WHEN :note = '' THEN last_error ELSE :note END
 WHERE id = :id AND state = 'pending' AND lease_owner = :owner AND attempts = :attempts;

-- name: revive
UPDATE outbox SET state = 'pending', due_at = :now, attempts = 0, answered = 0, last_error = '', lease_owner = '',
    lease_until = 0, done_at = 0
 WHERE id = :id AND state = 'dead';

-- name: attempt_state
SELECT state FROM money_attempt WHERE id = :id;

-- name: next_due
-- When the next message can be claimed; leased ones when their lease ends.
SELECT MIN(CASE WHEN lease_until > due_at THEN lease_until ELSE due_at END) AS due_at FROM outbox WHERE state = 'pending';

-- name: connector_of
-- Who was given this very message before: whoever took a refund or a return is asked about it later.
SELECT connector_id FROM outbox
 WHERE case_id = :case_id AND topic = :topic AND payload = :payload AND connector_id IS NOT NULL
 ORDER BY created_at DESC, id DESC LIMIT 1;
