#include <algorithm>

#include "domain/batches.hpp"
#include "domain/clocks.hpp"
#include "domain/ledgers.hpp"
#include "domain/platform.hpp"
#include "domain/quotes.hpp"
#include "domain/release.hpp"
#include "domain/work.hpp"
#include "domain/operation_rules.hpp"

/// Rows 11 to 16: parcels, arrivals, inspections, acceptance.
namespace aftercare::domain {
namespace {

bool on_the_way(const InboundLeg& leg) { return leg.state == InboundState::in_transit || leg.state == InboundState::overdue; }

/// The scan of a parcel. With instant refund its goods become payable now, and somebody must get the money back if they disappoint.
ParcelShipped make_parcel(const Draft& draft, const Operation& operation, const std::string& carrier, const std::string& tracking,
                          const std::vector<LineCount>& lines) {
    const auto& facts = draft.facts();
    const auto& state = draft.state();
    ParcelShipped event;
    event.leg.id = InboundLegId(facts.next_id());
    event.leg.operation_id = operation.id;
    event.leg.state = InboundState::in_transit;
    event.leg.carrier = carrier;
    event.leg.tracking = tracking;
    event.leg.shipped_at = facts.now;
    for (const auto& each : lines) {
        event.lines.push_back({event.leg.id, each.operation_line_id, each.qty, 0});
        const OperationLine& line = *find_line(state, each.operation_line_id);
        for (auto& run : moved(pick_in(state.order, line.order_line_id, kind_of(operation).home, line.id, each.qty), Bucket::in_transit_back, line.id))
            event.moves.units.push_back(std::move(run));
    }
    if (!operation.instant_refund) return event;
    const auto& terms = facts.policy.terms;
    GoodsByFee goods;
    for (const auto& run : event.moves.units) goods[fee_of(*find_line(state, run.held_by), terms)] += net_of(state.order, {run});
    for (const auto& line : state.lines)
        if (line.operation_id == operation.id)
            for (const Bucket bucket : {Bucket::in_transit_back, Bucket::with_us})
                goods[fee_of(line, terms)] += net_of(state.order, pick_units(state.order, line.order_line_id, bucket, line.id, line.qty));
    const auto owed = ceiling(state, operation, terms);
    const auto advance = std::min(batch_quote(operation, settled_goods(state, operation, terms), goods).net_minor, owed) - operation.advanced_minor;
    if (advance <= 0) return event;
    event.advanced_minor = advance;
    (void)shift_money(event.moves, state, operation, advance, std::max<std::int64_t>(owed - operation.advanced_minor - advance, 0), facts);
    open_task(event.moves, state, operation.id, Department::finance, "recover_advance", facts);
    return event;
}

/// The parcel that arrived: by id, by tracking, or the only one on its way. Null: nobody announced it.
Result<const InboundLeg*> find_parcel(const CaseState& state, const Arrive& command) {
    std::vector<const InboundLeg*> waiting;
    for (const auto& leg : state.inbound) {
        if (leg.operation_id != command.operation_id || is_aside(leg)) continue;
        if (!command.inbound_leg_id.empty() && leg.id == command.inbound_leg_id) return &leg;
        if (command.inbound_leg_id.empty() && !command.tracking.empty() && leg.tracking == command.tracking) return &leg;
        if (on_the_way(leg)) waiting.push_back(&leg);
    }
    if (!command.inbound_leg_id.empty()) return fail(ErrorKind::not_found, "inbound_leg_not_found");
    if (!command.tracking.empty() || waiting.empty()) return nullptr;
    if (waiting.size() > 1) return refuse("parcel_ambiguous", {{"parcels", text(std::int64_t(waiting.size()))}}, {{"name_tracking", {}}});
    return waiting.front();
}

struct Row {
    OperationLineId id;
    std::int64_t most;  ///< can still come out of this parcel
};
std::vector<Row> rows_of(const CaseState& state, const InboundLeg& leg) {
    std::vector<Row> rows;
    for (const auto& row : state.inbound_lines)
        if (row.inbound_leg_id == leg.id) rows.push_back({row.operation_line_id, row.qty - row.arrived});
    return rows;
}

/// What was counted, as operation lines; without lines: all that can still come.
Result<std::vector<LineCount>> count_parcel(const CaseState& state, const Arrive& command, const std::vector<Row>& rows) {
    std::vector<LineCount> counted;
    if (!command.lines) {
        for (const auto& row : rows)
            if (row.most > 0) counted.push_back({row.id, row.most});
        return counted;
    }
    for (std::size_t i = 0; i < command.lines->size(); ++i) {
        const auto& said = (*command.lines)[i];
        const std::string at = "/lines/" + text(std::int64_t(i));
        const OperationLine* line = find_line(state, command.operation_id, said.order_line_id);
        if (!line) return fail_field(at + "/order_line_id", "unknown_line");
        if (said.qty < 1) return fail_field(at + "/qty", "out_of_range");
        if (std::any_of(counted.begin(), counted.end(), [&](const LineCount& l) { return l.operation_line_id == line->id; }))
            return fail_field(at + "/order_line_id", "duplicate_line");
        const auto row = std::find_if(rows.begin(), rows.end(), [&](const Row& r) { return r.id == line->id; });
        const auto most = row == rows.end() ? 0 : row->most;
        if (said.qty > most)
            return refuse("more_than_announced",
                          {{"order_line_id", said.order_line_id.value}, {"counted", text(said.qty)}, {"announced", text(most)}},
                          {{"count_at_most", {{"qty", text(most)}}}, {"ship_back", {}}});
        counted.push_back({line->id, said.qty});
    }
    std::sort(counted.begin(), counted.end(), [](const LineCount& a, const LineCount& b) { return a.operation_line_id < b.operation_line_id; });
    return counted;
}

/// A receipt as kept on the parcel: the warehouse's id and what it said.
std::string receipt_of(const Arrive& command) {
    if (command.external_id.empty()) return {};
    std::string kept = command.external_id + "\t";
    if (!command.lines) return kept + "*";
    std::vector<std::string> lines;
    for (const auto& line : *command.lines) lines.push_back(line.order_line_id.value + ":" + text(line.qty) + ";");
    std::sort(lines.begin(), lines.end());
    for (const auto& line : lines) kept += line;
    return kept;
}

/// `true`: this receipt was counted before. Same id with other counts: `conflict`.
Result<bool> repeated(const CaseState& state, const Arrive& command) {
    if (command.external_id.empty()) return false;
    const auto control = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; };  // what is kept has lines and tabs
    if (std::any_of(command.external_id.begin(), command.external_id.end(), control)) return fail(ErrorKind::invalid, "bad_receipt_id");
    const std::string kept = receipt_of(command);
    for (const auto& leg : state.inbound) {
        if (leg.operation_id != command.operation_id) continue;
        for (std::size_t at = 0; at < leg.receipts.size();) {
            const std::size_t end = leg.receipts.find('\n', at);
            const auto line = std::string_view(leg.receipts).substr(at, end - at);
            if (line == kept) return true;
            if (line.substr(0, line.find('\t')) == command.external_id) return fail(ErrorKind::conflict, "receipt_changed");
            at = end + 1;
        }
    }
    return false;
}

/// Units of a lost parcel, or missing ones, may still come while nobody settled them.
Result<void> still_open(const CaseState& state, const InboundLeg& leg, const std::vector<LineCount>& counted) {
    if (on_the_way(leg)) return {};
    for (const auto& row : state.inbound_lines) {
        if (row.inbound_leg_id != leg.id) continue;
        const auto at = std::find_if(counted.begin(), counted.end(), [&](const LineCount& l) { return l.operation_line_id == row.operation_line_id; });
        const auto needed = leg.state == InboundState::lost ? row.qty : at == counted.end() ? 0 : at->qty;
        if (counts(*find_line(state, row.operation_line_id)).unresolved < needed)
            return refuse("units_already_settled", {{"inbound_leg_id", leg.id.value}}, {{"book_as_found_goods", {}}});
    }
    return {};
}

Result<bool> repeated(const CaseState& state, const Inspect& command) {
    if (command.external_id.empty()) return false;
    for (const auto& record : state.inspections) {
        if (record.operation_id != command.operation_id || record.external_id != command.external_id) continue;
        const OperationLine* line = find_line(state, record.operation_line_id);
        const bool same = line && line->order_line_id == command.order_line_id && record.qty == command.qty &&
                          record.grade == command.grade && record.disposition == command.disposition;
        if (!same) return fail(ErrorKind::conflict, "inspection_changed");
        return true;
    }
    return false;
}

}  // namespace

