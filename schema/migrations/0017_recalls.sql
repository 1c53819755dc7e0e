-- Goods that come beside an operation's own units: called back, or lost ones that turned up. They have no lines.
ALTER TABLE inbound_leg ADD COLUMN purpose TEXT NOT NULL DEFAULT 'goods';
ALTER TABLE inbound_leg ADD COLUMN sku TEXT NOT NULL DEFAULT '';
ALTER TABLE inbound_leg ADD COLUMN name TEXT NOT NULL DEFAULT '';
ALTER TABLE inbound_leg ADD COLUMN qty BIGINT NOT NULL DEFAULT 0;
ALTER TABLE inbound_leg ADD COLUMN arrived BIGINT NOT NULL DEFAULT 0;
ALTER TABLE inbound_leg ADD COLUMN order_line_id TEXT;
ALTER TABLE inspection_record ADD COLUMN inbound_leg_id TEXT;

-- The warehouse's own id of what it was told to send.
ALTER TABLE outbound_leg ADD COLUMN order_ref TEXT NOT NULL DEFAULT '';

-- What a month's compensation comes to, where a policy has a budget for it.
CREATE INDEX operation_compensation ON operation(decided_at) WHERE sub_kind = 'goodwill';
