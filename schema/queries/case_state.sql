-- The derived tables of a case: read and written only by store/case_state.cpp from what domain::apply gives.

-- name: find_case
SELECT id, shop_id, number, kind, status, channel, customer_id, order_id, owner_id, topic, header, amount_minor,
  currency, due_at, platform_external_ref, platform_version,
  platform_intervention, platform_ruled_minor, platform_deadline_at, platform_cannot_refuse, platform_state,
  matter_stage, matter_severity, matter_emotion, matter_intent, matter_escalation, matter_outside, matter_outside_ref,
  matter_replied_at, matter_promised_at, matter_rounds, matter_proposal_minor, matter_satisfied,
  matter_prevention_id, matter_contacts, matter_contact_at, matter_contact_refused, matter_linked_case_id,
  matter_outcome, matter_reopened,
  cause_code, responsibility, summary, version, opened_at, changed_at, closed_at
  FROM support_case WHERE id = :id;

-- name: insert_case
INSERT INTO support_case
  (id, shop_id, number, kind, status, channel, customer_id, order_id, owner_id, topic, header, amount_minor,
    currency, due_at, platform_external_ref, platform_version,
    platform_intervention, platform_ruled_minor, platform_deadline_at, platform_cannot_refuse, platform_state,
    matter_stage, matter_severity, matter_emotion, matter_intent, matter_escalation, matter_outside, matter_outside_ref,
    matter_replied_at, matter_promised_at, matter_rounds, matter_proposal_minor, matter_satisfied,
    matter_prevention_id, matter_contacts, matter_contact_at, matter_contact_refused, matter_linked_case_id,
    matter_outcome, matter_reopened,
    cause_code, responsibility, summary, version, opened_at, changed_at, closed_at, due_sort)
VALUES
  (:id, :shop_id, :number, :kind, :status, :channel, :customer_id, :order_id, :owner_id, :topic, :header,
    :amount_minor, :currency, :due_at, :platform_external_ref, :platform_version,
    :platform_intervention, :platform_ruled_minor, :platform_deadline_at, :platform_cannot_refuse, :platform_state,
    :matter_stage, :matter_severity, :matter_emotion, :matter_intent, :matter_escalation, :matter_outside, :matter_outside_ref,
    :matter_replied_at, :matter_promised_at, :matter_rounds, :matter_proposal_minor, :matter_satisfied,
    :matter_prevention_id, :matter_contacts, :matter_contact_at, :matter_contact_refused, :matter_linked_case_id,
    :matter_outcome, :matter_reopened,
    :cause_code, :responsibility, :summary, :version, :opened_at, :changed_at, :closed_at, :due_sort);

-- name: update_case
UPDATE support_case SET
  shop_id = :shop_id, number = :number, kind = :kind, status = :status, channel = :channel,
    customer_id = :customer_id, order_id = :order_id, owner_id = :owner_id, topic = :topic, header = :header,
    amount_minor = :amount_minor, currency = :currency, due_at = :due_at,
    platform_external_ref = :platform_external_ref, platform_version = :platform_version, platform_intervention = :platform_intervention,
    platform_ruled_minor = :platform_ruled_minor, platform_deadline_at = :platform_deadline_at, platform_cannot_refuse = :platform_cannot_refuse, platform_state = :platform_state,
    matter_stage = :matter_stage, matter_severity = :matter_severity, matter_emotion = :matter_emotion, matter_intent = :matter_intent,
    matter_escalation = :matter_escalation, matter_outside = :matter_outside,
    matter_outside_ref = :matter_outside_ref, matter_replied_at = :matter_replied_at,
    matter_promised_at = :matter_promised_at, matter_rounds = :matter_rounds,
    matter_proposal_minor = :matter_proposal_minor, matter_satisfied = :matter_satisfied,
    matter_prevention_id = :matter_prevention_id, matter_contacts = :matter_contacts,
    matter_contact_at = :matter_contact_at, matter_contact_refused = :matter_contact_refused,
    matter_linked_case_id = :matter_linked_case_id, matter_outcome = :matter_outcome,
    matter_reopened = :matter_reopened,
    cause_code = :cause_code,
    responsibility = :responsibility, summary = :summary, version = :version, opened_at = :opened_at,
    changed_at = :changed_at, closed_at = :closed_at, due_sort = :due_sort
 WHERE id = :id AND version = :version_before;

