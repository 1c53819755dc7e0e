-- What a marketplace last said of a case.

ALTER TABLE support_case ADD COLUMN platform_external_ref TEXT NOT NULL DEFAULT '';
ALTER TABLE support_case ADD COLUMN platform_version BIGINT NOT NULL DEFAULT 0;
ALTER TABLE support_case ADD COLUMN platform_intervention TEXT NOT NULL DEFAULT 'none';
ALTER TABLE support_case ADD COLUMN platform_ruled_minor BIGINT NOT NULL DEFAULT 0;
ALTER TABLE support_case ADD COLUMN platform_deadline_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE support_case ADD COLUMN platform_cannot_refuse SMALLINT NOT NULL DEFAULT 0;
