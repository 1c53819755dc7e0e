-- Customers with provenance, addresses and shipments, products, search tokens, and imports that can be taken back.

-- What was said of one field by one source. The profile in `customer` is their fold (customers-and-revisits.md, section 1).
CREATE TABLE customer_fact (
  customer_id TEXT NOT NULL REFERENCES customer(id),
  field TEXT NOT NULL,
  source TEXT NOT NULL,
  value TEXT NOT NULL,
  observed_at BIGINT NOT NULL,
  verified SMALLINT NOT NULL,
  locked_by TEXT,
  PRIMARY KEY (customer_id, field, source)
) /*STRICT*/;

ALTER TABLE customer ADD COLUMN region TEXT NOT NULL DEFAULT '';
ALTER TABLE customer ADD COLUMN birthday TEXT NOT NULL DEFAULT '';
ALTER TABLE customer ADD COLUMN party TEXT NOT NULL DEFAULT 'person';
ALTER TABLE customer ADD COLUMN style TEXT NOT NULL DEFAULT '';

CREATE TABLE identity (
  id TEXT NOT NULL PRIMARY KEY,
  customer_id TEXT NOT NULL REFERENCES customer(id),
  shop_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  scope TEXT NOT NULL,
  value TEXT NOT NULL,
  strength TEXT NOT NULL,
  source TEXT NOT NULL,
  first_seen BIGINT NOT NULL,
  last_seen BIGINT NOT NULL,
  UNIQUE (customer_id, kind, scope, value)
) /*STRICT*/;
CREATE INDEX identity_value ON identity(shop_id, value, kind);

CREATE TABLE address (
  id TEXT NOT NULL PRIMARY KEY,
  customer_id TEXT NOT NULL REFERENCES customer(id),
  receiver TEXT NOT NULL,
  phone TEXT NOT NULL,
  country TEXT NOT NULL,
  province TEXT NOT NULL,
  city TEXT NOT NULL,
  district TEXT NOT NULL,
  street TEXT NOT NULL,
  source TEXT NOT NULL,
  last_used_at BIGINT NOT NULL
) /*STRICT*/;
CREATE INDEX address_customer ON address(customer_id);

CREATE TABLE customer_tag (
  customer_id TEXT NOT NULL REFERENCES customer(id),
  tag TEXT NOT NULL,
  added_by TEXT,
  at BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (customer_id, tag)
) /*STRICT*/;
CREATE INDEX customer_tag_tag ON customer_tag(tag, customer_id);

-- Notes, preferences, needs, special requests, contacts and reviews of a person, in words.
CREATE TABLE customer_note (
  id TEXT NOT NULL PRIMARY KEY,
  customer_id TEXT NOT NULL REFERENCES customer(id),
  kind TEXT NOT NULL,
  state TEXT NOT NULL,
  body TEXT NOT NULL,
  order_id TEXT,
  author_id TEXT,
  at BIGINT NOT NULL,
  version BIGINT NOT NULL
) /*STRICT*/;
CREATE INDEX customer_note_customer ON customer_note(customer_id, at, id);

-- Who saw which unmasked value, and why. Holds no value.
CREATE TABLE reveal (
  id TEXT NOT NULL PRIMARY KEY,
  customer_id TEXT NOT NULL REFERENCES customer(id),
  field TEXT NOT NULL,
  staff_id TEXT NOT NULL,
  reason TEXT NOT NULL,
  at BIGINT NOT NULL
) /*STRICT*/;
CREATE INDEX reveal_customer ON reveal(customer_id, at);
CREATE INDEX reveal_staff ON reveal(staff_id, at);

-- Facts from outside, as first imported.
CREATE TABLE shipment (
  id TEXT NOT NULL PRIMARY KEY,
  order_id TEXT NOT NULL REFERENCES sales_order(id),
  position BIGINT NOT NULL,
  carrier TEXT NOT NULL,
  tracking TEXT NOT NULL,
  shipped_at BIGINT NOT NULL,
  delivered_at BIGINT NOT NULL,
  address_id TEXT REFERENCES address(id)
) /*STRICT*/;
CREATE UNIQUE INDEX shipment_order ON shipment(order_id, position);
CREATE INDEX shipment_tracking ON shipment(tracking);
CREATE INDEX shipment_address ON shipment(address_id);
CREATE INDEX outbound_leg_tracking ON outbound_leg(tracking);

CREATE TABLE product (
  id TEXT NOT NULL PRIMARY KEY,
  shop_id TEXT NOT NULL REFERENCES shop(id),
  sku TEXT NOT NULL,
  name TEXT NOT NULL,
  spec TEXT NOT NULL,
  category TEXT NOT NULL,
  barcode TEXT NOT NULL,
  price_minor BIGINT NOT NULL,
  image_url TEXT NOT NULL,
  charge SMALLINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL
) /*STRICT*/;
CREATE UNIQUE INDEX product_sku ON product(shop_id, sku);

-- A product's names in the files it came from; `product.name` is the one used most.
CREATE TABLE product_name (
  product_id TEXT NOT NULL REFERENCES product(id),
  name TEXT NOT NULL,
  uses BIGINT NOT NULL,
  PRIMARY KEY (product_id, name)
) /*STRICT*/;
CREATE INDEX order_line_sku ON order_line(sku, order_id);

-- Pairs of Han characters and words of Latin letters: what a search inside names reads.
CREATE TABLE search_token (
  shop_id TEXT NOT NULL,
  token TEXT NOT NULL,
  kind TEXT NOT NULL,
  ref_id TEXT NOT NULL,
  PRIMARY KEY (shop_id, token, kind, ref_id)
) /*STRICT*/;
CREATE INDEX search_token_ref ON search_token(ref_id);

CREATE TABLE import_run (
  id TEXT NOT NULL PRIMARY KEY,
  shop_id TEXT NOT NULL REFERENCES shop(id),
  kind TEXT NOT NULL,
  state TEXT NOT NULL,
  file_name TEXT NOT NULL,
  bytes BIGINT NOT NULL,
  received BIGINT NOT NULL,
  options TEXT NOT NULL,
  preview TEXT NOT NULL,
  summary TEXT NOT NULL,
  done_bytes BIGINT NOT NULL,
  kept BIGINT NOT NULL,
  error TEXT NOT NULL,
  started_by TEXT,
  created_at BIGINT NOT NULL,
  started_at BIGINT NOT NULL,
  ended_at BIGINT NOT NULL,
  lease_until BIGINT NOT NULL,
  version BIGINT NOT NULL
) /*STRICT*/;
CREATE INDEX import_run_shop ON import_run(shop_id, created_at, id);
CREATE INDEX import_run_state ON import_run(state, lease_until);

-- What a run made, for taking it back. `stamp` is the thing's version then.
CREATE TABLE import_item (
  run_id TEXT NOT NULL REFERENCES import_run(id),
  seq BIGINT NOT NULL,
  kind TEXT NOT NULL,
  ref_id TEXT NOT NULL,
  stamp BIGINT NOT NULL,
  PRIMARY KEY (run_id, seq)
) /*STRICT*/;
CREATE INDEX import_item_ref ON import_item(ref_id, run_id);

-- Rows of a file that are no trade with a customer (write-offs, bad debt), kept as they were.
CREATE TABLE import_adjustment (
  run_id TEXT NOT NULL REFERENCES import_run(id),
  row_number BIGINT NOT NULL,
  reason TEXT NOT NULL,
  content TEXT NOT NULL,
  PRIMARY KEY (run_id, row_number)
) /*STRICT*/;
