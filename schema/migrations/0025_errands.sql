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
