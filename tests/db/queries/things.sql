-- Statements for the tests of the db room.

-- name: insert_thing
INSERT INTO thing (id, label, weight, flag) VALUES (:id, :label, :weight, :flag);

-- name: put_thing
INSERT INTO thing (id, label, weight, flag) VALUES (:id, :label, :weight, 0)
ON CONFLICT (id) DO UPDATE SET weight = excluded.weight
RETURNING id, weight;

-- name: find_thing
SELECT id, label, weight, flag FROM thing WHERE id = :id;

-- name: weigh
-- A remark with :a_colon and a quote's mark.
UPDATE thing SET weight = :weight WHERE id = :id AND weight = :was;

-- name: things_of
SELECT id FROM thing WHERE id IN (:ids...) AND weight >= :least ORDER BY id;

-- name: filtered
SELECT id FROM thing WHERE (CAST(:label AS TEXT) IS NULL OR label = :label) ORDER BY id;

-- name: page
SELECT id FROM thing WHERE (weight, id) > (:after_weight, :after_id) ORDER BY weight, id LIMIT :limit;

-- name: count_things
SELECT count(*) AS n, sum(weight) AS weight FROM thing;

-- name: all_things
SELECT id FROM thing ORDER BY id;

-- name: delete_thing
DELETE FROM thing WHERE id = :id;

-- name: hold [sqlite]
SELECT weight FROM thing WHERE id = :id;
-- name: hold [postgres]
SELECT weight FROM thing WHERE id = :id FOR UPDATE;

-- name: insert_part
INSERT INTO part (id, thing_id) VALUES (:id, :thing_id);

-- name: insert_key
INSERT INTO idempotency (principal, key) VALUES (:principal, :key);

-- name: insert_parcel
INSERT INTO parcel (id, grade, units, fragile, note, quote_minor, quote_currency, fee_minor, fee_currency, sent_at, owner_id)
VALUES (:id, :grade, :units, :fragile, :note, :quote_minor, :quote_currency, :fee_minor, :fee_currency, :sent_at, :owner_id);

-- name: parcels
SELECT id, grade, units, fragile, note, quote_minor, quote_currency, fee_minor, fee_currency, sent_at, owner_id
  FROM parcel ORDER BY id;

-- name: parcels_shuffled
SELECT owner_id, fee_currency, fee_minor, sent_at, note, quote_currency, fragile, units, quote_minor, grade, id
  FROM parcel ORDER BY id;

-- name: claim
WITH due AS MATERIALIZED (SELECT id FROM thing WHERE weight <= :most ORDER BY weight, id LIMIT :batch)
UPDATE thing SET flag = 1 WHERE id IN (SELECT id FROM due) AND flag = 0;
