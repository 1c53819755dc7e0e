-- name: due_clocks
-- Clocks that run out, remind, or ran out long ago.
SELECT id, case_id, operation_id, wake_at AS due_at FROM clock
 WHERE wake_at > 0 AND wake_at <= :now AND (wake_at, id) > (:after_at, :after_id) ORDER BY wake_at, id LIMIT :limit;

-- name: next_clock
SELECT MIN(wake_at) AS due_at FROM clock WHERE wake_at > 0;

-- name: find_cursor
SELECT cursor FROM connector_cursor WHERE connector_id = :connector_id AND stream = :stream;

-- name: put_cursor
INSERT INTO connector_cursor (connector_id, stream, cursor, changed_at) VALUES (:connector_id, :stream, :cursor, :now)
ON CONFLICT (connector_id, stream) DO UPDATE SET cursor = excluded.cursor, changed_at = excluded.changed_at;

-- name: case_of_operation
-- Only a case of the connector's own shop: a warehouse cannot reach another shop's goods.
SELECT o.case_id FROM operation o JOIN support_case c ON c.id = o.case_id WHERE o.id = :id AND c.shop_id = :shop_id;

-- name: operation_of_parcel
-- Of a parcel to the customer, with the same care.
SELECT l.operation_id, l.case_id FROM outbound_leg l JOIN support_case c ON c.id = l.case_id WHERE l.id = :id AND c.shop_id = :shop_id;

-- name: find_problem
SELECT code, item FROM delivered_problem WHERE connector_id = :connector_id AND stream = :stream AND external_id = :external_id;

-- name: put_problem
INSERT INTO delivered_problem (connector_id, stream, external_id, code, item, case_id, at)
VALUES (:connector_id, :stream, :external_id, :code, :item, :case_id, :at)
ON CONFLICT (connector_id, stream, external_id) DO UPDATE SET
  code = excluded.code, item = excluded.item, case_id = excluded.case_id, at = excluded.at;

-- name: solve_problem
DELETE FROM delivered_problem WHERE connector_id = :connector_id AND stream = :stream AND external_id = :external_id;

-- name: problems_of
SELECT p.connector_id, p.stream, p.external_id, p.code, p.item, p.case_id, c.number AS case_number, p.at
  FROM delivered_problem p LEFT JOIN support_case c ON c.id = p.case_id
 WHERE p.connector_id = :connector_id ORDER BY p.at DESC, p.external_id LIMIT 200;

-- name: problems_with
SELECT p.connector_id, p.stream, p.external_id, p.code, p.item, p.case_id, c.number AS case_number, p.at
  FROM delivered_problem p LEFT JOIN support_case c ON c.id = p.case_id
 WHERE p.connector_id = :connector_id AND p.stream = :stream AND p.code = :code ORDER BY p.at DESC, p.external_id LIMIT 1000;

-- name: operation_by_id
SELECT o.id AS operation_id, o.case_id, c.number AS case_number,
       CASE WHEN o.decision IN ('approved', 'disputed', 'settling') THEN 1 ELSE 0 END AS under_way
  FROM operation o JOIN support_case c ON c.id = o.case_id
 WHERE o.id = :id AND c.shop_id = :shop_id;

-- name: operations_by_case_number
SELECT o.id AS operation_id, o.case_id, c.number AS case_number,
       CASE WHEN o.decision IN ('approved', 'disputed', 'settling') THEN 1 ELSE 0 END AS under_way
  FROM operation o JOIN support_case c ON c.id = o.case_id
 WHERE c.number = :number AND c.shop_id = :shop_id ORDER BY under_way DESC, o.requested_at DESC, o.id DESC;

-- name: operations_by_tracking
SELECT o.id AS operation_id, o.case_id, c.number AS case_number,
       CASE WHEN o.decision IN ('approved', 'disputed', 'settling') THEN 1 ELSE 0 END AS under_way
  FROM inbound_leg l JOIN operation o ON o.id = l.operation_id JOIN support_case c ON c.id = o.case_id
 WHERE l.tracking = :tracking AND c.shop_id = :shop_id ORDER BY under_way DESC, o.requested_at DESC, o.id DESC LIMIT 20;