void ship_all(Draft& draft, const OperationId& id, const std::string& carrier, const std::string& tracking) {
    if (const auto lines = unshipped(draft.state(), id); !lines.empty()) draft.add_system(make_parcel(draft, draft.operation(id), carrier, tracking, lines));
}

Result<Decision> ship_back(const CaseState& state, const ShipBack& command, const Facts& facts) {
    AC_TRY(const Operation* operation, admitted(state, command.operation_id, facts.actor, CommandWord::ship_back));
    if (command.carrier.empty()) return fail_field("/carrier", "required");
    if (command.tracking.empty()) return fail_field("/tracking", "required");
    const bool here = std::any_of(state.inbound.begin(), state.inbound.end(),
                                  [&](const InboundLeg& leg) { return on_the_way(leg) && leg.tracking == command.tracking; });
    if (const auto& holder = here ? state.c.number : facts.tracking_used_by; !holder.empty())
        return refuse("tracking_in_use", {{"tracking", command.tracking}, {"case_number", holder}}, {{"check_tracking", {}}});
    std::vector<LineCount> lines;
    if (command.lines.empty()) lines = unshipped(state, operation->id);
    AC_CHECK(pick_unshipped(state, *operation, command.lines, lines));
    if (lines.empty()) return refuse("nothing_to_ship", {}, {{"request_again", {}}});
    Draft draft(state, CommandWord::ship_back, facts);
    auto event = make_parcel(draft, *operation, command.carrier, command.tracking, lines);
    const InboundLegId leg = event.leg.id;
    draft.add(std::move(event));
    draft.effect(UpdateReturn{operation->id, leg});
    return draft.take();
}

