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

-- name: list_orders
-- Newest first. A search by number prefix when :q is given.
SELECT o.id, o.shop_id, o.number, o.customer_id, o.currency, o.goods_minor, o.discount_minor, o.shipping_minor, o.total_minor,
  o.channel, o.placed_at, o.paid_at, o.delivered_at, COALESCE(NULLIF(cu.name, ''), cu.external_ref) AS customer_name,
  (SELECT COUNT(*) FROM order_line l WHERE l.order_id = o.id) AS line_count,
  (SELECT COUNT(*) FROM support_case c WHERE c.order_id = o.id) AS case_count
  FROM sales_order o LEFT JOIN customer cu ON cu.id = o.customer_id
 WHERE o.shop_id IN (:shops...) AND (o.placed_at, o.id) < (:after_at, :after_id)
 ORDER BY o.placed_at DESC, o.id DESC LIMIT :limit;

-- name: find_orders
-- Newest first, of ids found by number prefix, by customer or by waybill.
SELECT o.id, o.shop_id, o.number, o.customer_id, o.currency, o.goods_minor, o.discount_minor, o.shipping_minor, o.total_minor,
  o.channel, o.placed_at, o.paid_at, o.delivered_at, COALESCE(NULLIF(cu.name, ''), cu.external_ref) AS customer_name,
  (SELECT COUNT(*) FROM order_line l WHERE l.order_id = o.id) AS line_count,
  (SELECT COUNT(*) FROM support_case c WHERE c.order_id = o.id) AS case_count
  FROM sales_order o LEFT JOIN customer cu ON cu.id = o.customer_id
 WHERE o.id IN (
    SELECT a.id FROM sales_order a WHERE a.shop_id IN (:shops...) AND a.number >= :q AND a.number < :q_end
    UNION SELECT b.id FROM sales_order b WHERE b.customer_id IN (:customers...)
    UNION SELECT s.order_id FROM shipment s WHERE s.tracking = :q)
   AND o.shop_id IN (:shops...) AND (o.placed_at, o.id) < (:after_at, :after_id)
 ORDER BY o.placed_at DESC, o.id DESC LIMIT :limit;

-- name: orders_of_customer
SELECT o.id, o.shop_id, o.number, o.customer_id, o.currency, o.goods_minor, o.discount_minor, o.shipping_minor, o.total_minor,
  o.channel, o.placed_at, o.paid_at, o.delivered_at, COALESCE(NULLIF(cu.name, ''), cu.external_ref) AS customer_name,
  (SELECT COUNT(*) FROM order_line l WHERE l.order_id = o.id) AS line_count,
  (SELECT COUNT(*) FROM support_case c WHERE c.order_id = o.id) AS case_count
  FROM sales_order o JOIN customer cu ON cu.id = o.customer_id
 WHERE o.customer_id = :customer_id ORDER BY o.placed_at DESC, o.id DESC LIMIT 20;

-- name: staff_name
SELECT name FROM staff WHERE id = :id;

-- name: insert_shipment
INSERT INTO shipment (id, order_id, position, carrier, tracking, shipped_at, delivered_at, address_id)
VALUES (:id, :order_id, :position, :carrier, :tracking, :shipped_at, :delivered_at, :address_id);

-- name: shipments_of
SELECT id, order_id, position, carrier, tracking, shipped_at, delivered_at, address_id FROM shipment
 WHERE order_id = :order_id ORDER BY position;

-- name: put_delivered
UPDATE order_line SET shipped_qty = :shipped_qty, delivered_qty = :delivered_qty WHERE id = :id;

-- name: put_delivered_at
UPDATE sales_order SET delivered_at = :delivered_at WHERE id = :id;

-- name: put_shipment_times
UPDATE shipment SET shipped_at = CASE WHEN shipped_at = 0 THEN :shipped_at ELSE shipped_at END,
  delivered_at = CASE WHEN delivered_at = 0 THEN :delivered_at ELSE delivered_at END WHERE order_id = :order_id;
