-- What waits for one person, and for one department, the nearest due first.
CREATE INDEX task_owner ON task(owner_id, due_at, id) WHERE state = 'open';
CREATE INDEX task_department ON task(department, due_at, id) WHERE state = 'open';
-- What is wrong with the goods, asked in a fixed way.
ALTER TABLE operation ADD COLUMN malfunction TEXT NOT NULL DEFAULT 'none';
ALTER TABLE operation ADD COLUMN frequency TEXT NOT NULL DEFAULT 'unsaid';
