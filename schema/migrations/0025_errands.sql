-- Work that belongs to no case: what one person gives to another, to a department or to oneself.
CREATE TABLE errand (
  id TEXT NOT NULL PRIMARY KEY,
  shop_id TEXT NOT NULL,
  title TEXT NOT NULL,
  words TEXT NOT NULL,
  owner_id TEXT,
  department TEXT NOT NULL,
  asked_by TEXT,
  article_id TEXT,
  opened_at BIGINT NOT NULL,
  due_at BIGINT NOT NULL,
  state TEXT NOT NULL,
  result TEXT NOT NULL,
  finished_by TEXT,
  finished_at BIGINT NOT NULL,
  version BIGINT NOT NULL
) /*STRICT*/;
CREATE INDEX errand_shop ON errand(shop_id, state, due_at, id);
CREATE INDEX errand_owner ON errand(owner_id, due_at, id) WHERE state = 'open';

-- Open cases that a handover had no room for.
ALTER TABLE handover ADD COLUMN left_out BIGINT NOT NULL DEFAULT 0;

-- Lists of steps that people are led through: each start makes an errand of every step, all with one run.
CREATE TABLE training (
  id TEXT NOT NULL PRIMARY KEY,
  shop_id TEXT NOT NULL,
  title TEXT NOT NULL,
  steps TEXT NOT NULL,
  retired BIGINT NOT NULL,
  changed_by TEXT,
  changed_at BIGINT NOT NULL,
  version BIGINT NOT NULL
) /*STRICT*/;
CREATE INDEX training_shop ON training(shop_id, retired, title, id);
ALTER TABLE errand ADD COLUMN training_id TEXT;
ALTER TABLE errand ADD COLUMN run_id TEXT NOT NULL DEFAULT '';
ALTER TABLE errand ADD COLUMN step BIGINT NOT NULL DEFAULT 0;
CREATE INDEX errand_training ON errand(shop_id, opened_at, run_id, step) WHERE run_id <> '';
