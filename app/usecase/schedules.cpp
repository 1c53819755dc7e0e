#include "usecase/schedules.hpp"

#include <aftercare/codec/codec.hpp>
#include <functional>

#include "domain/return_refund.hpp"
#include "env/log.hpp"
#include "usecase/arrivals.hpp"
#include "usecase/facts.hpp"

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
            AC_CHECK(changed([&](store::Tx& tx, Instant now, std::vector<store::Hint>& hints) {
                arrivals_in(tx, now, hints).keep(name_of(raw), raw, {}, code);
                if (last) move_cursor(tx, now);
            }));
        }
        return code.empty();
    }

    // Empty: taken. Else the problem's code, and everything about it is written.
    template <class Item>
    std::string take_in(store::Tx& tx, Instant now, const RawJson& raw, std::vector<store::Hint>& hints) {
        const ItemName name = name_of(raw);
        const Arrivals arrivals = arrivals_in(tx, now, hints);
        const auto case_id = store::case_of_operation(tx, name.key, connector_.shop_id);
        const auto item = decode<Item>(raw.text);
        if (item) return arrivals.into_case(name, raw, case_id, [&](const auto& state, const auto& facts) { return take(state, *item, facts); });
        arrivals.keep(name, raw, case_id.value_or(CaseId{}), "unreadable_item");
        return "unreadable_item";
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
