#include <aftercare/connector/courier.hpp>
#include <aftercare/connector/marketplace.hpp>

#include "store/connectors.hpp"
#include "usecase/labels.hpp"
#include "usecase/trouble.hpp"
#include "world.hpp"

namespace aftercare::test {
namespace {

struct Market : JobsWorld {
    ConnectorId market{"MARKET"};
    usecase::Actor lead{StaffId("LEAD"), {Role::lead}, {shop}, false, "staff:LEAD"};
    std::int64_t version = 100;
    int page_number = 0;

    Market() { connect_to(market, shop, "market_fake"); }

    usecase::Taken take(PullStream stream, const std::string& item) {
        const std::string page = R"({"items":[)" + item + R"(],"cursor":"c)" + std::to_string(++page_number) + R"(","more":false})";
        return usecase::take_page(ctx, {market, shop}, stream, page).value();
    }
    void sell(const std::string& number, bool delivered = true) {
        const auto placed = (clock.now() - days(3)).ms;
        const std::string when = delivered ? R"(,"delivered_at":)" + std::to_string((clock.now() - days(1)).ms) : "";
        CHECK(take(PullStream::orders, R"({"id":")" + number + R"(","number":")" + number + R"(","channel":"taobao","buyer_name":"Li","lines":[{"sku":"CUP","qty":2,"unit_price_minor":5000}],"placed_at":)" +
                                           std::to_string(placed) + when + "}")
                  .taken == 1);
    }
    usecase::Taken says(const std::string& number, const std::string& state, const std::string& more = "") {
        return take(PullStream::after_sales, R"({"id":"AS)" + number + R"(","order_number":")" + number + R"(","version":)" + std::to_string(++version) +
                                                 R"(,"kind":"return_refund","reason":"quality","state":")" + state + "\"" + more + "}");
    }
    Return the_return() {
        const auto found = usecase::list_cases(ctx, lead, {}).value();
        REQUIRE(found.items.size() == 1);
        Return r{found.items[0].c.id, {}, {}};
        const auto s = state(r);
        if (!s.operations.empty()) r.operation_id = s.operations[0].id;
        for (const auto& line : s.order.lines) r.lines.push_back(line.id);
        return r;
    }
    DecisionState decision(const Return& r) { return state(r).operations.at(0).decision; }
    usecase::CaseView view(const Return& r) { return usecase::get_case(ctx, lead, {r.case_id}).value(); }
    std::vector<store::ConnectorProblem> trouble() {
        std::vector<store::ConnectorProblem> found;
        database->read([&](store::Tx& tx) { found = store::problems_of(tx, market); });
        return found;
    }
    void goods_back_and_accepted(const Return& r) {
        REQUIRE(usecase::arrive(ctx, agent, guard(agent), {r.case_id, {r.operation_id, {}, {}, std::nullopt, {}}}));
        REQUIRE(usecase::inspect(ctx, agent, guard(agent), {r.case_id, {r.operation_id, r.lines[0], 2, Grade::pass, Disposition::restock, {}, {}, {}}}));
        if (decision(r) != DecisionState::settling) REQUIRE(usecase::accept(ctx, agent, guard(agent), {r.case_id, {r.operation_id, 0}}));
    }
};

TEST_CASE("an after-sale of the marketplace opens a case with its return, and the decision goes back there") {
    Market w;
    w.sell("T1");
    CHECK(w.says("T1", "requested", R"(,"words":"handle broken","deadline_at":)" + std::to_string((w.clock.now() + days(2)).ms)).taken == 1);
    const auto r = w.the_return();
    auto view = w.view(r);
    CHECK(view.c.channel == Channel::marketplace);
    CHECK(view.c.platform.external_ref == "AST1");
    CHECK(view.c.platform.state == AfterSaleState::requested);
    CHECK(view.c.platform.deadline_at == w.clock.now() + days(2));
    CHECK(view.lines.at(0).qty == 2);
    CHECK(usecase::case_timeline(w.ctx, w.lead, {r.case_id, 0}).value().items.size() >= 4);
    CHECK(w.says("T1", "requested").taken == 1);  // heard again
    w.the_return();

    REQUIRE(usecase::approve(w.ctx, w.agent, w.guard(w.agent), {r.case_id, {r.operation_id}}));
    w.tick();
    const auto told = w.seen_of(kAgreeReturnOp);
    REQUIRE(told.size() == 1);
    CHECK(told[0].connector == w.market);
    const auto request = decode<PlatformDecision>(told[0].request).value();
    CHECK(request.external_ref == "AST1");
    CHECK(request.version == w.version);
    CHECK(w.events(r, "platform_told/1") == 1);
    CHECK(w.view(r).write_backs.at(0).state == "done");

    CHECK(w.says("T1", "return_shipped", R"(,"carrier":"SF","tracking":"SF77")").taken == 1);
    CHECK(w.state(r).inbound.at(0).tracking == "SF77");
    w.goods_back_and_accepted(r);
    w.submit(r);
    w.tick();
    const auto refund = w.seen_of(kAgreeRefundOp);
    REQUIRE(refund.size() == 1);
    CHECK(decode<PlatformDecision>(refund[0].request).value().amount->minor == 10'000);
    CHECK(w.seen_of(kRefundOp).empty());  // the marketplace moves its own money
    CHECK(w.leg(r) == MoneyState::submitted);
    w.live(hours(1));  // its own word is waited for: nobody asks
    CHECK(w.seen_of(kGetRefundOp).empty());
    CHECK(w.says("T1", "done").taken == 1);
    CHECK(w.leg(r) == MoneyState::succeeded);
    CHECK(w.decision(r) == DecisionState::settled);
    CHECK(w.trouble().empty());
}

TEST_CASE("the marketplace may be ahead: what was agreed and sent there is followed, and nothing is told back") {
    Market w;
    w.sell("T2");
    CHECK(w.says("T2", "return_shipped", R"(,"carrier":"SF","tracking":"SF1")").taken == 1);
    const auto r = w.the_return();
    CHECK(w.decision(r) == DecisionState::approved);
    CHECK(w.state(r).inbound.at(0).tracking == "SF1");
    w.tick();
    CHECK(w.seen_of(kAgreeReturnOp).empty());
    CHECK(w.seen_of(kAnnounceReturnOp).size() == 1);

    Market refused;
    refused.sell("T3");
    refused.says("T3", "requested");
    CHECK(refused.says("T3", "refused").taken == 1);
    CHECK(refused.decision(refused.the_return()) == DecisionState::rejected);

    Market closed;
    closed.sell("T4");
    closed.says("T4", "requested");
    CHECK(closed.says("T4", "closed").taken == 1);
    CHECK(closed.decision(closed.the_return()) == DecisionState::cancelled);
}

TEST_CASE("older words change nothing; a word that the rules cannot follow is kept, shown and asked about") {
    Market w;
    w.sell("T5");
    w.says("T5", "requested");
    const auto r = w.the_return();
    w.version = 50;
    CHECK(w.says("T5", "closed").taken == 1);
    CHECK(w.decision(r) == DecisionState::requested);
    w.version = 200;
    CHECK(w.says("T5", "done").problems == 1);
    CHECK(w.state(r).c.platform.state == AfterSaleState::done);
    CHECK(w.has_task(r, "platform_unmatched"));
    REQUIRE(w.trouble().size() == 1);
    CHECK(w.trouble()[0].code == "platform_done_first");
    CHECK(w.trouble()[0].case_id == r.case_id);
}

TEST_CASE("a word that could not be followed is followed when it is heard again, and its problem stays until then") {
    Market w;
    w.sell("T5");
    w.says("T5", "requested");
    const auto r = w.the_return();
    REQUIRE(usecase::approve(w.ctx, w.agent, w.guard(w.agent), {r.case_id, {r.operation_id}}));
    CHECK(w.says("T5", "done").problems == 1);
    --w.version;
    CHECK(w.says("T5", "done").problems == 1);  // the same version once more
    REQUIRE(w.trouble().size() == 1);
    w.says("T5", "return_shipped", R"(,"tracking":"SF1")");
    const auto shipped = w.version;
    w.version = 20;
    CHECK(w.says("T5", "requested").taken == 1);  // an older one says nothing of it
    w.version = shipped;
    w.says("T5", "done");
    CHECK(w.trouble().size() == 1);
    w.goods_back_and_accepted(r);
    w.submit(r);
    w.tick();
    --w.version;
    CHECK(w.says("T5", "done").taken == 1);
    CHECK(w.leg(r) == MoneyState::succeeded);
    CHECK(w.trouble().empty());
}

TEST_CASE("of an after-sale whose order has not come the newest word is kept, however many other problems there are") {
    Market w;
    CHECK(w.says("T6", "requested").problems == 1);
    CHECK(w.says("T6", "requested", R"(,"words":"newer")").problems == 1);
    CHECK(w.trouble().at(0).item.text.find("newer") != std::string::npos);
    w.clock.advance(seconds(1));
    for (int i = 0; i < 210; ++i)
        CHECK(w.take(PullStream::orders, R"({"id":"X)" + std::to_string(i) + R"("})").problems == 1);
    w.sell("T6");
    w.take(PullStream::after_sales, "");
    CHECK(w.state(w.the_return()).c.platform.version == w.version);
}

TEST_CASE("what cannot become a case is listed: unknown words, orders that have not come; those go on by themselves") {
    Market w;
    CHECK(w.says("T6", "requested").problems == 1);
    CHECK(w.trouble().at(0).code == "order_unknown");
    w.sell("T6");
    CHECK(w.take(PullStream::after_sales, "").taken == 0);
    CHECK(w.trouble().empty());
    w.the_return();

    w.sell("T7");
    CHECK(w.says("T7", "unknown").problems == 1);
    CHECK(w.take(PullStream::after_sales, R"({"id":"R8","kind":"?"})").problems == 1);
    std::vector<std::string> codes;
    for (const auto& each : w.trouble()) codes.push_back(each.code);
    std::sort(codes.begin(), codes.end());
    CHECK(codes == std::vector<std::string>{"after_sale_state_unknown", "unreadable_item"});
    w.the_return();  // still the only case
}

TEST_CASE("a refund without a return goes the way that the goods allow") {
    Market w;
    const auto asks = [&](const std::string& number, const std::string& more, const std::string& state = "requested") {
        return w.take(PullStream::after_sales, R"({"id":"AS)" + number + R"(","order_number":")" + number + R"(","version":)" + std::to_string(++w.version) +
                                                   R"(,"kind":"refund_only","state":")" + state + "\"" + more + "}");
    };
    SECTION("not sent yet: the warehouse is asked to hold it") {
        w.sell("K1", false);
        CHECK(asks("K1", R"(,"reason":"no_longer_wanted","lines":[{"sku":"CUP","qty":1}])").taken == 1);
        const auto r = w.the_return();
        CHECK(w.state(r).c.kind == CaseKind::refund_only);
        CHECK(w.state(r).operations.at(0).sub_kind == SubKind::unshipped_cancel);
        CHECK(w.state(r).lines.at(0).qty == 1);
        CHECK(asks("K1", R"(,"reason":"no_longer_wanted")", "agreed_refunding").taken == 1);
        CHECK(w.decision(r) == DecisionState::verifying);
    }
    SECTION("with the customer: kept, for the amount that is asked") {
        w.sell("K2");
        CHECK(asks("K2", R"(,"reason":"quality","amount_minor":300)").taken == 1);
        const auto r = w.the_return();
        CHECK(w.state(r).operations.at(0).sub_kind == SubKind::keep_goods);
        CHECK(w.state(r).operations.at(0).quote.net_minor == 300);
    }
    SECTION("a reason that the way does not know is kept as another") {
        w.sell("K3");
        CHECK(asks("K3", R"(,"reason":"wrong_size")").taken == 1);
        CHECK(w.state(w.the_return()).operations.at(0).reason == Reason::other);
    }
    CHECK(w.trouble().empty());
}

TEST_CASE("an exchange at the marketplace names the other goods; a change of kind there is left to a person") {
    Market w;
    w.sell("K4");
    const auto asks = [&](const std::string& kind, const std::string& more) {
        return w.take(PullStream::after_sales, R"({"id":"ASK4","order_number":"K4","version":)" + std::to_string(++w.version) + R"(,"kind":")" + kind +
                                                   R"(","reason":"wrong_size")" + more + "}");
    };
    CHECK(asks("exchange", R"(,"state":"requested","lines":[{"sku":"CUP","qty":1,"new_sku":"CUP-L"}])").taken == 1);
    const auto r = w.the_return();
    CHECK(w.state(r).c.kind == CaseKind::exchange);
    CHECK(w.state(r).lines.at(0).new_sku == "CUP-L");
    CHECK(asks("exchange", R"(,"state":"return_shipped","carrier":"SF","tracking":"SFK4")").taken == 1);
    CHECK(w.decision(r) == DecisionState::approved);
    CHECK(w.state(r).inbound.at(0).tracking == "SFK4");
    asks("return_refund", R"(,"state":"return_shipped","carrier":"SF","tracking":"SFK4")");
    REQUIRE(w.trouble().size() == 1);
    CHECK(w.trouble()[0].code == "kind_changed_there");
    CHECK(w.state(r).operations.size() == 1);
}

