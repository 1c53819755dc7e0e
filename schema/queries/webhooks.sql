-- name: insert_endpoint
INSERT INTO webhook_endpoint (id, shop_id, title, url, state, code, secret, old_secret, old_until, version, created_at)
VALUES (:id, :shop_id, :title, :url, :state, :code, :secret, :old_secret, :old_until, :version, :created_at);

-- name: endpoints
SELECT id, shop_id, title, url, state, code, secret, old_secret, old_until, version, created_at
  FROM webhook_endpoint ORDER BY created_at, id;

-- name: find_endpoint
SELECT id, shop_id, title, url, state, code, secret, old_secret, old_until, version, created_at
  FROM webhook_endpoint WHERE id = :id;

-- name: change_endpoint
UPDATE webhook_endpoint SET title = :title, url = :url, state = :state, code = :code, secret = :secret,
    old_secret = :old_secret, old_until = :old_until, version = :version + 1
 WHERE id = :id AND version = :version;

-- name: give_up
UPDATE webhook_endpoint SET state = 'given_up', code = :code, version = version + 1 WHERE id = :id AND state = 'active';

-- name: take_back
UPDATE webhook_endpoint SET state = 'active', code = '', version = version + 1 WHERE id = :id AND state = 'given_up';

-- name: delivered_since
SELECT id FROM outbox WHERE endpoint_id = :endpoint_id AND state = 'done' AND last_error = '' AND done_at >= :since
 ORDER BY id LIMIT 1;

-- name: fan_out
-- One delivery for each endpoint of the shop; a person has switched off the others.
INSERT INTO outbox (id, topic, payload, shop_id, case_id, connector_id, endpoint_id, state, due_at, attempts, lease_owner,
  lease_until, last_error, created_at, done_at)
SELECT CAST(:id AS TEXT) || '-' || e.id, 'webhook', CAST(:payload AS TEXT), e.shop_id, CAST(:case_id AS TEXT), NULL, e.id,
       'pending', CAST(:now AS BIGINT), 0, '', 0, '', CAST(:now AS BIGINT), 0
  FROM webhook_endpoint e WHERE e.shop_id = :shop_id AND e.state <> 'off' ORDER BY e.id;

-- name: insert_delivery
INSERT INTO outbox (id, topic, payload, shop_id, case_id, connector_id, endpoint_id, state, due_at, attempts, lease_owner,
  lease_until, last_error, created_at, done_at)
VALUES (:id, 'webhook', :payload, :shop_id, :case_id, NULL, :endpoint_id, 'pending', :now, 0, '', 0, '', :now, 0);

-- name: keep_body
UPDATE outbox SET body = :body, lease_until = :lease_until WHERE id = :id;

-- name: replay
-- From the start, with the body it had; not one that is on its way.
UPDATE outbox SET state = 'pending', due_at = :now, attempts = 0, answered = 0, last_error = 'replayed', lease_owner = '',
    lease_until = 0, done_at = 0
 WHERE id = :id AND endpoint_id IS NOT NULL AND state <> 'pending';

-- name: deliveries
SELECT o.id, o.payload, o.case_id, c.number AS case_number, o.state, o.attempts, o.last_error, o.due_at, o.created_at,
       o.done_at, o.body
  FROM outbox o LEFT JOIN support_case c ON c.id = o.case_id
 WHERE o.endpoint_id = :endpoint_id ORDER BY o.created_at DESC, o.id DESC LIMIT :limit;

-- name: delivery_counts
SELECT endpoint_id, state, COUNT(*) AS messages FROM outbox
 WHERE endpoint_id IS NOT NULL AND state IN ('pending', 'dead')
 GROUP BY endpoint_id, state ORDER BY endpoint_id, state;

-- name: forget_deliveries
DELETE FROM outbox WHERE id IN (
  SELECT id FROM outbox WHERE endpoint_id IS NOT NULL AND created_at < :before AND state = 'done' AND done_at < :before
   ORDER BY endpoint_id, created_at, id LIMIT :limit);
