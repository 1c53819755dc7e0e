-- What a cut-off import needs to go on exactly where it stopped, and indexes for lists and for taking back.

ALTER TABLE import_run ADD COLUMN done_units BIGINT NOT NULL DEFAULT 0;
-- Of a file that the command line brought, and that only it can go on with; empty: the file was uploaded.
ALTER TABLE import_run ADD COLUMN content_hash TEXT NOT NULL DEFAULT '';

ALTER TABLE identity ADD COLUMN last4 TEXT NOT NULL DEFAULT '';
UPDATE identity SET last4 = substr(value, length(value) - 3) WHERE kind IN ('phone', 'order_phone') AND length(value) >= 7;
CREATE INDEX identity_last4 ON identity(last4, shop_id) WHERE last4 <> '';

CREATE INDEX customer_shop ON customer(shop_id, id);
CREATE INDEX imported_return_case ON imported_return(case_id);
