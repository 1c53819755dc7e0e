-- name: order_has_cases
SELECT id FROM support_case WHERE order_id = :id UNION SELECT id FROM review WHERE order_id = :id ORDER BY 1 LIMIT 1;

-- name: ledger_units
DELETE FROM unit_ledger WHERE order_id = :id;

-- name: ledger_money
DELETE FROM money_ledger WHERE order_id = :id;

-- name: ledger_order
DELETE FROM order_ledger WHERE order_id = :id;

-- name: name_uses
-- The order's lines no longer count as uses of their products' names. (A line's name may have its specification behind it.)
UPDATE product_name SET uses = uses - (SELECT COUNT(*) FROM order_line l JOIN sales_order o ON o.id = l.order_id
    JOIN product p ON p.shop_id = o.shop_id AND p.sku = l.sku
    WHERE l.order_id = :id AND l.origin_leg_id IS NULL AND p.id = product_name.product_id
      AND (l.name = product_name.name OR substr(l.name, 1, length(product_name.name) + 1) = product_name.name || ' '))
 WHERE product_id IN (SELECT p.id FROM order_line l JOIN sales_order o ON o.id = l.order_id JOIN product p ON p.shop_id = o.shop_id AND p.sku = l.sku
                       WHERE l.order_id = :id);

-- name: unused_names
DELETE FROM product_name WHERE uses <= 0 AND product_id IN (SELECT p.id FROM order_line l JOIN sales_order o ON o.id = l.order_id
    JOIN product p ON p.shop_id = o.shop_id AND p.sku = l.sku WHERE l.order_id = :id);

-- name: shipments
DELETE FROM shipment WHERE order_id = :id;

-- name: payments
DELETE FROM payment WHERE order_id = :id;

-- name: order_lines
DELETE FROM order_line WHERE order_id = :id;

-- name: sales_order
DELETE FROM sales_order WHERE id = :id;

-- name: order_moved_since
-- Another case moved the order after the last move of case :id.
SELECT e.seq FROM event e WHERE e.order_id = (SELECT c.order_id FROM support_case c WHERE c.id = :id) AND e.stream <> :id
   AND e.order_seq > (SELECT MAX(m.order_seq) FROM event m WHERE m.stream = :id) LIMIT 1;

-- name: case_returns
DELETE FROM imported_return WHERE case_id = :id;

-- name: case_notes
DELETE FROM note WHERE case_id = :id;

-- name: case_effects
DELETE FROM outbox WHERE case_id = :id;

-- name: case_events
DELETE FROM event WHERE stream = :id;

-- name: support_case
DELETE FROM support_case WHERE id = :id;

-- name: customer_is_used
-- By an order, a case, something that a person or another source said, or a revisit that came so far.
SELECT id FROM sales_order WHERE customer_id = :id
UNION SELECT id FROM support_case WHERE customer_id = :id
UNION SELECT id FROM customer_note WHERE customer_id = :id
UNION SELECT id FROM review WHERE customer_id = :id
UNION SELECT id FROM reveal WHERE customer_id = :id
UNION SELECT tag FROM customer_tag WHERE customer_id = :id
UNION SELECT id FROM revisit_task WHERE customer_id = :id AND (state <> 'planned' OR owner_id IS NOT NULL OR moved = 1)
UNION SELECT id FROM consent_event WHERE customer_id = :id
UNION SELECT field FROM customer_fact WHERE customer_id = :id AND source <> :source AND (source < :from OR source >= :to)
UNION SELECT id FROM address WHERE customer_id = :id AND source <> :source AND (source < :from OR source >= :to)
 ORDER BY 1 LIMIT 1;

-- name: tokens
DELETE FROM search_token WHERE ref_id = :id;

-- name: facts
DELETE FROM customer_fact WHERE customer_id = :id;

-- name: identities
DELETE FROM identity WHERE customer_id = :id;

-- name: addresses
DELETE FROM address WHERE customer_id = :id;

-- name: tags
DELETE FROM customer_tag WHERE customer_id = :id;

-- name: planned_revisits
DELETE FROM revisit_task WHERE customer_id = :id;

-- name: notes
DELETE FROM customer_note WHERE customer_id = :id;

-- name: note
DELETE FROM customer_note WHERE id = :id;

-- name: customer
DELETE FROM customer WHERE id = :id;

-- name: product_is_sold
SELECT l.id FROM product p JOIN order_line l ON l.sku = p.sku JOIN sales_order o ON o.id = l.order_id AND o.shop_id = p.shop_id
 WHERE p.id = :id LIMIT 1;

-- name: product_names
DELETE FROM product_name WHERE product_id = :id;

-- name: product
DELETE FROM product WHERE id = :id;