TEST_CASE("a return that the rules refuse opens its case without one, for a person") {
    Market w;
    w.sell("T8", false);
    CHECK(w.says("T8", "requested").problems == 1);
    const auto r = w.the_return();
    CHECK(w.state(r).operations.empty());
    CHECK(w.state(r).c.platform.external_ref == "AST8");
    CHECK(w.trouble().at(0).code == "qty_not_available");
    CHECK(w.trouble().at(0).case_id == r.case_id);
    --w.version;
    w.says("T8", "requested");  // again, and still without a return
    CHECK(w.trouble().size() == 1);
}

TEST_CASE("a decision that the marketplace does not take is retried, then shown at its case and sent again") {
    Market w;
    w.sell("T9");
    w.says("T9", "requested");
    const auto r = w.the_return();
    w.answer = [](const Seen& call) { return call.op == kRefuseOp ? failed(ErrorClass::unavailable, "page_down") : JobsWorld::fine(call.op); };
    REQUIRE(usecase::reject(w.ctx, w.agent, w.guard(w.agent), {r.case_id, {r.operation_id, RejectCode::used_by_customer}}));
    w.tick();
    CHECK(w.view(r).write_backs.at(0).state == "pending");
    CHECK(w.view(r).write_backs.at(0).code == "page_down");
    w.live(days(2), minutes(30));
    CHECK(w.view(r).write_backs.at(0).state == "dead");
    CHECK(w.has_task(r, "tell_platform"));
    CHECK(w.seen_of(kRefuseOp).size() == 30);
    CHECK(decode<PlatformDecision>(w.seen_of(kRefuseOp)[0].request).value().code == "used_by_customer");

    w.answer = [](const Seen& call) { return JobsWorld::fine(call.op); };
    REQUIRE(usecase::resend_message(w.ctx, w.lead, w.guard(w.lead), {w.view(r).write_backs[0].message_id}));
    w.tick();
    CHECK(w.view(r).write_backs.at(0).state == "done");
    CHECK_FALSE(w.has_task(r, "tell_platform"));
}

