-- Everything of one shop goes. Each table that can hold something of a shop has its line here, named after the slice it goes with:
-- cases_… per slice of cases, orders_… per slice of orders with their cases, customers_… per slice of customers,
-- rows_… whatever else hangs on the shop, a batch at a time, in the order of this file. tests/store/removal_test.cpp knows all tables.

-- name: hold_orders [sqlite]
SELECT id FROM sales_order WHERE shop_id = :shop ORDER BY placed_at, id LIMIT :limit;

-- name: hold_orders [postgres]
SELECT id FROM sales_order WHERE shop_id = :shop ORDER BY placed_at, id LIMIT :limit FOR UPDATE;

-- name: order_cases
SELECT id FROM support_case WHERE order_id IN (:orders...) ORDER BY id;

-- name: other_cases
SELECT id FROM support_case WHERE shop_id = :shop ORDER BY changed_at, id LIMIT :limit;

-- name: some_customers
SELECT id FROM customer WHERE shop_id = :shop ORDER BY name, id LIMIT :limit;

-- name: contents
SELECT (SELECT COUNT(*) FROM sales_order WHERE shop_id = :shop) AS orders,
  (SELECT COUNT(*) FROM support_case WHERE shop_id = :shop) AS cases,
  (SELECT COUNT(*) FROM customer WHERE shop_id = :shop) AS customers;

-- name: cases_money_attempt
DELETE FROM money_attempt WHERE case_id IN (:cases...);

-- name: cases_money_leg
DELETE FROM money_leg WHERE case_id IN (:cases...);

-- name: cases_outbound_line
DELETE FROM outbound_line WHERE case_id IN (:cases...);

-- name: cases_outbound_leg
DELETE FROM outbound_leg WHERE case_id IN (:cases...);

-- name: cases_inspection_record
DELETE FROM inspection_record WHERE case_id IN (:cases...);

-- name: cases_inbound_line
DELETE FROM inbound_line WHERE case_id IN (:cases...);

-- name: cases_inbound_leg
DELETE FROM inbound_leg WHERE case_id IN (:cases...);

-- name: cases_operation_line
DELETE FROM operation_line WHERE case_id IN (:cases...);

-- name: cases_operation
DELETE FROM operation WHERE case_id IN (:cases...);

-- name: cases_clock
DELETE FROM clock WHERE case_id IN (:cases...);

-- name: cases_task
DELETE FROM task WHERE case_id IN (:cases...);

-- name: cases_note
DELETE FROM note WHERE case_id IN (:cases...);

-- name: cases_outbox
DELETE FROM outbox WHERE case_id IN (:cases...);

-- name: cases_platform_case
DELETE FROM platform_case WHERE case_id IN (:cases...);

-- name: cases_case_link
DELETE FROM case_link WHERE case_id IN (:cases...) OR other_id IN (:cases...);

-- name: cases_unified_reply_case
DELETE FROM unified_reply_case WHERE case_id IN (:cases...) OR reply_id IN (SELECT id FROM unified_reply WHERE case_id IN (:cases...));

-- name: cases_unified_reply
DELETE FROM unified_reply WHERE case_id IN (:cases...);

-- name: cases_case_merge
DELETE FROM case_merge WHERE case_id IN (:cases...) OR into_id IN (:cases...);

-- name: cases_approval
DELETE FROM approval WHERE case_id IN (:cases...);

-- name: cases_handover_item
DELETE FROM handover_item WHERE case_id IN (:cases...);

-- name: cases_revisit_outcome
DELETE FROM revisit_outcome WHERE task_id IN (SELECT id FROM revisit_task WHERE case_id IN (:cases...));

-- name: cases_revisit_task
DELETE FROM revisit_task WHERE case_id IN (:cases...);

-- name: cases_imported_return
DELETE FROM imported_return WHERE shop_id = :shop AND case_id IN (:cases...);

-- name: cases_review
DELETE FROM review WHERE case_id IN (:cases...);

-- name: cases_event
DELETE FROM event WHERE stream IN (:cases...);

-- name: cases_support_case
DELETE FROM support_case WHERE id IN (:cases...);

