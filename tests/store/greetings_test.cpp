#include "revisits_world.hpp"

namespace aftercare::test {
namespace {

using State = RevisitState;

/// A customer with the tag, greeted ten days after 8 March.
struct Greeted : RevisitWorld {
    explicit Greeted(ShopWorld& world) : RevisitWorld(world), who(customer("Li")), plan(RevisitWorld::plan(greeting("women", 10))) {
        tag(who);
        plan_ahead();
    }
    usecase::RevisitItem greeting_task() {
        for (auto& each : tasks())
            if (each.revisit.occasion.starts_with("holiday:")) return each;
        return {};
    }
    State state() { return greeting_task().revisit.state; }
    void refuse() {
        w.sql("INSERT INTO consent_event VALUES ('Z', '" + who.value + "', 'all', 'marketing', 'withdrawn', 'test', NULL, " + std::to_string(w.clock.now().ms) + ")");
    }
    CustomerId who;
    usecase::PlanView plan;
};

TEST_CASE("a plan that is switched on again greets nobody who opted out meanwhile") {
    on_each_engine([](ShopWorld& w) {
        Greeted r(w);
        REQUIRE(r.state() == State::planned);
        r.plan = r.change(r.plan, false, r.plan.terms);
        r.refuse();
        r.plan = r.change(r.plan, true, r.plan.terms);
        CHECK(r.state() == State::cancelled);
    });
}

TEST_CASE("a greeting of somebody who wants none is skipped when it would be due") {
    on_each_engine([](ShopWorld& w) {
        Greeted r(w);
        r.refuse();
        w.clock.advance(days(17));
        r.wake();
        CHECK(r.state() == State::skipped);
        CHECK(r.greeting_task().revisit.reason == "opted_out");
    });
}

TEST_CASE("who opts out is not called again as agreed in a greeting, but as agreed about a case") {
    on_each_engine([](ShopWorld& w) {
        Greeted r(w);
        r.RevisitWorld::plan(RevisitWorld::after_closing(0));
        r.close(r.open(r.who));
        w.clock.advance(days(17));
        r.wake();
        std::vector<RevisitId> first;
        for (const auto& each : r.tasks())
            if (each.revisit.state == State::due) first.push_back(each.revisit.id);
        REQUIRE(first.size() == 1);
        const auto again = w.must(r.finish(first[0], RevisitResult::call_back, w.clock.now() + days(2))).next_id;
        const auto other = r.open(r.who);
        r.close(other);
        r.wake();
        for (const auto& each : r.tasks())
            if (each.revisit.case_id == other) w.must(r.finish(each.revisit.id, RevisitResult::opted_out));
        CHECK(w.must(usecase::get_revisit(*w.ctx, w.agent, {again})).item.revisit.state == State::skipped);
    });
}

TEST_CASE("who loses the tag is not greeted, who gets it back is") {
    on_each_engine([](ShopWorld& w) {
        Greeted r(w);
        w.sql("DELETE FROM customer_tag");
        w.clock.advance(days(1));
        r.plan_ahead();
        CHECK(r.state() == State::cancelled);
        CHECK(r.greeting_task().revisit.reason == "tag_removed");
        r.tag(r.who);
        w.clock.advance(days(1));
        r.plan_ahead();
        CHECK(r.state() == State::planned);
        CHECK(r.tasks().size() == 1);
    });
}

TEST_CASE("a case closed after the window has its revisit in the next one, also when plans date again") {
    on_each_engine([](ShopWorld& w) {
        RevisitWorld r(w);
        const auto plan = r.plan(RevisitWorld::after_closing(0, 0));
        const auto opened = r.open(r.customer("Li"));
        w.clock.advance(hours(10));  // 20:00
        r.close(opened);
        CHECK(r.tasks()[0].due_date == "2026-03-03");
        CHECK(r.tasks()[0].anchor_date == "2026-03-02");
        r.change(plan, true, RevisitWorld::after_closing(0, 1));
        r.plan_ahead();
        CHECK(r.tasks()[0].due_date == "2026-03-03");
        CHECK(r.tasks()[0].revisit.state == State::planned);
    });
}

TEST_CASE("a list of revisits fits all that was asked") {
    on_each_engine([](ShopWorld& w) {
        RevisitWorld r(w);
        r.plan(RevisitWorld::after_closing());
        const auto li = r.customer("Li"), wang = r.customer("Wang");
        const auto mine = r.open(li), other = r.open(wang);
        r.close(mine);
        r.close(other);
        usecase::RevisitQuery query;
        query.customer_id = li;
        CHECK(r.tasks(query).size() == 1);
        query.case_id = other;
        CHECK(r.tasks(query).empty());
        query.case_id = mine;
        CHECK(r.tasks(query).size() == 1);
        query.to = "2026-03-04";
        CHECK(r.tasks(query).empty());
    });
}

TEST_CASE("a preview has three dates, also when this year's is past") {
    on_each_engine([](ShopWorld& w) {
        RevisitWorld r(w);
        CHECK(w.must(usecase::preview_plan(*w.ctx, w.lead, w.guard(w.lead), {w.shop, RevisitWorld::greeting("spring-festival")})).dates.size() == 3);
    });
}

TEST_CASE("a case that opens tells of the revisits it holds") {
    on_each_engine([](ShopWorld& w) {
        RevisitWorld r(w);
        const auto who = r.customer("Li");
        r.plan(RevisitWorld::after_closing(0));
        r.close(r.open(who));
        r.wake();
        std::vector<std::string> hints;
        w.store->on_commit = [&](const store::Hint& hint) { hints.push_back(hint.topic + " " + hint.id); };
        r.open(who);
        CHECK(std::count(hints.begin(), hints.end(), "revisit " + r.tasks()[0].revisit.id.value) == 1);
    });
}

}  // namespace
}  // namespace aftercare::test