TEST_CASE("without its connector a decision is not lost") {
    Market w;
    w.sell("T10");
    w.says("T10", "requested");
    const auto r = w.the_return();
    w.switch_off(w.market);
    REQUIRE(usecase::approve(w.ctx, w.agent, w.guard(w.agent), {r.case_id, {r.operation_id}}));
    w.tick();
    CHECK(w.view(r).write_backs.at(0).state == "dead");
    CHECK(w.view(r).write_backs.at(0).code == "no_connector");
    CHECK(w.has_task(r, "tell_platform"));
}

TEST_CASE("a case that a program told of by the API has nobody to be told back") {
    Market w;
    const auto r = w.requested("9300");
    const usecase::Actor program{StaffId("TOKEN"), {Role::plugin}, {w.shop}, false, "token:TOKEN"};
    REQUIRE(usecase::hear_platform(w.ctx, program, w.guard(program), {r.case_id, {"AS-1", 5, Intervention::none, 0, {}, false}}));
    w.switch_off(w.market);
    REQUIRE(usecase::approve(w.ctx, w.agent, w.guard(w.agent), {r.case_id, {r.operation_id}}));
    w.tick();
    CHECK(w.view(r).write_backs.empty());
    CHECK_FALSE(w.has_task(r, "tell_platform"));
}

