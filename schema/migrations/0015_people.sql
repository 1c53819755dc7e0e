-- Cases that belong together, acts that wait for somebody who may do more, and what one shift hands to the next.

-- `case_id` stands to `other_id` as `relation` says; one row a pair.
CREATE TABLE case_link (
  case_id TEXT NOT NULL,
  other_id TEXT NOT NULL,
  shop_id TEXT NOT NULL REFERENCES shop(id),
  relation TEXT NOT NULL,
  linked_by TEXT,
  linked_at BIGINT NOT NULL,
  PRIMARY KEY (case_id, other_id)
) /*STRICT*/;
CREATE INDEX case_link_other ON case_link(other_id, case_id);

-- `case_id` goes on in `into_id`; gone again when it is undone. was: its matter before, into_version: of the target after it.
CREATE TABLE case_merge (
  case_id TEXT NOT NULL PRIMARY KEY,
  into_id TEXT NOT NULL,
  shop_id TEXT NOT NULL REFERENCES shop(id),
  was TEXT NOT NULL,
  version BIGINT NOT NULL,
  into_version BIGINT NOT NULL,
  merged_by TEXT,
  merged_at BIGINT NOT NULL
) /*STRICT*/;
CREATE INDEX case_merge_into ON case_merge(into_id, case_id);

-- What a task of code "approval" asks for. asked: the act without what people wrote; words: what they wrote for it.
CREATE TABLE approval (
  task_id TEXT NOT NULL PRIMARY KEY,
  case_id TEXT NOT NULL,
  shop_id TEXT NOT NULL REFERENCES shop(id),
  asked TEXT NOT NULL,
  words TEXT NOT NULL,
  amount_minor BIGINT NOT NULL,
  currency TEXT NOT NULL,
  asked_by TEXT,
  asked_at BIGINT NOT NULL
) /*STRICT*/;
CREATE INDEX approval_case ON approval(case_id);
CREATE INDEX approval_by ON approval(asked_by, asked_at, task_id);

-- owner_id: whose cases; none: the whole shop's. to_id: for whom; none: whoever comes.
CREATE TABLE handover (
  id TEXT NOT NULL PRIMARY KEY,
  shop_id TEXT NOT NULL REFERENCES shop(id),
  owner_id TEXT,
  to_id TEXT,
  note TEXT NOT NULL,
  made_by TEXT,
  made_at BIGINT NOT NULL,
  acknowledged_by TEXT,
  acknowledged_at BIGINT NOT NULL,
  version BIGINT NOT NULL
) /*STRICT*/;
CREATE INDEX handover_list ON handover(shop_id, made_at, id);

-- A case as it stood when it was handed over: ids, times and amounts; what was said is the note it names.
CREATE TABLE handover_item (
  handover_id TEXT NOT NULL REFERENCES handover(id),
  position BIGINT NOT NULL,
  case_id TEXT NOT NULL,
  status TEXT NOT NULL,
  header TEXT NOT NULL,
  stage TEXT NOT NULL,
  promised_at BIGINT NOT NULL,
  clock TEXT NOT NULL,
  due_at BIGINT NOT NULL,
  risk TEXT NOT NULL,
  offered_minor BIGINT NOT NULL,
  currency TEXT NOT NULL,
  reply_id TEXT,
  PRIMARY KEY (handover_id, position)
) /*STRICT*/;
CREATE INDEX handover_item_case ON handover_item(case_id);

CREATE INDEX operation_requested ON operation(decision, quote_net_minor) WHERE decision = 'requested';
CREATE INDEX task_approval ON task(code, state) WHERE code = 'approval';
