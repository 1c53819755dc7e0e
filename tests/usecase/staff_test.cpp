#include "usecase/staff.hpp"
#include "usecase/upkeep.hpp"

#include <catch2/catch.hpp>
#include <chrono>

#include "env/password.hpp"
#include "store/policies.hpp"
#include "usecase/policies.hpp"
#include "usecase/world.hpp"

using namespace aftercare;
using namespace aftercare::usecase;
using aftercare::test::an_admin;
using aftercare::test::code_of;

namespace {

struct Shops : test::World {
    Actor admin = an_admin();
    ShopId north = *shop("north"), south = *shop("south");

    std::optional<ShopId> shop(const std::string& code) {
        auto made = add_shop(ctx, admin, guard(admin), {code, "Shop " + code, "CNY", "Asia/Shanghai"});
        return made ? std::optional(made->id) : std::nullopt;
    }
    Result<StaffView> person(const Actor& by, const std::string& login, std::vector<Role> roles, std::vector<ShopId> shops) {
        return add_staff(ctx, by, guard(by), {login, "Name of " + login, "a good password", std::move(roles), std::move(shops)});
    }
    /// The actor that a person is after signing in.
    Actor signed_in(const std::string& login) {
        const auto in = sign_in(ctx, {login, "a good password"}, "10.0.0.1");
        REQUIRE(in);
        return find_session(ctx, in->cookie_secret)->actor;
    }
    std::int64_t count(const std::string& table) {
        std::int64_t n = 0;
        const std::string text = "SELECT COUNT(*) AS n FROM " + table;
        const auto query = db::Query::both("count", text);
        database->read([&](db::Connection& c) { c.run(query, {}, [&](const db::Row& row) { n = row.integer(0); }); });
        return n;
    }
    /// True when the text is in a cell of the table.
    bool holds(const std::string& table, std::string_view text) {
        bool found = false;
        const std::string select = "SELECT * FROM " + table;
        const auto query = db::Query::both("all", select);
        database->read([&](db::Connection& c) {
            c.run(query, {}, [&](const db::Row& row) {
                for (int i = 0; i < row.size(); ++i) {
                    try {
                        found = found || row.text(i).find(text) != std::string_view::npos;
                    } catch (const db::DbError&) {  // a number
                    }
                }
            });
        });
        return found;
    }
};

template <class T>
std::string field_of(const Result<T>& result) {
    return result || result.error().fields.empty() ? "" : result.error().fields[0].pointer + " " + result.error().fields[0].code;
}

}  // namespace

TEST_CASE("signing in makes a session that ends by itself, by signing out and by a new password") {
    Shops app;
    REQUIRE(app.person(app.admin, "Li.Wei", {Role::agent}, {app.north}));

    const auto in = sign_in(app.ctx, {"LI.wei", "a good password"}, "10.0.0.1");
    REQUIRE(in);
    CHECK(in->view.staff.login == "li.wei");
    CHECK(in->view.shops.size() == 1);
    CHECK_FALSE(in->view.all_shops);
    CHECK(in->view.permissions == std::vector<std::string>{"read_cases", "open_cases", "decide_operations", "check_goods", "submit_refunds", "assign_cases",
                                                                "do_revisits", "edit_customers", "reveal_contacts"});
    CHECK_FALSE(in->view.csrf_token.empty());
    CHECK_FALSE(app.holds("login_session", in->cookie_secret));
    CHECK_FALSE(app.holds("staff", "a good password"));

    const auto session = find_session(app.ctx, in->cookie_secret);
    REQUIRE(session);
    CHECK(session->actor.principal == "staff:" + in->view.staff.id.value);
    CHECK(session->csrf_token == in->view.csrf_token);
    CHECK(code_of(find_session(app.ctx, in->cookie_secret + "x")) == "no_session");

    SECTION("after twelve hours") {
        app.clock.advance(Duration{hours(12).ms - 1});
        CHECK(find_session(app.ctx, in->cookie_secret));
        app.clock.advance(Duration{1});
        CHECK(code_of(find_session(app.ctx, in->cookie_secret)) == "no_session");
        CHECK(sign_in(app.ctx, {"li.wei", "a good password"}, "10.0.0.1"));
        CHECK(forget_old(app.ctx));
        CHECK(app.count("login_session") == 1);
    }
    SECTION("by signing out") {
        REQUIRE(sign_out(app.ctx, in->cookie_secret));
        CHECK(code_of(find_session(app.ctx, in->cookie_secret)) == "no_session");
    }
    SECTION("by a new password") {
        REQUIRE(set_password(app.ctx, app.admin, app.guard(app.admin), {"Li.Wei", "another password"}));
        CHECK(code_of(find_session(app.ctx, in->cookie_secret)) == "no_session");
        CHECK(code_of(sign_in(app.ctx, {"li.wei", "a good password"}, "")) == "wrong_login");
        CHECK(sign_in(app.ctx, {"li.wei", "another password"}, ""));
    }
}

