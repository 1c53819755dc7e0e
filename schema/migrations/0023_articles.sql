-- What people at the desk look up: goods in use, promotions, rules of marketplaces and reviews, how things are done.
CREATE TABLE article (
  id TEXT NOT NULL PRIMARY KEY,
  shop_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  title TEXT NOT NULL,
  body TEXT NOT NULL,
  sku TEXT NOT NULL,
  valid_from BIGINT NOT NULL,
  valid_until BIGINT NOT NULL,
  changed_by TEXT,
  changed_at BIGINT NOT NULL,
  version BIGINT NOT NULL
) /*STRICT*/;
CREATE INDEX article_shop ON article(shop_id, kind, title, id);
CREATE INDEX article_sku ON article(shop_id, sku) WHERE sku <> '';
