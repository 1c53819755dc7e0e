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

-- name: outbox_counts
SELECT connector_id, state, COUNT(*) AS messages FROM outbox
 WHERE state IN ('pending', 'dead') AND connector_id IS NOT NULL
 GROUP BY connector_id, state ORDER BY connector_id, state;
