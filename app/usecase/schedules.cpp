#include "usecase/schedules.hpp"

#include <aftercare/codec/codec.hpp>
#include <aftercare/connector/courier.hpp>
#include <aftercare/connector/marketplace.hpp>
#include <aftercare/connector/warehouse.hpp>
#include <functional>

#include "domain/operation_rules.hpp"
#include "env/log.hpp"
#include "usecase/arrivals.hpp"
#include "usecase/facts.hpp"
#include "usecase/marketplace.hpp"

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
                         },
                         {}, store::Wanted{{}, true}));
    return Done{};
}

Result<std::optional<Instant>> next_clock(Context& ctx) {
    return ctx.store.read([](store::Tx& tx) -> Result<std::optional<Instant>> { return store::next_clock(tx); });
}

std::string_view pull_op(PullStream stream) {
    switch (stream) {
        case PullStream::orders:
        case PullStream::after_sales: return kMarketplacePullOp;
        case PullStream::parcels: return kCourierPullOp;
        case PullStream::receipts:
        case PullStream::inspections:
        case PullStream::shipments: return kWarehousePullOp;
    }
    return {};
}

Result<PullFrom<PullStream>> next_pull(Context& ctx, const PulledConnector& connector, PullStream stream) {
    return ctx.store.read([&](store::Tx& tx) -> Result<PullFrom<PullStream>> {
        return PullFrom<PullStream>{stream, store::find_cursor(tx, connector.id, word(stream)), 200};
    });
}

namespace {

/// One page being taken.
class PulledPage {
   public:
    PulledPage(Context& ctx, const PulledConnector& connector, PullStream stream, PullReply<RawJson> reply)
        : ctx_(ctx), connector_(connector), stream_(stream), reply_(std::move(reply)) {}

    Result<Taken> all() {
        Taken taken{0, 0, reply_.more};
        if (stream_ == PullStream::after_sales) {
            AC_TRY(const auto waiting, after_sales_to_retry(ctx_, connector_));
            for (const RawJson& each : waiting) AC_CHECK(one(each, false));
        }
        for (std::size_t i = 0; i < reply_.items.size(); ++i) {
            AC_TRY(const bool good, one(reply_.items[i], i + 1 == reply_.items.size()));
            ++(good ? taken.taken : taken.problems);
        }
        AC_TRY(const bool moves, moves_without_items());
        if (moves) AC_CHECK(changed([&](store::Tx& tx, Instant now, auto&) { move_cursor(tx, now); }));
        return taken;
    }

   private:
    /// True: taken. False: a problem that is written down.
    Result<bool> one(const RawJson& raw, bool last) {
        std::string code;
        try {
            AC_TRY(const std::string number, number_for(raw));
            AC_CHECK(changed([&](store::Tx& tx, Instant now, std::vector<store::Hint>& hints) {
                code = take_in(arrivals_in(tx, now, hints), raw, number);
                if (last) move_cursor(tx, now);
            }));
        } catch (const std::exception& e) {  // a defect must not stop the stream
            env::log_error("pulled_item_failed", {{"connector_id", connector_.id.value}, {"what", e.what()}});
            code = "internal";
            AC_CHECK(changed([&](store::Tx& tx, Instant now, std::vector<store::Hint>& hints) {
                arrivals_in(tx, now, hints).keep(name_of(raw), raw, {}, code);
                if (last) move_cursor(tx, now);
            }));
        }
        return code.empty();
    }

    /// A case number for an item that may open a case: taken in a transaction of its own.
    Result<std::string> number_for(const RawJson& raw) {
        if (stream_ != PullStream::after_sales || !needs_number(ctx_, connector_, raw)) return std::string();
        return ctx_.store.next_case_number();
    }

    // Empty: taken. Else the problem's code, and everything about it is written.
    std::string take_in(const Arrivals& arrivals, const RawJson& raw, const std::string& number) {
        const ItemName name = name_of(raw);
        const auto of_kind = [&]<class Item>(auto use) -> std::string {
            const auto item = decode<Item>(raw.text);
            if (item) return use(*item);
            arrivals.keep(name, raw, store::case_of_operation(arrivals.tx, name.key, connector_.shop_id).value_or(CaseId{}), "unreadable_item");
            return "unreadable_item";
        };
        const auto into_case = [&](const auto& item) {
            const auto case_id = store::case_of_operation(arrivals.tx, name.key, connector_.shop_id);
            return arrivals.into_case(name, raw, case_id, [&](const auto& state, const auto& facts) { return take(state, item, facts); });
        };
        switch (stream_) {
            case PullStream::orders:
                return of_kind.template operator()<SoldOrder>([&](const auto& item) { return take_order(arrivals, connector_, item, raw); });
            case PullStream::after_sales:
                return of_kind.template operator()<AfterSale>([&](const auto& item) { return take_after_sale(arrivals, connector_, item, raw, number); });
            case PullStream::parcels:
                return of_kind.template operator()<SentParcel>([&](const auto& item) { return take_parcel(arrivals, connector_, item, raw); });
            case PullStream::receipts: return of_kind.template operator()<Receipt>(into_case);
            case PullStream::inspections: return of_kind.template operator()<Inspection>(into_case);
            case PullStream::shipments:
                return of_kind.template operator()<GoodsSent>([&](const GoodsSent& item) {
                    const auto of = store::operation_of_parcel(arrivals.tx, item.key, connector_.shop_id);
                    const auto case_id = of ? std::optional(of->case_id) : std::nullopt;
                    return arrivals.into_case({name.id, of ? of->operation_id.value : item.key}, raw, case_id, [&](const auto& state, const auto& facts) { return take(state, item, facts); });
                });
        }
        return {};
    }

    Arrivals arrivals_in(store::Tx& tx, Instant now, std::vector<store::Hint>& hints) const {
        return {ctx_, tx, {connector_.id, domain::plugin_actor()}, word(stream_), now, hints};
    }

    static ItemName name_of(const RawJson& raw) {
        auto name = decode<ItemName>(raw.text);
        ItemName known = name ? std::move(*name) : ItemName{};
        if (known.id.empty()) known.id = "nameless-" + std::to_string(std::hash<std::string>{}(raw.text));
        return known;
    }

    /// A pull that brought nothing mostly says the cursor it was asked with.
    [[nodiscard]] Result<bool> moves_without_items() const {
        if (!reply_.items.empty() || reply_.cursor.empty()) return false;
        return ctx_.store.read([&](store::Tx& tx) -> Result<bool> { return store::find_cursor(tx, connector_.id, word(stream_)) != reply_.cursor; });
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
    PullStream stream_;
    PullReply<RawJson> reply_;
};

}  // namespace

Result<Taken> take_page(Context& ctx, const PulledConnector& connector, PullStream stream, std::string_view reply_json) {
    auto reply = decode<PullReply<RawJson>>(reply_json);
    if (!reply) return fail(Error{ErrorKind::invalid, "bad_reply", reply.error().fields, {}, {}, {}});
    return PulledPage(ctx, connector, stream, std::move(*reply)).all();
}

}  // namespace aftercare::usecase