-- name: operations_of_case
SELECT id, case_id, order_id, kind, decision, header, reason, fault, policy_id, quote_goods_minor,
  quote_shipping_minor, quote_return_shipping_minor, quote_fee_minor, quote_deduction_minor, quote_net_minor,
  settled_goods_minor, settled_shipping_minor, settled_return_shipping_minor, settled_fee_minor,
  settled_deduction_minor, settled_net_minor, currency, maker_id, approver_id, window_overridden, instant_refund,
  advanced_minor, dispute, reject_code, appeals, escalation, requested_at, decided_at, ship_by_at, settled_at,
  ended_at, return_ref, booking_ref, waybill, check_result, superseded_by, stock, reserved_until, repair, warranty, parts_minor, labour_minor, promised_at, sub_kind, asked_minor, quote_replacement_minor, quote_collect_minor, settled_replacement_minor, settled_collect_minor, overridden, malfunction, frequency
  FROM operation WHERE case_id = :case_id ORDER BY requested_at, id;

-- name: put_operation
INSERT INTO operation
  (id, case_id, order_id, kind, decision, header, reason, fault, policy_id, quote_goods_minor,
    quote_shipping_minor, quote_return_shipping_minor, quote_fee_minor, quote_deduction_minor, quote_net_minor,
    settled_goods_minor, settled_shipping_minor, settled_return_shipping_minor, settled_fee_minor,
    settled_deduction_minor, settled_net_minor, currency, maker_id, approver_id, window_overridden, instant_refund,
    advanced_minor, dispute, reject_code, appeals, escalation, requested_at, decided_at, ship_by_at, settled_at,
    ended_at, return_ref, booking_ref, waybill, check_result, superseded_by, stock, reserved_until, repair, warranty, parts_minor, labour_minor, promised_at, sub_kind, asked_minor, quote_replacement_minor, quote_collect_minor, settled_replacement_minor, settled_collect_minor, overridden, malfunction, frequency)
VALUES
  (:id, :case_id, :order_id, :kind, :decision, :header, :reason, :fault, :policy_id, :quote_goods_minor,
    :quote_shipping_minor, :quote_return_shipping_minor, :quote_fee_minor, :quote_deduction_minor,
    :quote_net_minor, :settled_goods_minor, :settled_shipping_minor, :settled_return_shipping_minor,
    :settled_fee_minor, :settled_deduction_minor, :settled_net_minor, :currency, :maker_id, :approver_id,
    :window_overridden, :instant_refund, :advanced_minor, :dispute, :reject_code, :appeals, :escalation,
    :requested_at, :decided_at, :ship_by_at, :settled_at, :ended_at, :return_ref, :booking_ref, :waybill, :check_result, :superseded_by, :stock, :reserved_until, :repair, :warranty, :parts_minor, :labour_minor, :promised_at, :sub_kind, :asked_minor, :quote_replacement_minor, :quote_collect_minor, :settled_replacement_minor, :settled_collect_minor, :overridden, :malfunction, :frequency)
ON CONFLICT (id) DO UPDATE SET
  order_id = excluded.order_id, kind = excluded.kind, decision = excluded.decision, header = excluded.header,
    reason = excluded.reason, fault = excluded.fault, policy_id = excluded.policy_id,
    quote_goods_minor = excluded.quote_goods_minor, quote_shipping_minor = excluded.quote_shipping_minor,
    quote_return_shipping_minor = excluded.quote_return_shipping_minor, quote_fee_minor = excluded.quote_fee_minor,
    quote_deduction_minor = excluded.quote_deduction_minor, quote_net_minor = excluded.quote_net_minor,
    settled_goods_minor = excluded.settled_goods_minor, settled_shipping_minor = excluded.settled_shipping_minor,
    settled_return_shipping_minor = excluded.settled_return_shipping_minor,
    settled_fee_minor = excluded.settled_fee_minor, settled_deduction_minor = excluded.settled_deduction_minor,
    settled_net_minor = excluded.settled_net_minor, currency = excluded.currency, maker_id = excluded.maker_id,
    approver_id = excluded.approver_id, window_overridden = excluded.window_overridden,
    instant_refund = excluded.instant_refund, advanced_minor = excluded.advanced_minor, dispute = excluded.dispute,
    reject_code = excluded.reject_code, appeals = excluded.appeals, escalation = excluded.escalation,
    requested_at = excluded.requested_at, decided_at = excluded.decided_at, ship_by_at = excluded.ship_by_at,
    settled_at = excluded.settled_at, ended_at = excluded.ended_at, return_ref = excluded.return_ref,
    booking_ref = excluded.booking_ref, waybill = excluded.waybill,
    check_result = excluded.check_result, superseded_by = excluded.superseded_by, stock = excluded.stock, reserved_until = excluded.reserved_until, repair = excluded.repair, warranty = excluded.warranty, parts_minor = excluded.parts_minor, labour_minor = excluded.labour_minor, promised_at = excluded.promised_at, sub_kind = excluded.sub_kind, asked_minor = excluded.asked_minor, quote_replacement_minor = excluded.quote_replacement_minor, quote_collect_minor = excluded.quote_collect_minor, settled_replacement_minor = excluded.settled_replacement_minor, settled_collect_minor = excluded.settled_collect_minor, overridden = excluded.overridden,
    malfunction = excluded.malfunction, frequency = excluded.frequency;

