-- A shop's own cases are found, however many others have.
DROP INDEX support_case_topic;
CREATE INDEX support_case_topic ON support_case(shop_id, topic, id) WHERE topic <> '';
CREATE INDEX support_case_shop_number ON support_case(shop_id, number);
