#include "world.hpp"

using namespace aftercare;
using test::ShopWorld;

TEST_CASE("what a platform says is stored, wins by version, binds the shop, and is derived again by check") {
    test::on_each_engine([](ShopWorld& w) {
        const auto order = w.sold("P-1");
        const auto opened = w.must(usecase::open_case(*w.ctx, w.agent, w.guard(w.agent), w.opening(order, 1)));
        const CaseId id = opened.case_id;
        const usecase::Actor integration{StaffId("TOKEN"), {Role::plugin}, {w.shop}, false, "token:1"};
        const Instant deadline = w.clock.now() + days(2);
        const auto heard = [&](std::int64_t version, Intervention intervention, std::int64_t ruled = 0) {
            return w.must(usecase::hear_platform(*w.ctx, integration, w.guard(integration), {id, {"AS-1", version, intervention, ruled, deadline, true}}));
        };
        CHECK(heard(7, Intervention::in_progress).events == std::vector<std::string>{"platform_heard/1"});
        CHECK(heard(6, Intervention::none).events.empty());
        const auto view = w.view(id);
        CHECK(view.c.platform == Platform{"AS-1", 7, Intervention::in_progress, 0, deadline, true});
        CHECK(view.c.due_at <= deadline);
        const auto refused = usecase::reject(*w.ctx, w.lead, w.guard(w.lead), {id, {opened.operation_id, RejectCode::other}});
        REQUIRE_FALSE(refused);
        CHECK(refused.error().code == "platform_intervenes");
        CHECK(usecase::hear_platform(*w.ctx, w.agent, w.guard(w.agent), {id, {"AS-1", 9, Intervention::none, 0, {}, false}}).error().code == "permission_missing");

        const auto listed = w.must(usecase::list_cases(*w.ctx, w.agent, {}));
        CHECK(listed.items.at(0).c.platform == view.c.platform);
        heard(8, Intervention::ruled_for_buyer, 500);
        CHECK(w.view(id).c.platform.ruled_minor == 500);
        CHECK(w.differences().empty());
        w.sql("UPDATE support_case SET platform_version = 9");
        CHECK(w.differences().size() == 1);
    });
}
