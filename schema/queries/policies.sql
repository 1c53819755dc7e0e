-- name: insert_policy
INSERT INTO policy (id, shop_id, version, valid_from, terms, made_by, valid_to, channel, source, source_url)
VALUES (:id, :shop_id, :version, :valid_from, :terms, :made_by, :valid_to, :channel, :source, :source_url);

-- name: end_policies
-- What would still be valid at an instant ends there; what was to begin later never begins.
UPDATE policy SET valid_to = CASE WHEN valid_from > :at THEN valid_from ELSE :at END
 WHERE shop_id = :shop_id AND channel = :channel AND (valid_to = 0 OR valid_to > :at);

-- name: policies_of_shop
SELECT p.id, p.shop_id, p.version, p.valid_from, p.terms, p.valid_to, p.channel, p.source, p.source_url, p.made_by, s.name
  FROM policy p LEFT JOIN staff s ON s.id = p.made_by WHERE p.shop_id = :shop_id ORDER BY p.version DESC;

-- name: find_policy
SELECT id, shop_id, version, valid_from, terms, valid_to, channel, source, source_url FROM policy WHERE id = :id;

-- name: policies_at
-- The versions valid at an instant, of the shop and of its channels.
SELECT id, shop_id, version, valid_from, terms, valid_to, channel, source, source_url FROM policy
 WHERE shop_id = :shop_id AND valid_from <= :at AND (valid_to = 0 OR valid_to > :at) ORDER BY version DESC;

-- name: last_policy
SELECT id, shop_id, version, valid_from, terms, valid_to, channel, source, source_url FROM policy
 WHERE shop_id = :shop_id ORDER BY version DESC LIMIT 1;

-- name: last_of_channel
SELECT id, shop_id, version, valid_from, terms, valid_to, channel, source, source_url FROM policy
 WHERE shop_id = :shop_id AND channel = :channel ORDER BY version DESC LIMIT 1;

-- name: channels_of_shop
-- Of its newest orders.
SELECT DISTINCT channel FROM (SELECT channel FROM sales_order WHERE shop_id = :shop_id ORDER BY placed_at DESC, id DESC LIMIT 1000) AS newest
 WHERE channel <> '' ORDER BY channel;

-- name: override_counts
SELECT o.policy_id, o.overridden, o.maker_id, s.name, COUNT(*)
  FROM operation o LEFT JOIN staff s ON s.id = o.maker_id
 WHERE o.overridden <> 'none' AND o.requested_at >= :since AND o.policy_id IN (SELECT id FROM policy WHERE shop_id = :shop_id)
 GROUP BY o.policy_id, o.overridden, o.maker_id, s.name ORDER BY COUNT(*) DESC, o.policy_id, o.overridden, o.maker_id;

-- name: overrides
-- Newest first.
SELECT o.id, o.case_id, c.number, o.policy_id, o.overridden, o.maker_id, s.name, o.requested_at
  FROM operation o JOIN support_case c ON c.id = o.case_id LEFT JOIN staff s ON s.id = o.maker_id
 WHERE o.overridden <> 'none' AND o.requested_at >= :since AND o.policy_id IN (SELECT id FROM policy WHERE shop_id = :shop_id)
 ORDER BY o.requested_at DESC, o.id DESC LIMIT :limit;
