#include "store/connectors.hpp"
#include "store/policies.hpp"
#include "usecase/policies.hpp"
#include "usecase/connectors.hpp"
#include "world.hpp"

using namespace aftercare;
using test::ShopWorld;

TEST_CASE("people, their sessions and their failures come back as they were stored") {
    test::on_each_engine([](ShopWorld& w) {
        w.must(usecase::add_staff(*w.ctx, w.admin, w.guard(w.admin), {"li", "李伟 'O\\Neil'", "a good password", {Role::agent, Role::lead}, {w.shop}}));
        const auto in = w.must(usecase::sign_in(*w.ctx, {"li", "a good password"}, "::1"));
        const auto session = w.must(usecase::find_session(*w.ctx, in.cookie_secret));
        CHECK(session.actor.roles == std::vector<Role>{Role::agent, Role::lead});
        CHECK(session.actor.shops == std::vector<ShopId>{w.shop});
        CHECK(in.view.staff.name == "李伟 'O\\Neil'");
        const auto again = usecase::add_staff(*w.ctx, w.admin, w.guard(w.admin), {"LI", "Li", "a good password", {Role::agent}, {w.shop}});
        CHECK(again.error().code == "already_taken");

        for (int i = 0; i < 10; ++i) CHECK(usecase::sign_in(*w.ctx, {"li", "wrong"}, "::1").error().code == "wrong_login");
        CHECK(usecase::sign_in(*w.ctx, {"li", "a good password"}, "::1").error().code == "too_many_attempts");
        w.must(usecase::sign_out(*w.ctx, in.cookie_secret));
        CHECK(usecase::find_session(*w.ctx, in.cookie_secret).error().code == "no_session");
    });
}

TEST_CASE("a token request repeated under its key makes one token and shows its secret once") {
    test::on_each_engine([](ShopWorld& w) {
        const usecase::AddToken in{"erp", {Role::agent}, {w.shop}};
        const auto made = w.must(usecase::add_token(*w.ctx, w.admin, w.guard(w.admin, "k"), in));
        const auto again = w.must(usecase::add_token(*w.ctx, w.admin, w.guard(w.admin, "k"), in));
        CHECK(again.id == made.id);
        CHECK(again.secret.empty());
        CHECK(usecase::add_token(*w.ctx, w.admin, w.guard(w.admin, "k", "other"), in).error().code == "idempotency_key_reused");
        CHECK(w.must(usecase::list_tokens(*w.ctx, w.admin, {})).items.size() == 1);
        CHECK(w.must(usecase::find_token(*w.ctx, made.secret)).actor.shops == in.shops);
        w.must(usecase::revoke_token(*w.ctx, w.admin, w.guard(w.admin), {made.id}));
        CHECK(usecase::find_token(*w.ctx, made.secret).error().code == "no_session");
    });
}

TEST_CASE("each policy version is found by its id and by any instant it was in force") {
    test::on_each_engine([](ShopWorld& w) {
        w.clock.advance(days(2));
        domain::PolicyTerms terms;
        domain::GoodsRule cakes;
        cakes.category = "蛋糕", cakes.source = "第二十五条";
        cakes.window_days = 0, cakes.excluded = Exclusion::fresh, cakes.photo = PhotoRule::never;
        terms.goods = {cakes};
        const auto second = w.must(usecase::put_policy(*w.ctx, w.admin, w.guard(w.admin), {w.shop, terms}));
        const auto read = [&](auto find) {
            return w.must(w.store->read([&](store::Tx& tx) -> Result<std::optional<domain::Policy>> { return find(tx); }));
        };
        CHECK(read([&](auto& tx) { return store::find_policy(tx, second.id); })->terms == terms);
        CHECK(read([&](auto& tx) { return store::policy_at(tx, w.shop, "", second.valid_from); })->version == 2);
        CHECK(read([&](auto& tx) { return store::policy_at(tx, w.shop, "", {second.valid_from.ms - 1}); })->version == 1);
        CHECK_FALSE(read([&](auto& tx) { return store::policy_at(tx, ShopId("NONE"), "", w.clock.now()); }));
        CHECK_FALSE(read([&](auto& tx) { return store::find_policy(tx, PolicyId("NONE")); }));
    });
}

TEST_CASE("two who change one connector from the same version: the second is stale") {
    test::on_each_engine([](ShopWorld& w) {
        w.ctx->plugin_catalog = [] {
            return std::vector<usecase::PluginView>{{"p", "1.0.0", "", "", {}, {}, {R"({"properties":{"key":{"type":"string","x-ac":{"secret":true}}}})"}}};
        };
        const auto made = w.must(usecase::add_connector(*w.ctx, w.admin, w.guard(w.admin), {w.shop, "p", "P", {R"({"key":"s3cret"})"}}));
        auto guard = w.guard(w.admin);
        guard.expected_version = 1;
        CHECK(w.must(usecase::change_connector(*w.ctx, w.admin, guard, {made.id, "Q", made.settings, false})).version == 2);
        CHECK(usecase::change_connector(*w.ctx, w.admin, guard, {made.id, "R", made.settings, true}).error().kind == ErrorKind::stale);
        const auto stored = w.must(w.store->read([&](store::Tx& tx) -> Result<std::optional<store::Connector>> { return store::find_connector(tx, made.id); }));
        CHECK(stored->title == "Q");
        CHECK_FALSE(stored->enabled);
        CHECK(stored->settings.text.find("s3cret") == std::string::npos);
        CHECK(w.must(w.store->read([](store::Tx& tx) -> Result<std::size_t> { return store::outbox_counts(tx).size(); })) == 0);
    });
}
