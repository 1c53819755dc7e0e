-- Parcels that nobody announced. source and external_id: of the warehouse's receipt that told of it; empty: a person wrote it down.
CREATE TABLE unidentified_parcel (
  id TEXT NOT NULL PRIMARY KEY,
  shop_id TEXT NOT NULL REFERENCES shop(id),
  state TEXT NOT NULL,
  carrier TEXT NOT NULL,
  tracking TEXT NOT NULL,
  order_number TEXT NOT NULL,
  phone_last4 TEXT NOT NULL,
  contents TEXT NOT NULL,
  photo_ref TEXT NOT NULL,
  source TEXT NOT NULL,
  external_id TEXT NOT NULL,
  case_id TEXT,
  operation_id TEXT,
  inbound_leg_id TEXT,
  disposal TEXT NOT NULL,
  note TEXT NOT NULL,
  recorded_by TEXT,
  recorded_at BIGINT NOT NULL,
  ended_by TEXT,
  ended_at BIGINT NOT NULL,
  version BIGINT NOT NULL
) /*STRICT*/;
CREATE INDEX unidentified_parcel_list ON unidentified_parcel(shop_id, state, recorded_at, id);
CREATE INDEX unidentified_parcel_tracking ON unidentified_parcel(tracking) WHERE tracking <> '';
CREATE INDEX unidentified_parcel_case ON unidentified_parcel(case_id) WHERE case_id IS NOT NULL;
CREATE UNIQUE INDEX unidentified_parcel_receipt ON unidentified_parcel(source, external_id) WHERE source <> '';

-- What people read off a parcel.
CREATE INDEX operation_waybill ON operation(waybill) WHERE waybill <> '';
CREATE INDEX operation_return_ref ON operation(return_ref) WHERE return_ref <> '';
CREATE INDEX operation_order ON operation(order_id);