TEST_CASE("of two marketplaces in a shop the one that brought the after-sale hears of it") {
    Market w;
    const ConnectorId older("A-OLDER");
    w.connect_to(older, w.shop, "market_fake");
    w.sell("T11");
    w.says("T11", "requested");
    const auto r = w.the_return();
    REQUIRE(usecase::approve(w.ctx, w.agent, w.guard(w.agent), {r.case_id, {r.operation_id}}));
    w.tick();
    CHECK(w.seen_of(kAgreeReturnOp).at(0).connector == w.market);
}

TEST_CASE("of two warehouses in a shop the oldest that runs gets a return, and keeps it; the other gets the next when that is off") {
    Market w;
    const ConnectorId second("Z-SECOND");
    w.clock.advance(minutes(1));
    w.connect_to(second, w.shop, "warehouse_fake");
    const auto r = w.approved("9200");
    w.tick();
    CHECK(w.seen_of(kAnnounceReturnOp).at(0).connector == w.warehouse);
    w.switch_off(w.warehouse);
    w.approved("9201");
    w.tick();
    CHECK(w.seen_of(kAnnounceReturnOp).at(1).connector == second);
}

TEST_CASE("an order that is there already stays as it is") {
    Market w;
    w.sell("T12");
    w.sell("T12");
    CHECK(w.trouble().empty());
    CHECK(usecase::list_orders(w.ctx, w.lead, {}).value().items.size() == 1);
    CHECK(w.take(PullStream::orders, R"({"id":"X","number":"X","lines":[{"sku":"A","qty":1,"unit_price_minor":1,"discount_minor":9}],"placed_at":1})").problems == 1);
    CHECK(w.trouble().at(0).stream == "orders");
}

