-- name: sales_of
SELECT o.id, l.id FROM sales_order o JOIN order_line l ON l.order_id = o.id
 WHERE o.customer_id = :customer_id AND l.sku = :sku AND o.placed_at <= :at AND l.delivered_qty > 0
 ORDER BY CASE WHEN l.unit_price_minor = :unit_price_minor THEN 0 ELSE 1 END, o.placed_at DESC, o.id DESC, l.position
 LIMIT 20;

-- name: find_return
SELECT case_id FROM imported_return WHERE shop_id = :shop_id AND number = :number;

-- name: insert_return
INSERT INTO imported_return (shop_id, number, case_id) VALUES (:shop_id, :number, :case_id);

-- name: insert_run
INSERT INTO import_run (id, shop_id, kind, state, file_name, bytes, received, options, preview, summary, done_bytes, kept, error, started_by, created_at, started_at, ended_at, lease_until, done_units, content_hash, version)
VALUES (:id, :shop_id, :kind, :state, :file_name, :bytes, :received, :options, :preview, :summary, :done_bytes, :kept, :error, :started_by, :created_at, :started_at, :ended_at, :lease_until, :done_units, :content_hash, :version);

-- name: find_run
SELECT id, shop_id, kind, state, file_name, bytes, received, options, preview, summary, done_bytes, kept, error, started_by, created_at, started_at, ended_at, lease_until, done_units, content_hash, version FROM import_run WHERE id = :id;

-- name: list_runs
SELECT id, shop_id, kind, state, file_name, bytes, received, options, preview, summary, done_bytes, kept, error, started_by, created_at, started_at, ended_at, lease_until, done_units, content_hash, version FROM import_run
 WHERE shop_id IN (:shops...) AND (created_at, id) < (:after_at, :after_id) ORDER BY created_at DESC, id DESC LIMIT :limit;

-- name: update_run
UPDATE import_run SET state = :state, received = :received, options = :options, preview = :preview, summary = :summary, done_bytes = :done_bytes,
  kept = :kept, error = :error, started_at = :started_at, ended_at = :ended_at, lease_until = :lease_until, done_units = :done_units, version = version + 1
 WHERE id = :id AND version = :version;

-- name: due_runs
SELECT id, shop_id, kind, state, file_name, bytes, received, options, preview, summary, done_bytes, kept, error, started_by, created_at, started_at, ended_at, lease_until, done_units, content_hash, version FROM import_run
 WHERE state IN ('previewing', 'running', 'reverting') AND lease_until < :now
   AND (content_hash = '' OR state = 'reverting') ORDER BY created_at, id LIMIT 20;

-- name: interrupted_run
SELECT id, shop_id, kind, state, file_name, bytes, received, options, preview, summary, done_bytes, kept, error, started_by, created_at, started_at, ended_at, lease_until, done_units, content_hash, version FROM import_run
 WHERE shop_id = :shop_id AND kind = :kind AND state = 'running' AND content_hash = :content_hash
 ORDER BY created_at DESC, id DESC LIMIT 1;

-- name: last_item
SELECT COALESCE(MAX(seq), 0) FROM import_item WHERE run_id = :run_id;

-- name: insert_item
INSERT INTO import_item (run_id, seq, kind, ref_id, stamp) VALUES (:run_id, :seq, :kind, :ref_id, :stamp);

-- name: made_by
SELECT seq FROM import_item WHERE ref_id = :ref_id AND run_id = :run_id;

-- name: last_items
SELECT seq, kind, ref_id, stamp FROM import_item WHERE run_id = :run_id AND seq < :before ORDER BY seq DESC LIMIT :limit;

-- name: open_case
SELECT id FROM support_case WHERE id = :id AND status NOT IN ('resolved', 'closed');

-- name: delete_item
DELETE FROM import_item WHERE run_id = :run_id AND seq = :seq;

-- name: insert_adjustment
INSERT INTO import_adjustment (run_id, row_number, reason, content) VALUES (:run_id, :row_number, :reason, :content)
  ON CONFLICT (run_id, row_number) DO NOTHING;

-- name: list_adjustments
SELECT row_number, reason, content FROM import_adjustment WHERE run_id = :run_id AND row_number > :after ORDER BY row_number LIMIT :limit;

-- name: delete_adjustments
DELETE FROM import_adjustment WHERE run_id = :run_id;
