-- Reviews of buyers. Columns of each reading: the row, the numbers of its order and case, the customer's and the staff's names.

-- name: insert
INSERT INTO review (id, shop_id, number, customer_id, order_id, sku, product, rating, band, body, source, written_at, recorded_at, state, reply,
  case_id, reason, settled_by, settled_at, version)
VALUES (:id, :shop_id, :number, :customer_id, :order_id, :sku, :product, :rating, :band, :body, :source, :written_at, :recorded_at, :state, :reply,
  :case_id, :reason, :settled_by, :settled_at, :version);

-- name: hold [sqlite]
SELECT order_id FROM review WHERE id = :id;

-- name: hold [postgres]
SELECT order_id FROM review WHERE id = :id FOR UPDATE;

-- name: find
SELECT r.id, r.shop_id, r.number, r.customer_id, r.order_id, r.sku, r.product, r.rating, r.band, r.body, r.source, r.written_at, r.recorded_at, r.state,
  r.reply, r.case_id, r.reason, r.settled_by, r.settled_at, r.version, o.number AS order_number, c.number AS case_number, p.name AS customer_name,
  s.name AS settled_name
  FROM review r LEFT JOIN sales_order o ON o.id = r.order_id LEFT JOIN support_case c ON c.id = r.case_id
  LEFT JOIN customer p ON p.id = r.customer_id LEFT JOIN staff s ON s.id = r.settled_by
 WHERE r.id = :id;

-- name: of_number
SELECT id FROM review WHERE shop_id = :shop AND number = :number;

-- name: of_case
SELECT id FROM review WHERE case_id = :case ORDER BY written_at DESC, id DESC LIMIT :limit;

-- name: list
-- Newest first, whatever their state. :band empty: of every band. :q: a piece of its words, or of the numbers and goods it is about; empty: all.
SELECT r.id, r.shop_id, r.number, r.customer_id, r.order_id, r.sku, r.product, r.rating, r.band, r.body, r.source, r.written_at, r.recorded_at, r.state,
  r.reply, r.case_id, r.reason, r.settled_by, r.settled_at, r.version, o.number AS order_number, c.number AS case_number, p.name AS customer_name,
  s.name AS settled_name
  FROM review r LEFT JOIN sales_order o ON o.id = r.order_id LEFT JOIN support_case c ON c.id = r.case_id
  LEFT JOIN customer p ON p.id = r.customer_id LEFT JOIN staff s ON s.id = r.settled_by
 WHERE r.shop_id IN (:shops...) AND r.written_at >= :from AND r.written_at < :before AND (r.written_at, r.id) < (:after_at, :after_id)
   AND (:band = '' OR r.band = :band)
   AND (:q = '' OR r.body LIKE :as_written ESCAPE '!' OR lower(r.body) LIKE :q ESCAPE '!' OR lower(r.product) LIKE :q ESCAPE '!' OR lower(r.sku) LIKE :q ESCAPE '!'
     OR r.product LIKE :as_written ESCAPE '!' OR lower(o.number) LIKE :q ESCAPE '!')
 ORDER BY r.written_at DESC, r.id DESC LIMIT :limit;

-- name: list_in_state
SELECT r.id, r.shop_id, r.number, r.customer_id, r.order_id, r.sku, r.product, r.rating, r.band, r.body, r.source, r.written_at, r.recorded_at, r.state,
  r.reply, r.case_id, r.reason, r.settled_by, r.settled_at, r.version, o.number AS order_number, c.number AS case_number, p.name AS customer_name,
  s.name AS settled_name
  FROM review r LEFT JOIN sales_order o ON o.id = r.order_id LEFT JOIN support_case c ON c.id = r.case_id
  LEFT JOIN customer p ON p.id = r.customer_id LEFT JOIN staff s ON s.id = r.settled_by
 WHERE r.shop_id IN (:shops...) AND r.state = :state AND r.written_at >= :from AND r.written_at < :before
   AND (r.written_at, r.id) < (:after_at, :after_id) AND (:band = '' OR r.band = :band)
   AND (:q = '' OR r.body LIKE :as_written ESCAPE '!' OR lower(r.body) LIKE :q ESCAPE '!' OR lower(r.product) LIKE :q ESCAPE '!' OR lower(r.sku) LIKE :q ESCAPE '!'
     OR r.product LIKE :as_written ESCAPE '!' OR lower(o.number) LIKE :q ESCAPE '!')
 ORDER BY r.written_at DESC, r.id DESC LIMIT :limit;

-- name: count_new
SELECT COUNT(*) AS fresh, COALESCE(SUM(CASE WHEN band = 'bad' THEN 1 ELSE 0 END), 0) AS urgent FROM review WHERE shop_id = :shop AND state = 'new';

-- name: count_written
SELECT COUNT(*) AS n FROM review WHERE shop_id = :shop AND written_at >= :from AND written_at < :before;

-- name: settle
UPDATE review SET state = :state, reply = :reply, case_id = :case_id, reason = :reason, settled_by = :settled_by, settled_at = :settled_at,
  version = version + 1
 WHERE id = :id AND version = :version;

-- name: drop_unsettled
-- Somebody's answer or case keeps it.
DELETE FROM review WHERE id = :id AND state IN ('new', 'set_aside');
