-- Reminders of clocks, goods lost on the way back to the customer, and what a platform says of a case.

ALTER TABLE clock ADD COLUMN remind_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE clock ADD COLUMN wake_at BIGINT NOT NULL DEFAULT 0;  -- the earlier of remind_at and due_at: when timers look at it
UPDATE clock SET wake_at = due_at;
DROP INDEX clock_due;
CREATE INDEX clock_wake ON clock(state, wake_at, id);

ALTER TABLE operation_line ADD COLUMN lost_back BIGINT NOT NULL DEFAULT 0;

ALTER TABLE support_case ADD COLUMN severity BIGINT NOT NULL DEFAULT 3;
ALTER TABLE support_case ADD COLUMN lead_only SMALLINT NOT NULL DEFAULT 0;
ALTER TABLE support_case ADD COLUMN external_ref TEXT NOT NULL DEFAULT '';
ALTER TABLE support_case ADD COLUMN platform_version BIGINT NOT NULL DEFAULT 0;
ALTER TABLE support_case ADD COLUMN platform_intervention TEXT NOT NULL DEFAULT 'none';
ALTER TABLE support_case ADD COLUMN platform_ruled_minor BIGINT NOT NULL DEFAULT 0;
ALTER TABLE support_case ADD COLUMN platform_deadline_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE support_case ADD COLUMN cannot_refuse SMALLINT NOT NULL DEFAULT 0;
CREATE INDEX support_case_external ON support_case(shop_id, external_ref);
