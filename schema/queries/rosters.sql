-- Shifts: who is on duty, by shop and team.

-- name: shifts_between
-- Those that touch the time; none is longer than two days.
SELECT r.id, r.shop_id, r.staff_id, r.team, r.from_at, r.to_at, s.name AS staff_name
  FROM roster_shift r JOIN staff s ON s.id = r.staff_id
 WHERE r.shop_id = :shop_id AND r.from_at < :to AND r.from_at > :earliest AND r.to_at > :from ORDER BY r.from_at, r.id;

-- name: on_duty
-- At an instant; whoever may not sign in any more is not.
SELECT r.staff_id, r.team, r.from_at, r.to_at FROM roster_shift r JOIN staff s ON s.id = r.staff_id
 WHERE r.shop_id = :shop_id AND r.from_at <= :at AND r.from_at > :earliest AND r.to_at > :at AND s.active = 1 ORDER BY r.from_at, r.id;

-- name: teams_of
-- Where somebody has been on duty since, or will be; none is longer than two days.
SELECT DISTINCT team FROM roster_shift
 WHERE shop_id IN (:shops...) AND from_at > :earliest AND to_at > :since AND staff_id = :staff ORDER BY team;

-- name: hold_roster [sqlite]
SELECT id FROM shop WHERE id = :shop_id;

-- name: hold_roster [postgres]
SELECT id FROM shop WHERE id = :shop_id FOR UPDATE;

-- name: drop_shifts
DELETE FROM roster_shift WHERE shop_id = :shop_id AND from_at >= :from AND from_at < :to;

-- name: insert_shift
INSERT INTO roster_shift (id, shop_id, staff_id, team, from_at, to_at) VALUES (:id, :shop_id, :staff_id, :team, :from_at, :to_at);
