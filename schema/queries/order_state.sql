-- name: order_of_case
SELECT order_id FROM support_case WHERE id = :id;

-- name: hold_order [sqlite]
SELECT id FROM sales_order WHERE id = :id;

-- name: hold_order [postgres]
SELECT id FROM sales_order WHERE id = :id FOR UPDATE;

-- name: hold_case [sqlite]
SELECT version FROM support_case WHERE id = :id;

-- name: hold_case [postgres]
SELECT version FROM support_case WHERE id = :id FOR UPDATE;

-- name: find_order
SELECT id, shop_id, number, customer_id, currency, goods_minor, discount_minor, shipping_minor, total_minor, channel,
  placed_at, paid_at, delivered_at
  FROM sales_order WHERE id = :id;

-- name: lines_of_order
SELECT id, order_id, position, sku, name, qty, unit_price_minor, discount_minor, allocated_minor, shipped_qty, delivered_qty,
  origin_leg_id, origin_line_id, window_from
  FROM order_line WHERE order_id = :order_id ORDER BY position;

-- name: payments_of_order
SELECT id, order_id, position, provider, reference, captured_minor, currency, captured_at, origin_leg_id
  FROM payment WHERE order_id = :order_id ORDER BY position;

-- name: ledger_of_order
SELECT seq, shipping_refunded FROM order_ledger WHERE order_id = :order_id;

-- name: units_of_order
SELECT order_line_id, first, qty, bucket, held_by, off_minor FROM unit_ledger WHERE order_id = :order_id ORDER BY order_line_id, first;

-- name: money_of_order
SELECT payment_id, captured_minor, promised_minor, in_flight_minor, refunded_minor
  FROM money_ledger WHERE order_id = :order_id ORDER BY payment_id;

-- name: put_ledger
INSERT INTO order_ledger (order_id, seq, shipping_refunded) VALUES (:order_id, :seq, :shipping_refunded)
ON CONFLICT (order_id) DO UPDATE SET seq = excluded.seq, shipping_refunded = excluded.shipping_refunded;

-- name: drop_units
DELETE FROM unit_ledger WHERE order_id = :order_id AND order_line_id = :order_line_id;

-- name: drop_all_units
DELETE FROM unit_ledger WHERE order_id = :order_id;

-- name: insert_units
INSERT INTO unit_ledger (order_line_id, first, qty, bucket, held_by, off_minor, order_id)
VALUES (:order_line_id, :first, :qty, :bucket, :held_by, :off_minor, :order_id);

-- name: put_made_line
-- A line that an exchange or reissue made.
INSERT INTO order_line (id, order_id, position, sku, name, qty, unit_price_minor, discount_minor, allocated_minor, shipped_qty, delivered_qty,
  origin_leg_id, origin_line_id, window_from)
VALUES (:id, :order_id, :position, :sku, :name, :qty, :unit_price_minor, :discount_minor, :allocated_minor, :shipped_qty, :delivered_qty,
  :origin_leg_id, :origin_line_id, :window_from)
ON CONFLICT (id) DO UPDATE SET position = excluded.position, sku = excluded.sku, name = excluded.name, qty = excluded.qty,
  unit_price_minor = excluded.unit_price_minor, allocated_minor = excluded.allocated_minor, origin_leg_id = excluded.origin_leg_id,
  origin_line_id = excluded.origin_line_id, window_from = excluded.window_from;

-- name: put_made_payment
-- A difference that was collected.
INSERT INTO payment (id, order_id, position, provider, reference, captured_minor, currency, captured_at, origin_leg_id)
VALUES (:id, :order_id, :position, :provider, :reference, :captured_minor, :currency, :captured_at, :origin_leg_id)
ON CONFLICT (id) DO UPDATE SET position = excluded.position, provider = excluded.provider, reference = excluded.reference,
  captured_minor = excluded.captured_minor, captured_at = excluded.captured_at, origin_leg_id = excluded.origin_leg_id;

-- name: put_money
INSERT INTO money_ledger (payment_id, captured_minor, promised_minor, in_flight_minor, refunded_minor, order_id)
VALUES (:payment_id, :captured_minor, :promised_minor, :in_flight_minor, :refunded_minor, :order_id)
ON CONFLICT (order_id, payment_id) DO UPDATE SET promised_minor = excluded.promised_minor,
  in_flight_minor = excluded.in_flight_minor, refunded_minor = excluded.refunded_minor;

-- name: policies_for
-- The versions valid now, of the shop and of its channels, and those that the case's operations were made under.
SELECT id, shop_id, version, valid_from, terms, valid_to, channel, source, source_url FROM policy
 WHERE id IN (SELECT policy_id FROM operation WHERE case_id = :case_id)
    OR (shop_id = :shop_id AND valid_from <= :now AND (valid_to = 0 OR valid_to > :now))
 ORDER BY version DESC, id;

-- name: order_of_line
SELECT order_id FROM order_line WHERE id = :id;

-- name: categories_of_order
SELECT sku, category FROM product
 WHERE shop_id = :shop_id AND category <> '' AND sku IN (SELECT sku FROM order_line WHERE order_id = :order_id) ORDER BY sku;

-- name: sent_again
-- What other cases of an order were asked to send again: the cost of what was approved, and of parts how many are not released.
SELECT o.id, o.sub_kind,
       CASE WHEN o.decided_at > 0 AND o.decision NOT IN ('rejected', 'cancelled', 'expired', 'superseded') THEN o.parts_minor ELSE 0 END AS cost,
       l.order_line_id, CASE WHEN o.sub_kind = 'part' THEN l.qty - l.released ELSE 0 END AS parts
  FROM operation o JOIN operation_line l ON l.case_id = o.case_id AND l.operation_id = o.id
 WHERE o.order_id = :order_id AND o.case_id <> :case_id AND o.kind = 'reissue'
 ORDER BY o.id, l.id;

-- name: compensated
-- Compensation promised since then, in quarters of an hour; of one channel, or of the whole shop.
SELECT o.decided_at / 900000 * 900000 AS at, CAST(SUM(o.asked_minor) AS BIGINT) AS minor
  FROM operation o JOIN support_case c ON c.id = o.case_id JOIN sales_order s ON s.id = o.order_id
 WHERE o.sub_kind = 'goodwill' AND o.decided_at >= :since AND c.shop_id = :shop_id AND (:channel = '' OR s.channel = :channel)
   AND o.decision NOT IN ('requested', 'need_info', 'rejected', 'cancelled', 'expired', 'superseded') AND o.reject_code = ''
 GROUP BY o.decided_at / 900000 ORDER BY at;

-- name: kept_by_customer
-- Approved refunds without a return of a customer, newest first.
SELECT o.id, o.decided_at FROM operation o JOIN support_case c ON c.id = o.case_id
 WHERE c.customer_id = :customer_id AND o.sub_kind = 'keep_goods' AND o.decided_at >= :since
   AND o.decision NOT IN ('requested', 'need_info', 'rejected', 'cancelled', 'expired', 'superseded')
 ORDER BY o.decided_at DESC, o.id LIMIT :limit;
