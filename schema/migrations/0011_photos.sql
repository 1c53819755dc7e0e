-- Photos that cases and parcels name. The files lie in the data folder under their hash. named_by: the case or parcel that names it
-- last; empty: nobody does (yet).
CREATE TABLE attachment (
  id TEXT NOT NULL PRIMARY KEY,
  shop_id TEXT NOT NULL REFERENCES shop(id),
  hash TEXT NOT NULL,
  type TEXT NOT NULL,
  bytes BIGINT NOT NULL,
  width BIGINT NOT NULL,
  height BIGINT NOT NULL,
  added_by TEXT NOT NULL,
  added_at BIGINT NOT NULL,
  named_by TEXT NOT NULL DEFAULT ''
) /*STRICT*/;
CREATE INDEX attachment_hash ON attachment(hash);
CREATE INDEX attachment_shop ON attachment(shop_id, id);
CREATE INDEX attachment_unnamed ON attachment(added_at) WHERE named_by = '';