Result<Decision> arrive(const CaseState& state, const Arrive& command, const Facts& facts) {
    AC_TRY(const Operation* operation, known(state, command.operation_id, facts.actor, CommandWord::arrive));
    AC_TRY(const bool seen, repeated(state, command));
    if (seen) return Decision{};
    AC_CHECK(in_state(*operation, CommandWord::arrive));
    AC_TRY(const InboundLeg* leg, find_parcel(state, command));
    Draft draft(state, CommandWord::arrive, facts);
    std::vector<LineCount> counted;
    InboundLegId leg_id;
    if (leg) {
        AC_TRY(counted, count_parcel(state, command, rows_of(state, *leg)));
        AC_CHECK(still_open(state, *leg, counted));
        if (counted.empty() && !on_the_way(*leg)) return refuse("parcel_already_arrived", {}, {});
        leg_id = leg->id;
    } else {  // nobody announced it: what is still to ship has come
        std::vector<Row> rows;
        for (const auto& each : unshipped(state, operation->id)) rows.push_back({each.operation_line_id, each.qty});
        AC_TRY(counted, count_parcel(state, command, rows));
        if (counted.empty()) return refuse("parcel_unknown", {{"tracking", command.tracking}}, {{"name_parcel", {}}});
        auto shipped = make_parcel(draft, *operation, "", command.tracking, counted);
        leg_id = shipped.leg.id;
        draft.add(std::move(shipped));
    }
    ParcelArrived event{operation->id, leg_id, counted, receipt_of(command), {}};
    for (const auto& each : counted)
        move_held(event.moves, draft.state().order, *find_line(draft.state(), each.operation_line_id), Bucket::in_transit_back,
                  each.qty, Bucket::with_us, false);
    draft.add(std::move(event));
    judge_goods(draft, operation->id);
    return draft.take();
}

