#include "usecase/schedules.hpp"

#include <aftercare/codec/codec.hpp>
#include <algorithm>
#include <functional>
#include <map>

#include "domain/return_refund.hpp"
#include "env/log.hpp"
#include "usecase/plugin_change.hpp"

namespace aftercare::usecase {

Result<std::vector<store::DueClock>> due_clocks(Context& ctx, std::int64_t limit, const std::optional<store::DueClock>& after) {
    return ctx.store.read([&](store::Tx& tx) -> Result<std::vector<store::DueClock>> {
        return store::due_clocks(tx, ctx.clock.now(), after, limit);
    });
}

Result<Done> fire_clock(Context& ctx, const store::DueClock& due) {
    const Actor actor = domain::system_actor();
    const Guard guard{actor.principal, {}, {}, {}, ctx.clock.now()};
    AC_CHECK(change_case(ctx, actor, guard, due.case_id, due.operation_id,
                         [&](const domain::CaseState& state, const domain::Facts& facts) {
                             return domain::timer_due(state, due.id, facts);
                         }));
    return Done{};
}

Result<std::optional<Instant>> next_clock(Context& ctx) {
    return ctx.store.read([](store::Tx& tx) -> Result<std::optional<Instant>> { return store::next_clock(tx); });
}

Result<PullRequest> next_pull(Context& ctx, const PulledConnector& connector, WarehouseStream stream) {
    return ctx.store.read([&](store::Tx& tx) -> Result<PullRequest> {
        return PullRequest{stream, store::find_cursor(tx, connector.id, word(stream)), 200};
    });
}

namespace {

/// Units of one operation line that an item may mean.
struct Room {
    OperationLineId line_id;
    OrderLineId order_line_id;
    std::int64_t open = 0;
};

// The lines of the operation that an item means: by id, else by sku (two order lines may share one).
std::vector<Room> rooms(const domain::CaseState& state, const OperationId& operation, const OrderLineId& id,
                        const std::string& sku, const std::function<std::int64_t(const OperationLine&)>& open) {
    std::vector<Room> found;
    for (const OperationLine& line : state.lines) {
        if (line.operation_id != operation) continue;
        const bool named = id.empty() ? std::any_of(state.order.lines.begin(), state.order.lines.end(),
                                                    [&](const OrderLine& o) { return o.id == line.order_line_id && o.sku == sku; })
                                      : line.order_line_id == id;
        if (named) found.push_back({line.id, line.order_line_id, std::max<std::int64_t>(0, open(line))});
    }
    return found;
}

// The parcel a receipt means: the one with its tracking, without one the only one under way; none: nobody announced it.
const InboundLeg* parcel_of(const domain::CaseState& state, const OperationId& operation, const std::string& tracking) {
    std::vector<const InboundLeg*> found;
    for (const InboundLeg& leg : state.inbound) {
        const bool under_way = leg.state == InboundState::expected || leg.state == InboundState::in_transit || leg.state == InboundState::overdue;
        if (leg.operation_id == operation && (tracking.empty() ? under_way : leg.tracking == tracking)) found.push_back(&leg);
    }
    return found.size() == 1 ? found.front() : nullptr;
}

bool is_counted(const domain::CaseState& state, const OperationId& operation, const std::string& receipt_id) {
    return std::any_of(state.inbound.begin(), state.inbound.end(), [&](const InboundLeg& leg) {
        const std::string all = "\n" + leg.receipts;
        return leg.operation_id == operation && all.find("\n" + receipt_id + "\t") != std::string::npos;
    });
}

Result<domain::Decision> take(const domain::CaseState& state, const Receipt& receipt, const domain::Facts& facts) {
    domain::Arrive command{OperationId(receipt.key), {}, receipt.tracking, std::vector<domain::LineQty>{}, receipt.id};
    const InboundLeg* parcel = parcel_of(state, command.operation_id, receipt.tracking);
    const auto still_to_arrive = [&](const OperationLine& line) {
        if (!parcel) return line.qty - line.released - line.shipped;
        std::int64_t open = 0;
        for (const InboundLine& each : state.inbound_lines)
            if (each.inbound_leg_id == parcel->id && each.operation_line_id == line.id) open += each.qty - each.arrived;
        return open;
    };
    std::map<OrderLineId, std::int64_t> counted;
    for (const ReceiptLine& line : receipt.lines) {
        const auto places = rooms(state, command.operation_id, line.order_line_id, line.sku, still_to_arrive);
        if (places.empty()) return fail(ErrorKind::invalid, "line_not_in_return");
        // How a sku was spread over its lines depends on what was open then, so a repeated receipt cannot be compared.
        if (places.size() > 1 && is_counted(state, command.operation_id, receipt.id)) return domain::Decision{};
        std::int64_t left = line.qty;
        for (std::size_t i = 0; i < places.size(); ++i) {
            std::int64_t& here = counted[places[i].order_line_id];
            const std::int64_t fits = std::max<std::int64_t>(0, places[i].open - here);
            const std::int64_t put = i + 1 == places.size() ? left : std::min(left, fits);
            here += put;
            left -= put;
        }
    }
    for (const auto& [id, qty] : counted)
        if (qty > 0) command.lines->push_back({id, qty});
    return domain::arrive(state, command, facts);
}

Result<domain::Decision> take(const domain::CaseState& state, const Inspection& item, const domain::Facts& facts) {
    const OperationId operation(item.key);
    const auto places = rooms(state, operation, item.order_line_id, item.sku,
                              [](const OperationLine& line) { return line.arrived - line.inspected; });
    if (places.empty()) return fail(ErrorKind::invalid, "line_not_in_return");
    auto place = std::find_if(places.begin(), places.end(), [&](const Room& each) { return each.open >= item.qty; });
    for (const InspectionRecord& record : state.inspections)  // a repeated one means the line it meant before
        if (record.operation_id == operation && record.external_id == item.id)
            place = std::find_if(places.begin(), places.end(), [&](const Room& each) { return each.line_id == record.operation_line_id; });
    if (place == places.end()) place = places.begin();
    return domain::inspect(state, {operation, place->order_line_id, item.qty, item.grade, item.disposition, item.photo_ref, item.id, item.inspector},
                           facts);
}

/// One page being taken.
class Page {
   public:
    Page(Context& ctx, const PulledConnector& connector, WarehouseStream stream, PullReply<RawJson> reply)
        : ctx_(ctx), connector_(connector), stream_(stream), reply_(std::move(reply)) {}

