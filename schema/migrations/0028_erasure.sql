-- What people wrote in an event (a topic, a summary) stands beside its payload and outside the chain: erasing it rewrites no event. JSON; empty:
-- nothing was written, or it was erased.
ALTER TABLE event ADD COLUMN words TEXT NOT NULL DEFAULT '';

-- Whose personal data are gone, why and by whom; the row of the customer stays as a pseudonym of orders and cases.
ALTER TABLE customer ADD COLUMN erased_at BIGINT NOT NULL DEFAULT 0;
CREATE TABLE erasure (
  customer_id TEXT NOT NULL PRIMARY KEY,
  shop_id TEXT NOT NULL REFERENCES shop(id),
  reason TEXT NOT NULL,
  erased_by TEXT,
  erased_at BIGINT NOT NULL
) /*STRICT*/;
CREATE INDEX erasure_shop ON erasure(shop_id, erased_at);

-- Numbers, names of accounts, phones and mails that must not come back with an old file: hashes under the installation's secret key.
CREATE TABLE erased_identity (
  shop_id TEXT NOT NULL REFERENCES shop(id),
  value_hash TEXT NOT NULL,
  erased_at BIGINT NOT NULL,
  PRIMARY KEY (shop_id, value_hash)
) /*STRICT, WITHOUT ROWID*/;
