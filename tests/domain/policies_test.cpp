#include <catch2/catch.hpp>

#include "domain/date.hpp"
#include "domain/simulation.hpp"
#include "story.hpp"

using namespace story;

namespace {

RequestOperation back(std::vector<RequestLine> lines, Reason reason = Reason::no_longer_wanted) {
    auto command = ask_for(OperationKind::return_refund, SubKind::none, reason, std::move(lines));
    command.photo_ref = "photo";
    return command;
}
RuleVerdict of(const Simulation& simulation, PolicyRule rule) {
    for (const auto& each : simulation.rules)
        if (each.rule == rule) return each;
    return {};
}

}  // namespace

TEST_CASE("a SKU's rule comes before its category's, and that before the terms") {
    PolicyTerms terms;
    terms.goods = {for_category("fresh food", [](GoodsRule& r) { r.excluded = Exclusion::fresh, r.window_days = 0, r.restocking_fee_bp = 500; }),
                   for_sku("HONEY", [](GoodsRule& r) { r.excluded = Exclusion::returnable, r.window_days = 3; })};
    const LineTerms cake = terms_for(terms, "CAKE", "fresh food"), honey = terms_for(terms, "HONEY", "fresh food"), mug = terms_for(terms, "MUG", "");
    CHECK((cake.excluded == Exclusion::fresh && cake.window_days == 0 && cake.restocking_fee_bp == 500));
    CHECK((honey.excluded == Exclusion::returnable && honey.window_days == 3 && honey.restocking_fee_bp == 500));
    CHECK((mug.excluded == Exclusion::returnable && mug.window_days == 7 && mug.restocking_fee_bp == 0));
}

TEST_CASE("a rule names one SKU or one category, once") {
    PolicyTerms terms;
    terms.goods = {for_sku("A", [](GoodsRule&) {}), for_category("A", [](GoodsRule&) {})};
    CHECK(check_terms(terms));
    terms.goods.push_back(for_sku("A", [](GoodsRule&) {}));
    terms.goods.emplace_back();
    const auto wrong = check_terms(terms);
    REQUIRE_FALSE(wrong);
    CHECK(wrong.error().fields == std::vector<FieldError>{{"/terms/goods/2/sku", "duplicate"}, {"/terms/goods/3/category", "one_of_sku_category"}});
}

TEST_CASE("the channel's own policy is in force before the shop's, while it is valid") {
    std::vector<Policy> policies(3);
    policies[0].version = 1, policies[0].valid_to = Instant{100};
    policies[1].version = 2, policies[1].channel = "taobao", policies[1].valid_from = Instant{50}, policies[1].valid_to = Instant{150};
    policies[2].version = 3, policies[2].valid_from = Instant{100};
    const auto version = [&](std::string_view channel, std::int64_t at) {
        const Policy* found = in_force(policies, channel, Instant{at});
        return found ? found->version : 0;
    };
    CHECK(version("taobao", 49) == 1);
    CHECK(version("taobao", 50) == 2);
    CHECK(version("douyin", 50) == 1);
    CHECK(version("", 100) == 3);
    CHECK(version("taobao", 149) == 2);
    CHECK(version("taobao", 150) == 3);
    CHECK(in_force({}, "taobao", Instant{1}) == nullptr);
}

