-- name: insert
INSERT INTO unidentified_parcel (id, shop_id, state, carrier, tracking, order_number, phone_last4, contents, photo_ref, source, external_id,
  case_id, operation_id, inbound_leg_id, disposal, note, recorded_by, recorded_at, ended_by, ended_at, version)
VALUES (:id, :shop_id, :state, :carrier, :tracking, :order_number, :phone_last4, :contents, :photo_ref, :source, :external_id,
  :case_id, :operation_id, :inbound_leg_id, :disposal, :note, :recorded_by, :recorded_at, :ended_by, :ended_at, :version);

-- name: find [sqlite]
SELECT p.id, p.shop_id, p.state, p.carrier, p.tracking, p.order_number, p.phone_last4, p.contents, p.photo_ref, p.source, p.external_id, p.case_id,
  p.operation_id, p.inbound_leg_id, p.disposal, p.note, p.recorded_by, p.recorded_at, p.ended_by, p.ended_at, p.version,
  c.number AS case_number, r.name AS recorded_name, e.name AS ended_name
  FROM unidentified_parcel p LEFT JOIN support_case c ON c.id = p.case_id LEFT JOIN staff r ON r.id = p.recorded_by
  LEFT JOIN staff e ON e.id = p.ended_by
 WHERE p.id = :id;

-- name: find [postgres]
SELECT p.id, p.shop_id, p.state, p.carrier, p.tracking, p.order_number, p.phone_last4, p.contents, p.photo_ref, p.source, p.external_id, p.case_id,
  p.operation_id, p.inbound_leg_id, p.disposal, p.note, p.recorded_by, p.recorded_at, p.ended_by, p.ended_at, p.version,
  c.number AS case_number, r.name AS recorded_name, e.name AS ended_name
  FROM unidentified_parcel p LEFT JOIN support_case c ON c.id = p.case_id LEFT JOIN staff r ON r.id = p.recorded_by
  LEFT JOIN staff e ON e.id = p.ended_by
 WHERE p.id = :id FOR UPDATE OF p;

-- name: find_read
SELECT p.id, p.shop_id, p.state, p.carrier, p.tracking, p.order_number, p.phone_last4, p.contents, p.photo_ref, p.source, p.external_id, p.case_id,
  p.operation_id, p.inbound_leg_id, p.disposal, p.note, p.recorded_by, p.recorded_at, p.ended_by, p.ended_at, p.version,
  c.number AS case_number, r.name AS recorded_name, e.name AS ended_name
  FROM unidentified_parcel p LEFT JOIN support_case c ON c.id = p.case_id LEFT JOIN staff r ON r.id = p.recorded_by
  LEFT JOIN staff e ON e.id = p.ended_by
 WHERE p.id = :id;

-- name: of_receipt
SELECT p.id, p.shop_id, p.state, p.carrier, p.tracking, p.order_number, p.phone_last4, p.contents, p.photo_ref, p.source, p.external_id, p.case_id,
  p.operation_id, p.inbound_leg_id, p.disposal, p.note, p.recorded_by, p.recorded_at, p.ended_by, p.ended_at, p.version,
  c.number AS case_number, r.name AS recorded_name, e.name AS ended_name
  FROM unidentified_parcel p LEFT JOIN support_case c ON c.id = p.case_id LEFT JOIN staff r ON r.id = p.recorded_by
  LEFT JOIN staff e ON e.id = p.ended_by
 WHERE p.source = :source AND p.external_id = :external_id AND p.source <> '';

-- name: with_tracking
SELECT p.id, p.shop_id, p.state, p.carrier, p.tracking, p.order_number, p.phone_last4, p.contents, p.photo_ref, p.source, p.external_id, p.case_id,
  p.operation_id, p.inbound_leg_id, p.disposal, p.note, p.recorded_by, p.recorded_at, p.ended_by, p.ended_at, p.version,
  c.number AS case_number, r.name AS recorded_name, e.name AS ended_name
  FROM unidentified_parcel p LEFT JOIN support_case c ON c.id = p.case_id LEFT JOIN staff r ON r.id = p.recorded_by
  LEFT JOIN staff e ON e.id = p.ended_by
 WHERE p.shop_id IN (:shops...) AND p.tracking = :tracking AND p.tracking <> '' AND p.state = 'open' ORDER BY p.recorded_at DESC, p.id DESC LIMIT 5;

-- name: list
SELECT p.id, p.shop_id, p.state, p.carrier, p.tracking, p.order_number, p.phone_last4, p.contents, p.photo_ref, p.source, p.external_id, p.case_id,
  p.operation_id, p.inbound_leg_id, p.disposal, p.note, p.recorded_by, p.recorded_at, p.ended_by, p.ended_at, p.version,
  c.number AS case_number, r.name AS recorded_name, e.name AS ended_name
  FROM unidentified_parcel p LEFT JOIN support_case c ON c.id = p.case_id LEFT JOIN staff r ON r.id = p.recorded_by
  LEFT JOIN staff e ON e.id = p.ended_by
 WHERE p.shop_id IN (:shops...) AND p.state IN (:states...) AND (p.recorded_at, p.id) < (:after_at, :after_id)
 ORDER BY p.recorded_at DESC, p.id DESC LIMIT :limit;

-- name: end
UPDATE unidentified_parcel SET state = :state, case_id = :case_id, operation_id = :operation_id, inbound_leg_id = :inbound_leg_id,
  disposal = :disposal, note = :note, ended_by = :ended_by, ended_at = :ended_at, version = version + 1
 WHERE id = :id AND version = :version;
