#pragma once
#include <catch2/catch.hpp>

#include <aftercare/codec/codec.hpp>
#include <aftercare/connector/channel.hpp>
#include <aftercare/connector/payment.hpp>
#include <aftercare/connector/warehouse.hpp>

#include "db/row.hpp"
#include "domain/commands.hpp"
#include "jobs/backoff.hpp"
#include "jobs/dispatcher.hpp"
#include "jobs/pulls.hpp"
#include "jobs/timers.hpp"
#include "store/case_state.hpp"
#include "store/connectors.hpp"
#include "store/photos.hpp"
#include "store/schedules.hpp"
#include "../usecase/world.hpp"
#include "usecase/cases.hpp"
#include "usecase/operations.hpp"
#include "usecase/orders.hpp"
#include "usecase/staff.hpp"

namespace aftercare::test {

/// One call as the fake plugin saw it.
struct Seen {
    ConnectorId connector;
    std::string op, request, key;
    std::int64_t attempt = 0;
};

inline connect::Outcome accepted(std::string json) { return {true, std::move(json), {}, {}, {}, 0}; }
inline connect::Outcome failed(ErrorClass error, std::string code = "said_no", std::int64_t wait_ms = 0) {
    return {false, {}, error, std::move(code), {}, wait_ms};
}

/// The database, two connectors and people who walk a return; plugins are what `answer` says.
struct JobsWorld : World {
    std::vector<Seen> seen;
    std::function<connect::Outcome(const Seen&)> answer = [](const Seen& call) { return fine(call.op); };

    std::vector<connect::HttpPost> posted;
    std::function<connect::Posted(const connect::HttpPost&)> receiver = [](const connect::HttpPost&) { return connect::Posted{204, {}, {}}; };

    ShopId shop;
    ConnectorId warehouse{"WAREHOUSE"}, payment{"PAYMENT"};
    usecase::Actor agent, finance;
    jobs::Lanes lanes{jobs::Lanes::Mode::inline_};
    jobs::Dispatcher dispatcher = a_dispatcher("one");
    jobs::Timers timers{ctx};

    JobsWorld() {
        shop = usecase::add_shop(ctx, an_admin(), guard(an_admin()), {"main", "Main", "CNY", "Asia/Shanghai"})->id;
        agent = {StaffId("AGENT"), {Role::agent, Role::lead, Role::warehouse}, {shop}, false, "staff:AGENT"};
        finance = {StaffId("FINANCE"), {Role::finance}, {shop}, false, "staff:FINANCE"};
        connect_to(warehouse, shop, "warehouse_fake");
        connect_to(payment, shop, "payment_fake");
        const auto photo = store.change({}, [&](store::Tx& tx) -> Result<usecase::Done> {
            store::insert_photo(tx, {PhotoId("PHOTO"), shop, "hash", "image/jpeg", 1, 1, 1, agent.staff_id, clock.now()});
            return usecase::Done{};
        });
        REQUIRE(photo);
    }

    void change(const std::function<void(store::Tx&)>& fn) {
        database->change(db::Lane::people, [&](store::Tx& tx) {
            fn(tx);
            return true;
        });
    }

    void connect_to(const ConnectorId& id, const ShopId& of, const std::string& plugin, bool enabled = true) {
        change([&](store::Tx& tx) {
            store::insert_connector(tx, {id, of, plugin, plugin, enabled, {"{}"}, 1, clock.now()});
        });
    }
    void replace_plugin(const ConnectorId& id, const std::string& plugin) {
        change([&](store::Tx& tx) {
            tx.execute_script("UPDATE connector SET plugin = '" + plugin + "' WHERE id = '" + id.value + "'");
        });
    }
    void switch_off(const ConnectorId& id) {
        change([&](store::Tx& tx) {
            auto connector = store::find_connector(tx, id);
            connector->enabled = false;
            store::change_connector(tx, *connector);
        });
    }

    jobs::CallPlugin call_plugin() {
        return [this](const ConnectorId& id, std::string_view op, std::string_view request, const connect::CallOptions& how) {
            seen.push_back({id, std::string(op), std::string(request), how.idempotency_key, how.attempt});
            return answer(seen.back());
        };
    }
    /// The plugin "away" is not here now.
    static tl::expected<usecase::CallLimits, usecase::Lack> offers(const std::string& plugin, std::string_view op) {
        const bool has = (plugin == "warehouse_fake" && op.starts_with("warehouse.")) ||
                         (plugin == "payment_fake" && op.starts_with("payment.")) || (plugin == "payment_blind" && op == kRefundOp) ||
                         (plugin == "channel_fake" && op == kSendOp) || (plugin == "market_fake" && op.starts_with("marketplace.")) ||
                         (plugin == "courier_fake" && op.starts_with("courier."));
        if (has) return usecase::CallLimits{seconds(15), seconds(17)};
        return tl::unexpected(plugin == "away" ? usecase::Lack::plugin : usecase::Lack::operation);
    }
    jobs::Dispatcher a_dispatcher(const std::string& owner) {
        const auto post = [this](const connect::HttpPost& request) {
            posted.push_back(request);
            return receiver(request);
        };
        return {ctx, lanes, call_plugin(), offers, owner, post};
    }
    jobs::Pulls a_puller() {
        return {ctx, lanes, call_plugin(), [this] { return std::vector<jobs::PullTarget>{{{warehouse, shop}, {PullStream::receipts, PullStream::inspections}, seconds(15), {}}}; }};
    }
    static connect::Outcome fine(const std::string& op) {
        if (op == "marketplace.agree_refund/1") return accepted(R"({"state":"pending","external_id":"D-1"})");
        if (op.starts_with("payment.")) return accepted(R"({"state":"succeeded","external_id":"P-1"})");
        return accepted(R"({"external_id":"W-1"})");
    }