TEST_CASE("an unknown login and a wrong password get the same answer in the same time") {
    Shops app;
    REQUIRE(app.person(app.admin, "li", {Role::agent}, {app.north}));
    const auto timed = [&](const std::string& login) {
        const auto start = std::chrono::steady_clock::now();
        const auto result = sign_in(app.ctx, {login, "not the password"}, "");
        CHECK(code_of(result) == "wrong_login");
        CHECK(result.error().kind == ErrorKind::unauthenticated);
        return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    };
    double known = 1e9, unknown = 1e9;  // the quickest of some: the machine has other work too
    for (int i = 0; i < 5; ++i) {
        known = std::min(known, timed("li"));
        unknown = std::min(unknown, timed("nobody"));
    }
    CHECK(unknown > known / 2);
    CHECK(unknown < known * 2);
}

TEST_CASE("ten failures in a quarter of an hour close the door for that login alone") {
    Shops app;
    REQUIRE(app.person(app.admin, "li", {Role::agent}, {app.north}));
    REQUIRE(app.person(app.admin, "wang", {Role::agent}, {app.north}));
    const auto attempt = [&](const std::string& login, const std::string& password) {
        return code_of(sign_in(app.ctx, {login, password}, "10.0.0.1"));
    };
    for (int i = 0; i < 9; ++i) CHECK(attempt("li", "wrong") == "wrong_login");
    CHECK(attempt("li", "a good password") == "ok");  // which forgets the failures
    for (int i = 0; i < 10; ++i) {
        CHECK(attempt(i % 2 ? "LI" : "li", "wrong") == "wrong_login");
        app.clock.advance(minutes(1));
    }
    const auto closed = sign_in(app.ctx, {"li", "a good password"}, "10.0.0.1");
    REQUIRE(code_of(closed) == "too_many_attempts");
    CHECK(closed.error().kind == ErrorKind::limited);
    CHECK(closed.error().params == std::vector<std::pair<std::string, std::string>>{{"seconds", "300"}});
    CHECK(attempt("wang", "a good password") == "ok");
    app.clock.advance(minutes(5));
    CHECK(attempt("li", "a good password") == "ok");
}

TEST_CASE("failures are forgotten, also those of logins that never were") {
    Shops app;
    for (int i = 0; i < 5; ++i) CHECK_FALSE(sign_in(app.ctx, {"guess" + std::to_string(i), "wrong"}, ""));
    CHECK(app.count("login_failure") == 5);
    app.clock.advance(minutes(15));
    CHECK_FALSE(sign_in(app.ctx, {"guess", "wrong"}, ""));
    CHECK(forget_old(app.ctx));
    CHECK(app.count("login_failure") == 1);
}

TEST_CASE("adding staff refuses what is wrong, all of it at once") {
    Shops app;
    const auto bad = add_staff(app.ctx, app.admin, app.guard(app.admin), {"li wei", "\x1b[2J", "a good password", {Role::system, Role::agent}, {}});
    REQUIRE_FALSE(bad);
    CHECK(bad.error().fields == std::vector<FieldError>{{"/roles/0", "not_a_staff_role"}, {"/login", "bad_format"},
                                                        {"/name", "bad_format"}, {"/shops", "too_short"}});
    CHECK(field_of(add_staff(app.ctx, app.admin, app.guard(app.admin), {"li", "Li", "too short", {Role::agent}, {app.north}})) == "/password too_short");
    CHECK(field_of(app.person(app.admin, "li", {Role::agent}, {ShopId("NONE")})) == "/shops/0 unknown_shop");
    REQUIRE(app.person(app.admin, "li", {Role::agent}, {app.north}));
    const auto twice = app.person(app.admin, "LI", {Role::agent}, {app.north});
    CHECK(code_of(twice) == "already_taken");
    CHECK(twice.error().kind == ErrorKind::conflict);
    CHECK(code_of(app.person(app.signed_in("li"), "x", {Role::agent}, {app.north})) == "permission_missing");
}

