-- name: find_answer
SELECT body_hash, answer FROM idempotency WHERE principal = :principal AND key = :key;

-- name: keep_answer
INSERT INTO idempotency (principal, key, body_hash, answer, at)
VALUES (:principal, :key, :body_hash, :answer, :at);

-- name: forget_answers
-- Keys are kept for 24 hours.
DELETE FROM idempotency WHERE at < :before;

-- name: take_numbers
UPDATE counter SET value = value + 100 WHERE name = :name RETURNING value;
