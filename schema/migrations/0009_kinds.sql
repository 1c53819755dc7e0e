-- Operations of every kind (after-sales.md section 3): refunds without a return, exchange, repair, reissue.

ALTER TABLE operation ADD COLUMN sub_kind TEXT NOT NULL DEFAULT 'none';
ALTER TABLE operation ADD COLUMN asked_minor BIGINT NOT NULL DEFAULT 0;
ALTER TABLE operation ADD COLUMN quote_replacement_minor BIGINT NOT NULL DEFAULT 0;
ALTER TABLE operation ADD COLUMN quote_collect_minor BIGINT NOT NULL DEFAULT 0;
ALTER TABLE operation ADD COLUMN settled_replacement_minor BIGINT NOT NULL DEFAULT 0;
ALTER TABLE operation ADD COLUMN settled_collect_minor BIGINT NOT NULL DEFAULT 0;
ALTER TABLE operation ADD COLUMN check_result TEXT NOT NULL DEFAULT 'none';
ALTER TABLE operation ADD COLUMN superseded_by TEXT;
ALTER TABLE operation ADD COLUMN stock TEXT NOT NULL DEFAULT 'none';
ALTER TABLE operation ADD COLUMN reserved_until BIGINT NOT NULL DEFAULT 0;
ALTER TABLE operation ADD COLUMN repair TEXT NOT NULL DEFAULT 'none';
ALTER TABLE operation ADD COLUMN warranty SMALLINT NOT NULL DEFAULT 0;
ALTER TABLE operation ADD COLUMN parts_minor BIGINT NOT NULL DEFAULT 0;
ALTER TABLE operation ADD COLUMN labour_minor BIGINT NOT NULL DEFAULT 0;
ALTER TABLE operation ADD COLUMN promised_at BIGINT NOT NULL DEFAULT 0;

ALTER TABLE operation_line ADD COLUMN kept BIGINT NOT NULL DEFAULT 0;
ALTER TABLE operation_line ADD COLUMN awaiting BIGINT NOT NULL DEFAULT 0;
ALTER TABLE operation_line ADD COLUMN replaced BIGINT NOT NULL DEFAULT 0;
ALTER TABLE operation_line ADD COLUMN new_sku TEXT NOT NULL DEFAULT '';
ALTER TABLE operation_line ADD COLUMN new_name TEXT NOT NULL DEFAULT '';
ALTER TABLE operation_line ADD COLUMN new_price_minor BIGINT NOT NULL DEFAULT 0;
ALTER TABLE operation_line ADD COLUMN even SMALLINT NOT NULL DEFAULT 0;

ALTER TABLE outbound_leg ADD COLUMN purpose TEXT NOT NULL DEFAULT 'send_back';
CREATE TABLE outbound_line (
  outbound_leg_id TEXT NOT NULL,
  operation_line_id TEXT NOT NULL,
  qty BIGINT NOT NULL,
  value_minor BIGINT NOT NULL,
  case_id TEXT NOT NULL REFERENCES support_case(id),
  PRIMARY KEY (outbound_leg_id, operation_line_id)
) /*STRICT*/;
CREATE INDEX outbound_line_case ON outbound_line(case_id);

-- Lines and payments with an origin are derived: an exchange made them.
ALTER TABLE order_line ADD COLUMN origin_leg_id TEXT;
ALTER TABLE order_line ADD COLUMN origin_line_id TEXT;
ALTER TABLE order_line ADD COLUMN window_from BIGINT NOT NULL DEFAULT 0;
ALTER TABLE payment ADD COLUMN origin_leg_id TEXT;
ALTER TABLE unit_ledger ADD COLUMN off_minor BIGINT NOT NULL DEFAULT 0;
