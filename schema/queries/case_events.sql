-- name: insert_event
INSERT INTO event (stream, seq, type, at, actor_id, actor_role, payload, order_id, order_seq, prev_hash, hash, words)
VALUES (:stream, :seq, :type, :at, :actor_id, :actor_role, :payload, :order_id, :order_seq, :prev_hash, :hash, :words);

-- name: last_hash
SELECT hash FROM event WHERE stream = :stream AND seq = :seq;

-- name: events_after
SELECT e.seq, e.type, e.at, e.actor_id, s.name AS actor_name, e.actor_role, e.payload AS data, '' AS note, '' AS photo_ref, e.words
  FROM event e LEFT JOIN staff s ON s.id = e.actor_id
 WHERE e.stream = :stream AND e.seq > :after ORDER BY e.seq LIMIT 1000;

-- name: insert_note
INSERT INTO note (id, case_id, kind, author_id, body, at, photo_ref) VALUES (:id, :case_id, :kind, :author_id, :body, :at, :photo_ref);

-- name: notes_of_case
SELECT id, body, photo_ref FROM note WHERE case_id = :case_id ORDER BY at, id;

-- name: insert_effect
INSERT INTO outbox (id, topic, payload, shop_id, case_id, connector_id, state, due_at, attempts, lease_owner, lease_until,
  last_error, created_at, done_at)
VALUES (:id, :topic, :payload, :shop_id, :case_id, NULL, 'pending', :now, 0, '', 0, '', :now, 0);

-- name: stream_of
SELECT seq, type, at, actor_id, actor_role, payload, order_id, order_seq, prev_hash, hash, words
  FROM event WHERE stream = :stream ORDER BY seq;

-- name: orphan_streams
-- Streams whose case row is missing.
SELECT DISTINCT e.stream FROM event e LEFT JOIN support_case c ON c.id = e.stream WHERE c.id IS NULL ORDER BY e.stream LIMIT 100;

-- name: orphan_effects
SELECT b.id FROM outbox b LEFT JOIN support_case c ON c.id = b.case_id WHERE c.id IS NULL AND b.case_id <> '' ORDER BY b.id LIMIT 100;

-- name: orders_with_cases
SELECT DISTINCT order_id FROM support_case WHERE order_id > :after ORDER BY order_id LIMIT :limit;

-- name: cases_without_order
SELECT id FROM support_case WHERE order_id IS NULL AND id > :after ORDER BY id LIMIT :limit;

-- name: cases_of_order
SELECT id FROM support_case WHERE order_id = :order_id ORDER BY id;
