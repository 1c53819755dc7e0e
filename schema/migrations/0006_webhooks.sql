-- Webhooks, goods that programs report, couriers' bookings, and which marketplace a case came from.

CREATE TABLE webhook_endpoint (
  id TEXT NOT NULL PRIMARY KEY,
  shop_id TEXT NOT NULL REFERENCES shop(id),
  title TEXT NOT NULL,
  url TEXT NOT NULL,
  state TEXT NOT NULL,
  code TEXT NOT NULL,         -- why it was given up
  secret TEXT NOT NULL,       -- sealed, like the next
  old_secret TEXT NOT NULL,   -- signs beside the new one until old_until
  old_until BIGINT NOT NULL,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL
) /*STRICT*/;
CREATE INDEX webhook_endpoint_shop ON webhook_endpoint(shop_id);

-- A delivery is an outbox row with an endpoint; its body is written with the first try and stays.
ALTER TABLE outbox ADD COLUMN endpoint_id TEXT;
ALTER TABLE outbox ADD COLUMN body TEXT NOT NULL DEFAULT '';
CREATE INDEX outbox_endpoint ON outbox(endpoint_id, created_at, id) WHERE endpoint_id IS NOT NULL;

-- Problems of goods that a program reported have no connector: connector_id is then 'api:' and the shop.
CREATE TABLE delivered_problem (
  connector_id TEXT NOT NULL,
  stream TEXT NOT NULL,
  external_id TEXT NOT NULL,
  code TEXT NOT NULL,
  item TEXT NOT NULL,
  case_id TEXT,
  at BIGINT NOT NULL,
  PRIMARY KEY (connector_id, stream, external_id)
) /*STRICT*/;
INSERT INTO delivered_problem (connector_id, stream, external_id, code, item, case_id, at)
SELECT connector_id, stream, external_id, code, item, case_id, at FROM connector_problem;
DROP TABLE connector_problem;
CREATE INDEX delivered_problem_at ON delivered_problem(connector_id, at);

ALTER TABLE operation ADD COLUMN booking_ref TEXT NOT NULL DEFAULT '';
ALTER TABLE operation ADD COLUMN waybill TEXT NOT NULL DEFAULT '';

ALTER TABLE support_case ADD COLUMN platform_state TEXT NOT NULL DEFAULT 'unknown';
CREATE INDEX support_case_platform ON support_case(shop_id, platform_external_ref) WHERE platform_external_ref <> '';
-- The marketplace connector that a case came from: what is decided goes back to it.
CREATE TABLE platform_case (
  case_id TEXT NOT NULL PRIMARY KEY REFERENCES support_case(id),
  connector_id TEXT NOT NULL
) /*STRICT*/;
