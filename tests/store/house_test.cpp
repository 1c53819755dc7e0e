#include <thread>

#include "usecase/matters.hpp"
#include "usecase/saved_views.hpp"
#include "usecase/setup.hpp"
#include "world.hpp"

namespace aftercare::test {
namespace {

TEST_CASE("of many who set the house up at once, one wins") {
    on_each_engine([](ShopWorld& w) {
        w.ctx->setup_code = "the-code";
        std::vector<std::string> ends(4);
        {
            std::vector<std::jthread> browsers;
            for (std::size_t i = 0; i < ends.size(); ++i)
                browsers.emplace_back([&, i] {
                    const auto made = usecase::set_up(*w.ctx, {"THE CODE", "boss" + std::to_string(i), "Boss", "a good password",
                                                               {"first" + std::to_string(i), "First", "CNY", "Asia/Shanghai"}});
                    ends[i] = made ? "ok" : made.error().code;
                });
        }
        CHECK(std::count(ends.begin(), ends.end(), "ok") == 1);
        CHECK(std::count(ends.begin(), ends.end(), "setup_done") == 3);
        CHECK(w.must(usecase::list_staff(*w.ctx, w.admin, {})).items.size() == 1);
        CHECK(w.must(usecase::list_shops(*w.ctx, w.admin, {})).items.size() == 2);  // and the one that was there
    });
}

TEST_CASE("of two keepers who dismiss each other at once, one stays") {
    on_each_engine([](ShopWorld& w) {
        std::vector<usecase::StaffView> keepers;
        for (const char* login : {"ann", "bob"})
            keepers.push_back(w.must(usecase::add_staff(*w.ctx, w.admin, w.guard(w.admin), {login, login, "a good password", {Role::admin}, {}})));
        std::vector<std::string> ends(2);
        {
            std::vector<std::jthread> acts;
            for (std::size_t i = 0; i < 2; ++i)
                acts.emplace_back([&, i] {
                    const auto& other = keepers[1 - i];
                    const auto done = usecase::change_staff(*w.ctx, w.admin, w.guard(w.admin), {other.id, other.name, other.roles, {}, false});
                    ends[i] = done ? "ok" : done.error().code;
                });
        }
        std::sort(ends.begin(), ends.end());
        CHECK(ends == std::vector<std::string>{"last_admin", "ok"});
    });
}

TEST_CASE("a case is found by the beginning of its number, its order, its customer, and by its parcel") {
    on_each_engine([](ShopWorld& w) {
        std::vector<store::CaseRow> made;
        std::vector<CaseId> ids;
        for (const char* number : {"TB-100", "TB-101", "JD-7"}) {
            const auto opened = w.must(usecase::open_case(*w.ctx, w.agent, w.guard(w.agent), w.opening(w.sold(number), 1)));
            ids.push_back(opened.case_id);
            w.clock.advance(minutes(1));
        }
        const auto found = [&](const std::string& q) {
            usecase::CaseQuery query;
            query.q = q;
            std::vector<CaseId> hits;
            for (const auto& row : w.must(usecase::list_cases(*w.ctx, w.agent, query)).items) hits.push_back(row.c.id);
            return hits;
        };
        const std::string number = w.view(ids[2]).c.number;
        CHECK(found(number) == std::vector{ids[2]});
        CHECK(found("#" + number) == std::vector{ids[2]});
        CHECK(found(number.substr(0, 3)) == std::vector{ids[2], ids[1], ids[0]});
        CHECK(found(number.substr(1)).empty());
        CHECK(found("TB-10") == std::vector{ids[1], ids[0]});
        CHECK(found("Li") == std::vector{ids[2], ids[1], ids[0]});
        w.must(usecase::approve(*w.ctx, w.lead, w.guard(w.lead), {ids[0], {w.view(ids[0]).operations[0].id}}));
        w.must(usecase::ship_back(*w.ctx, w.agent, w.guard(w.agent), {ids[0], {w.view(ids[0]).operations[0].id, "SF", "SF1429010007", {}}}));
        CHECK(found("SF14290") == std::vector{ids[0]});
        CHECK(found("CUP") == std::vector{ids[2], ids[1], ids[0]});  // goods of their orders
        CHECK(found("CU").empty());
        usecase::OpenCaseIn leak;
        leak.shop_id = w.shop;
        leak.open.kind = CaseKind::consultation;
        leak.open.topic = "漏水 杯盖";
        const CaseId about = w.must(usecase::open_case(*w.ctx, w.agent, w.guard(w.agent), leak)).case_id;
        CHECK(found("漏水") == std::vector{about});
        CHECK(found("杯盖").empty());
        const usecase::Actor stranger{StaffId("S"), {Role::agent}, {ShopId("OTHER")}, false, "staff:S"};
        usecase::CaseQuery query;
        for (const char* q : {"2", "TB", "SF", "Li", "CUP", "漏水"}) {
            query.q = q;
            CHECK(w.must(usecase::list_cases(*w.ctx, stranger, query)).items.empty());
        }
    });
}

TEST_CASE("severe cases are a list of their own, at any age of the backlog; what is over is found by its cause and by when it was opened") {
    on_each_engine([](ShopWorld& w) {
        const auto opened = [&](CaseKind kind, std::optional<std::int64_t> severity, std::optional<Emotion> mood) {
            usecase::OpenCaseIn in;
            in.shop_id = w.shop;
            in.open = {kind, Channel::phone, {}, {}, "words"};
            in.severity = severity;
            in.emotion = mood;
            w.clock.advance(hours(24));
            return w.must(usecase::open_case(*w.ctx, w.agent, w.guard(w.agent), in)).case_id;
        };
        const CaseId plain = opened(CaseKind::complaint, {}, {}), worst = opened(CaseKind::complaint, 1, Emotion::angry);
        const CaseId severe = opened(CaseKind::consultation, 2, {}), calm = opened(CaseKind::consultation, {}, Emotion::calm);
        CHECK(w.view(worst).c.matter.emotion == Emotion::angry);
        CHECK(w.view(worst).c.channel == Channel::phone);
        using Ids = std::vector<CaseId>;
        const auto listed = [&](auto&& ask) {
            usecase::CaseQuery query;
            ask(query);
            Ids ids;
            query.page.limit = 1;
            do {
                const auto page = w.must(usecase::list_cases(*w.ctx, w.agent, query));
                for (const auto& row : page.items) ids.push_back(row.c.id);
                query.page.after = page.next;
            } while (!query.page.after.empty());
            return ids;
        };
        CHECK(listed([](auto& q) { q.urgent = true; }) == Ids{worst, severe});
        CHECK(listed([](auto& q) { q.urgent = true, q.sort = CaseOrder::opened; }) == Ids{severe, worst});
        CHECK(listed([](auto& q) { q.urgent = true, q.kind = CaseKind::complaint, q.owner = "none"; }) == Ids{worst});
        CHECK(listed([](auto& q) { q.urgent = true, q.owner = "me"; }).empty());

        const auto answer = [&](const CaseId& id, const char* cause) {
            w.must(usecase::matter_step<MatterWord::answer>(*w.ctx, w.agent, w.guard(w.agent), {id, {}, "so"}));
            w.must(usecase::close_case(*w.ctx, w.agent, w.guard(w.agent), {id, {cause, Fault::merchant, "done"}}));
        };
        answer(severe, "packing");
        answer(calm, "size");
        CHECK(listed([](auto& q) { q.cause = "packing"; }) == Ids{severe});
        CHECK(listed([](auto& q) { q.cause = "packing", q.kind = CaseKind::complaint; }).empty());
        CHECK(listed([](auto& q) { q.status = CaseStatus::closed, q.sort = CaseOrder::changed; }) == Ids{calm, severe});
        const Instant day = w.view(worst).c.opened_at;
        CHECK(listed([&](auto& q) { q.opened_from = day; }) == Ids{calm, severe, worst});
        CHECK(listed([&](auto& q) { q.opened_from = day, q.opened_before = day + hours(25); }) == Ids{severe, worst});
        CHECK(listed([&](auto& q) { q.opened_before = day; }) == Ids{plain});
        CHECK(listed([&](auto& q) { q.opened_from = day, q.urgent = true, q.status = CaseStatus::closed; }) == Ids{severe});
        CHECK(w.differences().empty());
    });
}

TEST_CASE("a saved view is kept with its question and counted; a shop's view is everybody's there") {
    on_each_engine([](ShopWorld& w) {
        const auto add = [&](const char* login, std::vector<Role> roles) {
            const auto made = w.must(usecase::add_staff(*w.ctx, w.admin, w.guard(w.admin), {login, login, "a good password", roles, {w.shop}}));
            return usecase::Actor{made.id, roles, {w.shop}, false, "staff:" + made.id.value};
        };
        const auto ann = add("ann", {Role::agent}), bob = add("bob", {Role::agent}), lea = add("lea", {Role::lead});
        for (const char* number : {"A", "B"}) w.must(usecase::open_case(*w.ctx, w.agent, w.guard(w.agent), w.opening(w.sold(number), 1)));
        usecase::SaveView in{"Returns to decide", {}, {}};
        in.filter.query.header = Header::requested;
        in.filter.query.owner = "none";
        in.filter.query.due_within = hours(200);
        in.filter.query.sort = CaseOrder::opened;
        const auto mine = w.must(usecase::save_view(*w.ctx, ann, w.guard(ann), in));
        CHECK(mine.mine);
        CHECK(mine.count == 2);
        const auto listed = w.must(usecase::list_views(*w.ctx, ann, {})).items;
        REQUIRE(listed.size() == 1);
        CHECK(listed[0].filter.query.header == Header::requested);
        CHECK(listed[0].filter.query.due_within == hours(200));
        CHECK(listed[0].filter.query.sort == CaseOrder::opened);
        CHECK(w.must(usecase::list_views(*w.ctx, bob, {})).items.empty());

        const auto code = [](const auto& result) { return result ? "ok" : result.error().code; };
        auto guard = w.guard(ann);
        guard.expected_version = 1;
        in.shop_id = w.shop, in.name = "Ours";
        CHECK(code(usecase::change_view(*w.ctx, bob, guard, {mine.id, in})) == "not_found");
        CHECK(w.must(usecase::change_view(*w.ctx, ann, guard, {mine.id, in})).version == 2);
        CHECK(code(usecase::change_view(*w.ctx, ann, guard, {mine.id, in})) == "stale");
        REQUIRE(w.must(usecase::list_views(*w.ctx, bob, {})).items.size() == 1);
        CHECK_FALSE(w.must(usecase::list_views(*w.ctx, bob, {})).items[0].may_change);
        CHECK(code(usecase::drop_view(*w.ctx, bob, w.guard(bob), {mine.id})) == "not_your_view");
        CHECK(code(usecase::drop_view(*w.ctx, lea, w.guard(lea), {mine.id})) == "ok");
        CHECK(w.must(usecase::list_views(*w.ctx, ann, {})).items.empty());

        in.shop_id = ShopId("OTHER");
        CHECK(code(usecase::save_view(*w.ctx, ann, w.guard(ann), in)) == "not_found");
        in.shop_id.reset();
        CHECK(code(usecase::save_view(*w.ctx, w.agent, w.guard(w.agent), in)) == "not_a_person");
        for (int i = 0; i < 50; ++i) w.must(usecase::save_view(*w.ctx, ann, w.guard(ann), in));
        CHECK(code(usecase::save_view(*w.ctx, ann, w.guard(ann), in)) == "too_many_views");
    });
}

}  // namespace
}  // namespace aftercare::test
