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

-- name: platform_source
SELECT connector_id FROM platform_case WHERE case_id = :case_id;

-- name: put_platform_source
INSERT INTO platform_case (case_id, connector_id) VALUES (:case_id, :connector_id)
ON CONFLICT (case_id) DO UPDATE SET connector_id = excluded.connector_id;

-- name: case_of_after_sale
SELECT c.id AS case_id, o.id AS operation_id FROM support_case c LEFT JOIN operation o ON o.case_id = c.id
 WHERE c.shop_id = :shop_id AND c.platform_external_ref = :external_ref
   AND c.platform_external_ref <> ''
 ORDER BY c.opened_at DESC, c.id DESC, o.requested_at DESC, o.id DESC LIMIT 1;

-- name: write_backs
SELECT id, payload, state, last_error, attempts, CASE WHEN done_at > 0 THEN done_at ELSE due_at END AS at
  FROM outbox WHERE case_id = :case_id AND topic = 'tell_platform' ORDER BY created_at DESC, id DESC LIMIT 20;