-- name: orders_money_ledger
DELETE FROM money_ledger WHERE order_id IN (:orders...);

-- name: orders_unit_ledger
DELETE FROM unit_ledger WHERE order_id IN (:orders...);

-- name: orders_order_ledger
DELETE FROM order_ledger WHERE order_id IN (:orders...);

-- name: orders_shipment
DELETE FROM shipment WHERE order_id IN (:orders...);

-- name: orders_search_token
DELETE FROM search_token WHERE ref_id IN (:orders...);

-- name: orders_payment
DELETE FROM payment WHERE order_id IN (:orders...);

-- name: orders_order_line
DELETE FROM order_line WHERE order_id IN (:orders...);

-- name: orders_review
DELETE FROM review WHERE order_id IN (:orders...);

-- name: orders_sales_order
DELETE FROM sales_order WHERE id IN (:orders...);

-- name: customers_revisit_outcome
DELETE FROM revisit_outcome WHERE task_id IN (SELECT id FROM revisit_task WHERE customer_id IN (:customers...));

-- name: customers_revisit_task
DELETE FROM revisit_task WHERE customer_id IN (:customers...);

-- name: customers_consent_event
DELETE FROM consent_event WHERE customer_id IN (:customers...);

-- name: customers_reveal
DELETE FROM reveal WHERE customer_id IN (:customers...);

-- name: customers_customer_note
DELETE FROM customer_note WHERE customer_id IN (:customers...);

-- name: customers_review
DELETE FROM review WHERE customer_id IN (:customers...);

-- name: customers_customer_tag
DELETE FROM customer_tag WHERE customer_id IN (:customers...);

-- name: customers_customer_fact
DELETE FROM customer_fact WHERE customer_id IN (:customers...);

-- name: customers_identity
DELETE FROM identity WHERE customer_id IN (:customers...);

-- name: customers_address
DELETE FROM address WHERE customer_id IN (:customers...);

-- name: customers_search_token
DELETE FROM search_token WHERE ref_id IN (:customers...);

-- name: customers_customer
DELETE FROM customer WHERE id IN (:customers...);

-- name: rows_delivered_problem
DELETE FROM delivered_problem WHERE (connector_id, stream, external_id) IN (
  SELECT connector_id, stream, external_id FROM delivered_problem
   WHERE connector_id = 'api:' || :shop OR connector_id IN (SELECT id FROM connector WHERE shop_id = :shop) LIMIT :limit);

-- name: rows_outbox
-- What a program was told outside of any case; the rest went with the cases.
DELETE FROM outbox WHERE id IN (
  SELECT o.id FROM webhook_endpoint w JOIN outbox o ON o.endpoint_id = w.id WHERE w.shop_id = :shop LIMIT :limit);

-- name: rows_webhook_endpoint
DELETE FROM webhook_endpoint WHERE shop_id = :shop
  AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.endpoint_id = webhook_endpoint.id);

-- name: rows_plan_watermark
DELETE FROM plan_watermark WHERE plan_id IN (SELECT id FROM revisit_plan WHERE shop_id = :shop);

-- name: rows_revisit_plan_terms
DELETE FROM revisit_plan_terms WHERE plan_id IN (SELECT id FROM revisit_plan WHERE shop_id = :shop);

-- name: rows_revisit_plan
DELETE FROM revisit_plan WHERE shop_id = :shop;

-- name: rows_connector_cursor
DELETE FROM connector_cursor WHERE connector_id IN (SELECT id FROM connector WHERE shop_id = :shop);

-- name: rows_search_token
DELETE FROM search_token WHERE (shop_id, token, kind, ref_id) IN (
  SELECT shop_id, token, kind, ref_id FROM search_token WHERE shop_id = :shop ORDER BY token LIMIT :limit);

-- name: rows_product_name
DELETE FROM product_name WHERE product_id IN (SELECT id FROM product WHERE shop_id = :shop ORDER BY sku LIMIT :limit);

-- name: rows_product
DELETE FROM product WHERE id IN (SELECT id FROM product WHERE shop_id = :shop ORDER BY sku LIMIT :limit);

