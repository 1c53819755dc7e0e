-- name: insert_connector
INSERT INTO connector (id, shop_id, plugin, title, enabled, settings, version, created_at)
VALUES (:id, :shop_id, :plugin, :title, :enabled, :settings, :version, :created_at);

-- name: connectors
SELECT id, shop_id, plugin, title, enabled, settings, version, created_at FROM connector ORDER BY created_at, id;

-- name: find_connector
SELECT id, shop_id, plugin, title, enabled, settings, version, created_at FROM connector WHERE id = :id;

-- name: change_connector
UPDATE connector SET title = :title, enabled = :enabled, settings = :settings, version = :version + 1
 WHERE id = :id AND version = :version;

-- name: dead_messages
SELECT o.id, o.topic, o.payload, o.shop_id, o.case_id, c.number AS case_number, o.attempts, o.last_error, o.done_at
  FROM outbox o JOIN support_case c ON c.id = o.case_id
 WHERE o.state = 'dead' AND o.connector_id = :connector_id ORDER BY o.done_at DESC, o.id LIMIT 200;

-- name: outbox_counts
SELECT connector_id, state, COUNT(*) AS messages FROM outbox
 WHERE state IN ('pending', 'dead') AND connector_id IS NOT NULL
 GROUP BY connector_id, state ORDER BY connector_id, state;
