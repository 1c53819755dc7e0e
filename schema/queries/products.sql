-- name: product_by_sku
SELECT id, shop_id, sku, name, spec, category, barcode, price_minor, image_url, charge, created_at, changed_at FROM product WHERE shop_id = :shop_id AND sku = :sku;

-- name: find_product
SELECT id, shop_id, sku, name, spec, category, barcode, price_minor, image_url, charge, created_at, changed_at FROM product WHERE id = :id;

-- name: insert_product
INSERT INTO product (id, shop_id, sku, name, spec, category, barcode, price_minor, image_url, charge, created_at, changed_at)
VALUES (:id, :shop_id, :sku, :name, :spec, :category, :barcode, :price_minor, :image_url, :charge, :created_at, :changed_at);

-- name: update_product
UPDATE product SET name = :name, spec = :spec, category = :category, barcode = :barcode, price_minor = :price_minor, image_url = :image_url,
  changed_at = :changed_at WHERE id = :id;

-- name: use_name
INSERT INTO product_name (product_id, name, uses) VALUES (:product_id, :name, :uses)
  ON CONFLICT (product_id, name) DO UPDATE SET uses = product_name.uses + excluded.uses;

-- name: names_of
SELECT name, uses FROM product_name WHERE product_id = :product_id ORDER BY uses DESC, name LIMIT 50;

-- name: list_products
SELECT id, shop_id, sku, name, spec, category, barcode, price_minor, image_url, charge, created_at, changed_at FROM product
 WHERE shop_id IN (:shops...) AND (sku, id) > (:after_sku, :after_id) ORDER BY sku, id LIMIT :limit;

-- name: match_products
SELECT id FROM product WHERE shop_id IN (:shops...) AND sku >= :q AND sku < :q_end
UNION SELECT id FROM product WHERE shop_id IN (:shops...) AND barcode = :q AND barcode <> ''
UNION SELECT ref_id FROM search_token WHERE shop_id IN (:shops...) AND token = :token AND kind = 'product'
ORDER BY 1 LIMIT :limit;

-- name: products_by_ids
SELECT id, shop_id, sku, name, spec, category, barcode, price_minor, image_url, charge, created_at, changed_at FROM product
 WHERE id IN (:ids...) AND (sku, id) > (:after_sku, :after_id) ORDER BY sku, id LIMIT :limit;

-- name: sales_of_product
-- What an exchange made of a line was not sold again.
SELECT COUNT(*), COALESCE(SUM(l.qty), 0), COALESCE(SUM(l.allocated_minor), 0),
  COALESCE(SUM((SELECT COALESCE(SUM(u.qty), 0) FROM unit_ledger u WHERE u.order_id = l.order_id AND u.order_line_id = l.id AND u.bucket IN ('with_us', 'returned', 'consumed', 'exchanged'))), 0)
  FROM order_line l JOIN sales_order o ON o.id = l.order_id WHERE l.sku = :sku AND o.shop_id = :shop_id AND l.origin_leg_id IS NULL;

-- name: orders_with_product
-- Of the 2,000 that came here last, so that a best-seller costs no more than others; by their ids, not through all of the shop's.
WITH sold AS MATERIALIZED (SELECT l.order_id FROM order_line l WHERE l.sku = :sku ORDER BY l.order_id DESC LIMIT 2000)
SELECT o.id, o.shop_id, o.number, o.customer_id, o.currency, o.goods_minor, o.discount_minor, o.shipping_minor, o.total_minor,
  o.channel, o.placed_at, o.paid_at, o.delivered_at, COALESCE(NULLIF(cu.name, ''), cu.external_ref) AS customer_name,
  (SELECT COUNT(*) FROM order_line x WHERE x.order_id = o.id) AS line_count,
  (SELECT COUNT(*) FROM support_case c WHERE c.order_id = o.id) AS case_count
  FROM sales_order o LEFT JOIN customer cu ON cu.id = o.customer_id
 WHERE o.id IN (SELECT order_id FROM sold) AND COALESCE(o.shop_id, '') = :shop_id
 ORDER BY o.placed_at DESC, o.id DESC LIMIT 20;

-- name: categories_of_shop
SELECT DISTINCT category FROM product WHERE shop_id = :shop_id AND category <> '' ORDER BY category LIMIT :limit;
