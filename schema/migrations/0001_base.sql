-- The first schema. Times are milliseconds UTC, money is minor units; 0 in a time column means "not yet".

CREATE TABLE counter (
  name TEXT NOT NULL PRIMARY KEY,
  value BIGINT NOT NULL
) /*STRICT*/;
INSERT INTO counter (name, value) VALUES ('case_number', 20000);

CREATE TABLE shop (
  id TEXT NOT NULL PRIMARY KEY,
  code TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  currency TEXT NOT NULL,
  zone TEXT NOT NULL,
  created_at BIGINT NOT NULL
) /*STRICT*/;

-- roles and shops are JSON lists of words and ids: read whole, never searched.
CREATE TABLE staff (
  id TEXT NOT NULL PRIMARY KEY,
  login TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  password_hash TEXT NOT NULL,
  roles TEXT NOT NULL,
  shops TEXT NOT NULL,
  active SMALLINT NOT NULL,
  created_at BIGINT NOT NULL
) /*STRICT*/;

CREATE TABLE login_session (
  secret_hash TEXT NOT NULL PRIMARY KEY,
  staff_id TEXT NOT NULL REFERENCES staff(id),
  csrf_token TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL
) /*STRICT*/;
CREATE INDEX login_session_expires ON login_session(expires_at);

CREATE TABLE login_failure (
  login TEXT NOT NULL,
  address TEXT NOT NULL,
  at BIGINT NOT NULL
) /*STRICT*/;
CREATE INDEX login_failure_at ON login_failure(login, at);

CREATE TABLE api_token (
  id TEXT NOT NULL PRIMARY KEY,
  name TEXT NOT NULL,
  secret_hash TEXT NOT NULL UNIQUE,
  roles TEXT NOT NULL,
  shops TEXT NOT NULL,
  created_by TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  revoked_at BIGINT NOT NULL
) /*STRICT*/;

CREATE TABLE idempotency (
  principal TEXT NOT NULL,
  key TEXT NOT NULL,
  body_hash TEXT NOT NULL,
  answer TEXT NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (principal, key)
) /*STRICT*/;
CREATE INDEX idempotency_at ON idempotency(at);

CREATE TABLE policy (
  id TEXT NOT NULL PRIMARY KEY,
  shop_id TEXT NOT NULL REFERENCES shop(id),
  version BIGINT NOT NULL,
  valid_from BIGINT NOT NULL,
  terms TEXT NOT NULL,
  made_by TEXT,
  UNIQUE (shop_id, version)
) /*STRICT*/;

-- Facts from outside, as first imported.

CREATE TABLE customer (
  id TEXT NOT NULL PRIMARY KEY,
  shop_id TEXT NOT NULL REFERENCES shop(id),
  external_ref TEXT,
  name TEXT NOT NULL,
  phone TEXT NOT NULL,
  email TEXT NOT NULL,
  country TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  phone_last4 TEXT NOT NULL
) /*STRICT*/;
CREATE UNIQUE INDEX customer_ref ON customer(shop_id, external_ref);
CREATE INDEX customer_name ON customer(shop_id, name);
CREATE INDEX customer_last4 ON customer(phone_last4);

CREATE TABLE sales_order (
  id TEXT NOT NULL PRIMARY KEY,
  shop_id TEXT NOT NULL REFERENCES shop(id),
  number TEXT NOT NULL,
  customer_id TEXT REFERENCES customer(id),
  currency TEXT NOT NULL,
  goods_minor BIGINT NOT NULL,
  discount_minor BIGINT NOT NULL,
  shipping_minor BIGINT NOT NULL,
  total_minor BIGINT NOT NULL,
  channel TEXT NOT NULL,
  placed_at BIGINT NOT NULL,
  paid_at BIGINT NOT NULL,
  delivered_at BIGINT NOT NULL
) /*STRICT*/;
CREATE UNIQUE INDEX sales_order_number ON sales_order(shop_id, number);
CREATE INDEX sales_order_placed ON sales_order(shop_id, placed_at, id);
CREATE INDEX sales_order_customer ON sales_order(customer_id, placed_at, id);

CREATE TABLE order_line (
  id TEXT NOT NULL PRIMARY KEY,
  order_id TEXT NOT NULL REFERENCES sales_order(id),
  position BIGINT NOT NULL,
  sku TEXT NOT NULL,
  name TEXT NOT NULL,
  qty BIGINT NOT NULL,
  unit_price_minor BIGINT NOT NULL,
  discount_minor BIGINT NOT NULL,
  allocated_minor BIGINT NOT NULL,
  shipped_qty BIGINT NOT NULL,
  delivered_qty BIGINT NOT NULL
) /*STRICT*/;
CREATE UNIQUE INDEX order_line_order ON order_line(order_id, position);

