#include <thread>

#include "usecase/operations.hpp"
#include "usecase/policies.hpp"
#include "usecase/receiving.hpp"
#include "usecase/unknown_parcels.hpp"
#include "world.hpp"

/// Operations of other kinds through use cases and rows on both engines: what they make of an order can be derived again.
using namespace aftercare;
using test::ShopWorld;

namespace {

usecase::CaseChanged opened(ShopWorld& w, const usecase::OrderView& order, OperationKind kind, SubKind way, Reason reason, domain::RequestLine gets) {
    auto in = w.opening(order, 1);
    in.request->kind = kind;
    in.request->sub_kind = way;
    in.request->reason = reason;
    in.request->photo_ref = "photo:test";
    gets.order_line_id = order.lines[0].id;
    in.request->lines = {std::move(gets)};
    usecase::Actor asks = w.agent;
    asks.principal = "demo:test";  // names photos that lie elsewhere
    return w.must(usecase::open_case(*w.ctx, asks, w.guard(asks), in));
}

void back_and_fine(ShopWorld& w, const CaseId& id, const OperationId& op, const usecase::OrderView& order, const std::string& tracking) {
    w.must(usecase::ship_back(*w.ctx, w.agent, w.guard(w.agent), {id, {op, "SF", tracking, {}}}));
    w.must(usecase::arrive(*w.ctx, w.dock, w.guard(w.dock), {id, {op, {}, tracking, std::nullopt, ""}}));
    w.must(usecase::inspect(*w.ctx, w.dock, w.guard(w.dock), {id, {op, order.lines[0].id, 1, Grade::pass, Disposition::restock, "", "", ""}}));
}

}  // namespace

