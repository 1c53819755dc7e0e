-- Tables of the db tests; a BIGINT in a remark stays.
CREATE TABLE thing (
  id TEXT PRIMARY KEY,
  label TEXT NOT NULL,
  weight BIGINT NOT NULL CONSTRAINT weight_range CHECK (weight >= 0),
  flag SMALLINT NOT NULL DEFAULT 0
) /*STRICT*/;
CREATE UNIQUE INDEX thing_label ON thing (label);
CREATE TABLE part (id TEXT PRIMARY KEY, thing_id TEXT NOT NULL REFERENCES thing (id)) /*STRICT*/;
CREATE TABLE idempotency (principal TEXT NOT NULL, key TEXT NOT NULL, PRIMARY KEY (principal, key)) /*STRICT*/;
