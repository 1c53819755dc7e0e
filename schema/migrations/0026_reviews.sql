-- Reviews of buyers (评价). number: the marketplace's own, or made of what the file says, so that it lands once; rating 0: not said.
-- A row that is also told of in the person's timeline has a customer_note of the same id.
CREATE TABLE review (
  id TEXT NOT NULL PRIMARY KEY,
  shop_id TEXT NOT NULL REFERENCES shop(id),
  number TEXT NOT NULL,
  customer_id TEXT,
  order_id TEXT,
  sku TEXT NOT NULL,
  product TEXT NOT NULL,
  rating BIGINT NOT NULL,
  band TEXT NOT NULL,
  body TEXT NOT NULL,
  source TEXT NOT NULL,
  written_at BIGINT NOT NULL,
  recorded_at BIGINT NOT NULL,
  state TEXT NOT NULL,
  reply TEXT NOT NULL,
  case_id TEXT,
  reason TEXT NOT NULL,
  settled_by TEXT,
  settled_at BIGINT NOT NULL,
  version BIGINT NOT NULL
) /*STRICT*/;
CREATE UNIQUE INDEX review_number ON review(shop_id, number);
CREATE INDEX review_list ON review(shop_id, written_at, id);
CREATE INDEX review_state ON review(shop_id, state, written_at, id);
CREATE INDEX review_case ON review(case_id) WHERE case_id IS NOT NULL;
CREATE INDEX review_order ON review(order_id) WHERE order_id IS NOT NULL;
CREATE INDEX review_customer ON review(customer_id) WHERE customer_id IS NOT NULL;
