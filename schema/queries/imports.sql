-- name: sales_of
SELECT o.id, l.id FROM sales_order o JOIN order_line l ON l.order_id = o.id
 WHERE o.customer_id = :customer_id AND l.sku = :sku AND o.placed_at <= :at AND l.delivered_qty > 0
 ORDER BY CASE WHEN l.unit_price_minor = :unit_price_minor THEN 0 ELSE 1 END, o.placed_at DESC, o.id DESC, l.position
 LIMIT 20;

-- name: find_return
SELECT case_id FROM imported_return WHERE shop_id = :shop_id AND number = :number;

-- name: insert_return
INSERT INTO imported_return (shop_id, number, case_id) VALUES (:shop_id, :number, :case_id);
