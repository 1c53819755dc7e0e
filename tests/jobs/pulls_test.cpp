#include "world.hpp"

namespace aftercare::test {
namespace {

std::string receipt(const JobsWorld::Return& r, const std::string& id, int qty, const std::string& sku = "SKU-A") {
    return R"({"id":")" + id + R"(","key":")" + r.operation_id.value + R"(","tracking":"","lines":[{"sku":")" + sku +
           R"(","qty":)" + std::to_string(qty) + "}]}";
}
std::string inspection(const JobsWorld::Return& r, const std::string& id, int qty) {
    return R"({"id":")" + id + R"(","key":")" + r.operation_id.value + R"(","sku":"SKU-A","qty":)" + std::to_string(qty) +
           R"(,"grade":"pass","disposition":"restock","inspector":"Li"})";
}
std::string page(const std::vector<std::string>& items, const std::string& cursor, bool more = false) {
    std::string text = R"({"items":[)";
    for (const auto& item : items) text += (&item == &items.front() ? "" : ",") + item;
    return text + R"(],"cursor":")" + cursor + R"(","more":)" + (more ? "true}" : "false}");
}

/// A warehouse that gives these pages, whatever it is asked.
struct Warehouse {
    std::vector<std::string> receipts, inspections;
    connect::Outcome operator()(const Seen& call) {
        if (call.op != kWarehousePullOp) return JobsWorld::fine(call.op);
        auto& pages = decode<PullRequest>(call.request)->stream == WarehouseStream::receipts ? receipts : inspections;
        if (pages.empty()) return accepted(page({}, ""));
        auto next = pages.front();
        pages.erase(pages.begin());
        return accepted(next);
    }
};

TEST_CASE("receipts and inspections move their cases, once each") {
    JobsWorld w;
    const auto one = w.shipped("9001"), two = w.shipped("9002");
    w.tick();
    auto pulls = w.a_puller();
    w.answer = Warehouse{{page({receipt(one, "R1", 2), receipt(two, "R2", 2)}, "c1", true), page({receipt(one, "R1", 2)}, "c2")},
                         {page({inspection(one, "I1", 2), inspection(one, "I1", 2)}, "d1")}};
    pulls.tick(w.clock.now());
    CHECK(w.state(one).lines.at(0).arrived == 2);
    CHECK(w.state(two).lines.at(0).arrived == 2);
    CHECK(w.state(one).lines.at(0).inspected == 2);
    CHECK(w.state(one).inspections.size() == 1);
    CHECK(w.state(one).inspections.at(0).inspector == "Li");
    CHECK(w.cursor("receipts") == "c2");
    CHECK(w.cursor("inspections") == "d1");
    CHECK(w.problems().empty());
    CHECK(w.state(one).operations.at(0).decision == DecisionState::settling);  // all pass: accepted by the system
}

TEST_CASE("each warehouse is asked at its pace, with its cursor") {
    JobsWorld w;
    auto pulls = w.a_puller();
    w.answer = Warehouse{{page({}, "c7")}, {}};
    pulls.tick(w.clock.now());
    w.clock.advance(seconds(14));
    pulls.tick(w.clock.now());
    CHECK(w.seen.size() == 2);
    w.clock.advance(seconds(1));
    pulls.tick(w.clock.now());
    REQUIRE(w.seen.size() == 4);
    CHECK(decode<PullRequest>(w.seen[2].request)->cursor == "c7");
    CHECK(decode<PullRequest>(w.seen[3].request)->cursor.empty());
}

TEST_CASE("a stream that fails stands in no other's way") {
    JobsWorld w;
    const auto one = w.shipped("9010");
    w.tick();
    auto pulls = w.a_puller();
    w.answer = [&](const Seen& call) {
        const bool first = decode<PullRequest>(call.request)->stream == WarehouseStream::receipts;
        return first ? failed(ErrorClass::unavailable) : accepted(page({inspection(one, "I1", 1)}, "d1"));
    };
    pulls.tick(w.clock.now());
    CHECK(w.cursor("inspections") == "d1");
    w.seen.clear();
    w.clock.advance(seconds(15));
    pulls.tick(w.clock.now());
    CHECK(w.seen.empty());  // the connector as a whole is asked less often
}

TEST_CASE("an item out of order is a problem until it can be taken, and stops nobody") {
    JobsWorld w;
    const auto one = w.shipped("9003"), two = w.shipped("9004");
    w.tick();
    auto pulls = w.a_puller();
    w.answer = Warehouse{{}, {page({inspection(one, "I1", 2), inspection(two, "I2", 2)}, "d1")}};
    pulls.tick(w.clock.now());
    CHECK(w.problems().size() == 2);
    CHECK(w.cursor("inspections") == "d1");
    CHECK(w.open_tasks(one) == 1);

    w.clock.advance(minutes(1));
    w.answer = Warehouse{{page({receipt(one, "R1", 2)}, "c1")}, {page({inspection(one, "I1", 2), inspection(two, "I2", 2)}, "d2")}};
    pulls.tick(w.clock.now());
    CHECK(w.state(one).lines.at(0).inspected == 2);
    REQUIRE(w.problems().size() == 1);
    CHECK(w.problems()[0].external_id == "I2");
    CHECK(w.problems()[0].case_id == two.case_id);
    CHECK(w.open_tasks(two) == 1);  // the same problem again makes no second task
}