-- name: rows_import_adjustment
DELETE FROM import_adjustment WHERE (run_id, row_number) IN (
  SELECT a.run_id, a.row_number FROM import_adjustment a JOIN import_run r ON r.id = a.run_id WHERE r.shop_id = :shop LIMIT :limit);

-- name: rows_import_item
DELETE FROM import_item WHERE (run_id, seq) IN (
  SELECT i.run_id, i.seq FROM import_item i JOIN import_run r ON r.id = i.run_id WHERE r.shop_id = :shop LIMIT :limit);

-- name: rows_import_run
DELETE FROM import_run WHERE shop_id = :shop AND NOT EXISTS (SELECT 1 FROM import_item i WHERE i.run_id = import_run.id)
  AND NOT EXISTS (SELECT 1 FROM import_adjustment a WHERE a.run_id = import_run.id);

-- name: rows_handover
DELETE FROM handover WHERE shop_id = :shop;

-- name: rows_unidentified_parcel
DELETE FROM unidentified_parcel WHERE shop_id = :shop;

-- name: rows_roster_shift
DELETE FROM roster_shift WHERE shop_id = :shop;

-- name: rows_attachment
DELETE FROM attachment WHERE id IN (SELECT id FROM attachment WHERE shop_id = :shop ORDER BY id LIMIT :limit);

-- name: rows_review
DELETE FROM review WHERE id IN (SELECT id FROM review WHERE shop_id = :shop ORDER BY written_at, id LIMIT :limit);

-- name: rows_article
DELETE FROM article WHERE shop_id = :shop;

-- name: rows_errand
DELETE FROM errand WHERE shop_id = :shop;

-- name: rows_training
DELETE FROM training WHERE shop_id = :shop;

-- name: rows_saved_view
DELETE FROM saved_view WHERE shop_id = :shop;

-- name: stop_connectors
UPDATE connector SET enabled = 0, version = version + 1 WHERE shop_id = :shop AND enabled = 1 RETURNING id;

-- name: last_connector
DELETE FROM connector WHERE shop_id = :shop;

-- name: last_erasure
DELETE FROM erasure WHERE shop_id = :shop;

-- name: last_erased_identity
DELETE FROM erased_identity WHERE shop_id = :shop;

-- name: last_work_hours
DELETE FROM work_hours WHERE shop_id = :shop;

-- name: last_policy
DELETE FROM policy WHERE shop_id = :shop;

-- name: last_shop
DELETE FROM shop WHERE id = :shop;

-- name: named_elsewhere
-- Something of another shop says who they are.
SELECT s.id FROM staff s WHERE s.id = :staff AND (
       EXISTS (SELECT 1 FROM handover h WHERE h.shop_id <> :shop AND (h.owner_id = s.id OR h.to_id = s.id OR h.made_by = s.id OR h.acknowledged_by = s.id))
    OR EXISTS (SELECT 1 FROM support_case c WHERE c.shop_id <> :shop AND c.owner_id = s.id)
    OR EXISTS (SELECT 1 FROM errand e WHERE e.shop_id <> :shop AND (e.owner_id = s.id OR e.asked_by = s.id OR e.finished_by = s.id))
    OR EXISTS (SELECT 1 FROM training t WHERE t.shop_id <> :shop AND t.changed_by = s.id)
    OR EXISTS (SELECT 1 FROM roster_shift r WHERE r.shop_id <> :shop AND r.staff_id = s.id)) ORDER BY s.id;

-- name: person_login_session
DELETE FROM login_session WHERE staff_id = :staff;

-- name: person_roster_shift
DELETE FROM roster_shift WHERE staff_id = :staff;

-- name: person_saved_view
DELETE FROM saved_view WHERE owner_id = :staff;

-- name: person_login_failure
DELETE FROM login_failure WHERE login = :login;

-- name: person_idempotency
DELETE FROM idempotency WHERE principal = :principal;

-- name: person_staff
DELETE FROM staff WHERE id = :staff;

-- name: token_idempotency
DELETE FROM idempotency WHERE principal = :principal;

-- name: token_api_token
DELETE FROM api_token WHERE id = :token;
