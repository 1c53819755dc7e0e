-- name: insert_customer
INSERT INTO customer (id, shop_id, external_ref, name, phone, email, country, created_at, phone_last4, region, birthday, party, style)
VALUES (:id, :shop_id, :external_ref, :name, :phone, :email, :country, :created_at, :phone_last4, :region, :birthday, :party, :style);

-- name: update_customer
UPDATE customer SET name = :name, phone = :phone, email = :email, country = :country, phone_last4 = :phone_last4, region = :region,
  birthday = :birthday, party = :party, style = :style
 WHERE id = :id;

-- name: customer_by_ref
SELECT id FROM customer WHERE shop_id = :shop_id AND external_ref = :external_ref;

-- name: customer_by_identity
-- The oldest: what was linked first stays the root.
SELECT customer_id FROM identity WHERE shop_id = :shop_id AND value = :value AND kind = :kind ORDER BY customer_id LIMIT 1;

-- name: customer_by_contact
-- Same number or mail and same name, whoever said it: one person, until somebody knows better.
SELECT i.customer_id FROM identity i JOIN customer c ON c.id = i.customer_id
 WHERE i.shop_id = :shop_id AND i.value = :value AND i.kind IN (:kind, :proved)
   AND (c.name = :name OR (:name <> '' AND EXISTS (SELECT 1 FROM customer_fact f WHERE f.customer_id = i.customer_id AND f.field = 'name' AND f.value = :name)))
 ORDER BY i.customer_id LIMIT 1;

-- name: customer_by_name_only
SELECT id FROM customer WHERE shop_id = :shop_id AND name = :name AND external_ref IS NULL AND phone = '' AND email = '' ORDER BY id LIMIT 1;

-- name: forget_facts
DELETE FROM customer_fact WHERE customer_id = :customer_id AND (source = :source OR (source >= :from AND source < :to));

-- name: forget_identities
DELETE FROM identity WHERE customer_id = :customer_id AND (source = :source OR (source >= :from AND source < :to));

-- name: forget_addresses
DELETE FROM address WHERE customer_id = :customer_id AND (source = :source OR (source >= :from AND source < :to))
   AND NOT EXISTS (SELECT 1 FROM shipment s WHERE s.address_id = address.id);

-- name: find_customer
SELECT id, shop_id, external_ref, name, phone, email, country, created_at, region, birthday, party, style, erased_at FROM customer WHERE id = :id;

-- name: list_customers
SELECT id, shop_id, external_ref, name, phone, email, country, created_at, region, birthday, party, style, erased_at FROM customer
 WHERE shop_id IN (:shops...) AND erased_at = 0 AND id > :after_id ORDER BY id LIMIT :limit;

-- name: list_tagged
SELECT id, shop_id, external_ref, name, phone, email, country, created_at, region, birthday, party, style, erased_at FROM customer
 WHERE shop_id IN (:shops...) AND erased_at = 0 AND id > :after_id AND id IN (SELECT customer_id FROM customer_tag WHERE tag = :tag)
 ORDER BY id LIMIT :limit;

-- name: customers_by_ids
SELECT id, shop_id, external_ref, name, phone, email, country, created_at, region, birthday, party, style, erased_at FROM customer
 WHERE id IN (:ids...) AND id > :after_id AND (:tag = '' OR id IN (SELECT customer_id FROM customer_tag WHERE tag = :tag))
 ORDER BY id LIMIT :limit;

-- name: match_customers
-- By tail or whole of a phone, number, start of the name or nick, whole other identity. A phone or mail is never found by its
-- start: typing on digit by digit would tell what is masked.
SELECT id FROM customer WHERE phone_last4 = :last4 AND shop_id IN (:shops...)
UNION SELECT customer_id FROM identity WHERE last4 = :last4 AND last4 <> '' AND shop_id IN (:shops...)
UNION SELECT id FROM customer WHERE external_ref = :q AND shop_id IN (:shops...)
UNION SELECT id FROM customer WHERE name >= :q AND name < :q_end AND shop_id IN (:shops...)
UNION SELECT customer_id FROM identity WHERE value = :plain AND shop_id IN (:shops...)
UNION SELECT customer_id FROM identity WHERE value >= :plain AND value < :plain_end AND kind = 'nick' AND shop_id IN (:shops...)
ORDER BY 1 LIMIT :limit;