Result<Decision> carrier_lost(const CaseState& state, const CarrierLost& command, const Facts& facts) {
    AC_TRY(const Operation* operation, admitted(state, command.operation_id, facts.actor, CommandWord::carrier_lost));
    const auto leg = std::find_if(state.inbound.begin(), state.inbound.end(), [&](const InboundLeg& l) {
        return l.id == command.inbound_leg_id && l.operation_id == operation->id && !is_aside(l);
    });
    if (leg == state.inbound.end()) return fail(ErrorKind::not_found, "inbound_leg_not_found");
    if (leg->state == InboundState::lost) return Decision{};
    if (!on_the_way(*leg)) return refuse("parcel_not_under_way", {{"state", std::string(word(leg->state))}});
    Draft draft(state, CommandWord::carrier_lost, facts);
    draft.add(ParcelLost{operation->id, leg->id, {}});
    return draft.take();
}

Result<Decision> inspect(const CaseState& state, const Inspect& command, const Facts& facts) {
    AC_TRY(const Operation* operation, known(state, command.operation_id, facts.actor, CommandWord::inspect));
    AC_TRY(const bool seen, repeated(state, command));
    if (seen) return Decision{};
    AC_CHECK(in_state(*operation, CommandWord::inspect));
    const OperationLine* line = find_line(state, operation->id, command.order_line_id);
    if (!line) return fail_field("/order_line_id", "unknown_line");
    if (command.qty < 1) return fail_field("/qty", "out_of_range");
    if (const auto most = counts(*line).uninspected; command.qty > most) {
        std::vector<Remedy> remedies{{"arrive_first", {}}};
        if (most > 0) remedies.insert(remedies.begin(), {"inspect_fewer", {{"qty", text(most)}}});
        return refuse("qty_over_arrived", {{"qty", text(command.qty)}, {"available", text(most)}}, std::move(remedies));
    }
    if (command.grade != Grade::pass && command.photo_ref.empty())
        return refuse("photo_required", {{"grade", std::string(word(command.grade))}}, {{"attach_photo", {}}});
    Draft draft(state, CommandWord::inspect, facts);
    GoodsInspected event;
    event.record = {InspectionId(facts.next_id()), operation->id, line->id, command.qty, command.grade, command.disposition,
                    command.photo_ref, command.external_id, command.inspector, facts.now};
    draft.add(std::move(event));
    judge_goods(draft, operation->id);
    return draft.take();
}

Result<Decision> accept(const CaseState& state, const Accept& command, const Facts& facts) {
    AC_TRY(const Operation* operation, admitted(state, command.operation_id, facts.actor, CommandWord::accept));
    const Counts c = counts(state, operation->id);
    if (c.uninspected > 0) return refuse("not_all_inspected", {{"waiting", text(c.uninspected)}}, {{"inspect", {}}});
    const Batch batch = undisputed(state, *operation, facts.policy.terms);
    if (batch.empty())
        return c.disputed + c.unresolved + c.lost_back > 0 ? refuse("units_in_dispute", {}, {{"agree", {}}, {"send_back", {}}, {"rule", {}}})
                                             : refuse("nothing_to_accept", {}, {{"arrive", {}}, {"inspect", {}}});
    if (const auto ruled = ruled_rest(state, *operation, facts.policy.terms))
        return refuse("platform_ruled", {{"amount", text(*ruled)}}, {{"rule", {{"amount", text(*ruled)}}}});
    Quote quote = batch.full;
    if (command.deduction_minor < 0) return fail_field("/deduction_minor", "out_of_range");
    if (command.deduction_minor > 0) {
        const auto most = quote.goods_minor - quote.fee_minor;
        if (!pending_needs_person(state, operation->id)) return refuse("deduction_without_finding", {}, {{"accept_in_full", {}}});
        if (command.deduction_minor > most) return refuse("deduction_too_large", {{"max", text(most)}}, {{"lower_amount", {{"max", text(most)}}}});
        quote.deduction_minor = command.deduction_minor;
        quote = with_net(quote);
    }
    Draft draft(state, CommandWord::accept, facts);
    AC_CHECK(settle(draft, operation->id, batch, quote, SettledBy::accept, {}, false));
    return draft.take();
}

}  // namespace aftercare::domain
