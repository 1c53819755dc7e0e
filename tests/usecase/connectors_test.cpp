#include "usecase/connectors.hpp"

#include <sys/stat.h>

#include <catch2/catch.hpp>
#include <fstream>

#include "support/temp_folder.hpp"
#include "usecase/settings.hpp"
#include "usecase/staff.hpp"
#include "usecase/trouble.hpp"
#include "usecase/world.hpp"

using namespace aftercare;
using namespace aftercare::usecase;
using aftercare::test::an_admin;
using aftercare::test::code_of;

namespace {

constexpr const char* kSchema = R"({"type":"object","required":["url","token"],"properties":{
  "url":{"type":"string","pattern":"^https://","maxLength":60},
  "token":{"type":"string","minLength":4,"x-ac":{"secret":true}},
  "retries":{"type":"integer","minimum":0,"maximum":9,"default":3},
  "mode":{"type":"string","enum":["live","sandbox"]},
  "strict":{"type":"boolean"},
  "skus":{"type":"array","items":{"type":"string"}},
  "from":{"type":"object","required":["city"],"properties":{"city":{"type":"string"},"pin":{"type":"string","x-ac":{"secret":true}}}}}})";

struct Connected : test::World {
    explicit Connected(std::string url = ":memory:") : World(std::move(url)) {
        ctx.plugin_catalog = [] { return std::vector<PluginView>{{"warehouse.test", "1.0.0", "仓", "Warehouse", {"warehouse"}, {"check/1"}, {kSchema}}}; };
        ctx.secret_key.fill(7);
        north = add_shop(ctx, admin, guard(admin), {"north", "North", "CNY", "Asia/Shanghai"})->id;
        south = add_shop(ctx, admin, guard(admin), {"south", "South", "CNY", "Asia/Shanghai"})->id;
        store.on_commit = [this](const store::Hint& hint) { hints.push_back(hint.topic + " " + std::to_string(hint.version)); };
    }
    Actor admin = an_admin();
    ShopId north, south;
    std::vector<std::string> hints;

    Result<ConnectorView> add(const std::string& settings, const ShopId& shop) {
        return add_connector(ctx, admin, guard(admin), {shop, "warehouse.test", "Warehouse", {settings}});
    }
    Result<ConnectorView> change(const ConnectorView& c, const std::string& settings, bool enabled = true) {
        auto with = guard(admin);
        with.expected_version = c.version;
        return change_connector(ctx, admin, with, {c.id, "Renamed", {settings}, enabled});
    }
    std::string settings_that_run() { return runnable_connectors(ctx)->at(0).settings.text; }
};

std::string accepted(const std::string& given) {
    env::SecretKey key{};
    test::SeededRandom random;
    const auto result = accept_settings({kSchema}, {given}, {"{}"}, key, random);
    if (result) return opened_settings(*result, key)->text;
    std::string said;
    for (const FieldError& each : result.error().fields) said += each.pointer + " " + each.code + "\n";
    return said;
}

const std::string kGood = R"({"url":"https://wms.example","token":"s3cret-value"})";

}  // namespace