TEST_CASE("a parcel is booked with the courier and sent back by its label's number") {
    Market w;
    const ConnectorId courier("COURIER");
    w.connect_to(courier, w.shop, "courier_fake");
    const auto r = w.approved("9100");
    w.tick();
    const usecase::OneOperation where{r.case_id, r.operation_id};
    CHECK(usecase::get_label(w.ctx, w.agent, where).value().number == w.state(r).c.number);
    w.answer = [](const Seen& call) { return call.op == kBookOp ? accepted(R"({"booking_id":"B-1","carrier":"SF","tracking":"SF900"})") : JobsWorld::fine(call.op); };
    REQUIRE(usecase::book_return(w.ctx, w.agent, w.guard(w.agent), where));
    w.tick();
    REQUIRE(w.seen_of(kBookOp).size() == 1);
    CHECK(w.seen_of(kBookOp)[0].connector == courier);
    CHECK(decode<BookRequest>(w.seen_of(kBookOp)[0].request).value().items.at(0).qty == 2);
    CHECK(w.state(r).operations[0].booking_ref == "B-1");
    const auto label = usecase::get_label(w.ctx, w.agent, where).value();
    CHECK(label.number == "SF900");
    CHECK(label.barcode_svg.starts_with("<svg"));
    CHECK(label.lines.at(0).qty == 2);
    CHECK(label.can_ship);
    CHECK(usecase::book_return(w.ctx, w.agent, w.guard(w.agent), where).error().code == "already_booked");

    const auto parcel = [&](const std::string& number, const std::string& tracking) {
        return usecase::take_page(w.ctx, {courier, w.shop}, PullStream::parcels,
                                  R"({"items":[{"id":")" + tracking + R"(","key":")" + number + R"(","carrier":"SF","tracking":")" + tracking + R"("}],"cursor":"c","more":false})").value();
    };
    CHECK(parcel(w.state(r).c.number, "SF900").taken == 1);
    CHECK(w.state(r).inbound.at(0).tracking == "SF900");
    CHECK(parcel(w.state(r).c.number, "SF900").taken == 1);
    CHECK(w.state(r).inbound.size() == 1);
    CHECK(parcel("nobody", "SF901").problems == 1);
    CHECK_FALSE(usecase::get_label(w.ctx, w.agent, where).value().can_ship);
}

TEST_CASE("a courier that does not book leaves a task") {
    Market w;
    w.connect_to(ConnectorId("COURIER"), w.shop, "courier_fake");
    const auto r = w.approved("9101");
    w.answer = [](const Seen& call) { return call.op == kBookOp ? failed(ErrorClass::rejected, "not_served") : JobsWorld::fine(call.op); };
    REQUIRE(usecase::book_return(w.ctx, w.agent, w.guard(w.agent), {r.case_id, r.operation_id}));
    w.tick();
    CHECK(w.has_task(r, "book_parcel"));
}

}  // namespace
}  // namespace aftercare::test
