#include <set>

#include "revisits_world.hpp"
#include "usecase/hours.hpp"
#include "store/imports.hpp"

namespace aftercare::test {
namespace {

constexpr std::int64_t kSpring2027 = 20'855;  // 2027-02-06

TEST_CASE("a closed case is asked about three days later, once, by whoever owned it") {
    on_each_engine([](ShopWorld& w) {
        RevisitWorld r(w);
        const auto plan = r.plan(RevisitWorld::after_closing());
        const auto who = r.customer("Li");
        const auto id = r.open(who);
        CHECK(r.tasks().empty());
        r.close(id);
        auto tasks = r.tasks();
        REQUIRE(tasks.size() == 1);
        CHECK(tasks[0].revisit.occasion == "case-closed:case/" + id.value + "#1");
        CHECK(tasks[0].revisit.case_id == id);
        CHECK(tasks[0].revisit.state == RevisitState::planned);
        CHECK(tasks[0].due_date == "2026-03-05");
        CHECK(tasks[0].revisit.due_at == w.clock.now() + days(3) - hours(1));  // it is 10:00, the window opens at 9
        CHECK(tasks[0].revisit.expires_at == w.clock.now() + days(10) + hours(8));
        r.wake();
        CHECK(r.tasks()[0].revisit.state == RevisitState::planned);
        w.clock.advance(days(3));
        r.wake();
        CHECK(r.tasks()[0].revisit.state == RevisitState::due);
        w.must(r.finish(tasks[0].revisit.id, RevisitResult::reached));
        tasks = r.tasks();
        CHECK(tasks[0].revisit.state == RevisitState::done);
        CHECK(tasks[0].result == RevisitResult::reached);
        CHECK(tasks[0].revisit.owner_id == w.agent.staff_id);
        CHECK(r.finish(tasks[0].revisit.id, RevisitResult::reached).error().code == "revisit_over");
        CHECK(w.must(usecase::count_revisits(*w.ctx, w.agent, {})).due == 0);
        CHECK(w.differences().empty());
        static_cast<void>(plan);
    });
}

TEST_CASE("a case opened again and closed once more is a new occasion, and the first task is superseded") {
    on_each_engine([](ShopWorld& w) {
        RevisitWorld r(w);
        r.plan(RevisitWorld::after_closing());
        const auto id = r.open(r.customer("Li"));
        r.close(id);
        r.reopen(id);
        w.clock.advance(hours(1));
        r.close(id);
        const auto tasks = r.tasks();
        REQUIRE(tasks.size() == 2);
        CHECK(std::count_if(tasks.begin(), tasks.end(), [](const auto& t) { return t.revisit.state == RevisitState::superseded; }) == 1);
        CHECK(std::count_if(tasks.begin(), tasks.end(), [](const auto& t) { return t.revisit.state == RevisitState::planned && t.revisit.occasion.ends_with("#2"); }) == 1);
    });
}

TEST_CASE("while a case of the customer is open a revisit is on hold, and due when the last one closes") {
    on_each_engine([](ShopWorld& w) {
        RevisitWorld r(w);
        const auto who = r.customer("Li");
        const auto first = r.open(who);
        r.plan(RevisitWorld::after_closing());
        r.close(first);
        const auto task = r.tasks()[0].revisit.id;
        const auto second = r.open(who), third = r.open(who);
        w.clock.advance(days(3));
        r.wake();
        const auto state = [&] { return w.must(usecase::get_revisit(*w.ctx, w.agent, {task})).item.revisit.state; };
        CHECK(state() == RevisitState::held);
        CHECK_FALSE(w.must(usecase::get_revisit(*w.ctx, w.agent, {task})).open_case.empty());
        CHECK(r.finish(task, RevisitResult::reached).error().code == "revisit_held");
        r.close(second);
        CHECK(state() == RevisitState::held);
        r.close(third);
        CHECK(state() == RevisitState::due);
        r.open(who);  // and back
        CHECK(state() == RevisitState::held);
        w.clock.advance(days(30));
        r.wake();
        CHECK(state() == RevisitState::expired);
    });
}

TEST_CASE("a case that was opened while nobody looked holds what is due") {
    on_each_engine([](ShopWorld& w) {
        RevisitWorld r(w);
        const auto who = r.customer("Li");
        r.plan(RevisitWorld::after_closing(0));
        r.close(r.open(who));
        r.wake();
        CHECK(r.tasks()[0].revisit.state == RevisitState::due);
        w.sql("INSERT INTO support_case (id, shop_id, number, kind, status, channel, customer_id, topic, header, amount_minor, currency, due_at, cause_code,"
              " responsibility, summary, version, opened_at, changed_at, closed_at, due_sort) VALUES ('X','" + w.shop.value +
              "','X','complaint','open','file','" + who.value + "','','requested',0,'CNY',0,'','','',1,1,1,0,0)");
        r.wake();
        CHECK(r.tasks()[0].revisit.state == RevisitState::held);
        w.sql("UPDATE support_case SET status = 'closed' WHERE id = 'X'");
        r.wake();
        CHECK(r.tasks()[0].revisit.state == RevisitState::due);
    });
}

TEST_CASE("a festival plan greets the tagged customers on the right day, within 35 days, and nobody else") {
    on_each_engine([](ShopWorld& w) {
        RevisitWorld r(w);
        const auto plan = r.plan(RevisitWorld::greeting("spring-festival"));
        for (const auto* name : {"Li", "Wang", "Zhao"}) r.tag(r.customer(name));
        r.tag(r.customer("Qian"), "新客户");
        r.customer("Sun");
        w.clock.advance(days(kSpring2027 - kMonday - 3 - 36));
        r.plan_ahead();
        CHECK(r.tasks().empty());
        w.clock.advance(days(1));
        r.plan_ahead();
        r.plan_ahead();
        const auto tasks = r.tasks();
        REQUIRE(tasks.size() == 3);
        for (const auto& task : tasks) {
            CHECK(task.due_date == "2027-02-03");
            CHECK(task.anchor_date == "2027-02-06");
            CHECK(task.revisit.occasion == "holiday:spring-festival@2027");
            CHECK(task.festival_zh == "春节");
        }
        // Somebody tagged later is found on the next day.
        r.tag(r.customer("Wu"));
        r.plan_ahead();
        CHECK(r.tasks().size() == 3);
        w.clock.advance(days(1));
        r.plan_ahead();
        CHECK(r.tasks().size() == 4);
        const auto month = w.must(usecase::revisit_month(*w.ctx, w.lead, {"2027-02", w.shop}));
        REQUIRE(month.items.size() == 1);
        CHECK(month.from == "2027-02-01");
        CHECK(month.to == "2027-02-28");
        CHECK(month.items[0].date == "2027-02-03");
        CHECK(month.items[0].tasks == 4);
        CHECK(month.items[0].plan_id == plan.id);
    });
}

TEST_CASE("a revisit that waits follows new hours of the shop with the next tick") {
    on_each_engine([](ShopWorld& w) {
        RevisitWorld r(w);
        auto terms = RevisitWorld::after_closing(3);  // of the Monday: Thursday
        terms.working_days = true;
        r.plan(terms);
        r.close(r.open(r.customer("Li")));
        r.plan_ahead();
        REQUIRE(r.tasks().size() == 1);
        CHECK(r.tasks()[0].due_date == "2026-03-05");
        auto hours = domain::usual_hours();
        hours.days = {{"2026-03-05", "stocktaking", false, {}}};
        std::vector<std::string> hints;
        w.store->on_commit = [&](const store::Hint& hint) { hints.push_back(hint.topic); };
        w.must(usecase::put_hours(*w.ctx, w.lead, w.guard(w.lead), {w.shop, hours}));
        CHECK(hints == std::vector<std::string>{"calendar"});  // the jobs plan at once when they hear that
        r.plan_ahead();
        CHECK(r.tasks()[0].due_date == "2026-03-06");
        CHECK(hints.back() == "revisit");
        w.store->on_commit = nullptr;
        hours.days.clear();
        w.must(usecase::put_hours(*w.ctx, w.lead, w.guard(w.lead), {w.shop, hours}));
        r.plan_ahead();
        CHECK(r.tasks()[0].due_date == "2026-03-05");
    });
}

TEST_CASE("a customer who opted out is skipped with the reason, also by later plans") {
    on_each_engine([](ShopWorld& w) {
        RevisitWorld r(w);
        const auto who = r.customer("Li");
        r.tag(who);
        r.plan(RevisitWorld::after_closing(0));
        r.plan(RevisitWorld::greeting("women", 10));
        w.clock.advance(days(1));
        r.plan_ahead();
        r.close(r.open(who));
        r.wake();
        usecase::RevisitQuery due;
        due.state = RevisitState::due;
        REQUIRE(r.tasks(due).size() == 1);
        w.must(r.finish(r.tasks(due)[0].revisit.id, RevisitResult::opted_out));
        usecase::RevisitQuery skipped;
        skipped.state = RevisitState::skipped;
        REQUIRE(r.tasks(skipped).size() == 1);
        CHECK(r.tasks(skipped)[0].revisit.reason == "opted_out");
        r.plan(RevisitWorld::greeting("qingming", 0));
        w.clock.advance(days(1));
        r.plan_ahead();
        CHECK(r.tasks(skipped).size() == 2);
        w.sql("INSERT INTO consent_event VALUES ('Z', '" + who.value + "', 'all', 'marketing', 'granted', 'test', NULL, " + std::to_string(w.clock.now().ms) + ")");
        r.plan(RevisitWorld::greeting("easter", 0));
        r.plan_ahead();
        CHECK(r.tasks(skipped).size() == 2);  // asked to be called again
    });
}

TEST_CASE("a call agreed with the customer comes back at that time, at most three times") {
    on_each_engine([](ShopWorld& w) {
        RevisitWorld r(w);
        r.plan(RevisitWorld::after_closing(0));
        r.close(r.open(r.customer("Li")));
        r.wake();
        RevisitId id = r.tasks()[0].revisit.id;
        CHECK(r.finish(id, RevisitResult::call_back).error().fields[0].pointer == "/next_at");
        CHECK(r.finish(id, RevisitResult::call_back, w.clock.now()).error().code == "revisit_in_past");
        CHECK(r.finish(id, RevisitResult::reached, w.clock.now() + hours(1)).error().fields[0].code == "not_with_this_result");
        const RevisitId first = id;
        for (int n = 1; n <= 3; ++n) {
            const Instant next = w.clock.now() + hours(2);
            const auto changed = w.must(r.finish(id, n == 2 ? RevisitResult::no_answer : RevisitResult::call_back, next));
            id = changed.next_id;
            const auto view = w.must(usecase::get_revisit(*w.ctx, w.agent, {id}));
            CHECK(view.item.revisit.occasion == "callback:task/" + first.value + "#" + std::to_string(n));
            CHECK(view.item.revisit.due_at == next);
            CHECK(view.item.revisit.owner_id == w.agent.staff_id);
            w.clock.advance(hours(3));
            r.wake();
        }
        CHECK(r.finish(id, RevisitResult::call_back, w.clock.now() + hours(2)).error().code == "callbacks_used_up");
        w.must(r.finish(id, RevisitResult::reached));
        CHECK(r.tasks().size() == 4);
    });
}

TEST_CASE("a task is moved, taken, given back and left out; a moved one is not dated again") {
    on_each_engine([](ShopWorld& w) {
        RevisitWorld r(w);
        auto plan = r.plan(RevisitWorld::after_closing());
        r.close(r.open(r.customer("Li")));
        const auto id = r.tasks()[0].revisit.id;
        const Instant to = w.clock.now() + days(20);
        auto guard = w.guard(w.agent);
        guard.expected_version = 7;
        CHECK(usecase::reschedule_revisit(*w.ctx, w.agent, guard, {id, to}).error().kind == ErrorKind::stale);
        CHECK(w.must(usecase::reschedule_revisit(*w.ctx, w.agent, w.guard(w.agent), {id, to})).version == 2);
        CHECK(usecase::reschedule_revisit(*w.ctx, w.agent, w.guard(w.agent), {id, w.clock.now()}).error().code == "revisit_in_past");
        plan = r.change(plan, true, RevisitWorld::after_closing(5));
        r.plan_ahead();
        CHECK(r.tasks()[0].revisit.due_at == to);
        w.must(usecase::assign_revisit(*w.ctx, w.agent, w.guard(w.agent), {id, w.agent.staff_id}));
        usecase::RevisitQuery mine;
        mine.owner = "me";
        CHECK(w.must(usecase::list_revisits(*w.ctx, w.agent, mine)).items.size() == 1);
        w.must(usecase::assign_revisit(*w.ctx, w.agent, w.guard(w.agent), {id, {}}));
        CHECK(w.must(usecase::list_revisits(*w.ctx, w.agent, mine)).items.empty());
        CHECK(usecase::assign_revisit(*w.ctx, w.agent, w.guard(w.agent), {id, StaffId("NOBODY")}).error().fields[0].code == "unknown_person");
        w.must(usecase::skip_revisit(*w.ctx, w.agent, w.guard(w.agent), {id, "moved abroad"}));
        CHECK(r.tasks()[0].revisit.reason == "moved abroad");
        CHECK(usecase::skip_revisit(*w.ctx, w.dock, w.guard(w.dock), {id, "x"}).error().code == "permission_missing");
    });
}

TEST_CASE("a plan that is switched off has its planned tasks cancelled and takes them back when it is on again") {
    on_each_engine([](ShopWorld& w) {
        RevisitWorld r(w);
        auto plan = r.plan(RevisitWorld::after_closing());
        const auto who = r.customer("Li");
        r.close(r.open(who));
        plan = r.change(plan, false, plan.terms);
        CHECK(r.tasks()[0].revisit.state == RevisitState::cancelled);
        r.close(r.open(who));
        CHECK(r.tasks().size() == 1);
        plan = r.change(plan, true, plan.terms);
        CHECK(r.tasks()[0].revisit.state == RevisitState::planned);
        CHECK(plan.version == 3);
        auto stale = w.guard(w.lead);
        stale.expected_version = 1;
        CHECK(usecase::change_plan(*w.ctx, w.lead, stale, {plan.id, true, plan.terms}).error().kind == ErrorKind::stale);
        auto other = plan.terms;
        other.trigger = PlanTrigger::holiday;
        other.festival = "qixi";
        other.tag = "x";
        CHECK(usecase::change_plan(*w.ctx, w.lead, w.guard(w.lead), {plan.id, true, other}).error().fields[0].code == "cannot_change");
        CHECK(usecase::add_plan(*w.ctx, w.agent, w.guard(w.agent), {w.shop, plan.terms}).error().code == "permission_missing");
        other.festival = "no-such-day";
        other.tag.clear();
        other.to_minute = other.from_minute;
        CHECK(usecase::add_plan(*w.ctx, w.lead, w.guard(w.lead), {w.shop, other}).error().fields.size() == 3);
    });
}

TEST_CASE("a new calendar dates planned tasks again under the same occasion (20)") {
    on_each_engine([](ShopWorld& w) {
        RevisitWorld r(w);
        auto terms = RevisitWorld::after_closing(2);
        terms.working_days = true;
        r.plan(terms);
        r.close(r.open(r.customer("Li")));  // on a Monday
        const auto before = r.tasks()[0];
        CHECK(before.due_date == "2026-03-04");
        w.must(usecase::import_calendar(*w.ctx, w.admin, w.guard(w.admin),
                                        {"CN", {R"({"year":2026,"papers":["p"],"days":[{"name":"x","date":"2026-03-03","isOffDay":true},{"name":"x","date":"2026-03-07","isOffDay":false}]})"}}));
        r.plan_ahead();
        const auto after = r.tasks();
        REQUIRE(after.size() == 1);
        CHECK(after[0].revisit.id == before.revisit.id);
        CHECK(after[0].revisit.occasion == before.revisit.occasion);
        CHECK(after[0].due_date == "2026-03-05");
    });
}

TEST_CASE("a preview says the next dates and how many customers are meant, and keeps nothing") {
    on_each_engine([](ShopWorld& w) {
        RevisitWorld r(w);
        for (const auto* name : {"Li", "Wang"}) r.tag(r.customer(name));
        const auto preview = w.must(usecase::preview_plan(*w.ctx, w.lead, w.guard(w.lead), {w.shop, RevisitWorld::greeting("spring-festival")}));
        REQUIRE(preview.dates.size() >= 2);
        CHECK(preview.dates[0].date == "2027-02-03");
        CHECK(preview.dates[0].anchor == "2027-02-06");
        CHECK(preview.dates[1].date == "2028-01-23");
        CHECK(preview.customers == 2);
        CHECK(preview.tags[0].tag == "老客户");
        CHECK(w.must(usecase::list_plans(*w.ctx, w.lead, {})).items.empty());
    });
}

TEST_CASE("an import that is taken back takes along what was only planned for its customers") {
    on_each_engine([](ShopWorld& w) {
        RevisitWorld r(w);
        for (const std::string id : {"A", "B"}) {
            w.sql("INSERT INTO customer (id, shop_id, external_ref, name, phone, email, country, created_at, phone_last4) VALUES ('" + id + "', '" +
                  w.shop.value + "', '" + id + "', '" + id + "', '', '', 'CN', 1, '')");
            r.tag(CustomerId(id));
        }
        r.plan(RevisitWorld::greeting("women", 0));
        r.plan_ahead();
        for (const auto& task : r.tasks())
            if (task.revisit.customer_id == CustomerId("B")) w.must(r.finish(task.revisit.id, RevisitResult::reached));
        const auto erased = [&](const char* id) {
            return w.must(w.store->change(store::Guard{}, [&](store::Tx& tx) -> Result<usecase::Done> {
                for (const std::string& tag : store::tags_of(tx, CustomerId(id))) store::remove_tag(tx, CustomerId(id), tag);  // taken back before
                return usecase::Done{store::erase_customer(tx, CustomerId(id), ImportRunId("none"))};
            })).done;
        };
        CHECK(erased("A"));
        CHECK_FALSE(erased("B"));
        CHECK(r.tasks().size() == 1);
    });
}

TEST_CASE("lists go on where the page before ended, both ways") {
    on_each_engine([](ShopWorld& w) {
        RevisitWorld r(w);
        r.plan(RevisitWorld::after_closing());
        for (int i = 0; i < 7; ++i) {
            r.close(r.open(r.customer("C" + std::to_string(i))));
            w.clock.advance(i % 2 == 0 ? days(1) : minutes(1));
        }
        for (const bool newest : {false, true}) {
            usecase::RevisitQuery query;
            query.newest = newest;
            query.page.limit = 3;
            std::vector<RevisitId> seen;
            do {
                const auto page = w.must(usecase::list_revisits(*w.ctx, w.lead, query));
                for (const auto& item : page.items) seen.push_back(item.revisit.id);
                query.page.after = page.next;
            } while (!query.page.after.empty());
            CHECK(seen.size() == 7);
            CHECK(std::set<RevisitId>(seen.begin(), seen.end()).size() == 7);
        }
        usecase::RevisitQuery query;
        query.from = query.to = "2026-03-06";
        CHECK(r.tasks(query).size() == 2);
        query.from = "2026-03-6x";
        CHECK(usecase::list_revisits(*w.ctx, w.lead, query).error().fields[0].code == "bad_date");
    });
}

}  // namespace
}  // namespace aftercare::test