TEST_CASE("items that name nothing, or say nothing, are kept and hold nobody up") {
    JobsWorld w;
    const auto good = w.shipped("9005");
    w.tick();
    const JobsWorld::Return nobody{CaseId("X"), OperationId("NOBODY"), {}};
    auto pulls = w.a_puller();
    w.answer = Warehouse{{page({receipt(nobody, "R1", 1), R"({"id":"R2"})", "17", receipt(good, "R3", 1, "SKU-Z"), receipt(good, "R4", 2)}, "c1")}, {}};
    pulls.tick(w.clock.now());
    CHECK(w.state(good).lines.at(0).arrived == 2);
    CHECK(w.cursor("receipts") == "c1");
    std::map<std::string, std::string> codes;
    for (const auto& problem : w.problems()) codes[problem.external_id.substr(0, 8)] = problem.code;
    CHECK(codes == std::map<std::string, std::string>{{"R1", "unknown_return"},
                                                      {"R2", "unreadable_item"},
                                                      {"R3", "line_not_in_return"},
                                                      {"nameless", "unreadable_item"}});
}

TEST_CASE("a warehouse cannot reach another shop's returns") {
    JobsWorld w;
    const auto r = w.shipped("9006");
    w.tick();
    const auto other = usecase::add_shop(w.ctx, an_admin(), w.guard(an_admin()), {"other", "Other", "CNY", "Asia/Shanghai"}).value();
    w.connect_to(ConnectorId("OTHER"), other.id, "warehouse_fake");
    REQUIRE(usecase::take_page(w.ctx, {ConnectorId("OTHER"), other.id}, PullStream::receipts, page({receipt(r, "R1", 2)}, "c1"))->problems == 1);
    CHECK(w.state(r).lines.at(0).arrived == 0);
}

TEST_CASE("a broken page moves nothing, and the connector is asked less often") {
    JobsWorld w;
    auto pulls = w.a_puller();
    w.answer = [](const Seen&) { return accepted(R"({"items":7})"); };
    for (int i = 0; i < 60; ++i) {
        pulls.tick(w.clock.now());
        w.clock.advance(seconds(15));
    }
    CHECK(w.cursor("receipts").empty());
    CHECK(w.seen.size() >= 4);
    CHECK(w.seen.size() <= 14);  // both streams each time
}

TEST_CASE("two order lines of one sku are filled one after the other") {
    JobsWorld w;
    usecase::PutOrder order;
    order.shop_id = w.shop;
    order.number = "9100";
    order.lines = {{"SKU-A", "Cup", 2, 1'000, 0}, {"SKU-A", "Cup", 1, 900, 0}};
    order.placed_at = w.clock.now() - days(3);
    order.delivered_at = w.clock.now() - days(1);
    const auto bought = usecase::put_order(w.ctx, an_admin(), w.guard(an_admin()), order).value();
    usecase::OpenCaseIn in;
    in.shop_id = w.shop;
    in.open.order_id = bought.order.id;
    in.request.emplace();
    in.request->reason = Reason::no_longer_wanted;
    in.request->lines = {{bought.lines.at(0).id, 2, {}, {}, {}}, {bought.lines.at(1).id, 1, {}, {}, {}}};
    const auto opened = usecase::open_case(w.ctx, w.agent, w.guard(w.agent), in).value();
    const JobsWorld::Return r{opened.case_id, opened.operation_id, {}};
    REQUIRE(usecase::approve(w.ctx, w.agent, w.guard(w.agent), {r.case_id, {r.operation_id}}));
    REQUIRE(usecase::ship_back(w.ctx, w.agent, w.guard(w.agent), {r.case_id, {r.operation_id, "SF", "SF9100", {}}}));
    const usecase::PulledConnector warehouse{w.warehouse, w.shop};
    CHECK(usecase::take_page(w.ctx, warehouse, PullStream::receipts, page({receipt(r, "R1", 3)}, "c"))->problems == 0);
    std::map<std::string, std::int64_t> arrived;
    for (const auto& line : w.state(r).lines) arrived[line.order_line_id.value] = line.arrived;
    CHECK(arrived == std::map<std::string, std::int64_t>{{bought.lines.at(0).id.value, 2}, {bought.lines.at(1).id.value, 1}});
    CHECK(usecase::take_page(w.ctx, warehouse, PullStream::inspections, page({inspection(r, "I1", 2), inspection(r, "I2", 1)}, "d"))->problems == 0);
    for (const auto& line : w.state(r).lines) CHECK(line.inspected == line.qty);
    const auto version = w.state(r).c.version;  // all of it once more changes nothing
    CHECK(usecase::take_page(w.ctx, warehouse, PullStream::receipts, page({receipt(r, "R1", 3)}, "c"))->problems == 0);
    CHECK(usecase::take_page(w.ctx, warehouse, PullStream::inspections, page({inspection(r, "I2", 1), inspection(r, "I1", 2)}, "d"))->problems == 0);
    CHECK(w.state(r).c.version == version);
}

}  // namespace
}  // namespace aftercare::test