TEST_CASE("staff see their own shops and colleagues and nothing of the others") {
    Shops app;
    REQUIRE(app.person(app.admin, "north.admin", {Role::admin, Role::agent}, {app.north}));
    REQUIRE(app.person(app.admin, "south.agent", {Role::agent}, {app.south}));
    REQUIRE(app.person(app.admin, "both.agent", {Role::agent}, {app.north, app.south}));
    REQUIRE(app.person(app.admin, "root", {Role::admin}, {}));
    const Actor north = app.signed_in("north.admin");
    CHECK_FALSE(north.all_shops);
    CHECK(app.signed_in("root").all_shops);

    const auto shops = list_shops(app.ctx, north, {});
    REQUIRE(shops->items.size() == 1);
    CHECK(shops->items[0].code == "north");
    CHECK(list_shops(app.ctx, app.signed_in("root"), {})->items.size() == 2);

    std::vector<std::string> colleagues;
    const auto staff = list_staff(app.ctx, north, {});
    for (const StaffView& each : staff->items) {
        colleagues.push_back(each.login);
        for (const ShopId& shop : each.shops) CHECK(shop == app.north);
    }
    CHECK(colleagues == std::vector<std::string>{"north.admin", "both.agent", "root"});

    // An admin of one shop hands out that shop only, makes none of the installation, and adds no shop.
    CHECK(field_of(app.person(north, "x", {Role::agent}, {app.north, app.south})) == "/shops/1 unknown_shop");
    CHECK(field_of(app.person(north, "x", {Role::admin}, {})) == "/shops too_short");
    CHECK(app.person(north, "new.agent", {Role::agent}, {app.north}));
    CHECK(code_of(add_shop(app.ctx, north, app.guard(north), {"east", "East", "CNY", "Asia/Shanghai"})) == "all_shops_needed");
    // … and opens no door that is not theirs.
    for (const char* login : {"root", "both.agent", "south.agent", "nobody"})
        CHECK(code_of(set_password(app.ctx, north, app.guard(north), {login, "another password"})) == "not_found");
    CHECK(set_password(app.ctx, north, app.guard(north), {"new.agent", "another password"}));

    CHECK(code_of(list_policies(app.ctx, north, {app.south})) == "not_found");
    CHECK(code_of(put_policy(app.ctx, north, app.guard(north), {app.south, {}})) == "not_found");
}

TEST_CASE("a shop is made with its currency, its zone and the first version of its policy") {
    Shops app;
    const auto refused = add_shop(app.ctx, app.admin, app.guard(app.admin), {"a b", "", "cny", "Mars/Olympus"});
    REQUIRE_FALSE(refused);
    CHECK(refused.error().fields == std::vector<FieldError>{{"/code", "bad_format"}, {"/name", "bad_format"},
                                                            {"/currency", "bad_format"}, {"/zone", "unknown_zone"}});
    CHECK(code_of(add_shop(app.ctx, app.admin, app.guard(app.admin), {"north", "Again", "CNY", "Asia/Shanghai"})) == "already_taken");
    const auto policies = list_policies(app.ctx, app.admin, {app.north});
    REQUIRE(policies->items.size() == 1);
    CHECK(policies->items[0].version == 1);
    CHECK(policies->items[0].terms.sources[0].term == "window_days");  // the default of its zone

    const auto first = [&](const std::string& code, FirstPolicy choice) {
        const auto shop = add_shop(app.ctx, app.admin, app.guard(app.admin), {code, code, "CNY", "Asia/Shanghai", choice});
        REQUIRE(shop);
        return list_policies(app.ctx, app.admin, {shop->id})->items.at(0);
    };
    CHECK(first("zone", FirstPolicy::by_zone).terms.window_days == 7);
    CHECK(first("eu", FirstPolicy::eu).terms.window_days == 14);
    const auto none = first("none", FirstPolicy::none);
    CHECK(none.source.empty());
    CHECK(none.terms == domain::PolicyTerms{});
}

