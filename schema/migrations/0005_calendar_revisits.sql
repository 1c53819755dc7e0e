-- Days off, revisit plans and their tasks, and what customers allowed.

-- Whose days off a shop keeps: a region of calendar_year; empty: the week alone.
ALTER TABLE shop ADD COLUMN calendar TEXT NOT NULL DEFAULT '';
UPDATE shop SET calendar = 'CN' WHERE zone IN ('Asia/Shanghai', 'Asia/Chongqing', 'Asia/Harbin', 'Asia/Urumqi', 'PRC');

-- The stamp is a hash of all days of the region: it changes with them, and equal stamps mean equal days.
CREATE TABLE calendar_region (
  region TEXT NOT NULL PRIMARY KEY,
  stamp TEXT NOT NULL
) /*STRICT*/;

CREATE TABLE calendar_year (
  region TEXT NOT NULL REFERENCES calendar_region(region),
  year BIGINT NOT NULL,
  version BIGINT NOT NULL,
  state TEXT NOT NULL,
  source TEXT NOT NULL,
  loaded_at BIGINT NOT NULL,
  PRIMARY KEY (region, year)
) /*STRICT*/;

-- `day` counts from 1970-01-01; works: a make-up day. A notice of one year may name days of the year before or after.
CREATE TABLE calendar_day_off (
  region TEXT NOT NULL,
  year BIGINT NOT NULL,
  day BIGINT NOT NULL,
  works SMALLINT NOT NULL,
  name TEXT NOT NULL,
  PRIMARY KEY (region, year, day)
) /*STRICT*/;
CREATE INDEX calendar_day_off_day ON calendar_day_off(region, day);

CREATE TABLE revisit_plan (
  id TEXT NOT NULL PRIMARY KEY,
  shop_id TEXT NOT NULL REFERENCES shop(id),
  version BIGINT NOT NULL,
  enabled SMALLINT NOT NULL,
  changed_by TEXT,
  changed_at BIGINT NOT NULL
) /*STRICT*/;
CREATE INDEX revisit_plan_shop ON revisit_plan(shop_id);

-- Never changed: a task keeps the version it was made under.
CREATE TABLE revisit_plan_terms (
  plan_id TEXT NOT NULL REFERENCES revisit_plan(id),
  version BIGINT NOT NULL,
  terms TEXT NOT NULL,
  PRIMARY KEY (plan_id, version)
) /*STRICT*/;

-- How far the horizon planner has come with an occasion. A pass is one day, plan version and calendar; occasion '': re-dating.
CREATE TABLE plan_watermark (
  plan_id TEXT NOT NULL REFERENCES revisit_plan(id),
  occasion TEXT NOT NULL,
  pass TEXT NOT NULL,
  after_id TEXT NOT NULL,
  done SMALLINT NOT NULL,
  PRIMARY KEY (plan_id, occasion)
) /*STRICT*/;

CREATE TABLE revisit_task (
  id TEXT NOT NULL PRIMARY KEY,
  shop_id TEXT NOT NULL REFERENCES shop(id),
  plan_id TEXT NOT NULL REFERENCES revisit_plan(id),
  plan_version BIGINT NOT NULL,
  occasion TEXT NOT NULL,
  customer_id TEXT NOT NULL REFERENCES customer(id),
  origin_customer_id TEXT NOT NULL,
  case_id TEXT,
  parent_id TEXT,
  state TEXT NOT NULL,
  reason TEXT NOT NULL,
  owner_id TEXT,
  anchor_day BIGINT NOT NULL,
  due_day BIGINT NOT NULL,
  due_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  moved SMALLINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  version BIGINT NOT NULL,
  UNIQUE (plan_id, occasion, customer_id)
) /*STRICT*/;
CREATE INDEX revisit_task_due ON revisit_task(state, due_at, id);
CREATE INDEX revisit_task_expiry ON revisit_task(state, expires_at, id);
CREATE INDEX revisit_task_shop ON revisit_task(shop_id, due_at, id);
CREATE INDEX revisit_task_state ON revisit_task(shop_id, state, due_at, id);
CREATE INDEX revisit_task_day ON revisit_task(shop_id, due_day, plan_id);
CREATE INDEX revisit_task_owner ON revisit_task(owner_id, state, due_at);
CREATE INDEX revisit_task_customer ON revisit_task(customer_id, due_at, id);
CREATE INDEX revisit_task_case ON revisit_task(case_id);

CREATE TABLE revisit_outcome (
  task_id TEXT NOT NULL PRIMARY KEY REFERENCES revisit_task(id),
  result TEXT NOT NULL,
  note TEXT NOT NULL,
  next_at BIGINT NOT NULL,
  agent_id TEXT,
  at BIGINT NOT NULL
) /*STRICT*/;

-- What a person allowed or forbade: append-only, the newest counts, a denial wins a tie.
CREATE TABLE consent_event (
  id TEXT NOT NULL PRIMARY KEY,
  customer_id TEXT NOT NULL REFERENCES customer(id),
  channel TEXT NOT NULL,
  purpose TEXT NOT NULL,
  state TEXT NOT NULL,
  source TEXT NOT NULL,
  agent_id TEXT,
  at BIGINT NOT NULL
) /*STRICT*/;
CREATE INDEX consent_event_customer ON consent_event(customer_id, purpose, at);
