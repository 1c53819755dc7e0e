-- name: insert_customer
INSERT INTO customer (id, shop_id, external_ref, name, phone, email, country, created_at, phone_last4)
VALUES (:id, :shop_id, :external_ref, :name, :phone, :email, :country, :created_at, :phone_last4);

-- name: customer_by_ref
SELECT id FROM customer WHERE shop_id = :shop_id AND external_ref = :external_ref;

-- name: insert_order
INSERT INTO sales_order (id, shop_id, number, customer_id, currency, goods_minor, discount_minor, shipping_minor, total_minor,
  channel, placed_at, paid_at, delivered_at)
VALUES (:id, :shop_id, :number, :customer_id, :currency, :goods_minor, :discount_minor, :shipping_minor, :total_minor,
  :channel, :placed_at, :paid_at, :delivered_at);

-- name: insert_line
INSERT INTO order_line (id, order_id, position, sku, name, qty, unit_price_minor, discount_minor, allocated_minor,
  shipped_qty, delivered_qty)
VALUES (:id, :order_id, :position, :sku, :name, :qty, :unit_price_minor, :discount_minor, :allocated_minor,
  :shipped_qty, :delivered_qty);

-- name: insert_payment
INSERT INTO payment (id, order_id, position, provider, reference, captured_minor, currency, captured_at)
VALUES (:id, :order_id, :position, :provider, :reference, :captured_minor, :currency, :captured_at);

-- name: order_by_number
SELECT id FROM sales_order WHERE shop_id = :shop_id AND number = :number;

-- name: find_customer
SELECT id, shop_id, external_ref, name, phone, email, country, created_at FROM customer WHERE id = :id;

-- name: list_orders
-- Newest first. A search by number prefix when :q is given.
SELECT o.id, o.shop_id, o.number, o.customer_id, o.currency, o.goods_minor, o.discount_minor, o.shipping_minor, o.total_minor,
  o.channel, o.placed_at, o.paid_at, o.delivered_at, cu.name AS customer_name,
  (SELECT COUNT(*) FROM order_line l WHERE l.order_id = o.id) AS line_count,
  (SELECT COUNT(*) FROM support_case c WHERE c.order_id = o.id) AS case_count
  FROM sales_order o LEFT JOIN customer cu ON cu.id = o.customer_id
 WHERE o.shop_id IN (:shops...) AND (o.placed_at, o.id) < (:after_at, :after_id)
 ORDER BY o.placed_at DESC, o.id DESC LIMIT :limit;

-- name: find_orders
SELECT o.id, o.shop_id, o.number, o.customer_id, o.currency, o.goods_minor, o.discount_minor, o.shipping_minor, o.total_minor,
  o.channel, o.placed_at, o.paid_at, o.delivered_at, cu.name AS customer_name,
  (SELECT COUNT(*) FROM order_line l WHERE l.order_id = o.id) AS line_count,
  (SELECT COUNT(*) FROM support_case c WHERE c.order_id = o.id) AS case_count
  FROM sales_order o LEFT JOIN customer cu ON cu.id = o.customer_id
 WHERE o.id IN (
    SELECT a.id FROM sales_order a WHERE a.shop_id IN (:shops...) AND a.number >= :q AND a.number < :q_end
    UNION SELECT b.id FROM customer k JOIN sales_order b ON b.customer_id = k.id
     WHERE k.shop_id IN (:shops...) AND (k.phone_last4 = :last4 OR k.external_ref = :q OR (k.name >= :q AND k.name < :q_end)))
   AND (o.placed_at, o.id) < (:after_at, :after_id)
 ORDER BY o.placed_at DESC, o.id DESC LIMIT :limit;

-- name: orders_of_customer
SELECT o.id, o.shop_id, o.number, o.customer_id, o.currency, o.goods_minor, o.discount_minor, o.shipping_minor, o.total_minor,
  o.channel, o.placed_at, o.paid_at, o.delivered_at, cu.name AS customer_name,
  (SELECT COUNT(*) FROM order_line l WHERE l.order_id = o.id) AS line_count,
  (SELECT COUNT(*) FROM support_case c WHERE c.order_id = o.id) AS case_count
  FROM sales_order o JOIN customer cu ON cu.id = o.customer_id
 WHERE o.customer_id = :customer_id ORDER BY o.placed_at DESC, o.id DESC LIMIT 20;

-- name: value_of_customer
SELECT COUNT(*), COALESCE(SUM(o.total_minor), 0), COALESCE(MAX(o.currency), '') FROM sales_order o
 WHERE o.customer_id = :customer_id;

-- name: refunded_to_customer
SELECT COALESCE(SUM(m.refunded_minor), 0) FROM money_ledger m JOIN sales_order o ON o.id = m.order_id
 WHERE o.customer_id = :customer_id;

-- name: count_cases_of_customer
SELECT COUNT(*) FROM support_case WHERE customer_id = :customer_id;

-- name: list_customers
SELECT id, shop_id, external_ref, name, phone, email, country, created_at FROM customer
 WHERE shop_id IN (:shops...) AND id > :after_id ORDER BY id LIMIT :limit;

-- name: find_customers
SELECT id, shop_id, external_ref, name, phone, email, country, created_at FROM customer
 WHERE shop_id IN (:shops...) AND (phone_last4 = :last4 OR external_ref = :q OR phone = :q OR (name >= :q AND name < :q_end))
   AND id > :after_id ORDER BY id LIMIT :limit;

-- name: staff_name
SELECT name FROM staff WHERE id = :id;
