#include "store/webhooks.hpp"

#include "store/schedules.hpp"
#include "usecase/receipts.hpp"
#include "usecase/webhooks.hpp"
#include "world.hpp"

using namespace aftercare;
using test::ShopWorld;

TEST_CASE("an approval leaves one delivery for each endpoint of the shop that is not off") {
    test::on_each_engine([](ShopWorld& w) {
        std::vector<usecase::EndpointView> made;
        for (const char* url : {"https://a.example/", "https://b.example/", "https://off.example/"})
            made.push_back(w.must(usecase::add_endpoint(*w.ctx, w.admin, w.guard(w.admin), {w.shop, "x", url})));
        w.must(usecase::change_endpoint(*w.ctx, w.admin, w.guard(w.admin), {made[2].id, "off", made[2].url, false}));
        const auto opened = w.must(usecase::open_case(*w.ctx, w.agent, w.guard(w.agent), w.opening(w.sold("1"), 2)));
        w.must(usecase::approve(*w.ctx, w.lead, w.guard(w.lead), {opened.case_id, {opened.operation_id}}));
        for (std::size_t i = 0; i < made.size(); ++i) {
            const auto sent = w.must(usecase::list_deliveries(*w.ctx, w.admin, {made[i].id})).items;
            REQUIRE(sent.size() == (i < 2 ? 1 : 0));
            if (i == 2) continue;
            CHECK(sent[0].type == "return.announced");
            CHECK(sent[0].case_id == opened.case_id);
            CHECK(sent[0].next_at == w.clock.now());
        }
        CHECK(w.must(usecase::list_endpoints(*w.ctx, w.admin, {})).items[0].waiting == 1);

        const MessageId first = w.must(usecase::list_deliveries(*w.ctx, w.admin, {made[0].id})).items[0].id;
        w.database->change(db::Lane::people, [&](store::Tx& tx) {
            const auto claimed = store::claim(tx, w.clock.now(), "me", w.clock.now() + seconds(60), 10);
            CHECK(claimed.size() == 3);
            store::keep_body(tx, first, "{}", w.clock.now() + seconds(60));
            CHECK(store::find_message(tx, first)->body == "{}");
            CHECK_FALSE(store::replay(tx, first, w.clock.now()));
            store::finish(tx, {first, "me", 1}, OutboxState::dead, "http_500", w.clock.now());
            store::give_up(tx, made[0].id, "http_500");
            CHECK(store::find_endpoint(tx, made[0].id)->state == EndpointState::given_up);
            CHECK(store::delivery_counts(tx)[made[0].id].dead == 1);
            CHECK(store::replay(tx, first, w.clock.now()));
            CHECK(store::find_message(tx, first)->attempts == 0);
            return true;
        });
        w.must(usecase::test_endpoint(*w.ctx, w.admin, w.guard(w.admin), {made[1].id}));
        CHECK(w.must(usecase::list_deliveries(*w.ctx, w.admin, {made[1].id})).items.size() == 2);
        CHECK(w.differences().empty());
    });
}

TEST_CASE("a reported receipt finds its return by key, number and tracking; what fits nothing is kept") {
    test::on_each_engine([](ShopWorld& w) {
        const auto opened = w.must(usecase::open_case(*w.ctx, w.agent, w.guard(w.agent), w.opening(w.sold("1"), 2)));
        w.must(usecase::approve(*w.ctx, w.lead, w.guard(w.lead), {opened.case_id, {opened.operation_id}}));
        w.must(usecase::ship_back(*w.ctx, w.agent, w.guard(w.agent), {opened.case_id, {opened.operation_id, "SF", "SF1", {}}}));
        w.database->read([&](store::Tx& tx) {
            for (const auto& [name, tracking] : {std::pair{opened.operation_id.value, std::string()}, {opened.number, std::string()}, {std::string(), std::string("SF1")}}) {
                const auto found = store::operations_named(tx, w.shop, name, tracking);
                REQUIRE(found.size() == 1);
                CHECK(found[0].operation_id == opened.operation_id);
                CHECK(found[0].case_number == opened.number);
                CHECK(found[0].under_way);
            }
            CHECK(store::operations_named(tx, ShopId("other"), opened.number, "").empty());
        });
        const auto taken = w.must(usecase::put_receipt(*w.ctx, w.dock, w.guard(w.dock), {{}, "R1", opened.number, {}, {{{}, "CUP", 2}}, {}}));
        CHECK(taken.taken == 1);
        CHECK(w.must(usecase::put_receipt(*w.ctx, w.dock, w.guard(w.dock), {{}, "R2", "none", {}, {{{}, "CUP", 2}}, {}})).problems.size() == 1);
        CHECK(w.must(usecase::list_receipt_problems(*w.ctx, w.agent, {})).items.size() == 1);
        CHECK(w.differences().empty());
    });
}
