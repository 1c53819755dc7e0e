-- What people read off a parcel → operations under way, each by one way alone, likeliest first.

-- name: by_tracking
SELECT o.id AS operation_id, o.case_id FROM inbound_leg l JOIN operation o ON o.id = l.operation_id JOIN support_case c ON c.id = o.case_id
 WHERE l.tracking = :code AND c.shop_id IN (:shops...) AND o.decision IN ('approved', 'disputed', 'settling') ORDER BY o.requested_at DESC, o.id LIMIT 5;

-- name: by_reference
-- The courier's waybill, the warehouse's own id, or the webhook's key.
SELECT o.id AS operation_id, o.case_id
  FROM (SELECT id FROM operation WHERE waybill = :code AND waybill <> '' UNION SELECT id FROM operation WHERE return_ref = :code AND return_ref <> ''
        UNION SELECT id FROM operation WHERE id = :code) r
  CROSS JOIN operation o CROSS JOIN support_case c
 WHERE o.id = r.id AND c.id = o.case_id AND c.shop_id IN (:shops...) AND o.decision IN ('approved', 'disputed', 'settling') ORDER BY o.requested_at DESC, o.id LIMIT 5;

-- name: by_case
SELECT o.id AS operation_id, o.case_id FROM support_case c JOIN operation o ON o.case_id = c.id
 WHERE c.number = :code AND c.shop_id IN (:shops...) AND o.decision IN ('approved', 'disputed', 'settling') ORDER BY o.requested_at DESC, o.id LIMIT 5;

-- name: by_order
SELECT o.id AS operation_id, o.case_id FROM sales_order s JOIN operation o ON o.order_id = s.id JOIN support_case c ON c.id = o.case_id
 WHERE s.shop_id IN (:shops...) AND s.number = :code AND o.decision IN ('approved', 'disputed', 'settling') ORDER BY o.requested_at DESC, o.id LIMIT 5;

-- name: by_sku
-- By far the most orders of a sku have no return under way, so that those under way are looked through.
SELECT o.id AS operation_id, o.case_id FROM operation o JOIN support_case c ON c.id = o.case_id
 WHERE c.shop_id IN (:shops...) AND c.status IN ('open', 'waiting_customer', 'waiting_partner') AND o.decision IN ('approved', 'disputed', 'settling')
   AND EXISTS (SELECT 1 FROM operation_line l JOIN order_line s ON s.id = l.order_line_id
                WHERE l.case_id = o.case_id AND l.operation_id = o.id AND s.sku = :code)
 ORDER BY o.requested_at DESC, o.id LIMIT 5;

-- name: recalls_with
SELECT l.case_id, c.number AS case_number, l.sku, l.name, l.tracking, l.qty - l.arrived AS qty
  FROM (SELECT id FROM inbound_leg WHERE tracking = :code AND tracking <> ''
        UNION SELECT b.id FROM support_case n JOIN inbound_leg b ON b.case_id = n.id WHERE n.number = :number) r
  CROSS JOIN inbound_leg l CROSS JOIN support_case c
 WHERE l.id = r.id AND c.id = l.case_id AND l.purpose = 'recall' AND l.arrived < l.qty AND c.shop_id IN (:shops...) ORDER BY l.id DESC LIMIT 5;

-- name: gave_up
SELECT o.id AS operation_id, o.case_id
  FROM (SELECT id FROM support_case WHERE number = :number UNION SELECT case_id AS id FROM outbound_leg WHERE tracking = :code AND tracking <> '') r
  CROSS JOIN operation o CROSS JOIN support_case c
 WHERE o.case_id = r.id AND c.id = o.case_id AND (o.kind = 'reissue' OR o.sub_kind = 'not_received') AND o.decided_at > 0
   AND c.shop_id IN (:shops...) ORDER BY o.requested_at DESC, o.id LIMIT 5;