TEST_CASE("settings are checked against the plugin's schema, every field at once") {
    CHECK(accepted(R"({"url":"https://a","token":"abcd"})") == R"({"retries":3,"token":"abcd","url":"https://a"})");
    CHECK(accepted(R"({"url":"https://a","token":"abcd","from":{"city":"杭州","pin":"1"},"skus":["a"],"retries":0})") ==
          R"({"from":{"city":"杭州","pin":"1"},"retries":0,"skus":["a"],"token":"abcd","url":"https://a"})");
    CHECK(accepted("[]") == "/settings not_an_object\n");
    CHECK(accepted("{}") == "/settings/url required\n/settings/token required\n");
    CHECK(accepted(R"({"url":"ftp://a","token":"abc","retries":10,"mode":"test","strict":1,"skus":[1],"from":{},"colour":"red"})") ==
          "/settings/colour unknown_field\n/settings/from/city required\n/settings/mode not_one_of\n/settings/retries out_of_range\n"
          "/settings/skus/0 not_a_text\n/settings/strict not_a_boolean\n/settings/token too_short\n/settings/url bad_format\n");
    CHECK(accepted(R"({"url":7,"token":["abcd"],"retries":1.5,"skus":"a","from":[]})") ==
          "/settings/from not_an_object\n/settings/retries not_an_integer\n/settings/skus not_a_list\n/settings/token not_a_text\n"
          "/settings/url not_a_text\n");
    CHECK(accepted(R"({"url":"https://a","token":"ab\u0000cd"})") == "/settings/token contains_nul\n");
    CHECK(accepted(R"({"url":"https://)" + std::string(100'000, 'a') + R"(","token":"abcd"})") == "/settings/url too_long\n");
    CHECK(accepted(R"({"url":{"$sealed":"AAAA"},"token":"abcd"})").find("/settings/url") == 0);
    CHECK(accepted(R"({"url":"https://a","token":"********"})") == "/settings/token required\n");
}

TEST_CASE("secrets of a connector cannot be read in the database file, in answers or after a change of key") {
    const test::TempFolder folder;
    const auto file = folder.path() / "aftercare.db";
    {
        Connected app(file.string());
        const auto made = app.add(kGood, app.north);
        REQUIRE(made);
        CHECK(made->settings.text == R"({"retries":3,"token":"********","url":"https://wms.example"})");
        CHECK(list_connectors(app.ctx, app.admin, {})->items[0].settings == made->settings);
        CHECK(app.settings_that_run() == R"({"retries":3,"token":"s3cret-value","url":"https://wms.example"})");
        app.ctx.secret_key.fill(8);
        CHECK(runnable_connectors(app.ctx)->empty());
    }
    for (const char* each : {"aftercare.db", "aftercare.db-wal"}) {
        std::ifstream in(folder.path() / each, std::ios::binary);
        const std::string bytes{std::istreambuf_iterator<char>(in), {}};
        CHECK(bytes.find("s3cret-value") == std::string::npos);
    }
}

TEST_CASE("a masked secret given back stays; a new one takes its place") {
    Connected app;
    const auto made = app.add(kGood, app.north);
    REQUIRE(made);
    const auto kept = app.change(*made, R"({"url":"https://other","token":"********"})");
    REQUIRE(kept);
    CHECK(kept->version == 2);
    CHECK(kept->title == "Renamed");
    CHECK(app.settings_that_run() == R"({"retries":3,"token":"s3cret-value","url":"https://other"})");
    REQUIRE(app.change(*kept, R"({"url":"https://other","token":"n3w-value"})"));
    CHECK(app.settings_that_run() == R"({"retries":3,"token":"n3w-value","url":"https://other"})");
    CHECK(app.hints == std::vector<std::string>{"connector 1", "connector 2", "connector 3"});
}

TEST_CASE("a connector changed since it was read is stale; one of a plugin that is gone can still be switched off") {
    Connected app;
    const auto made = app.add(kGood, app.north);
    REQUIRE(app.change(*made, made->settings.text));
    const auto late = app.change(*made, made->settings.text);
    REQUIRE(code_of(late) == "stale");
    CHECK(late.error().params == std::vector<std::pair<std::string, std::string>>{{"version", "2"}});

    app.ctx.plugin_catalog = [] { return std::vector<PluginView>{}; };
    const ConnectorView now = list_connectors(app.ctx, app.admin, {})->items[0];
    CHECK(now.state == "absent");
    const auto off = app.change(now, now.settings.text, false);
    REQUIRE(off);
    CHECK(off->state == "stopped");
    CHECK(runnable_connectors(app.ctx)->empty());
    CHECK(code_of(app.change(*off, R"({"url":"https://x","token":"********"})")) == "invalid_fields");
    CHECK(app.add(kGood, app.north).error().fields == std::vector<FieldError>{{"/plugin", "unknown_plugin"}});
}

TEST_CASE("connectors of other shops do not exist, and only admins touch them") {
    Connected app;
    const auto north = app.add(kGood, app.north);
    REQUIRE(app.add(kGood, app.south));
    const Actor agent{StaffId("A"), {Role::agent}, {app.south}, false, "staff:A"};
    const Actor south{StaffId("B"), {Role::admin}, {app.south}, false, "staff:B"};
    REQUIRE(list_connectors(app.ctx, agent, {})->items.size() == 1);
    CHECK(list_connectors(app.ctx, agent, {})->items[0].shop_id == app.south);
    CHECK(code_of(add_connector(app.ctx, agent, app.guard(agent), {app.south, "warehouse.test", "W", {kGood}})) == "permission_missing");
    CHECK(code_of(add_connector(app.ctx, south, app.guard(south), {app.north, "warehouse.test", "W", {kGood}})) == "not_found");
    CHECK(code_of(change_connector(app.ctx, south, app.guard(south), {north->id, "W", {kGood}, true})) == "not_found");
    CHECK(code_of(check_connector(app.ctx, south, app.guard(south), {north->id})) == "not_found");
    CHECK(code_of(list_plugins(app.ctx, agent, {})) == "permission_missing");
    CHECK(list_plugins(app.ctx, south, {})->items[0].id == "warehouse.test");
}

TEST_CASE("secrets in lists are sealed like others, and kept when the mask is given back") {
    const RawJson schema{R"({"type":"object","properties":{"keys":{"type":"array","items":{"type":"object","properties":{
        "name":{"type":"string"},"pin":{"type":"string","x-ac":{"secret":true}}}}}}})"};
    env::SecretKey key{};
    test::SeededRandom random;
    const auto stored = accept_settings(schema, {R"({"keys":[{"name":"a","pin":"s3cret-a"},{"name":"b","pin":"s3cret-b"}]})"}, {"{}"}, key, random);
    REQUIRE(stored);
    CHECK(stored->text.find("s3cret") == std::string::npos);
    CHECK(masked_settings(*stored).text == R"({"keys":[{"name":"a","pin":"********"},{"name":"b","pin":"********"}]})");
    const auto kept = accept_settings(schema, {R"({"keys":[{"name":"a","pin":"********"},{"name":"b","pin":"n3w-b"}]})"}, *stored, key, random);
    CHECK(opened_settings(*kept, key)->text == R"({"keys":[{"name":"a","pin":"s3cret-a"},{"name":"b","pin":"n3w-b"}]})");
}

TEST_CASE("two connectors that are on do not share a folder") {
    Connected app;
    app.ctx.plugin_catalog = [] {
        return std::vector<PluginView>{{"files", "1.0.0", "仓", "Warehouse", {"warehouse"}, {"check/1"},
                                        {R"({"type":"object","properties":{"folder":{"type":"string"}}})"}, "folder"}};
    };
    const auto add = [&](const ShopId& shop, const std::string& folder) {
        return add_connector(app.ctx, app.admin, app.guard(app.admin), {shop, "files", "Files", {R"({"folder":")" + folder + "\"}"}});
    };
    const auto first = add(app.north, "/srv/x");
    REQUIRE(first);
    CHECK(add(app.south, "/srv/./x/").error().fields == std::vector<FieldError>{{"/settings/folder", "folder_in_use"}});
    CHECK(add(app.south, "/srv/y"));
    REQUIRE(app.change(*first, first->settings.text, false));
    CHECK(add(app.south, "/srv/x"));
    const auto now = list_connectors(app.ctx, app.admin, {})->items[0];
    CHECK(code_of(app.change(now, now.settings.text, true)) == "invalid_fields");
}

TEST_CASE("a connector is started anew by its next version") {
    Connected app;
    const auto made = app.add(kGood, app.north);
    const Actor agent{StaffId("A"), {Role::agent}, {app.north}, false, "staff:A"};
    CHECK(code_of(start_connector(app.ctx, agent, app.guard(agent), {made->id})) == "permission_missing");
    REQUIRE(start_connector(app.ctx, app.admin, app.guard(app.admin), {made->id}));
    CHECK(runnable_connectors(app.ctx)->at(0).version == 2);
    CHECK(app.hints.back() == "connector 2");
    REQUIRE(app.change(list_connectors(app.ctx, app.admin, {})->items[0], made->settings.text, false));
    CHECK(code_of(start_connector(app.ctx, app.admin, app.guard(app.admin), {made->id})) == "connector_disabled");
}

TEST_CASE("what a plugin's process said is shown without secrets, to whoever manages all its connectors") {
    Connected app;
    const auto made = app.add(kGood, app.north);
    app.ctx.connector_health = [](const ConnectorId&) {
        return std::optional(ConnectorHealth{"quarantined", 4, 0, "ended", {}, {{Instant{5}, "error", "login with s3cret-value failed"}}});
    };
    const auto log = [&](const Actor& actor) { return connector_trouble(app.ctx, actor, {made->id})->log; };
    REQUIRE(log(app.admin).size() == 1);
    CHECK(log(app.admin)[0].message == "login with ******** failed");
    CHECK(log({StaffId("A"), {Role::agent}, {app.north}, false, "staff:A"}).empty());
    const Actor north{StaffId("B"), {Role::admin}, {app.north}, false, "staff:B"};
    CHECK(log(north).size() == 1);
    REQUIRE(app.add(kGood, app.south));
    CHECK(log(north).empty());
}

TEST_CASE("health comes from whoever runs the connector, and its waiting and dead messages are counted") {
    Connected app;
    const auto made = app.add(kGood, app.north);
    app.ctx.connector_health = [&](const ConnectorId& id) {
        return id == made->id ? std::optional(ConnectorHealth{"ready", 2, 140, "late", {5}}) : std::nullopt;
    };
    static constexpr auto message = db::Query::both("message",
        "INSERT INTO outbox (id, topic, payload, shop_id, case_id, connector_id, state, due_at, attempts, lease_owner, lease_until, "
        "last_error, created_at, done_at, answered) VALUES (:id, 't', '{}', 's', 'c', :connector_id, :state, 0, 0, '', 0, '', 0, 0, 0)");
    app.database->change(db::Lane::people, [&](db::Connection& c) {
        for (const auto& [id, state] : std::vector<std::pair<std::string, std::string>>{{"1", "pending"}, {"2", "pending"}, {"3", "dead"}, {"4", "done"}})
            c.write(message, {{"id", id}, {"connector_id", made->id.value}, {"state", state}});
        return true;
    });
    const ConnectorView view = list_connectors(app.ctx, app.admin, {})->items[0];
    CHECK(view.state == "ready");
    CHECK(view.restarts == 2);
    CHECK(view.p95_ms == 140);
    CHECK(view.last_error == "late");
    CHECK(view.waiting == 2);
    CHECK(view.dead == 1);
}

TEST_CASE("a connection is tested through the plugin, with no words of ours in its answer") {
    Connected app;
    const auto made = app.add(kGood, app.north);
    CHECK(code_of(check_connector(app.ctx, app.admin, app.guard(app.admin), {made->id})) == "plugins_not_running");
    std::string asked;
    app.ctx.plugins = [&](const ConnectorId&, std::string_view op, std::string_view, Duration) {
        asked = op;
        return PluginReply{false, {}, "auth", "bad_token", "the token is not known"};
    };
    const auto found = check_connector(app.ctx, app.admin, app.guard(app.admin), {made->id});
    CHECK(asked == "check/1");
    CHECK_FALSE(found->ok);
    CHECK(found->code == "bad_token");
    CHECK(found->message == "the token is not known");
    REQUIRE(app.change(*made, made->settings.text, false));
    CHECK(check_connector(app.ctx, app.admin, app.guard(app.admin), {made->id})->code == "connector_disabled");
}

TEST_CASE("the key is made once, for its owner alone, and a damaged one is said") {
    const test::TempFolder folder;
    test::SeededRandom random;
    const auto file = folder.path() / "secret.key";
    const auto made = env::load_secret_key(file, random);
    REQUIRE(made);
    CHECK(*env::load_secret_key(file, random) == *made);
    struct stat info {};
    REQUIRE(::stat(file.c_str(), &info) == 0);
    CHECK((info.st_mode & 0777) == 0600);
    CHECK(std::distance(std::filesystem::directory_iterator(folder.path()), {}) == 1);

    const std::string sealed = env::seal(*made, "hello", random);
    CHECK(*env::open_sealed(*made, sealed) == "hello");
    CHECK(env::seal(*made, "hello", random) != sealed);
    std::string changed = sealed;
    changed[40] = changed[40] == 'A' ? 'B' : 'A';
    for (const std::string& bad : {changed, std::string("AAAA"), std::string("no base64!"), std::string()})
        CHECK(code_of(env::open_sealed(*made, bad)) == "secret_unreadable");

    ::chmod(file.c_str(), 0644);
    CHECK(env::load_secret_key(file, random).error().detail.find("chmod 600") != std::string::npos);
    ::chmod(file.c_str(), 0600);
    folder.write("secret.key", "short");
    CHECK(env::load_secret_key(file, random).error().detail.find("damaged") != std::string::npos);
    CHECK(code_of(env::load_secret_key(folder.path() / "none" / "secret.key", random)) == "secret_key_unusable");
}