CREATE TABLE payment (
  id TEXT NOT NULL PRIMARY KEY,
  order_id TEXT NOT NULL REFERENCES sales_order(id),
  position BIGINT NOT NULL,
  provider TEXT NOT NULL,
  reference TEXT NOT NULL,
  captured_minor BIGINT NOT NULL,
  currency TEXT NOT NULL,
  captured_at BIGINT NOT NULL
) /*STRICT*/;
CREATE UNIQUE INDEX payment_order ON payment(order_id, position);

-- Ledgers of an order: rows appear with the first event that moves it; before, they equal opening(facts).

CREATE TABLE order_ledger (
  order_id TEXT NOT NULL PRIMARY KEY REFERENCES sales_order(id),
  seq BIGINT NOT NULL,
  shipping_refunded SMALLINT NOT NULL
) /*STRICT*/;

CREATE TABLE unit_ledger (
  order_line_id TEXT NOT NULL REFERENCES order_line(id),
  first BIGINT NOT NULL,
  qty BIGINT NOT NULL,
  bucket TEXT NOT NULL,
  held_by TEXT,
  order_id TEXT NOT NULL,
  PRIMARY KEY (order_line_id, first)
) /*STRICT*/;
CREATE INDEX unit_ledger_order ON unit_ledger(order_id);

CREATE TABLE money_ledger (
  payment_id TEXT NOT NULL PRIMARY KEY REFERENCES payment(id),
  captured_minor BIGINT NOT NULL,
  promised_minor BIGINT NOT NULL,
  in_flight_minor BIGINT NOT NULL,
  refunded_minor BIGINT NOT NULL,
  order_id TEXT NOT NULL
) /*STRICT*/;
CREATE INDEX money_ledger_order ON money_ledger(order_id);

-- Derived: written only from domain::apply; may be dropped and rebuilt from events and facts.

CREATE TABLE support_case (
  id TEXT NOT NULL PRIMARY KEY,
  shop_id TEXT NOT NULL,
  number TEXT NOT NULL,
  kind TEXT NOT NULL,
  status TEXT NOT NULL,
  channel TEXT NOT NULL,
  customer_id TEXT,
  order_id TEXT,
  owner_id TEXT,
  topic TEXT NOT NULL,
  header TEXT NOT NULL,
  amount_minor BIGINT NOT NULL,
  currency TEXT NOT NULL,
  due_at BIGINT NOT NULL,
  cause_code TEXT NOT NULL,
  responsibility TEXT NOT NULL,
  summary TEXT NOT NULL,
  version BIGINT NOT NULL,
  opened_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  closed_at BIGINT NOT NULL,
  due_sort BIGINT NOT NULL
) /*STRICT*/;

CREATE TABLE operation (
  id TEXT NOT NULL PRIMARY KEY,
  case_id TEXT NOT NULL REFERENCES support_case(id),
  order_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  decision TEXT NOT NULL,
  header TEXT NOT NULL,
  reason TEXT NOT NULL,
  fault TEXT NOT NULL,
  policy_id TEXT,
  quote_goods_minor BIGINT NOT NULL,
  quote_shipping_minor BIGINT NOT NULL,
  quote_return_shipping_minor BIGINT NOT NULL,
  quote_fee_minor BIGINT NOT NULL,
  quote_deduction_minor BIGINT NOT NULL,
  quote_net_minor BIGINT NOT NULL,
  settled_goods_minor BIGINT NOT NULL,
  settled_shipping_minor BIGINT NOT NULL,
  settled_return_shipping_minor BIGINT NOT NULL,
  settled_fee_minor BIGINT NOT NULL,
  settled_deduction_minor BIGINT NOT NULL,
  settled_net_minor BIGINT NOT NULL,
  currency TEXT NOT NULL,
  maker_id TEXT,
  approver_id TEXT,
  window_overridden SMALLINT NOT NULL,
  instant_refund SMALLINT NOT NULL,
  advanced_minor BIGINT NOT NULL,
  dispute TEXT NOT NULL,
  reject_code TEXT NOT NULL,
  appeals BIGINT NOT NULL,
  escalation BIGINT NOT NULL,
  requested_at BIGINT NOT NULL,
  decided_at BIGINT NOT NULL,
  ship_by_at BIGINT NOT NULL,
  settled_at BIGINT NOT NULL,
  ended_at BIGINT NOT NULL,
  return_ref TEXT NOT NULL
) /*STRICT*/;

