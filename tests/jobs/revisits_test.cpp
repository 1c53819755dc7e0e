#include "jobs/revisits.hpp"
#include "usecase/revisits.hpp"
#include "world.hpp"

namespace aftercare::test {
namespace {

/// A customer with that tag.
CustomerId a_customer(JobsWorld& w, const std::string& tag) {
    usecase::PutOrder order;
    order.shop_id = w.shop;
    order.number = "R-1";
    order.customer = usecase::PutOrderCustomer{"C1", "Li", "13800138000", "", "CN"};
    order.lines = {{"CUP", "Cup", 1, 100, 0}};
    order.placed_at = w.clock.now() - days(2);
    const auto put = usecase::put_order(w.ctx, an_admin(), w.guard(an_admin()), order);
    REQUIRE(put);
    w.change([&](store::Tx& tx) { tx.execute_script("INSERT INTO customer_tag (customer_id, tag) VALUES ('" + put->order.customer_id.value + "', '" + tag + "')"); });
    return put->order.customer_id;
}

TEST_CASE("ticks plan festivals, make revisits due and let them expire") {
    JobsWorld w;
    jobs::Revisits revisits(w.ctx), beside(w.ctx);
    domain::PlanTerms terms;
    terms.title = "三八问候";
    terms.trigger = PlanTrigger::holiday;
    terms.festival = "women";
    terms.tag = "老客户";
    terms.offset_days = -2;
    terms.expiry_days = 1;
    REQUIRE(usecase::add_plan(w.ctx, w.agent, w.guard(w.agent), {w.shop, terms}));
    const CustomerId who = a_customer(w, "老客户");
    const auto state = [&] {
        const auto list = usecase::list_revisits(w.ctx, w.agent, {});
        return list && list->items.size() == 1 ? std::string(word(list->items[0].revisit.state)) : "none";
    };
    CHECK(revisits.tick(w.clock.now()) - w.clock.now() == seconds(5));
    CHECK(state() == "planned");
    beside.tick(w.clock.now());
    CHECK(state() == "planned");
    usecase::OpenCaseIn complaint;
    complaint.shop_id = w.shop;
    complaint.open = {CaseKind::complaint, Channel::phone, {}, who, "words"};
    REQUIRE(usecase::open_case(w.ctx, w.agent, w.guard(w.agent), complaint));
    w.clock.advance(days(4));
    revisits.tick(w.clock.now());
    CHECK(state() == "held");
    w.clock.advance(days(3));
    revisits.tick(w.clock.now());
    CHECK(state() == "expired");
}

TEST_CASE("a new plan is worked on with the next tick when it is told, else within five minutes") {
    JobsWorld w;
    jobs::Revisits revisits(w.ctx);
    revisits.tick(w.clock.now());
    a_customer(w, "x");
    domain::PlanTerms terms;
    terms.title = "x";
    terms.trigger = PlanTrigger::holiday;
    terms.festival = "women";
    terms.tag = "x";
    terms.offset_days = 0;
    REQUIRE(usecase::add_plan(w.ctx, w.agent, w.guard(w.agent), {w.shop, terms}));
    const auto count = [&] { return usecase::list_revisits(w.ctx, w.agent, {})->items.size(); };
    revisits.tick(w.clock.now());
    CHECK(count() == 0);
    revisits.plan_soon();
    revisits.tick(w.clock.now());
    CHECK(count() == 1);
}

}  // namespace
}  // namespace aftercare::test