    void tick() { dispatcher.tick(clock.now()); }
    /// Lets time pass in steps of `step`, ticking dispatcher and timers at each.
    void live(Duration length, Duration step = minutes(1)) {
        for (Duration passed; passed < length; passed.ms += step.ms) {
            clock.advance(step);
            timers.tick(clock.now());
            tick();
        }
    }
    std::vector<Seen> seen_of(std::string_view op) const {
        std::vector<Seen> found;
        for (const Seen& each : seen)
            if (each.op == op) found.push_back(each);
        return found;
    }

    // The story of a return.
    struct Return {
        CaseId case_id;
        OperationId operation_id;
        std::vector<OrderLineId> lines;
    };
    usecase::OrderView sold(const std::string& number, std::int64_t qty = 2) {
        usecase::PutOrder order;
        order.shop_id = shop;
        order.number = number;
        order.lines = {{"SKU-A", "Cup", qty, 1'000, 0}, {"SKU-B", "Plate", 1, 3'000, 0}};
        order.placed_at = clock.now() - days(3);
        order.delivered_at = clock.now() - days(1);
        return usecase::put_order(ctx, an_admin(), guard(an_admin()), order).value();
    }
    Return requested(const std::string& number, std::int64_t qty = 2) {
        const auto bought = sold(number, qty);
        usecase::OpenCaseIn in;
        in.shop_id = shop;
        in.open.order_id = bought.order.id;
        in.request.emplace();
        in.request->reason = Reason::quality;
        in.request->photo_ref = "PHOTO";
        in.request->lines = {{bought.lines.at(0).id, qty, {}, {}, {}}};
        const auto opened = usecase::open_case(ctx, agent, guard(agent), in).value();
        return {opened.case_id, opened.operation_id, {bought.lines.at(0).id, bought.lines.at(1).id}};
    }
    Return approved(const std::string& number, std::int64_t qty = 2) {
        const Return r = requested(number, qty);
        done(usecase::approve(ctx, agent, guard(agent), {r.case_id, {r.operation_id}}));
        return r;
    }
    Return shipped(const std::string& number, std::int64_t qty = 2) {
        const Return r = approved(number, qty);
        done(usecase::ship_back(ctx, agent, guard(agent), {r.case_id, {r.operation_id, "SF", "SF" + number, {}}}));
        return r;
    }
    /// All back, inspected as good; the refund is with the outbox.
    Return refunding(const std::string& number, std::int64_t qty = 2) {
        const Return r = shipped(number, qty);
        done(usecase::arrive(ctx, agent, guard(agent), {r.case_id, {r.operation_id, {}, {}, std::nullopt, {}}}));
        domain::Inspect inspect{r.operation_id, r.lines[0], qty, Grade::pass, Disposition::restock, {}, {}, {}};
        done(usecase::inspect(ctx, agent, guard(agent), {r.case_id, inspect}));
        if (state(r).operations.at(0).decision != DecisionState::settling)
            done(usecase::accept(ctx, agent, guard(agent), {r.case_id, {r.operation_id, 0}}));
        tick();  // what the warehouse is told
        seen.clear();
        submit(r);
        return r;
    }
    void submit(const Return& r) {
        done(usecase::submit_refund(ctx, finance, guard(finance), {r.case_id, {r.operation_id, {}}}));
    }
    domain::CaseState state(const Return& r) {
        return store.read([&](store::Tx& tx) { return store::load_case(tx, r.case_id, false); }).value();
    }
    MoneyState leg(const Return& r) { return state(r).money.at(0).state; }
    std::int64_t open_tasks(const Return& r) {
        std::int64_t count = 0;
        for (const Task& task : state(r).tasks) count += task.state == TaskState::open;
        return count;
    }

    /// How often an event of this type happened to the case.
    std::int64_t events(const Return& r, std::string_view type) {
        std::int64_t count = 0;
        const auto timeline = usecase::case_timeline(ctx, agent, {r.case_id, 0}).value();
        for (const auto& event : timeline.items) count += event.type == type;
        return count;
    }
    bool has_task(const Return& r, std::string_view code) {
        for (const Task& task : state(r).tasks)
            if (task.code == code && task.state == TaskState::open) return true;
        return false;
    }

    std::vector<store::OutboxMessage> outbox() {
        static constexpr auto kAll = db::Query::both(
            "all_messages",
            "SELECT id, topic, payload, shop_id, case_id, connector_id, endpoint_id, state, due_at, attempts, answered, lease_owner, "
            "lease_until, last_error, body, created_at FROM outbox ORDER BY created_at, LENGTH(id), id");
        std::vector<store::OutboxMessage> all;
        database->read([&](store::Tx& tx) {
            tx.run(kAll, {}, [&](const db::Row& row) { all.push_back(db::read_row<store::OutboxMessage>(row)); });
        });
        return all;
    }
    store::OutboxMessage last(std::string_view topic) {
        store::OutboxMessage found;
        for (auto& each : outbox())
            if (each.topic == topic) found = each;
        REQUIRE(found.topic == topic);
        return found;
    }
    std::vector<store::ConnectorProblem> problems() {
        std::vector<store::ConnectorProblem> found;
        database->read([&](store::Tx& tx) { found = store::problems_of(tx, warehouse); });
        return found;
    }
    std::string cursor(std::string_view stream) {
        std::string found;
        database->read([&](store::Tx& tx) { found = store::find_cursor(tx, warehouse, stream); });
        return found;
    }

   private:
    template <class T>
    static void done(const Result<T>& result) {
        if (!result) FAIL(result.error().code + " " + result.error().detail);
    }
};

}  // namespace aftercare::test