CREATE TABLE operation_line (
  id TEXT NOT NULL PRIMARY KEY,
  operation_id TEXT NOT NULL,
  order_line_id TEXT NOT NULL,
  qty BIGINT NOT NULL,
  released BIGINT NOT NULL,
  shipped BIGINT NOT NULL,
  arrived BIGINT NOT NULL,
  missing BIGINT NOT NULL,
  lost BIGINT NOT NULL,
  inspected BIGINT NOT NULL,
  disputed BIGINT NOT NULL,
  accepted BIGINT NOT NULL,
  written_off BIGINT NOT NULL,
  sent_back BIGINT NOT NULL,
  goods_minor BIGINT NOT NULL,
  case_id TEXT NOT NULL REFERENCES support_case(id)
) /*STRICT*/;

CREATE TABLE inbound_leg (
  id TEXT NOT NULL PRIMARY KEY,
  operation_id TEXT NOT NULL,
  state TEXT NOT NULL,
  carrier TEXT NOT NULL,
  tracking TEXT NOT NULL,
  receipts TEXT NOT NULL,
  shipped_at BIGINT NOT NULL,
  arrived_at BIGINT NOT NULL,
  case_id TEXT NOT NULL REFERENCES support_case(id)
) /*STRICT*/;

CREATE TABLE inbound_line (
  inbound_leg_id TEXT NOT NULL,
  operation_line_id TEXT NOT NULL,
  qty BIGINT NOT NULL,
  arrived BIGINT NOT NULL,
  case_id TEXT NOT NULL REFERENCES support_case(id),
  PRIMARY KEY (inbound_leg_id, operation_line_id)
) /*STRICT*/;

CREATE TABLE inspection_record (
  id TEXT NOT NULL PRIMARY KEY,
  operation_id TEXT NOT NULL,
  operation_line_id TEXT NOT NULL,
  qty BIGINT NOT NULL,
  grade TEXT NOT NULL,
  disposition TEXT NOT NULL,
  photo_ref TEXT NOT NULL,
  external_id TEXT NOT NULL,
  inspector TEXT NOT NULL,
  at BIGINT NOT NULL,
  case_id TEXT NOT NULL REFERENCES support_case(id)
) /*STRICT*/;

CREATE TABLE money_leg (
  id TEXT NOT NULL PRIMARY KEY,
  operation_id TEXT NOT NULL,
  payment_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  state TEXT NOT NULL,
  amount_minor BIGINT NOT NULL,
  currency TEXT NOT NULL,
  changed_at BIGINT NOT NULL,
  case_id TEXT NOT NULL REFERENCES support_case(id)
) /*STRICT*/;

CREATE TABLE money_attempt (
  id TEXT NOT NULL PRIMARY KEY,
  money_leg_id TEXT NOT NULL,
  state TEXT NOT NULL,
  submitted_by TEXT,
  provider_ref TEXT NOT NULL,
  code TEXT NOT NULL,
  submitted_at BIGINT NOT NULL,
  resolved_at BIGINT NOT NULL,
  case_id TEXT NOT NULL REFERENCES support_case(id)
) /*STRICT*/;

CREATE TABLE outbound_leg (
  id TEXT NOT NULL PRIMARY KEY,
  operation_id TEXT NOT NULL,
  state TEXT NOT NULL,
  carrier TEXT NOT NULL,
  tracking TEXT NOT NULL,
  dispatched_at BIGINT NOT NULL,
  delivered_at BIGINT NOT NULL,
  case_id TEXT NOT NULL REFERENCES support_case(id)
) /*STRICT*/;

CREATE TABLE clock (
  id TEXT NOT NULL PRIMARY KEY,
  case_id TEXT NOT NULL REFERENCES support_case(id),
  operation_id TEXT,
  kind TEXT NOT NULL,
  state TEXT NOT NULL,
  started_at BIGINT NOT NULL,
  due_at BIGINT NOT NULL,
  remaining_ms BIGINT NOT NULL,
  step BIGINT NOT NULL,
  ended_at BIGINT NOT NULL
) /*STRICT*/;

CREATE TABLE task (
  id TEXT NOT NULL PRIMARY KEY,
  case_id TEXT NOT NULL REFERENCES support_case(id),
  operation_id TEXT,
  department TEXT NOT NULL,
  state TEXT NOT NULL,
  code TEXT NOT NULL,
  opened_at BIGINT NOT NULL,
  due_at BIGINT NOT NULL,
  done_at BIGINT NOT NULL
) /*STRICT*/;