-- name: match_tokens
SELECT t.ref_id, c.name FROM search_token t JOIN customer c ON c.id = t.ref_id
 WHERE t.shop_id IN (:shops...) AND t.token = :token AND t.kind = 'customer' ORDER BY t.ref_id LIMIT :limit;

-- name: insert_token
INSERT INTO search_token (shop_id, token, kind, ref_id) VALUES (:shop_id, :token, :kind, :ref_id)
  ON CONFLICT (shop_id, token, kind, ref_id) DO NOTHING;

-- name: delete_tokens
DELETE FROM search_token WHERE ref_id = :ref_id;

-- name: facts_of
SELECT field, source, value, observed_at, verified, locked_by FROM customer_fact WHERE customer_id = :customer_id ORDER BY field, observed_at DESC, source;

-- name: put_fact
INSERT INTO customer_fact (customer_id, field, source, value, observed_at, verified, locked_by)
VALUES (:customer_id, :field, :source, :value, :observed_at, :verified, :locked_by)
  ON CONFLICT (customer_id, field, source) DO UPDATE SET value = excluded.value, observed_at = excluded.observed_at,
  verified = excluded.verified, locked_by = excluded.locked_by;

-- name: identities_of
SELECT id, customer_id, shop_id, kind, scope, value, strength, source, first_seen, last_seen FROM identity
 WHERE customer_id = :customer_id ORDER BY first_seen, id;

-- name: put_identity
INSERT INTO identity (id, customer_id, shop_id, kind, scope, value, strength, source, first_seen, last_seen, last4)
VALUES (:id, :customer_id, :shop_id, :kind, :scope, :value, :strength, :source, :first_seen, :last_seen, :last4)
  ON CONFLICT (customer_id, kind, scope, value) DO UPDATE SET
  last_seen = CASE WHEN excluded.last_seen > identity.last_seen THEN excluded.last_seen ELSE identity.last_seen END,
  first_seen = CASE WHEN excluded.first_seen < identity.first_seen THEN excluded.first_seen ELSE identity.first_seen END;

-- name: addresses_of
SELECT id, customer_id, receiver, phone, country, province, city, district, street, source, last_used_at FROM address
 WHERE customer_id = :customer_id ORDER BY last_used_at DESC, id LIMIT 50;

-- name: find_address
SELECT id, customer_id, receiver, phone, country, province, city, district, street, source, last_used_at FROM address WHERE id = :id;

-- name: insert_address
INSERT INTO address (id, customer_id, receiver, phone, country, province, city, district, street, source, last_used_at)
VALUES (:id, :customer_id, :receiver, :phone, :country, :province, :city, :district, :street, :source, :last_used_at);

-- name: use_address
UPDATE address SET last_used_at = :at WHERE id = :id AND last_used_at < :at;

-- name: tags_of
SELECT tag FROM customer_tag WHERE customer_id = :customer_id ORDER BY tag;

-- name: add_tag
INSERT INTO customer_tag (customer_id, tag, added_by, at) VALUES (:customer_id, :tag, :added_by, :at)
  ON CONFLICT (customer_id, tag) DO NOTHING;

-- name: remove_tag
DELETE FROM customer_tag WHERE customer_id = :customer_id AND tag = :tag;

-- name: tags_in_use
SELECT t.tag, COUNT(*) FROM customer_tag t JOIN customer c ON c.id = t.customer_id WHERE c.shop_id IN (:shops...)
 GROUP BY t.tag ORDER BY COUNT(*) DESC, t.tag LIMIT 200;

-- name: notes_of
SELECT id, customer_id, kind, state, body, order_id, author_id, at, version FROM customer_note
 WHERE customer_id = :customer_id AND state <> 'removed' ORDER BY at DESC, id DESC LIMIT 100;

-- name: find_note
SELECT id, customer_id, kind, state, body, order_id, author_id, at, version FROM customer_note WHERE id = :id;

-- name: note_said
SELECT id FROM customer_note WHERE customer_id = :customer_id AND kind = :kind AND body = :body LIMIT 1;

-- name: insert_note
INSERT INTO customer_note (id, customer_id, kind, state, body, order_id, author_id, at, version)
VALUES (:id, :customer_id, :kind, :state, :body, :order_id, :author_id, :at, :version);

-- name: update_note
UPDATE customer_note SET state = :state, body = :body, version = version + 1 WHERE id = :id AND version = :version;

