-- Reminders of clocks, and goods lost on the way back to the customer.

ALTER TABLE clock ADD COLUMN remind_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE clock ADD COLUMN wake_at BIGINT NOT NULL DEFAULT 0;  -- the earlier of remind_at and due_at: when timers look at it
UPDATE clock SET wake_at = due_at;
DROP INDEX clock_due;
CREATE INDEX clock_wake ON clock(state, wake_at, id);

ALTER TABLE operation_line ADD COLUMN lost_back BIGINT NOT NULL DEFAULT 0;
