-- What closed cases were about, by when they were opened. Cases that went on in another one count there.

-- name: causes
-- Cases without an order count in the shop's own currency.
SELECT c.cause_code, c.responsibility, COALESCE(NULLIF(c.currency, ''), s.currency) AS currency, COUNT(*) AS cases, SUM(CASE WHEN c.kind = 'complaint' THEN 1 ELSE 0 END) AS complaints,
  SUM(c.amount_minor) AS amount_minor
  FROM support_case c JOIN shop s ON s.id = c.shop_id
 WHERE c.shop_id IN (:shops...) AND c.status = 'closed' AND c.opened_at >= :from AND c.opened_at < :to AND c.cause_code <> '' AND c.cause_code <> 'merged'
 GROUP BY c.cause_code, c.responsibility, COALESCE(NULLIF(c.currency, ''), s.currency)
 ORDER BY COUNT(*) DESC, c.cause_code, c.responsibility, COALESCE(NULLIF(c.currency, ''), s.currency);

-- name: intents
-- What customers really wanted, closed or not.
SELECT c.matter_intent AS intent, COUNT(*) AS cases
  FROM support_case c
 WHERE c.shop_id IN (:shops...) AND c.status IN ('open', 'waiting_customer', 'waiting_partner', 'resolved', 'closed')
   AND c.opened_at >= :from AND c.opened_at < :to AND c.matter_intent <> 'unsaid' AND c.cause_code <> 'merged' AND (:cause = '' OR c.cause_code = :cause)
 GROUP BY c.matter_intent ORDER BY COUNT(*) DESC, c.matter_intent;

-- name: products
-- Goods of their operations; :cause empty: of every cause.
SELECT l.sku, MAX(l.name) AS name, COUNT(DISTINCT c.id) AS cases
  FROM support_case c JOIN operation_line x ON x.case_id = c.id JOIN order_line l ON l.id = x.order_line_id
 WHERE c.shop_id IN (:shops...) AND c.status = 'closed' AND c.opened_at >= :from AND c.opened_at < :to AND c.cause_code <> 'merged'
   AND (:cause = '' OR c.cause_code = :cause)
 GROUP BY l.sku ORDER BY COUNT(DISTINCT c.id) DESC, l.sku LIMIT :limit;

-- name: malfunctions
SELECT o.malfunction, COUNT(DISTINCT c.id) AS cases
  FROM support_case c JOIN operation o ON o.case_id = c.id
 WHERE c.shop_id IN (:shops...) AND c.status = 'closed' AND c.opened_at >= :from AND c.opened_at < :to AND o.malfunction <> 'none'
   AND (:cause = '' OR c.cause_code = :cause)
 GROUP BY o.malfunction ORDER BY COUNT(DISTINCT c.id) DESC, o.malfunction;

-- name: preventions
-- How it will not happen again, as reviews say it; the newest first.
SELECT c.id AS case_id, c.shop_id, c.number, c.cause_code, c.responsibility, n.body AS words, n.at, s.name AS author_name
  FROM support_case c JOIN note n ON n.id = c.matter_prevention_id LEFT JOIN staff s ON s.id = n.author_id
 WHERE c.shop_id IN (:shops...) AND c.status = 'closed' AND c.opened_at >= :from AND c.opened_at < :to AND (:cause = '' OR c.cause_code = :cause)
 ORDER BY n.at DESC, n.id DESC LIMIT :limit;