-- name: operation_lines_of_case
SELECT id, operation_id, order_line_id, qty, released, shipped, arrived, missing, lost, inspected, disputed,
  accepted, written_off, sent_back, lost_back, goods_minor, kept, awaiting, replaced, new_sku, new_name, new_price_minor, even, fee_bp
  FROM operation_line WHERE case_id = :case_id ORDER BY id;

-- name: put_operation_line
INSERT INTO operation_line
  (id, operation_id, order_line_id, qty, released, shipped, arrived, missing, lost, inspected, disputed, accepted,
    written_off, sent_back, lost_back, goods_minor, kept, awaiting, replaced, new_sku, new_name, new_price_minor, even, fee_bp, case_id)
VALUES
  (:id, :operation_id, :order_line_id, :qty, :released, :shipped, :arrived, :missing, :lost, :inspected, :disputed,
    :accepted, :written_off, :sent_back, :lost_back, :goods_minor, :kept, :awaiting, :replaced, :new_sku, :new_name, :new_price_minor, :even, :fee_bp, :case_id)
ON CONFLICT (case_id, id) DO UPDATE SET
  operation_id = excluded.operation_id, order_line_id = excluded.order_line_id, qty = excluded.qty,
    released = excluded.released, shipped = excluded.shipped, arrived = excluded.arrived,
    missing = excluded.missing, lost = excluded.lost, inspected = excluded.inspected, disputed = excluded.disputed,
    accepted = excluded.accepted, written_off = excluded.written_off, sent_back = excluded.sent_back,
    lost_back = excluded.lost_back,
    goods_minor = excluded.goods_minor,
    kept = excluded.kept, awaiting = excluded.awaiting, replaced = excluded.replaced, new_sku = excluded.new_sku, new_name = excluded.new_name, new_price_minor = excluded.new_price_minor, even = excluded.even, fee_bp = excluded.fee_bp;

-- name: inbound_legs_of_case
SELECT id, operation_id, state, carrier, tracking, receipts, shipped_at, arrived_at, purpose, sku, name, qty, arrived, order_line_id
  FROM inbound_leg WHERE case_id = :case_id ORDER BY id;

-- name: put_inbound_leg
INSERT INTO inbound_leg
  (id, operation_id, state, carrier, tracking, receipts, shipped_at, arrived_at, purpose, sku, name, qty, arrived, order_line_id, case_id)
VALUES
  (:id, :operation_id, :state, :carrier, :tracking, :receipts, :shipped_at, :arrived_at, :purpose, :sku, :name, :qty, :arrived, :order_line_id, :case_id)
ON CONFLICT (id) DO UPDATE SET
  operation_id = excluded.operation_id, state = excluded.state, carrier = excluded.carrier,
    tracking = excluded.tracking, receipts = excluded.receipts, shipped_at = excluded.shipped_at,
    arrived_at = excluded.arrived_at, purpose = excluded.purpose, sku = excluded.sku, name = excluded.name, qty = excluded.qty,
    arrived = excluded.arrived, order_line_id = excluded.order_line_id;

-- name: hold_tracking [sqlite]
-- Two cases that get one number at once: the second waits for the first. SQLite has one writer.
SELECT :tracking;

-- name: hold_tracking [postgres]
SELECT pg_advisory_xact_lock(hashtextextended(:tracking, 0));

