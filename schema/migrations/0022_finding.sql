-- Walks of the queue for severe cases, for what was closed for a reason, and for the beginning of what a case is about.
CREATE INDEX support_case_urgent ON support_case(shop_id, status, due_sort, id) WHERE matter_severity <= 2;
CREATE INDEX support_case_cause ON support_case(shop_id, cause_code, status, opened_at, id) WHERE cause_code <> '';
CREATE INDEX support_case_topic ON support_case(topic, id) WHERE topic <> '';
