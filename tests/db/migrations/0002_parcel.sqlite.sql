CREATE TABLE parcel (
  id TEXT PRIMARY KEY, grade TEXT NOT NULL, units INTEGER NOT NULL, fragile INTEGER NOT NULL, note TEXT,
  quote_minor INTEGER NOT NULL, quote_currency TEXT NOT NULL, fee_minor INTEGER, fee_currency TEXT,
  sent_at INTEGER NOT NULL, owner_id TEXT
) STRICT;