TEST_CASE("a policy change is a new version; each instant has the one that was in force") {
    Shops app;
    const Instant before = app.clock.now();
    app.clock.advance(days(1));
    domain::PolicyTerms terms;
    terms.window_days = 45;
    auto guard = app.guard(app.admin);
    guard.expected_version = 1;
    const auto second = put_policy(app.ctx, app.admin, guard, {app.north, terms});
    REQUIRE(second);
    CHECK(second->version == 2);
    CHECK(second->valid_from == app.clock.now());
    CHECK(code_of(put_policy(app.ctx, app.admin, guard, {app.north, {}})) == "stale");

    const auto in_force = [&](Instant at) {
        return *app.store.read([&](store::Tx& tx) -> Result<std::int64_t> { return store::policy_at(tx, app.north, "", at)->version; });
    };
    CHECK(in_force({0}) == 1);
    CHECK(in_force(before) == 1);
    CHECK(in_force(app.clock.now() - Duration{1}) == 1);
    CHECK(in_force(app.clock.now()) == 2);

    app.clock.set(before);  // a clock that goes back does not give the past another policy
    REQUIRE(put_policy(app.ctx, app.admin, app.guard(app.admin), {app.north, {}}));
    CHECK(in_force(before) == 1);
    const auto list = list_policies(app.ctx, app.admin, {app.north});
    CHECK(list->items.size() == 3);
    CHECK(list->items[1].terms.window_days == 45);
    CHECK(list_policies(app.ctx, app.admin, {app.south})->items.size() == 1);
    CHECK(code_of(list_policies(app.ctx, app.admin, {ShopId("NONE")})) == "not_found");
}

TEST_CASE("an API token is shown once, kept as a hash, and works until it is revoked") {
    Shops app;
    const auto made = add_token(app.ctx, app.admin, app.guard(app.admin, "key-1"), {"erp", {Role::agent}, {app.north}});
    REQUIRE(made);
    CHECK(made->secret.starts_with("ac_"));
    CHECK_FALSE(app.holds("api_token", made->secret));
    CHECK_FALSE(app.holds("idempotency", made->secret));
    CHECK(list_tokens(app.ctx, app.admin, {})->items[0].secret.empty());

    const auto again = add_token(app.ctx, app.admin, app.guard(app.admin, "key-1"), {"erp", {Role::agent}, {app.north}});
    CHECK(again->id == made->id);
    CHECK(again->secret.empty());
    CHECK(app.count("api_token") == 1);

    const auto session = find_token(app.ctx, made->secret);
    REQUIRE(session);
    CHECK(session->actor.principal == "token:" + made->id);
    CHECK_FALSE(session->actor.staff_id.empty());  // maker and approver stay two
    CHECK_FALSE(session->actor.all_shops);
    CHECK(session->csrf_token.empty());
    CHECK(list_shops(app.ctx, session->actor, {})->items.size() == 1);
    CHECK(my_session(app.ctx, session->actor, {})->staff.name == "erp");
    CHECK(code_of(find_token(app.ctx, made->secret.substr(3))) == "no_session");
    CHECK(code_of(find_session(app.ctx, made->secret)) == "no_session");

    REQUIRE(app.person(app.admin, "south.admin", {Role::admin}, {app.south}));
    const Actor south = app.signed_in("south.admin");
    CHECK(list_tokens(app.ctx, south, {})->items.empty());
    CHECK(code_of(revoke_token(app.ctx, south, app.guard(south), {made->id})) == "not_found");
    CHECK(field_of(add_token(app.ctx, south, app.guard(south), {"x", {Role::agent}, {app.north}})) == "/shops/0 unknown_shop");

    REQUIRE(revoke_token(app.ctx, app.admin, app.guard(app.admin), {made->id}));
    CHECK(code_of(find_token(app.ctx, made->secret)) == "no_session");
    CHECK(code_of(revoke_token(app.ctx, app.admin, app.guard(app.admin), {made->id})) == "not_found");
}
