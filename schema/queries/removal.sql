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

-- name: cases_imported_return
DELETE FROM imported_return WHERE shop_id = :shop AND case_id IN (:cases...);

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

-- name: orders_payment
DELETE FROM payment WHERE order_id IN (:orders...);

-- name: orders_order_line
DELETE FROM order_line WHERE order_id IN (:orders...);

-- name: orders_sales_order
DELETE FROM sales_order WHERE id IN (:orders...);

-- name: customers_customer
DELETE FROM customer WHERE id IN (:customers...);

-- name: rows_connector_problem
DELETE FROM connector_problem WHERE (connector_id, stream, external_id) IN (
  SELECT p.connector_id, p.stream, p.external_id FROM connector_problem p JOIN connector c ON c.id = p.connector_id
   WHERE c.shop_id = :shop LIMIT :limit);

-- name: rows_connector_cursor
DELETE FROM connector_cursor WHERE connector_id IN (SELECT id FROM connector WHERE shop_id = :shop);

-- name: rows_saved_view
DELETE FROM saved_view WHERE shop_id = :shop;

-- name: stop_connectors
UPDATE connector SET enabled = 0, version = version + 1 WHERE shop_id = :shop AND enabled = 1 RETURNING id;

-- name: last_connector
DELETE FROM connector WHERE shop_id = :shop;

-- name: last_policy
DELETE FROM policy WHERE shop_id = :shop;

-- name: last_shop
DELETE FROM shop WHERE id = :shop;

-- name: person_login_session
DELETE FROM login_session WHERE staff_id = :staff;

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
