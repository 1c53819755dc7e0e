-- One reply to everybody whom an incident concerns. What it says is the incident's own note, and in each case a note of that case.
CREATE TABLE unified_reply (
  id TEXT NOT NULL PRIMARY KEY,
  case_id TEXT NOT NULL REFERENCES support_case(id),
  shop_id TEXT NOT NULL REFERENCES shop(id),
  note_id TEXT NOT NULL,
  sent_by TEXT,
  sent_at BIGINT NOT NULL
) /*STRICT*/;
CREATE INDEX unified_reply_of ON unified_reply(case_id, sent_at, id);

-- What became of it in a linked case. code: why it was refused; note_id: the reply of that case; at: when it was sent or refused.
CREATE TABLE unified_reply_case (
  reply_id TEXT NOT NULL REFERENCES unified_reply(id),
  case_id TEXT NOT NULL REFERENCES support_case(id),
  state TEXT NOT NULL,
  code TEXT NOT NULL,
  note_id TEXT,
  at BIGINT NOT NULL,
  PRIMARY KEY (reply_id, case_id)
) /*STRICT*/;
CREATE INDEX unified_reply_case_case ON unified_reply_case(case_id);
CREATE INDEX unified_reply_waiting ON unified_reply_case(reply_id, case_id) WHERE state = 'waiting';