TEST_CASE("a dearer exchange makes a payment and a line of the order, which are derived again like all the rest") {
    test::on_each_engine([](ShopWorld& w) {
        const auto order = w.sold("X-1");
        const auto made = opened(w, order, OperationKind::exchange, SubKind::after_receipt, Reason::wrong_size, {{}, 1, "CUP-XL", "Large cup", 2'500});
        const auto& [id, op] = std::pair(made.case_id, made.operation_id);
        w.must(usecase::approve(*w.ctx, w.lead, w.guard(w.lead), {id, {op}}));
        back_and_fine(w, id, op, order, "SF1");
        const auto waiting = w.view(id);
        CHECK(waiting.operations[0].header == Header::waiting_payment);
        const auto owed = waiting.operations[0].settled.collect_minor;
        CHECK(owed == 2'500 - (1'999 - 18));  // less its share of the order's discount
        w.must(usecase::collected(*w.ctx, w.finance, w.guard(w.finance), {id, {op, {}, "alipay", "PAY-9"}}));
        w.must(usecase::dispatch(*w.ctx, w.dock, w.guard(w.dock), {id, {op, waiting.outbound.at(0).id, "SF", "OUT1"}}));
        w.must(usecase::delivered(*w.ctx, w.agent, w.guard(w.agent), {id, {op, waiting.outbound.at(0).id}}));

        const auto after = w.view(id);
        CHECK(after.operations[0].decision == DecisionState::settled);
        const auto& now = after.order.at(0);
        REQUIRE(now.lines.size() == 3);
        CHECK(now.lines[2].sku == "CUP-XL");
        CHECK(now.lines[2].allocated_minor == 2'500);
        CHECK(now.lines[2].origin_line_id == order.lines[0].id);
        REQUIRE(now.payments.size() == 2);
        CHECK(now.payments[1].reference == "PAY-9");
        CHECK(now.money[1].captured_minor == owed);
        CHECK(w.differences().empty());

        w.sql("DELETE FROM outbound_line; UPDATE order_line SET allocated_minor = 1 WHERE sku = 'CUP-XL'; UPDATE operation SET stock = 'none'");
        CHECK_FALSE(w.differences().empty());
        w.must(store::rebuild(*w.store));
        CHECK(w.differences().empty());
        CHECK(w.view(id).order.at(0).lines[2].allocated_minor == 2'500);
    });
}

TEST_CASE("a change of kind hands units, parcels and inspections over in one change") {
    test::on_each_engine([](ShopWorld& w) {
        const auto order = w.sold("X-2");
        const auto made = opened(w, order, OperationKind::return_refund, SubKind::none, Reason::no_longer_wanted, {});
        const auto& [id, op] = std::pair(made.case_id, made.operation_id);
        w.must(usecase::approve(*w.ctx, w.lead, w.guard(w.lead), {id, {op}}));
        w.must(usecase::ship_back(*w.ctx, w.agent, w.guard(w.agent), {id, {op, "SF", "SF2", {}}}));
        const auto changed = w.must(usecase::change_kind(*w.ctx, w.lead, w.guard(w.lead), {id, {op, OperationKind::repair, SubKind::none, true, {}}}));
        CHECK(changed.operation_id != op);
        auto view = w.view(id);
        REQUIRE(view.operations.size() == 2);
        CHECK(view.operations[0].superseded_by == view.operations[1].id);
        CHECK(view.inbound.at(0).operation_id == view.operations[1].id);
        CHECK(view.lines.size() == 1);
        w.must(usecase::arrive(*w.ctx, w.dock, w.guard(w.dock), {id, {view.operations[1].id, {}, "SF2", std::nullopt, ""}}));
        CHECK(w.differences().empty());
    });
}

TEST_CASE("a price adjustment is kept with the units and counted in what comes back later") {
    test::on_each_engine([](ShopWorld& w) {
        const auto order = w.sold("X-3");
        auto in = w.opening(order, 3);
        in.request->kind = OperationKind::refund_only;
        in.request->sub_kind = SubKind::price_adjust;
        in.request->reason = Reason::price_drop;
        in.request->amount_minor = 301;
        const auto opened = w.must(usecase::open_case(*w.ctx, w.agent, w.guard(w.agent), in));
        w.must(usecase::approve(*w.ctx, w.lead, w.guard(w.lead), {opened.case_id, {opened.operation_id}}));
        const auto later = w.must(usecase::open_case(*w.ctx, w.agent, w.guard(w.agent), w.opening(order, 3)));
        CHECK(w.view(later.case_id).operations[0].quote.net_minor == 3 * 1'999 - 55 - 301);
        CHECK(w.differences().empty());
    });
}

TEST_CASE("two cases of one order cannot send the same part twice, whichever comes first") {
    test::on_each_engine([](ShopWorld& w) {
        const auto order = w.sold("X-4", 1);
        usecase::Actor asks = w.agent;
        asks.principal = "demo:test";
        const auto part = [&](std::size_t line) {
            auto in = w.opening(order, 1);
            in.request->kind = OperationKind::reissue;
            in.request->sub_kind = SubKind::part;
            in.request->reason = Reason::missing_parts;
            in.request->photo_ref = "photo:test";
            in.request->lines[0].order_line_id = order.lines[line].id;
            in.request->cost_minor = 6'000;  // the shipped limit is 100.00
            return in;
        };
        std::vector<Result<usecase::CaseChanged>> both(2, fail(ErrorKind::refused, "none"));
        std::vector<usecase::CaseChanged> empty;
        for (int i = 0; i < 2; ++i) {
            auto in = w.opening(order, 1);
            in.request.reset();
            empty.push_back(w.must(usecase::open_case(*w.ctx, w.agent, w.guard(w.agent), in)));
        }
        std::vector<std::thread> racing;
        for (std::size_t i = 0; i < 2; ++i)
            racing.emplace_back([&, i] { both[i] = usecase::request_operation(*w.ctx, asks, w.guard(asks), {empty[i].case_id, *part(0).request}); });
        for (auto& each : racing) each.join();
        REQUIRE(both[0].has_value() != both[1].has_value());
        CHECK(both[both[0] ? 1 : 0].error().code == "reissue_over_shipped");
        const auto& first = both[0] ? *both[0] : *both[1];
        CHECK(usecase::open_case(*w.ctx, asks, w.guard(asks), part(0)).error().code == "reissue_over_shipped");

        w.must(usecase::approve(*w.ctx, w.agent, w.guard(w.agent), {first.case_id, {first.operation_id}}));
        const auto other = w.must(usecase::open_case(*w.ctx, asks, w.guard(asks), part(1)));
        CHECK(usecase::approve(*w.ctx, w.agent, w.guard(w.agent), {other.case_id, {other.operation_id}}).error().code == "over_limit");
        w.must(usecase::approve(*w.ctx, w.lead, w.guard(w.lead), {other.case_id, {other.operation_id}}));

        w.must(usecase::withdraw(*w.ctx, w.agent, w.guard(w.agent), {first.case_id, {first.operation_id, {}}}));
        w.must(usecase::open_case(*w.ctx, asks, w.guard(asks), part(0)));  // what was withdrawn is free again
        CHECK(w.differences().empty());
    });
}

TEST_CASE("wrong goods come back beside a settled reissue, and an unknown parcel is the one that was lost") {
    test::on_each_engine([](ShopWorld& w) {
        const auto order = w.sold("X-5");
        const auto sent_again = [&](Reason reason) {
            const auto made = opened(w, order, OperationKind::reissue, SubKind::unit, reason, {{}, 1, {}, {}, {}});
            w.must(usecase::approve(*w.ctx, w.lead, w.guard(w.lead), {made.case_id, {made.operation_id}}));
            w.must(usecase::answer_check(*w.ctx, w.dock, w.guard(w.dock), {made.case_id, {made.operation_id, CheckResult::confirmed, {}, {}}}));
            const auto leg = w.view(made.case_id).outbound.back().id;
            w.must(usecase::dispatch(*w.ctx, w.dock, w.guard(w.dock), {made.case_id, {made.operation_id, leg, "SF", "OUT" + made.operation_id.value}}));
            w.must(usecase::delivered(*w.ctx, w.agent, w.guard(w.agent), {made.case_id, {made.operation_id, leg}}));
            return std::pair(made.case_id, made.operation_id);
        };
        const auto [id, op] = sent_again(Reason::wrong_item);
        w.must(usecase::open_recall(*w.ctx, w.agent, w.guard(w.agent), {id, {op, "SPOON", "Spoon", 2, "SF", "SF-BACK", {}}}));
        CHECK(w.view(id).operations[0].decision == DecisionState::settled);
        CHECK(usecase::open_recall(*w.ctx, w.agent, w.guard(w.agent), {id, {op, "SPOON", "Spoon", 1, "SF", "SF-BACK", {}}}).error().code == "tracking_in_use");
        auto found = w.must(usecase::find_receiving(*w.ctx, w.dock, {"SF-BACK", {}}));
        REQUIRE(found.recalls.size() == 1);
        CHECK(found.recalls[0].qty == 2);
        CHECK(found.items.empty());
        const auto leg = w.view(id).inbound.back().id;
        w.must(usecase::recall_arrived(*w.ctx, w.dock, w.guard(w.dock), {id, {op, leg, 2}}));
        w.must(usecase::inspect_recall(*w.ctx, w.dock, w.guard(w.dock), {id, {op, leg, 2, Grade::pass, Disposition::restock, {}, {}}}));
        CHECK(w.view(id).inbound.back().state == InboundState::inspected);
        CHECK(w.view(id).inspections.back().inbound_leg_id == leg);
        CHECK(w.must(usecase::find_receiving(*w.ctx, w.dock, {"SF-BACK", {}})).recalls.empty());

        const auto [lost, lost_op] = sent_again(Reason::not_received);
        const auto units = w.view(lost).order.at(0).units;
        usecase::RecordParcel seen;
        seen.shop_id = w.shop;
        seen.tracking = "SF-LOST";
        const auto parcel = w.must(usecase::record_parcel(*w.ctx, w.dock, w.guard(w.dock), seen)).parcel;
        found = w.must(usecase::find_receiving(*w.ctx, w.dock, {w.view(lost).c.number, {}}));
        REQUIRE(found.lost.size() == 1);
        REQUIRE(found.lost[0].parcels.size() == 1);
        const auto matched = w.must(usecase::match_parcel(*w.ctx, w.dock, w.guard(w.dock), {parcel.id, lost, lost_op, {}, {}}));
        const auto came = w.view(lost).inbound.back();
        CHECK(matched.parcel.inbound_leg_id == came.id);
        CHECK(came.purpose == InboundPurpose::recovered);
        CHECK(w.view(lost).order.at(0).units == units);
        CHECK(w.view(lost).money.empty());
        CHECK(w.must(usecase::find_receiving(*w.ctx, w.dock, {w.view(lost).c.number, {}})).lost.empty());
        CHECK(w.differences().empty());
        w.sql("UPDATE inbound_leg SET purpose = 'goods', sku = '', qty = 0; UPDATE inspection_record SET inbound_leg_id = NULL");
        CHECK_FALSE(w.differences().empty());
        w.must(store::rebuild(*w.store));
        CHECK(w.differences().empty());
    });
}

TEST_CASE("the month's budget is the shop's, or a channel's own") {
    test::on_each_engine([](ShopWorld& w) {
        domain::PolicyTerms terms;
        terms.compensation_budget_minor = 1'500;
        usecase::PutPolicy policy;
        policy.shop_id = w.shop;
        policy.terms = terms;
        w.must(usecase::put_policy(*w.ctx, w.lead, w.guard(w.lead), policy));
        const auto asked = [&](const std::string& number) {
            auto in = w.opening(w.sold(number), 1);
            in.request->kind = OperationKind::refund_only;
            in.request->sub_kind = SubKind::goodwill;
            in.request->reason = Reason::goodwill;
            in.request->lines.clear();
            in.request->amount_minor = 800;
            return w.must(usecase::open_case(*w.ctx, w.agent, w.guard(w.agent), in));
        };
        const auto first = asked("B-1"), second = asked("B-2"), third = asked("B-3");
        std::vector<std::thread> racing;
        std::vector<std::string> said(2);
        const std::vector<usecase::CaseChanged> both{first, second};
        for (std::size_t i = 0; i < 2; ++i)
            racing.emplace_back([&, i] {
                const auto answer = usecase::approve(*w.ctx, w.agent, w.guard(w.agent), {both[i].case_id, {both[i].operation_id}});
                said[i] = answer ? "" : answer.error().code;
            });
        for (auto& each : racing) each.join();
        const std::size_t late = said[0].empty() ? 1 : 0;
        CHECK(said[late] == "over_budget");  // what both would spend is there once
        CHECK(said[1 - late].empty());
        CHECK(usecase::approve(*w.ctx, w.agent, w.guard(w.agent), {third.case_id, {third.operation_id}}).error().code == "over_budget");
        w.must(usecase::approve(*w.ctx, w.lead, w.guard(w.lead), {third.case_id, {third.operation_id}}));
        w.clock.advance(days(32));
        w.must(usecase::approve(*w.ctx, w.agent, w.guard(w.agent), {both[late].case_id, {both[late].operation_id}}));
    });
}

TEST_CASE("the simulator says that the month's budget for compensation is used up, and who decides then") {
    test::on_each_engine([](ShopWorld& w) {
        domain::PolicyTerms terms;
        terms.compensation_budget_minor = 1'500;
        usecase::PutPolicy policy;
        policy.shop_id = w.shop;
        policy.terms = terms;
        w.must(usecase::put_policy(*w.ctx, w.lead, w.guard(w.lead), policy));
        const auto give = [&](const std::string& number, std::int64_t minor) {
            auto in = w.opening(w.sold(number), 1);
            in.request->kind = OperationKind::refund_only;
            in.request->sub_kind = SubKind::goodwill;
            in.request->reason = Reason::goodwill;
            in.request->lines.clear();
            in.request->amount_minor = minor;
            const auto opened = w.must(usecase::open_case(*w.ctx, w.agent, w.guard(w.agent), in));
            w.must(usecase::approve(*w.ctx, w.agent, w.guard(w.agent), {opened.case_id, {opened.operation_id}}));
        };
        usecase::SimulatePolicy asked;
        asked.order_line_id = w.sold("SIM-1").lines[0].id;
        asked.kind = OperationKind::refund_only;
        asked.sub_kind = SubKind::goodwill;
        asked.reason = Reason::goodwill;
        asked.amount_minor = 800;
        const auto told = [&] { return w.must(usecase::simulate_policy(*w.ctx, w.agent, w.guard(w.agent), asked)); };
        const auto limit = [](const domain::Simulation& made) {
            const auto rule = std::find_if(made.rules.begin(), made.rules.end(), [](const auto& r) { return r.rule == PolicyRule::limit; });
            REQUIRE(rule != made.rules.end());
            return *rule;
        };
        CHECK(limit(told().in_force).passed);
        give("SIM-2", 700);
        CHECK(limit(told().in_force).passed);  // 800 are left, and 800 are asked for
        give("SIM-3", 1);
        const auto used_up = told().in_force;
        CHECK(used_up.legal);
        CHECK(used_up.decides == Role::lead);
        CHECK_FALSE(used_up.approved);
        CHECK(limit(used_up).code == "over_budget");
        CHECK(limit(used_up).params == std::vector<std::pair<std::string, std::string>>{{"amount", "800"}, {"left", "799"}});

        terms.compensation_budget_minor = 1'501;  // with a little more it would pass
        asked.terms = terms;
        REQUIRE(told().edited);
        CHECK(limit(*told().edited).passed);
        CHECK(limit(told().in_force).code == "over_budget");
        w.clock.advance(days(32));
        CHECK(limit(told().in_force).passed);
    });
}
