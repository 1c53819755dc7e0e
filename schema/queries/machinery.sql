-- name: find_answer
SELECT body_hash, answer FROM idempotency WHERE principal = :principal AND key = :key;

-- name: keep_answer
INSERT INTO idempotency (principal, key, body_hash, answer, at)
VALUES (:principal, :key, :body_hash, :answer, :at);

-- name: forget_answers
-- Keys are kept for 24 hours. The oldest first, a batch at a time.
DELETE FROM idempotency WHERE (principal, key) IN (
  SELECT principal, key FROM idempotency WHERE at < :before ORDER BY at LIMIT :limit);

-- name: take_numbers
UPDATE counter SET value = value + 100 WHERE name = :name RETURNING value;
