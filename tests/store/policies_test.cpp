#include "store/policies.hpp"

#include "usecase/policies.hpp"
#include "world.hpp"

using namespace aftercare;
using test::ShopWorld;

namespace {

usecase::PolicyView put(ShopWorld& w, const domain::PolicyTerms& terms, const std::string& channel = {}, Instant from = {}, Instant to = {}) {
    return w.must(usecase::put_policy(*w.ctx, w.admin, w.guard(w.admin), {w.shop, terms, channel, from, to, "house rules", "https://example.org"}));
}
std::int64_t version_at(ShopWorld& w, const std::string& channel, Instant at) {
    return w.must(w.store->read([&](store::Tx& tx) -> Result<std::int64_t> {
        const auto policy = store::policy_at(tx, w.shop, channel, at);
        return policy ? policy->version : 0;
    }));
}
/// A sale by a channel, delivered `ago`.
usecase::OrderView sale(ShopWorld& w, const std::string& number, const std::string& channel, Duration ago, const std::string& customer = "C") {
    usecase::PutOrder order;
    order.shop_id = w.shop;
    order.number = number;
    order.channel = channel;
    order.customer = usecase::PutOrderCustomer{customer, "Li Lei", "13800138000", "", "CN"};
    order.lines = {{"CUP", "Cup", 3, 1'000, 0}, {"TEA", "Tea", 1, 5'000, 0}};
    order.placed_at = w.clock.now() - ago - days(2);
    order.delivered_at = w.clock.now() - ago;
    return w.must(usecase::put_order(*w.ctx, w.admin, w.guard(w.admin), order));
}
void product(ShopWorld& w, const std::string& sku, const std::string& category) {
    w.sql("INSERT INTO product (id, shop_id, sku, name, spec, category, barcode, price_minor, image_url, charge, created_at, changed_at) VALUES ('P-" + sku +
          "', '" + w.shop.value + "', '" + sku + "', 'x', '', '" + category + "', '', 0, '', 0, 0, 0) ON CONFLICT (shop_id, sku) DO UPDATE SET category = excluded.category");
}
domain::GoodsRule category_rule(const std::string& category) {
    domain::GoodsRule rule;
    rule.category = category;
    return rule;
}
std::string answer(ShopWorld& w, const usecase::Actor& who, const usecase::OpenCaseIn& in) {
    const auto opened = usecase::open_case(*w.ctx, who, w.guard(who), in);
    return opened ? "" : opened.error().code;
}

}  // namespace