TEST_CASE("the goods' category has its own window, fee, photo and exclusion") {
    Story s;
    s.known.categories = {{"SKU-A", "mugs"}};
    s.now = kMonday + days(20);
    CHECK(s.request({a(1)}).value == "return_window_passed");
    s.policy.terms.goods = {for_category("mugs", [](GoodsRule& r) { r.window_days = 30, r.restocking_fee_bp = 1'000, r.photo = PhotoRule::always; })};
    CHECK(s.request({a(1), b(1)}).value == "return_window_passed");
    CHECK(s.error.params.back().second == "B");
    auto command = back({want("A", 1)});
    command.photo_ref.clear();
    CHECK(s.as(agent, request_operation, command) == "photo_required");
    const auto id = s.request({a(2)});
    CHECK(s.op().quote == Quote{2'000, 0, 0, 200, 0, 1'800});
    CHECK(s.state.lines.front().fee_bp == 1'000);

    SECTION("which the request keeps, whatever the goods become") {
        s.known.categories.clear();
        s.policy.terms.goods.clear();
        s.as(lead, approve, Approve{id});
        s.as(agent, ship_back, ShipBack{id, "SF", "T1", {}});
        s.as(warehouse, arrive, Arrive{id, {}, "T1", {}, "R1"});
        s.inspect_all(id, "A", 2);
        CHECK(s.op().settled == Quote{2'000, 0, 0, 200, 0, 1'800});
    }
    SECTION("each line bears its own fee, and parts of an operation add up to the whole") {
        s.policy.terms.window_days = 30;
        s.policy.terms.restocking_fee_bp = 2'000;
        const auto both = s.request({a(1), b(1)});
        CHECK(find_operation(s.state, both)->quote == Quote{999 + 500, 0, 0, 99 + 100, 0, 1'300});
        s.as(lead, approve, Approve{both});
        s.as(agent, ship_back, ShipBack{both, "SF", "T2", {}});
        s.as(warehouse, arrive, Arrive{both, {}, "T2", {}, "R2"});
        s.inspect_all(both, "B", 1);
        s.as(warehouse, accept, Accept{both, 0});
        s.inspect_all(both, "A", 1);
        CHECK(find_operation(s.state, both)->settled == Quote{999 + 500, 0, 0, 99 + 100, 0, 1'300});
    }
}

TEST_CASE("goods that never want a photo need none, whatever the reason") {
    Story s;
    s.policy.terms.goods = {for_sku("SKU-B", [](GoodsRule& r) { r.photo = PhotoRule::never; })};
    auto command = back({want("B", 1)}, Reason::quality);
    command.photo_ref.clear();
    CHECK(s.as(agent, request_operation, command).empty());
    command.lines = {want("A", 1)};
    CHECK(s.as(agent, request_operation, command) == "photo_required");
}

TEST_CASE("the lowest limit of the goods approves by itself") {
    Story s;
    s.policy.terms.auto_approve_minor = 3'000;
    s.policy.terms.goods = {for_sku("SKU-B", [](GoodsRule& r) { r.auto_approve_minor = 0; })};
    s.request({a(1), b(1)});
    CHECK(s.op(0).decision == DecisionState::requested);
    s.request({a(1)});
    CHECK(s.op(1).decision == DecisionState::approved);
}

TEST_CASE("a quality reason may have windows of its own for a return and an exchange") {
    Story s;
    s.policy.terms.quality_return_days = 7;
    s.policy.terms.quality_exchange_days = 15;
    s.now = kMonday + days(10);
    CHECK(s.request({a(1)}, Reason::quality).value == "return_window_passed");
    CHECK(s.ask(ask_for(OperationKind::exchange, SubKind::none, Reason::quality, {want("A", 1)})).value.size() == 6);
    s.now = kMonday + days(20);
    CHECK(s.ask(ask_for(OperationKind::exchange, SubKind::none, Reason::quality, {want("B", 1)})).value == "return_window_passed");
    CHECK(s.ask(ask_for(OperationKind::repair, SubKind::none, Reason::quality, {want("B", 1)})).value.size() == 6);
}

TEST_CASE("a request says what a lead let pass; what takes it over says it no more") {
    Story s;
    s.now = kMonday + days(20);
    s.policy.terms.goods = {for_sku("SKU-B", [](GoodsRule& r) { r.excluded = Exclusion::sealed; })};
    auto command = back({want("A", 1)});
    command.override_window = true;
    command.override_reason = "regular";
    REQUIRE(s.as(lead, request_operation, command).empty());
    command.lines = {want("B", 1)};
    REQUIRE(s.as(lead, request_operation, command).empty());
    CHECK(s.op(0).overridden == OverriddenRule::window);
    CHECK(s.op(1).overridden == OverriddenRule::both);
    command.reason = Reason::quality;  // in time: nothing is let pass
    command.lines = {want("A", 1)};
    REQUIRE(s.as(lead, request_operation, command).empty());
    CHECK(s.op(2).overridden == OverriddenRule::none);
    CHECK_FALSE(s.op(2).window_overridden);
    REQUIRE(s.as(lead, change_kind, ChangeKind{s.op(0).id, OperationKind::refund_only, SubKind::keep_goods, true, {}}).empty());
    CHECK(s.state.operations.back().overridden == OverriddenRule::none);
    CHECK(s.state.operations.back().window_overridden);
}

TEST_CASE("who was let keep the goods often enough needs a lead") {
    Story s;
    s.policy.terms.keep_goods_count = 2;
    s.policy.terms.keep_goods_days = 30;
    const auto id = s.ask(ask_for(OperationKind::refund_only, SubKind::keep_goods, Reason::quality, {want("B", 1)}));
    s.known.kept = {{OperationId("X"), kMonday - days(1)}, {OperationId("Y"), kMonday - days(31)}};
    CHECK(s.as(agent2, approve, Approve{OperationId("NONE")}) == "operation_not_found");
    s.known.kept.push_back({OperationId("Z"), kMonday - days(29)});
    CHECK(s.as(agent2, approve, Approve{id}) == "keep_goods_too_often");
    CHECK(s.error.remedies.front().code == "ask_a_lead");
    CHECK(s.as(lead, approve, Approve{id}).empty());
}

TEST_CASE("compensation above what the month's budget has left needs a lead who did not ask for it") {
    Story s;
    s.policy.terms.compensation_budget_minor = 3'000;
    RequestOperation asked = ask_for(OperationKind::refund_only, SubKind::goodwill, Reason::goodwill, {});
    asked.amount_minor = 1'000;
    const auto id = s.ask(asked);
    const Instant first = s.calendar.instant_of(day_number({2025, 10, 1}), {});
    s.known.given = {{first - minutes(15), 9'000}, {first, 1'500}, {kMonday, 501}};  // the month before does not count
    CHECK(s.as(agent2, approve, Approve{id}) == "over_budget");
    CHECK(s.error.params == Params{{"amount", "1000"}, {"left", "999"}});
    CHECK(s.error.remedies.front().code == "ask_lead");
    SECTION("what is left is enough") {
        s.known.given.back().minor = 500;
        CHECK(s.as(agent2, approve, Approve{id}).empty());
    }
    SECTION("a lead") { CHECK(s.as(lead, approve, Approve{id}).empty()); }
    SECTION("the next month") {
        s.now = s.calendar.instant_of(day_number({2025, 11, 1}), {});
        CHECK(s.as(agent2, approve, Approve{id}).empty());
    }
    SECTION("no budget") {
        s.policy.terms.compensation_budget_minor.reset();
        CHECK(s.as(agent2, approve, Approve{id}).empty());
    }
    SECTION("the lead who asked is not the one who approves") {
        const auto own = s.ask(asked, lead);
        CHECK(s.as(lead, approve, Approve{own}) == "same_person");
        CHECK(s.as(lead2, approve, Approve{own}).empty());
    }
}

TEST_CASE("a simulation says of every rule what a request would meet, and asks for nothing") {
    Story s;
    s.policy.terms.auto_approve_minor = 1'500;
    const auto before = s.state;
    const auto told = simulate(s.state, back({want("A", 1)}), s.facts(agent));
    REQUIRE(told);
    CHECK((told->legal && told->approved && told->window_days == 7));
    CHECK(told->quote == Quote{1'000, 0, 0, 0, 0, 1'000});
    CHECK(told->rules.size() == Words<PolicyRule>::all.size());
    CHECK(s.state == before);

    s.now = kMonday + days(20);
    auto late = back({want("A", 2)}, Reason::wrong_item);
    late.photo_ref.clear();
    const auto refused = simulate(s.state, late, s.facts(lead));
    REQUIRE(refused);
    CHECK_FALSE(refused->legal);
    CHECK(of(*refused, PolicyRule::window).code == "return_window_passed");
    CHECK(of(*refused, PolicyRule::window).remedies.front().code == "ask_lead_override");
    CHECK(of(*refused, PolicyRule::evidence).code == "photo_required");
    CHECK(of(*refused, PolicyRule::automatic).code == "over_auto_limit");
    CHECK(refused->quote == Quote{2'000, 400, 0, 0, 0, 2'400});  // what a lead would let pass
    CHECK(*simulate(s.state, late, s.facts(agent)) == *refused);

    const auto too_many = simulate(s.state, back({want("A", 4)}), s.facts(agent));
    CHECK(of(*too_many, PolicyRule::units).code == "qty_not_available");
    CHECK_FALSE(too_many->quote);
    CHECK(simulate(s.state, back({want("NONE", 1)}), s.facts(agent)).error().code == "invalid_fields");
}

TEST_CASE("of every kind, reason and policy a simulation says what the request meets, whoever of equal roles asks") {
    const std::vector<std::function<void(PolicyTerms&)>> policies{
        [](PolicyTerms&) {},
        [](PolicyTerms& t) { t.auto_approve_minor = 2'000, t.instant_refund = true, t.restocking_fee_bp = 777; },
        [](PolicyTerms& t) { t.goods = {for_sku("SKU-A", [](GoodsRule& r) { r.excluded = Exclusion::fresh, r.photo = PhotoRule::always; })}, t.agent_limit_minor = 100; },
        [](PolicyTerms& t) { t.goods = {for_category("mugs", [](GoodsRule& r) { r.window_days = 60, r.auto_approve_minor = 5'000; })}, t.quality_return_days = 1; }};
    for (const auto& kind : table::kKinds)
        for (const auto& [reason, name] : Words<Reason>::all)
            for (const auto& terms : policies)
                for (const int late : {0, 20})
                    for (const bool photo : {false, true}) {
                        CAPTURE(word(kind.kind), word(kind.sub_kind), name, late, photo);
                        Story s;
                        s.known.categories = {{"SKU-A", "mugs"}};
                        terms(s.policy.terms);
                        s.now = kMonday + days(late);
                        auto command = ask_for(kind.kind, kind.sub_kind, reason, {});
                        if (kind.settles != Settles::no_units && reason != Reason::shipping_overcharged) command.lines = {want("A", 1, kind.kind == OperationKind::exchange ? "SKU-C" : "")};
                        if (kind.settles == Settles::repriced || kind.settles == Settles::no_units) command.amount_minor = 100;
                        if (photo) command.photo_ref = "photo";
                        const auto told = simulate(s.state, command, s.facts(lead));
                        const auto asked = request_operation(s.state, command, s.facts(agent)), again = request_operation(s.state, command, s.facts(agent2));
                        REQUIRE(asked.has_value() == again.has_value());
                        if (!asked) CHECK(asked.error().code == again.error().code);
                        if (!told) {
                            CHECK_FALSE(asked);
                            continue;
                        }
                        CHECK(told->legal == asked.has_value());
                        bool passed = told->quote.has_value();
                        for (const auto& rule : told->rules)
                            if (rule.rule < PolicyRule::automatic) passed = passed && rule.passed;
                        CHECK(told->legal == passed);
                        if (!asked) continue;
                        const auto& requested = std::get<OperationRequested>(asked->events.front().body);
                        CHECK(told->quote.value() == requested.operation.quote);
                        CHECK(told->window_ends_at == requested.window_ends_at);
                        const bool approved = std::any_of(asked->events.begin(), asked->events.end(), [](const Event& e) {
                            return std::holds_alternative<OperationApproved>(e.body) || std::holds_alternative<CheckAsked>(e.body);
                        });
                        CHECK(told->approved == approved);
                    }
}
