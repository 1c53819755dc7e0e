CREATE TABLE parcel (
  id TEXT PRIMARY KEY, grade TEXT NOT NULL, units INTEGER NOT NULL, fragile SMALLINT NOT NULL, note TEXT,
  quote_minor BIGINT NOT NULL, quote_currency TEXT NOT NULL, fee_minor BIGINT, fee_currency TEXT,
  sent_at BIGINT NOT NULL, owner_id TEXT
);
