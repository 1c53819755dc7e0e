-- A person's data go; orders, cases and their ledgers stay under the customer's id. Each table that may hold something of a person has its
-- line here: cases_… what their cases hold, person_… the rest, mention_… where others may have named them, in the order of this file.
-- tests/store/erasure_test.cpp looks through all tables.

-- name: hold
UPDATE customer SET erased_at = erased_at WHERE id = :customer;

-- name: hold_orders [sqlite]
SELECT id FROM sales_order WHERE customer_id = :customer ORDER BY id;

-- name: hold_orders [postgres]
SELECT id FROM sales_order WHERE customer_id = :customer ORDER BY id FOR UPDATE;

-- name: hold_cases [sqlite]
SELECT id FROM support_case WHERE customer_id = :customer OR order_id IN (SELECT o.id FROM sales_order o WHERE o.customer_id = :customer) ORDER BY id;

-- name: hold_cases [postgres]
SELECT id FROM support_case WHERE customer_id = :customer OR order_id IN (SELECT o.id FROM sales_order o WHERE o.customer_id = :customer) ORDER BY id FOR UPDATE;

-- name: open_cases
SELECT number FROM support_case WHERE id IN (:cases...) AND status <> 'closed' ORDER BY opened_at, id LIMIT 5;

-- name: under_way
SELECT c.number FROM outbox b JOIN support_case c ON c.id = b.case_id
 WHERE b.case_id IN (:cases...) AND b.state = 'pending' AND b.endpoint_id IS NULL ORDER BY c.number LIMIT 1;

-- name: set_event
UPDATE event SET payload = :payload, prev_hash = :prev_hash, hash = :hash WHERE stream = :stream AND seq = :seq;

-- name: cases_event
UPDATE event SET words = '' WHERE stream IN (:cases...) AND words <> '';

-- name: cases_support_case
-- Of a merged case the summary is the number it goes on under.
UPDATE support_case SET topic = '', summary = CASE WHEN cause_code = 'merged' THEN summary ELSE '' END
 WHERE id IN (:cases...) AND (topic <> '' OR summary <> '');

-- name: cases_note
UPDATE note SET body = '', photo_ref = '' WHERE case_id IN (:cases...);

-- name: cases_attachment
DELETE FROM attachment WHERE named_by IN (:cases...);

-- name: cases_approval
UPDATE approval SET words = '{}' WHERE case_id IN (:cases...);

-- name: cases_unidentified_parcel
UPDATE unidentified_parcel SET phone_last4 = '', note = '' WHERE case_id IN (:cases...);

-- name: cases_outbox
-- What webhooks were, or were to be, told.
DELETE FROM outbox WHERE case_id IN (:cases...) AND endpoint_id IS NOT NULL;

-- name: cases_delivered_problem
DELETE FROM delivered_problem WHERE case_id IN (:cases...);

-- name: person_shipment
UPDATE shipment SET address_id = NULL WHERE address_id IN (SELECT id FROM address WHERE customer_id = :customer);

-- name: person_address
DELETE FROM address WHERE customer_id = :customer;

-- name: person_identity
DELETE FROM identity WHERE customer_id = :customer;

-- name: person_customer_fact
DELETE FROM customer_fact WHERE customer_id = :customer;

-- name: person_customer_tag
DELETE FROM customer_tag WHERE customer_id = :customer;

-- name: person_customer_note
DELETE FROM customer_note WHERE customer_id = :customer;

-- name: person_search_token
DELETE FROM search_token WHERE ref_id = :customer;

-- name: person_reveal
-- That somebody looked stays; what they wrote about it goes.
UPDATE reveal SET reason = '' WHERE customer_id = :customer;

-- name: person_review
-- The stars stay, the words go, those of an answer too; there is nothing left to answer.
UPDATE review SET body = '', reply = '', reason = '', state = CASE WHEN state = 'followed_up' THEN state ELSE 'set_aside' END,
  settled_at = CASE WHEN settled_at = 0 THEN :now ELSE settled_at END, version = version + 1
 WHERE customer_id = :customer;

-- name: person_revisit_outcome
UPDATE revisit_outcome SET note = '' WHERE task_id IN (SELECT id FROM revisit_task WHERE customer_id = :customer);

-- name: person_revisit_task
UPDATE revisit_task SET state = 'cancelled', reason = 'erased', changed_at = :now, version = version + 1
 WHERE customer_id = :customer AND state IN ('planned', 'held', 'due');

-- name: person_idempotency
-- Answers that may be asked for again name the customer.
DELETE FROM idempotency WHERE answer LIKE :mention;

-- name: person_customer
UPDATE customer SET external_ref = NULL, name = '', phone = '', email = '', phone_last4 = '', region = '', birthday = '', party = 'person', style = '',
  erased_at = :now
 WHERE id = :customer;

-- name: person_erasure
INSERT INTO erasure (customer_id, shop_id, reason, erased_by, erased_at) VALUES (:customer, :shop, :reason, :by, :now);

-- name: mention_handover
UPDATE handover SET note = replace(note, :value, '***') WHERE shop_id = :shop AND note LIKE :mention;

-- name: mention_errand
UPDATE errand SET title = replace(title, :value, '***'), words = replace(words, :value, '***'), result = replace(result, :value, '***')
 WHERE shop_id = :shop AND (title LIKE :mention OR words LIKE :mention OR result LIKE :mention);

-- name: mention_saved_view
-- JSON: what is looked for, and nothing else of it.
UPDATE saved_view SET filter = replace(filter, '"q":"' || :value || '"', '"q":"***"') WHERE filter LIKE :mention AND (shop_id = :shop OR shop_id IS NULL);

-- name: mention_import_adjustment
UPDATE import_adjustment SET content = replace(content, :value, '***')
 WHERE run_id IN (SELECT id FROM import_run WHERE shop_id = :shop) AND content LIKE :mention;

-- name: mention_delivered_problem
UPDATE delivered_problem SET item = '{}'
 WHERE item LIKE :mention AND (connector_id = 'api:' || :shop OR connector_id IN (SELECT id FROM connector WHERE shop_id = :shop));

-- name: forbid
INSERT INTO erased_identity (shop_id, value_hash, erased_at) VALUES (:shop, :value_hash, :now)
  ON CONFLICT (shop_id, value_hash) DO UPDATE SET erased_at = excluded.erased_at;

-- name: erased_since
-- When one of these was last erased; NULL: never.
SELECT MAX(erased_at) FROM erased_identity WHERE shop_id = :shop AND value_hash IN (:hashes...);

-- name: allow
DELETE FROM erased_identity WHERE shop_id = :shop AND value_hash IN (:hashes...);