-- name: insert_reveal
INSERT INTO reveal (id, customer_id, field, staff_id, reason, at) VALUES (:id, :customer_id, :field, :staff_id, :reason, :at);

-- name: count_reveals
SELECT COUNT(*) FROM reveal WHERE staff_id = :staff_id AND at >= :since;

-- name: reveals_of
SELECT r.id, r.field, r.staff_id, COALESCE(s.name, '') AS staff_name, r.reason, r.at FROM reveal r LEFT JOIN staff s ON s.id = r.staff_id
 WHERE r.customer_id = :customer_id ORDER BY r.at DESC, r.id DESC LIMIT 50;

-- name: value_of_customer
SELECT COUNT(*), COALESCE(SUM(o.total_minor), 0), COALESCE(MAX(o.currency), ''), COALESCE(MIN(o.placed_at), 0), COALESCE(MAX(o.placed_at), 0)
  FROM sales_order o WHERE o.customer_id = :customer_id;

-- name: refunded_to_customer
SELECT COALESCE(SUM(m.refunded_minor), 0) FROM money_ledger m JOIN sales_order o ON o.id = m.order_id
 WHERE o.customer_id = :customer_id;

-- name: units_of_customer
-- Units bought, and those that came back.
SELECT COALESCE(SUM(l.qty), 0), COALESCE(SUM((SELECT COALESCE(SUM(u.qty), 0) FROM unit_ledger u
   WHERE u.order_id = l.order_id AND u.order_line_id = l.id AND u.bucket IN ('with_us', 'returned', 'consumed', 'exchanged'))), 0)
  FROM order_line l JOIN sales_order o ON o.id = l.order_id WHERE o.customer_id = :customer_id AND l.delivered_qty > 0;

-- name: count_cases_of_customer
SELECT COUNT(*), COALESCE(SUM(CASE WHEN status IN ('resolved', 'closed') THEN 0 ELSE 1 END), 0) FROM support_case WHERE customer_id = :customer_id;

-- name: orders_for_trend
SELECT placed_at, total_minor FROM sales_order WHERE customer_id = :customer_id AND placed_at >= :since ORDER BY placed_at, id LIMIT 5000;

-- name: customer_timeline
-- What happened with this person, newest first; the words of notes come along, those of orders and cases are numbers.
SELECT at, id, kind, ref, detail, minor FROM (
  SELECT o.placed_at AS at, o.id AS id, 'order_placed' AS kind, o.number AS ref, o.channel AS detail, o.total_minor AS minor
    FROM sales_order o WHERE o.customer_id = :customer_id AND o.placed_at <= :after_at
  UNION ALL
  SELECT s.shipped_at, s.id, 'order_shipped', o.number, s.carrier || ' ' || s.tracking, 0
    FROM sales_order o JOIN shipment s ON s.order_id = o.id WHERE o.customer_id = :customer_id AND s.shipped_at > 0 AND s.shipped_at <= :after_at
  UNION ALL
  SELECT c.opened_at, c.id, 'case_opened', c.number, c.kind, c.amount_minor
    FROM support_case c WHERE c.customer_id = :customer_id AND c.opened_at <= :after_at
  UNION ALL
  SELECT c.closed_at, c.id || '#', 'case_closed', c.number, c.kind, c.amount_minor
    FROM support_case c WHERE c.customer_id = :customer_id AND c.closed_at > 0 AND c.closed_at <= :after_at
  UNION ALL
  SELECT n.at, n.id, 'note_' || n.kind, '', n.body, 0
    FROM customer_note n WHERE n.customer_id = :customer_id AND n.state <> 'removed' AND n.at <= :after_at
  UNION ALL
  SELECT r.at, r.id, 'revealed', r.field, COALESCE(st.name, ''), 0
    FROM reveal r LEFT JOIN staff st ON st.id = r.staff_id WHERE r.customer_id = :customer_id AND r.at <= :after_at AND :reveals = 1
  UNION ALL
  SELECT e.erased_at, e.customer_id, 'erased', e.reason, COALESCE(st.name, ''), 0
    FROM erasure e LEFT JOIN staff st ON st.id = e.erased_by WHERE e.customer_id = :customer_id AND e.erased_at <= :after_at
) t WHERE (at, id) < (:after_at, :after_id) ORDER BY at DESC, id DESC LIMIT :limit;
