-- Demo data that can go again, people and shops that can be changed, saved views of the queue.

ALTER TABLE shop ADD COLUMN demo SMALLINT NOT NULL DEFAULT 0;
ALTER TABLE shop ADD COLUMN version BIGINT NOT NULL DEFAULT 1;
ALTER TABLE staff ADD COLUMN demo SMALLINT NOT NULL DEFAULT 0;
ALTER TABLE staff ADD COLUMN version BIGINT NOT NULL DEFAULT 1;

-- Demo shops made before they had a mark.
UPDATE staff SET demo = 1 WHERE login IN ('demo', 'linke', 'zhoumin', 'xujianing', 'fangxiao', 'hanlei')
  AND shops IN (SELECT '["' || id || '"]' FROM shop WHERE code = 'puwu' AND name = '朴物生活旗舰店');
UPDATE shop SET demo = 1 WHERE code = 'puwu' AND name = '朴物生活旗舰店'
  AND EXISTS (SELECT 1 FROM staff WHERE login = 'demo' AND demo = 1);

-- filter is the JSON of a question to the queue: read whole, never searched. shop_id: everybody in that shop has the view.
CREATE TABLE saved_view (
  id TEXT NOT NULL PRIMARY KEY,
  owner_id TEXT NOT NULL REFERENCES staff(id),
  shop_id TEXT REFERENCES shop(id),
  name TEXT NOT NULL,
  filter TEXT NOT NULL,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL
) /*STRICT*/;
CREATE INDEX saved_view_owner ON saved_view(owner_id, created_at, id);
CREATE INDEX saved_view_shop ON saved_view(shop_id, created_at, id);

CREATE INDEX login_session_staff ON login_session(staff_id);