TEST_CASE("a shop starts with the default of its zone, each term with its source") {
    test::on_each_engine([](ShopWorld& w) {
        const auto first = w.must(usecase::list_policies(*w.ctx, w.admin, {w.shop})).items.front();
        CHECK((first.version == 1 && first.in_force && first.valid_from == kEarliest));
        CHECK((first.terms.window_days == 7 && first.terms.quality_exchange_days == 15 && first.terms.agent_limit_minor == 50'000));
        CHECK(first.terms.sources.front().term == "window_days");
        const auto defaults = w.must(usecase::policy_defaults(*w.ctx, w.admin, {w.shop}));
        REQUIRE(defaults.items.size() == 2);
        CHECK((defaults.items[0].suggested && !defaults.items[1].suggested));
        CHECK((defaults.items[1].terms.window_days == 14 && defaults.items[1].terms.warranty_days == 730));
        for (const auto& each : defaults.items) {
            CHECK(domain::check_terms(each.terms));
            for (const auto& rule : each.terms.goods) CHECK_FALSE(rule.source.empty());
        }
        const auto paris = w.must(usecase::add_shop(*w.ctx, w.admin, w.guard(w.admin), {"paris", "Paris", "EUR", "Europe/Paris"}));
        CHECK(w.must(usecase::list_policies(*w.ctx, w.admin, {paris.id})).items.front().terms.window_days == 14);
        const auto tokyo = w.must(usecase::add_shop(*w.ctx, w.admin, w.guard(w.admin), {"tokyo", "Tokyo", "JPY", "Asia/Tokyo"}));
        CHECK(w.must(usecase::list_policies(*w.ctx, w.admin, {tokyo.id})).items.front().terms == domain::PolicyTerms{});
    });
}

TEST_CASE("a new version ends the former one of its scope; a channel's own comes before the shop's while it is valid") {
    test::on_each_engine([](ShopWorld& w) {
        const Instant now = w.clock.now();
        domain::PolicyTerms terms;
        put(w, terms);                                                         // 2: the shop's, from now
        put(w, terms, "taobao", now + days(2), now + days(4));                 // 3: two days of taobao
        put(w, terms, "", now + days(10));                                     // 4: the shop's, later
        CHECK(version_at(w, "taobao", now - days(1)) == 1);
        CHECK(version_at(w, "taobao", now + days(1)) == 2);
        CHECK(version_at(w, "taobao", now + days(2)) == 3);
        CHECK(version_at(w, "douyin", now + days(2)) == 2);
        CHECK(version_at(w, "taobao", now + days(4)) == 2);
        CHECK(version_at(w, "taobao", now + days(10)) == 4);
        put(w, terms, "", now + days(5));                                      // 5: and 4 never begins
        CHECK(version_at(w, "", now + days(20)) == 5);
        CHECK(version_at(w, "", now + days(4)) == 2);
        const auto items = w.must(usecase::list_policies(*w.ctx, w.admin, {w.shop})).items;
        for (const auto& a : items)
            for (const auto& b : items) {
                if (a.version >= b.version || a.channel != b.channel) continue;
                const Instant end = a.valid_to.ms == 0 ? kLatest : a.valid_to, other = b.valid_to.ms == 0 ? kLatest : b.valid_to;
                CHECK((end <= b.valid_from || other <= a.valid_from || end == a.valid_from));
            }
        CHECK((items[0].source == "house rules" && items[0].made_by_name.empty() && !items[0].in_force && items[3].in_force));
        const auto refused = [&](usecase::PutPolicy in) { return usecase::put_policy(*w.ctx, w.admin, w.guard(w.admin), in).error().fields.front().code; };
        CHECK(refused({w.shop, terms, "", {}, now + days(30)}) == "not_of_shop");
        CHECK(refused({w.shop, terms, "taobao", now + days(30), now + days(30)}) == "before_start");
        terms.goods.emplace_back();
        CHECK(refused({w.shop, terms}) == "one_of_sku_category");
        auto guard = w.guard(w.admin);
        guard.expected_version = 5;
        CHECK(usecase::put_policy(*w.ctx, w.admin, guard, {w.shop, {}, "taobao"}).error().kind == ErrorKind::stale);
        guard.expected_version = 0;
        CHECK(usecase::put_policy(*w.ctx, w.admin, guard, {w.shop, {}, "douyin"}).has_value());
    });
}

TEST_CASE("terms that listed excluded SKUs are read as rules of goods") {
    test::on_each_engine([](ShopWorld& w) {
        w.sql("UPDATE policy SET terms = '{\"window_days\":9,\"excluded_skus\":[\"CUP\",\"TEA\"],\"refund_original_shipping\":true,\"instant_refund\":false,"
              "\"decision_working_hours\":24,\"inspection_working_hours\":24,\"dispute_working_hours\":24,\"info_hours\":72,\"ship_back_days\":7,"
              "\"refund_hours\":24,\"appeal_days\":7,\"quiet_hours\":72}'");
        const auto terms = w.must(usecase::list_policies(*w.ctx, w.admin, {w.shop})).items.front().terms;
        CHECK(terms.window_days == 9);
        REQUIRE(terms.goods.size() == 2);
        CHECK((terms.goods[1].sku == "TEA" && terms.goods[1].excluded == Exclusion::by_policy));
        CHECK(answer(w, w.agent, w.opening(w.sold("S-1"), 1)) == "line_not_returnable");
    });
}

TEST_CASE("a simulation says what a request would meet before and after an edit; the request then meets it") {
    test::on_each_engine([](ShopWorld& w) {
        product(w, "CUP", "cups");
        const auto order = sale(w, "S-1", "taobao", days(12));
        usecase::SimulatePolicy asked;
        asked.order_line_id = order.lines[0].id;
        asked.reason = Reason::no_longer_wanted;
        asked.qty = 2;
        asked.terms = domain::PolicyTerms{};
        asked.terms->goods = {category_rule("cups")};
        asked.terms->goods[0].window_days = 30;
        asked.terms->goods[0].restocking_fee_bp = 1'000;
        const auto told = w.must(usecase::simulate_policy(*w.ctx, w.agent, w.guard(w.agent), asked));
        CHECK((told.version == 1 && told.category == "cups" && told.sku == "CUP"));
        CHECK(told.in_force.warranty_until_at > w.clock.now() + days(300));
        CHECK((!told.in_force.legal && told.in_force.rules[1].code == "return_window_passed" && told.in_force.window_days == 7));
        REQUIRE(told.edited);
        CHECK((told.edited->legal && told.edited->window_days == 30));
        CHECK(told.edited->quote == Quote{2'000, 0, 0, 200, 0, 1'800});
        CHECK(w.must(usecase::simulate_policy(*w.ctx, w.lead, w.guard(w.lead), asked)).edited == told.edited);
        CHECK(w.view(w.must(usecase::open_case(*w.ctx, w.agent, w.guard(w.agent), {w.shop, {CaseKind::complaint, Channel::console, order.order.id, {}, {}}, {}, {}})).case_id)
                  .operations.empty());

        CHECK(answer(w, w.agent, w.opening(order, 2)) == "return_window_passed");
        put(w, *asked.terms, "taobao");
        const auto opened = w.must(usecase::open_case(*w.ctx, w.agent, w.guard(w.agent), w.opening(order, 2)));
        CHECK(w.view(opened.case_id).operations[0].quote == told.edited->quote);
        CHECK(answer(w, w.agent, w.opening(sale(w, "S-2", "douyin", days(12)), 2)) == "return_window_passed");

        product(w, "CUP", "");  // I18: what the goods become later changes nothing that was requested
        put(w, domain::PolicyTerms{}, "taobao");
        w.must(usecase::approve(*w.ctx, w.lead, w.guard(w.lead), {opened.case_id, {opened.operation_id}}));
        CHECK(w.view(opened.case_id).operations[0].quote == told.edited->quote);
        CHECK(w.differences().empty());

        const usecase::Actor stranger{StaffId("S"), {Role::agent}, {ShopId("OTHER")}, false, "staff:S"};
        CHECK(usecase::simulate_policy(*w.ctx, stranger, w.guard(stranger), asked).error().code == "order_not_found");
    });
}

TEST_CASE("rules that a lead let pass are counted by version, rule and lead, with their cases") {
    test::on_each_engine([](ShopWorld& w) {
        const auto let_pass = [&](const std::string& number) {
            auto in = w.opening(sale(w, number, "", days(30)), 1);
            in.request->override_window = true;
            in.request->override_reason = "a regular";
            return in;
        };
        CHECK(answer(w, w.agent, let_pass("S-0")) == "permission_missing");
        CHECK(answer(w, w.lead, let_pass("S-1")).empty());
        w.clock.advance(days(20));
        CHECK(answer(w, w.lead, let_pass("S-2")).empty());
        auto terms = domain::PolicyTerms{};
        terms.goods.emplace_back().sku = "CUP";
        terms.goods.back().excluded = Exclusion::hygiene;
        put(w, terms);
        CHECK(answer(w, w.lead, let_pass("S-3")).empty());
        const auto found = w.must(usecase::list_overrides(*w.ctx, w.agent, {w.shop, 30}));
        CHECK(found.total == 3);
        REQUIRE(found.counts.size() == 2);
        CHECK((found.counts[0].count == 2 && found.counts[0].rule == OverriddenRule::window && found.counts[0].staff_id == w.lead.staff_id));
        CHECK(found.counts[1].rule == OverriddenRule::both);
        CHECK(found.items.front().rule == OverriddenRule::both);
        CHECK(w.must(usecase::list_overrides(*w.ctx, w.agent, {w.shop, 10})).total == 2);
        CHECK(w.differences().empty());
    });
}

TEST_CASE("a customer keeps the goods only so often by an agent's word") {
    test::on_each_engine([](ShopWorld& w) {
        domain::PolicyTerms terms;
        terms.keep_goods_count = 2;
        terms.keep_goods_days = 30;
        put(w, terms);
        usecase::Actor program = w.agent;  // it names photos of its own
        program.principal = "token:T";
        const auto keep = [&](const std::string& number, const std::string& customer) {
            auto in = w.opening(sale(w, number, "", days(1), customer), 1);
            in.request->kind = OperationKind::refund_only;
            in.request->reason = Reason::quality;
            in.request->photo_ref = "marketplace:1";
            in.open.kind = CaseKind::refund_only;
            const auto opened = w.must(usecase::open_case(*w.ctx, program, w.guard(program), in));
            const usecase::Actor second{StaffId("SECOND"), {Role::agent}, {w.shop}, false, "staff:SECOND"};
            const auto approved = usecase::approve(*w.ctx, second, w.guard(second), {opened.case_id, {opened.operation_id}});
            return approved ? std::string() : approved.error().code;
        };
        CHECK(keep("K-1", "C-1").empty());
        CHECK(keep("K-2", "C-1").empty());
        CHECK(keep("K-3", "C-1") == "keep_goods_too_often");
        CHECK(keep("K-4", "C-2").empty());
        w.clock.advance(days(31));
        CHECK(keep("K-5", "C-1").empty());
    });
}