    Result<Taken> all() {
        Taken taken{0, 0, reply_.more};
        for (std::size_t i = 0; i < reply_.items.size(); ++i) {
            const bool last = i + 1 == reply_.items.size();
            AC_TRY(const bool good, stream_ == WarehouseStream::receipts ? one<Receipt>(reply_.items[i], last)
                                                                         : one<Inspection>(reply_.items[i], last));
            ++(good ? taken.taken : taken.problems);
        }
        if (reply_.items.empty()) {
            AC_CHECK(changed([&](store::Tx& tx, Instant now, auto&) { move_cursor(tx, now); }));
        }
        return taken;
    }

   private:
    /// True: taken. False: a problem that is written down.
    template <class Item>
    Result<bool> one(const RawJson& raw, bool last) {
        std::string code;
        try {
            AC_CHECK(changed([&](store::Tx& tx, Instant now, std::vector<store::Hint>& hints) {
                code = take_in<Item>(tx, now, raw, hints);
                if (last) move_cursor(tx, now);
            }));
        } catch (const std::exception& e) {  // a defect must not stop the stream
            env::log_error("pulled_item_failed", {{"connector_id", connector_.id.value}, {"what", e.what()}});
            code = "internal";
            AC_CHECK(changed([&](store::Tx& tx, Instant now, auto&) {
                note(tx, now, name_of(raw), {}, raw, code);
                if (last) move_cursor(tx, now);
            }));
        }
        return code.empty();
    }

    // Empty: taken. Else the problem's code, and everything about it is written.
    template <class Item>
    std::string take_in(store::Tx& tx, Instant now, const RawJson& raw, std::vector<store::Hint>& hints) {
        const ItemName name = name_of(raw);
        const auto case_id = store::case_of_operation(tx, name.key, connector_.shop_id);
        const auto item = decode<Item>(raw.text);
        std::string code = !item ? "unreadable_item" : !case_id ? "unknown_return" : "";
        if (code.empty()) {
            const auto taken = tell_case(ctx_, tx, *case_id, OperationId(name.key), now, hints,
                                         [&](const auto& state, const auto& facts) { return take(state, *item, facts); });
            if (taken) {
                store::solve_problem(tx, connector_.id, word(stream_), name.id);
                return {};
            }
            code = taken.error().code;
        }
        const bool is_new = note(tx, now, name, case_id.value_or(CaseId{}), raw, code);
        if (is_new && case_id) {
            const auto told = tell_case(ctx_, tx, *case_id, OperationId(name.key), now, hints, [&](const auto& state, const auto& facts) {
                return domain::announce_failed(state, OperationId(name.key), code, facts);
            });
            if (!told) env::log_warn("task_refused", {{"case_id", case_id->value}, {"code", told.error().code}});
        }
        return code;
    }

    bool note(store::Tx& tx, Instant now, const ItemName& name, const CaseId& case_id, const RawJson& raw, const std::string& code) {
        env::log_warn("unmatched", {{"connector_id", connector_.id.value}, {"stream", word(stream_)}, {"item", name.id}, {"code", code}});
        return store::put_problem(tx, {connector_.id, std::string(word(stream_)), name.id, code, raw, case_id, now});
    }

    static ItemName name_of(const RawJson& raw) {
        auto name = decode<ItemName>(raw.text);
        ItemName known = name ? std::move(*name) : ItemName{};
        if (known.id.empty()) known.id = "nameless-" + std::to_string(std::hash<std::string>{}(raw.text));
        return known;
    }

    void move_cursor(store::Tx& tx, Instant now) {
        if (!reply_.cursor.empty()) store::put_cursor(tx, connector_.id, word(stream_), reply_.cursor, now);
    }

    template <class Fn>
    Result<Done> changed(Fn fn) {
        const Guard guard{"system", {}, {}, {}, ctx_.clock.now()};
        std::vector<store::Hint> hints;
        auto done = ctx_.store.change(guard, [&](store::Tx& tx) -> Result<Done> {
            hints.clear();
            fn(tx, guard.now, hints);
            return Done{};
        });
        if (done)
            for (const store::Hint& hint : hints) ctx_.store.hint(hint);
        return done;
    }

    Context& ctx_;
    const PulledConnector& connector_;
    WarehouseStream stream_;
    PullReply<RawJson> reply_;
};

}  // namespace

Result<Taken> take_page(Context& ctx, const PulledConnector& connector, WarehouseStream stream, std::string_view reply_json) {
    auto reply = decode<PullReply<RawJson>>(reply_json);
    if (!reply) return fail(Error{ErrorKind::invalid, "bad_reply", reply.error().fields, {}, {}, {}});
    return Page(ctx, connector, stream, std::move(*reply)).all();
}

}  // namespace aftercare::usecase