-- name: case_with_tracking
SELECT c.number FROM inbound_leg l JOIN support_case c ON c.id = l.case_id
 WHERE l.tracking = :tracking AND l.state IN ('in_transit', 'overdue') AND c.shop_id = :shop_id ORDER BY c.id LIMIT 1;

-- name: inbound_lines_of_case
SELECT inbound_leg_id, operation_line_id, qty, arrived
  FROM inbound_line WHERE case_id = :case_id ORDER BY inbound_leg_id, operation_line_id;

-- name: put_inbound_line
INSERT INTO inbound_line
  (inbound_leg_id, operation_line_id, qty, arrived, case_id)
VALUES
  (:inbound_leg_id, :operation_line_id, :qty, :arrived, :case_id)
ON CONFLICT (inbound_leg_id, operation_line_id) DO UPDATE SET
  qty = excluded.qty, arrived = excluded.arrived;

-- name: inspection_records_of_case
SELECT id, operation_id, operation_line_id, qty, grade, disposition, photo_ref, external_id, inspector, at, inbound_leg_id
  FROM inspection_record WHERE case_id = :case_id ORDER BY id;

-- name: put_inspection_record
INSERT INTO inspection_record
  (id, operation_id, operation_line_id, qty, grade, disposition, photo_ref, external_id, inspector, at, inbound_leg_id, case_id)
VALUES
  (:id, :operation_id, :operation_line_id, :qty, :grade, :disposition, :photo_ref, :external_id, :inspector, :at,
    :inbound_leg_id, :case_id)
ON CONFLICT (id) DO UPDATE SET
  operation_id = excluded.operation_id, operation_line_id = excluded.operation_line_id, qty = excluded.qty,
    grade = excluded.grade, disposition = excluded.disposition, photo_ref = excluded.photo_ref,
    external_id = excluded.external_id, inspector = excluded.inspector, at = excluded.at, inbound_leg_id = excluded.inbound_leg_id;

-- name: money_legs_of_case
SELECT id, operation_id, payment_id, kind, state, amount_minor, currency, changed_at
  FROM money_leg WHERE case_id = :case_id ORDER BY id;

-- name: put_money_leg
INSERT INTO money_leg
  (id, operation_id, payment_id, kind, state, amount_minor, currency, changed_at, case_id)
VALUES
  (:id, :operation_id, :payment_id, :kind, :state, :amount_minor, :currency, :changed_at, :case_id)
ON CONFLICT (id) DO UPDATE SET
  operation_id = excluded.operation_id, payment_id = excluded.payment_id, kind = excluded.kind,
    state = excluded.state, amount_minor = excluded.amount_minor, currency = excluded.currency,
    changed_at = excluded.changed_at;

-- name: money_attempts_of_case
SELECT id, money_leg_id, state, submitted_by, provider_ref, code, submitted_at, resolved_at
  FROM money_attempt WHERE case_id = :case_id ORDER BY id;

-- name: put_money_attempt
INSERT INTO money_attempt
  (id, money_leg_id, state, submitted_by, provider_ref, code, submitted_at, resolved_at, case_id)
VALUES
  (:id, :money_leg_id, :state, :submitted_by, :provider_ref, :code, :submitted_at, :resolved_at, :case_id)
ON CONFLICT (id) DO UPDATE SET
  money_leg_id = excluded.money_leg_id, state = excluded.state, submitted_by = excluded.submitted_by,
    provider_ref = excluded.provider_ref, code = excluded.code, submitted_at = excluded.submitted_at,
    resolved_at = excluded.resolved_at;

-- name: outbound_legs_of_case
SELECT id, operation_id, state, carrier, tracking, dispatched_at, delivered_at, purpose, order_ref
  FROM outbound_leg WHERE case_id = :case_id ORDER BY id;

-- name: put_outbound_leg
INSERT INTO outbound_leg
  (id, operation_id, state, carrier, tracking, dispatched_at, delivered_at, purpose, order_ref, case_id)
VALUES
  (:id, :operation_id, :state, :carrier, :tracking, :dispatched_at, :delivered_at, :purpose, :order_ref, :case_id)
ON CONFLICT (id) DO UPDATE SET
  operation_id = excluded.operation_id, state = excluded.state, carrier = excluded.carrier,
    tracking = excluded.tracking, dispatched_at = excluded.dispatched_at, delivered_at = excluded.delivered_at,
    purpose = excluded.purpose, order_ref = excluded.order_ref;

