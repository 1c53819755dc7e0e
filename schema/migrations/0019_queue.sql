-- Indexes that lead to a page of the queue, however large the backlog: by what is asked for, then in the order of the list.
DROP INDEX support_case_changed;
CREATE INDEX support_case_changed ON support_case(shop_id, status, changed_at, id);
CREATE INDEX support_case_opened ON support_case(shop_id, status, opened_at, id);
DROP INDEX support_case_owner;
CREATE INDEX support_case_owner ON support_case(owner_id, shop_id, status, due_sort, id);
CREATE INDEX support_case_kind ON support_case(shop_id, kind, status, due_sort, id);
CREATE INDEX support_case_header ON support_case(shop_id, header, status, due_sort, id);
-- The few refunds that somebody must settle, beside the many that are done.
CREATE INDEX money_leg_to_settle ON money_leg(changed_at, id) WHERE state IN ('submitted', 'unknown', 'failed');
