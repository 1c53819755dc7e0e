-- A policy belongs to the shop (channel '') or to one channel of it; a version ends where the next of its scope begins (0: open).
ALTER TABLE policy ADD COLUMN channel TEXT NOT NULL DEFAULT '';
ALTER TABLE policy ADD COLUMN valid_to BIGINT NOT NULL DEFAULT 0;
ALTER TABLE policy ADD COLUMN source TEXT NOT NULL DEFAULT '';
ALTER TABLE policy ADD COLUMN source_url TEXT NOT NULL DEFAULT '';
UPDATE policy SET valid_to = COALESCE((SELECT MIN(later.valid_from) FROM policy AS later
  WHERE later.shop_id = policy.shop_id AND later.version > policy.version), 0);

-- What a request found, kept for life: the fee of each line's goods, and what a lead let pass.
ALTER TABLE operation_line ADD COLUMN fee_bp BIGINT;
ALTER TABLE operation ADD COLUMN overridden TEXT NOT NULL DEFAULT 'none';
CREATE INDEX operation_overridden ON operation(policy_id, requested_at) WHERE overridden <> 'none';
CREATE INDEX operation_kept ON operation(case_id, decided_at) WHERE sub_kind = 'keep_goods';
