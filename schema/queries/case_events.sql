-- name: insert_event
INSERT INTO event (stream, seq, type, at, actor_id, actor_role, payload, order_id, order_seq, prev_hash, hash)
VALUES (:stream, :seq, :type, :at, :actor_id, :actor_role, :payload, :order_id, :order_seq, :prev_hash, :hash);

-- name: last_hash
SELECT hash FROM event WHERE stream = :stream AND seq = :seq;

-- name: events_after
SELECT e.seq, e.type, e.at, e.actor_id, s.name AS actor_name, e.actor_role, e.payload AS data
  FROM event e LEFT JOIN staff s ON s.id = e.actor_id
 WHERE e.stream = :stream AND e.seq > :after ORDER BY e.seq LIMIT 1000;

-- name: insert_note
INSERT INTO note (id, case_id, kind, author_id, body, at) VALUES (:id, :case_id, :kind, :author_id, :body, :at);

-- name: notes_of_case
SELECT id, case_id, kind, author_id, body, at FROM note WHERE case_id = :case_id ORDER BY at, id;

-- name: insert_effect
INSERT INTO outbox (id, topic, payload, shop_id, case_id, connector_id, state, due_at, attempts, lease_owner, lease_until,
  last_error, created_at, done_at)
VALUES (:id, :topic, :payload, :shop_id, :case_id, NULL, 'pending', :now, 0, '', 0, '', :now, 0);