CREATE UNIQUE INDEX support_case_number ON support_case(number);
CREATE INDEX support_case_due ON support_case(shop_id, status, due_sort, id);
CREATE INDEX support_case_changed ON support_case(shop_id, changed_at, id);
CREATE INDEX support_case_owner ON support_case(owner_id, status, due_sort, id);
CREATE INDEX support_case_order ON support_case(order_id);
CREATE INDEX support_case_customer ON support_case(customer_id, opened_at, id);
CREATE INDEX operation_case ON operation(case_id);
CREATE INDEX operation_line_case ON operation_line(case_id);
CREATE INDEX inbound_leg_case ON inbound_leg(case_id);
CREATE INDEX inbound_leg_tracking ON inbound_leg(tracking);
CREATE INDEX inbound_line_case ON inbound_line(case_id);
CREATE INDEX inspection_record_case ON inspection_record(case_id);
CREATE INDEX money_leg_case ON money_leg(case_id);
CREATE INDEX money_leg_state ON money_leg(state, changed_at, id);
CREATE INDEX money_attempt_case ON money_attempt(case_id);
CREATE INDEX outbound_leg_case ON outbound_leg(case_id);
CREATE INDEX clock_case ON clock(case_id);
CREATE INDEX clock_due ON clock(state, due_at, id);
CREATE INDEX task_case ON task(case_id);
CREATE INDEX task_open ON task(state, due_at, id);

-- True: append-only.

CREATE TABLE event (
  stream TEXT NOT NULL,
  seq BIGINT NOT NULL,
  type TEXT NOT NULL,
  at BIGINT NOT NULL,
  actor_id TEXT,
  actor_role TEXT NOT NULL,
  payload TEXT NOT NULL,
  order_id TEXT,
  order_seq BIGINT,
  prev_hash TEXT NOT NULL,
  hash TEXT NOT NULL,
  PRIMARY KEY (stream, seq)
) /*STRICT*/;
CREATE UNIQUE INDEX event_order ON event(order_id, order_seq);

CREATE TABLE note (
  id TEXT NOT NULL PRIMARY KEY,
  case_id TEXT NOT NULL REFERENCES support_case(id),
  kind TEXT NOT NULL,
  author_id TEXT,
  body TEXT NOT NULL,
  at BIGINT NOT NULL
) /*STRICT*/;
CREATE INDEX note_case ON note(case_id, at, id);

-- Which cancellations of a shop's files are here already (machinery of the importer).
CREATE TABLE imported_return (
  shop_id TEXT NOT NULL REFERENCES shop(id),
  number TEXT NOT NULL,
  case_id TEXT NOT NULL REFERENCES support_case(id),
  PRIMARY KEY (shop_id, number)
) /*STRICT*/;

-- Connectors and the outbox.

CREATE TABLE connector (
  id TEXT NOT NULL PRIMARY KEY,
  shop_id TEXT NOT NULL REFERENCES shop(id),
  plugin TEXT NOT NULL,
  title TEXT NOT NULL,
  enabled SMALLINT NOT NULL,
  settings TEXT NOT NULL,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL
) /*STRICT*/;
CREATE INDEX connector_shop ON connector(shop_id);

CREATE TABLE connector_cursor (
  connector_id TEXT NOT NULL REFERENCES connector(id),
  stream TEXT NOT NULL,
  cursor TEXT NOT NULL,
  changed_at BIGINT NOT NULL,
  PRIMARY KEY (connector_id, stream)
) /*STRICT*/;

CREATE TABLE outbox (
  id TEXT NOT NULL PRIMARY KEY,
  topic TEXT NOT NULL,
  payload TEXT NOT NULL,
  shop_id TEXT NOT NULL,
  case_id TEXT NOT NULL,
  connector_id TEXT,
  state TEXT NOT NULL,
  due_at BIGINT NOT NULL,
  attempts BIGINT NOT NULL,
  lease_owner TEXT NOT NULL,
  lease_until BIGINT NOT NULL,
  last_error TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  done_at BIGINT NOT NULL,
  answered BIGINT NOT NULL DEFAULT 0  -- the last attempt whose outcome was recorded; less than attempts: perhaps it was done
) /*STRICT*/;
CREATE INDEX outbox_due ON outbox(state, due_at, id);
CREATE INDEX outbox_case ON outbox(case_id);

-- What a connector delivered and nobody could use: kept until the same item is taken after all.
CREATE TABLE connector_problem (
  connector_id TEXT NOT NULL REFERENCES connector(id),
  stream TEXT NOT NULL,
  external_id TEXT NOT NULL,
  code TEXT NOT NULL,
  item TEXT NOT NULL,
  case_id TEXT,
  at BIGINT NOT NULL,
  PRIMARY KEY (connector_id, stream, external_id)
) /*STRICT*/;
CREATE INDEX connector_problem_at ON connector_problem(connector_id, at);