-- name: outbound_lines_of_case
SELECT outbound_leg_id, operation_line_id, qty, value_minor
  FROM outbound_line WHERE case_id = :case_id ORDER BY outbound_leg_id, operation_line_id;

-- name: put_outbound_line
INSERT INTO outbound_line (outbound_leg_id, operation_line_id, qty, value_minor, case_id)
VALUES (:outbound_leg_id, :operation_line_id, :qty, :value_minor, :case_id)
ON CONFLICT (outbound_leg_id, operation_line_id) DO UPDATE SET qty = excluded.qty, value_minor = excluded.value_minor;

-- name: clocks_of_case
SELECT id, case_id, operation_id, kind, state, started_at, due_at, remind_at, remaining_ms, step, ended_at, promised_ms, level, policy_id
  FROM clock WHERE case_id = :case_id ORDER BY id;

-- name: put_clock
INSERT INTO clock
  (id, case_id, operation_id, kind, state, started_at, due_at, remind_at, remaining_ms, step, ended_at, promised_ms, level,
    policy_id, wake_at)
VALUES
  (:id, :case_id, :operation_id, :kind, :state, :started_at, :due_at, :remind_at, :remaining_ms, :step, :ended_at, :promised_ms,
    :level, :policy_id,
    CASE WHEN CAST(:state AS TEXT) = 'breached' THEN CAST(:remind_at AS BIGINT)
      WHEN CAST(:remind_at AS BIGINT) > 0 AND CAST(:remind_at AS BIGINT) < CAST(:due_at AS BIGINT)
      THEN CAST(:remind_at AS BIGINT) ELSE CAST(:due_at AS BIGINT) END)
ON CONFLICT (case_id, id) DO UPDATE SET
  operation_id = excluded.operation_id, kind = excluded.kind, state = excluded.state,
    started_at = excluded.started_at, due_at = excluded.due_at, remind_at = excluded.remind_at,
    remaining_ms = excluded.remaining_ms, step = excluded.step, ended_at = excluded.ended_at,
    promised_ms = excluded.promised_ms, level = excluded.level, policy_id = excluded.policy_id, wake_at = excluded.wake_at;

-- name: tasks_of_case
SELECT id, case_id, operation_id, department, state, code, opened_at, due_at, done_at, owner_id, note_id, result_note_id, result
  FROM task WHERE case_id = :case_id ORDER BY id;

-- name: put_task
INSERT INTO task
  (id, case_id, operation_id, department, state, code, opened_at, due_at, done_at, owner_id, note_id, result_note_id, result)
VALUES
  (:id, :case_id, :operation_id, :department, :state, :code, :opened_at, :due_at, :done_at, :owner_id, :note_id,
    :result_note_id, :result)
ON CONFLICT (id) DO UPDATE SET
  operation_id = excluded.operation_id, department = excluded.department, state = excluded.state,
    code = excluded.code, opened_at = excluded.opened_at, due_at = excluded.due_at, done_at = excluded.done_at,
    owner_id = excluded.owner_id, note_id = excluded.note_id, result_note_id = excluded.result_note_id,
    result = excluded.result;

-- name: drop_operation
-- The derived rows of a case, before `check --rebuild` writes them again.
DELETE FROM operation WHERE case_id = :case_id;

-- name: drop_operation_line
DELETE FROM operation_line WHERE case_id = :case_id;

-- name: drop_inbound_leg
DELETE FROM inbound_leg WHERE case_id = :case_id;

-- name: drop_inbound_line
DELETE FROM inbound_line WHERE case_id = :case_id;

-- name: drop_inspection_record
DELETE FROM inspection_record WHERE case_id = :case_id;

-- name: drop_money_leg
DELETE FROM money_leg WHERE case_id = :case_id;

-- name: drop_money_attempt
DELETE FROM money_attempt WHERE case_id = :case_id;

-- name: drop_outbound_leg
DELETE FROM outbound_leg WHERE case_id = :case_id;

-- name: drop_outbound_line
DELETE FROM outbound_line WHERE case_id = :case_id;

-- name: drop_clock
DELETE FROM clock WHERE case_id = :case_id;

-- name: drop_task
DELETE FROM task WHERE case_id = :case_id;
