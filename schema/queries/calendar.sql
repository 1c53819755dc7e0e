-- Days off by region and year, and what a shop keeps of them.

-- name: years
SELECT region, year, version, state, source, loaded_at FROM calendar_year WHERE region = :region ORDER BY year;

-- name: special_days
-- A day that two notices name counts as the later one says: it comes last.
SELECT day, works, name, year FROM calendar_day_off WHERE region = :region AND day >= :from AND day <= :to ORDER BY day, year;

-- name: put_region
INSERT INTO calendar_region (region, stamp) VALUES (:region, :stamp)
ON CONFLICT (region) DO UPDATE SET stamp = excluded.stamp;

-- name: hold_region [sqlite]
SELECT stamp FROM calendar_region WHERE region = :region;

-- name: hold_region [postgres]
SELECT stamp FROM calendar_region WHERE region = :region FOR UPDATE;

-- name: put_year
INSERT INTO calendar_year (region, year, version, state, source, loaded_at)
VALUES (:region, :year, :version, :state, :source, :loaded_at)
ON CONFLICT (region, year) DO UPDATE SET version = excluded.version, state = excluded.state, source = excluded.source,
  loaded_at = excluded.loaded_at;

-- name: days_of_year
SELECT day, works, name, year FROM calendar_day_off WHERE region = :region AND year = :year ORDER BY day;

-- name: drop_days
DELETE FROM calendar_day_off WHERE region = :region AND year = :year;

-- name: insert_day
INSERT INTO calendar_day_off (region, year, day, works, name) VALUES (:region, :year, :day, :works, :name);

-- name: calendar_of_shop
SELECT s.zone, s.calendar, r.stamp, h.hours, COALESCE(h.version, 0) FROM shop s LEFT JOIN calendar_region r ON r.region = s.calendar
  LEFT JOIN work_hours h ON h.shop_id = s.id AND h.version = (SELECT MAX(w.version) FROM work_hours w WHERE w.shop_id = s.id)
 WHERE s.id = :id;

-- name: hours_of_shop
SELECT version, hours, made_at FROM work_hours WHERE shop_id = :shop_id ORDER BY version DESC LIMIT 1;

-- name: insert_hours
INSERT INTO work_hours (shop_id, version, hours, made_by, made_at) VALUES (:shop_id, :version, :hours, :made_by, :made_at);

-- name: shops_of_region
SELECT id FROM shop WHERE calendar = :region ORDER BY id;
