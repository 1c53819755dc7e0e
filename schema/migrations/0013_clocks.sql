-- Working hours, rosters, and clocks that say how far their running out was told.

-- A shop without a row works Monday to Friday 9:00 to 18:00, as all of them did before.
CREATE TABLE work_hours (
  shop_id TEXT NOT NULL REFERENCES shop(id),
  version BIGINT NOT NULL,
  hours TEXT NOT NULL,
  made_by TEXT,
  made_at BIGINT NOT NULL,
  PRIMARY KEY (shop_id, version)
) /*STRICT*/;

CREATE TABLE roster_shift (
  id TEXT NOT NULL PRIMARY KEY,
  shop_id TEXT NOT NULL REFERENCES shop(id),
  staff_id TEXT NOT NULL REFERENCES staff(id),
  team TEXT NOT NULL,
  from_at BIGINT NOT NULL,
  to_at BIGINT NOT NULL
) /*STRICT*/;
CREATE INDEX roster_shift_list ON roster_shift(shop_id, from_at);

ALTER TABLE clock ADD COLUMN promised_ms BIGINT NOT NULL DEFAULT 0;
ALTER TABLE clock ADD COLUMN level TEXT NOT NULL DEFAULT 'none';
ALTER TABLE clock ADD COLUMN policy_id TEXT;
-- A broken promise wakes once more: 0 is what never wakes.
UPDATE clock SET wake_at = 0 WHERE state <> 'running';
DROP INDEX clock_wake;
CREATE INDEX clock_wake ON clock(wake_at, id) WHERE wake_at > 0;
