-- Links and merges.

-- name: links_of
SELECT l.case_id, l.other_id, l.shop_id, l.relation, l.linked_by, l.linked_at, s.name AS linked_name
  FROM case_link l LEFT JOIN staff s ON s.id = l.linked_by
 WHERE l.case_id = :id OR l.other_id = :id ORDER BY l.linked_at, l.case_id, l.other_id;

-- name: put_link
INSERT INTO case_link (case_id, other_id, shop_id, relation, linked_by, linked_at)
VALUES (:case_id, :other_id, :shop_id, :relation, :linked_by, :linked_at)
ON CONFLICT (case_id, other_id) DO UPDATE SET relation = excluded.relation, linked_by = excluded.linked_by, linked_at = excluded.linked_at;

-- name: drop_link
DELETE FROM case_link WHERE (case_id = :id AND other_id = :other_id) OR (case_id = :other_id AND other_id = :id);

-- name: merges_of
-- Into this case, and of it.
SELECT m.case_id, m.into_id, m.shop_id, m.was, m.version, m.into_version, m.merged_by, m.merged_at, s.name AS merged_name
  FROM case_merge m LEFT JOIN staff s ON s.id = m.merged_by
 WHERE m.into_id = :id OR m.case_id = :id ORDER BY m.merged_at, m.case_id;

-- name: merged_operations
SELECT o.id, o.case_id, c.number AS case_number, o.kind, o.sub_kind, o.decision, o.reason, o.quote_net_minor AS amount_minor, o.currency, o.requested_at
  FROM operation o JOIN support_case c ON c.id = o.case_id WHERE o.case_id IN (:cases...) ORDER BY o.requested_at, o.id;

-- name: insert_merge
INSERT INTO case_merge (case_id, into_id, shop_id, was, version, into_version, merged_by, merged_at)
VALUES (:case_id, :into_id, :shop_id, :was, :version, :into_version, :merged_by, :merged_at);

-- name: drop_merge
DELETE FROM case_merge WHERE case_id = :id;

-- name: target_of
SELECT into_id FROM case_merge WHERE case_id = :id;
