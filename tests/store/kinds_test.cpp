#include "usecase/operations.hpp"
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
