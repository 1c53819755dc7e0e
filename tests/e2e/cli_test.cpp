#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <chrono>

#include "db/database.hpp"
#include "e2e/program.hpp"
#include "support/temp_folder.hpp"

using aftercare::test::Run;
using aftercare::test::run_program;
using aftercare::test::Service;
using aftercare::test::TempFolder;

namespace {

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

std::string sign_in(const std::string& login, const std::string& password) {
    const std::string body = R"({"login":")" + login + R"(","password":")" + password + R"("})";
    return "POST /api/v1/session HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: " +
           std::to_string(body.size()) + "\r\n\r\n" + body;
}

}  // namespace

TEST_CASE("help tells every verb, its defaults and its environment; what is no verb is 2") {
    const Run help = run_program({"--help-all"});
    CHECK(help.code == 0);
    for (const char* part : {"serve", "migrate", "user", "plugin", "openapi", "--data", "aftercare-data", "AFTERCARE_DATA_DIR",
                             "127.0.0.1", "8086", "AFTERCARE_PORT", "--plan", "import", "demo", "check", "shop"})
        CHECK(has(help.out, part));
    CHECK(has(run_program({"user", "add", "--help"}).out, "--password-stdin"));
    CHECK(run_program({"--version"}).code == 0);
    CHECK(run_program({}).code == 2);
    CHECK(run_program({"dance"}).code == 2);
    CHECK(run_program({"serve", "--no-such-option"}).code == 2);
}

TEST_CASE("a wrong configuration is said with its place and is 2") {
    const TempFolder folder;
    const Run environment = run_program({"migrate", "--plan"}, "", {"AFTERCARE_PORT=http"});
    CHECK(environment.code == 2);
    CHECK(has(environment.err, "AFTERCARE_PORT"));
    const auto file = folder.write("aftercare.toml", "port = 80\ncolour = \"red\"\n");
    const Run toml = run_program({"migrate", "--plan", "--config", file});
    CHECK(toml.code == 2);
    CHECK(has(toml.err, "aftercare.toml:2"));
}

TEST_CASE("migrate plans, migrates, and has nothing left to do") {
    const TempFolder folder;
    const std::string data = folder.path() / "data";
    const Run plan = run_program({"migrate", "--plan", "--data", data});
    CHECK(plan.code == 0);
    CHECK(has(plan.out, "base"));
    const Run first = run_program({"migrate", "--data", data});
    CHECK(first.code == 0);
    CHECK(has(first.err, "migrated the database: base"));
    CHECK(has(run_program({"migrate", "--plan", "--data", data}).out, "nothing to do"));
    struct stat info {};
    REQUIRE(::stat(data.c_str(), &info) == 0);
    CHECK((info.st_mode & 077) == 0);
}

TEST_CASE("people are added with a random password shown once, or one from stdin, and listed") {
    const TempFolder folder;
    const auto user = [&](std::vector<std::string> more, const std::string& input = {}) {
        more.insert(more.begin(), "user");
        more.insert(more.end(), {"--data", folder.path()});
        return run_program(more, input);
    };
    const Run root = user({"add", "--login", "Root", "--name", "Li Wei", "--roles", "admin,agent"});
    CHECK(root.code == 0);
    CHECK(has(root.out, "login: root"));
    CHECK(has(root.out, "password: "));
    CHECK(user({"add", "--login", "boss", "--roles", "admin", "--password-stdin"}, "a good password\n").code == 0);

    const Run again = user({"add", "--login", "root", "--roles", "admin"});
    CHECK(again.code == 1);
    const Run short_one = user({"add", "--login", "x", "--roles", "admin", "--password-stdin"}, "short\n");
    CHECK(short_one.code == 2);
    CHECK(has(short_one.err, "password: too_short"));
    CHECK(has(user({"add", "--login", "x", "--roles", "king"}).err, "no role \"king\""));
    CHECK(has(user({"add", "--login", "x", "--roles", "agent", "--shops", "moon"}).err, "no shop with the code \"moon\""));

    const Run list = user({"list"});
    CHECK(list.code == 0);
    CHECK(has(list.out, "root\tLi Wei\tadmin,agent\tall\n"));
    CHECK(has(list.out, "boss\tboss\tadmin\tall\n"));
    CHECK(user({"password", "--login", "boss"}).code == 0);
    CHECK(user({"password", "--login", "nobody"}).code == 1);
}

TEST_CASE("the demo shop comes and goes, and an empty house says how it is set up") {
    const TempFolder folder;
    const Run made = run_program({"demo", "--data", folder.path()});
    CHECK(made.code == 0);
    CHECK(has(made.out, "login: demo\npassword: "));
    CHECK(has(run_program({"demo", "--data", folder.path()}).out, "here already"));
    CHECK(has(run_program({"user", "list", "--data", folder.path()}).out, "\tall\n"));
    const Run gone = run_program({"demo", "--remove", "--data", folder.path()});
    CHECK(gone.code == 0);
    CHECK(has(gone.out, "removed: "));
    CHECK(run_program({"user", "list", "--data", folder.path()}).out == "login\tname\troles\tshops\n");
    CHECK(run_program({"check", "--data", folder.path()}).code == 0);
    CHECK(run_program({"demo", "--remove", "--data", folder.path()}).code == 1);

    Service service({"serve", "--data", folder.path()});
    CHECK(has(service.request("GET /api/v1/setup HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"), "\"needed\":true"));
    CHECK(service.stop(SIGTERM) == 0);
}

TEST_CASE("shops are added with a code of their own, and listed") {
    const TempFolder folder;
    const auto shop = [&](std::vector<std::string> more) {
        more.insert(more.begin(), "shop");
        more.insert(more.end(), {"--data", folder.path()});
        return run_program(more);
    };
    const Run north = shop({"add", "North Store", "--code", "north"});
    CHECK(north.code == 0);
    CHECK(north.out == "shop: north\n");
    CHECK(shop({"add", "Isle", "--code", "isle", "--currency", "GBP", "--zone", "Europe/London"}).code == 0);
    CHECK(has(shop({"list"}).out, "code\tname\tcurrency\tzone\nnorth\tNorth Store\tCNY\tAsia/Shanghai\nisle\tIsle\tGBP\tEurope/London\n"));
    const Run taken = shop({"add", "Again", "--code", "north"});
    CHECK(taken.code == 1);
    const Run bad = shop({"add", "Moon", "--code", "moon", "--currency", "yen", "--zone", "Moon/Sea"});
    CHECK(bad.code == 2);
    CHECK(has(bad.err, "currency: bad_format"));
    CHECK(has(bad.err, "zone: unknown_zone"));
    CHECK(shop({"add", "Nameless"}).code == 2);
    const Run user = run_program({"user", "add", "--login", "mei", "--roles", "agent", "--shops", "north", "--data", folder.path()});
    CHECK(user.code == 0);
}

TEST_CASE("plugins are listed; one that no connector uses cannot be switched") {
    const TempFolder folder;
    const std::string plugins = folder.path() / "plugins";
    const Run none = run_program({"plugin", "list", "--data", folder.path() / "data", "--plugins", plugins});
    CHECK(none.code == 0);
    CHECK(has(none.out, "no plugins in " + plugins));
    const Run off = run_program({"plugin", "disable", "warehouse_files", "--data", folder.path() / "data"});
    CHECK(off.code == 1);
    CHECK(has(off.err, "warehouse_files"));
}

TEST_CASE("a folder that cannot be used is said in plain words") {
    const TempFolder folder;
    const auto file = folder.write("file", "");
    const Run not_a_folder = run_program({"migrate", "--data", file});
    CHECK(not_a_folder.code == 1);
    CHECK(has(not_a_folder.err, "is not a folder"));
    if (::geteuid() != 0) {  // the superuser may write anywhere
        ::chmod(folder.path().c_str(), 0500);
        CHECK(has(run_program({"migrate", "--data", folder.path()}).err, "cannot be written"));
        ::chmod(folder.path().c_str(), 0700);
    }
    const auto damaged = folder.write("damaged.db", std::string(4096, 'x'));
    const Run bad = run_program({"migrate", "--data", folder.path(), "--database", damaged});
    CHECK(bad.code == 1);
    CHECK_FALSE(has(bad.err, "unexpected"));
    CHECK(has(bad.err, "damaged.db"));
}

TEST_CASE("a database of a newer program is left alone and said") {
    namespace db = aftercare::db;
    const TempFolder folder;
    REQUIRE(run_program({"migrate", "--data", folder.path()}).code == 0);
    db::Options options;
    options.url = (folder.path() / "aftercare.db").string();
    db::Database::open(options)->change(db::Lane::people, [](db::Connection& c) {
        c.execute_script("INSERT INTO schema_migration (version, name, checksum, applied_at) VALUES (9999, 'of_tomorrow', '', 0)");
        return true;
    });
    for (const char* verb : {"serve", "migrate"}) {
        const Run newer = run_program({verb, "--data", folder.path()});
        CHECK(newer.code == 1);
        CHECK(has(newer.err, "newer version"));
        CHECK(has(newer.err, "of_tomorrow"));
    }
}

TEST_CASE("the service starts, signs people in, says that its port is taken, and stops when told") {
    const TempFolder folder;
    const std::string data = folder.path() / "data";
    REQUIRE(run_program({"user", "add", "--login", "root", "--roles", "admin", "--password-stdin", "--data", data}, "a good password").code == 0);
    Service service({"serve", "--data", data});
    CHECK(has(service.request("GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"), "200 OK"));
    CHECK(has(service.request("GET /readyz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"), "200 OK"));
    CHECK(has(service.request(sign_in("root", "a good password")), "Set-Cookie: ac_session="));
    CHECK(has(service.request(sign_in("root", "a bad password")), "wrong_login"));

    const Run second = run_program({"serve", "--data", folder.path() / "other", "--port", std::to_string(service.port())});
    CHECK(second.code == 1);
    CHECK(has(second.err, std::to_string(service.port())));

    // Another process on the same file is fine: the person it adds can sign in here.
    REQUIRE(run_program({"user", "add", "--login", "late", "--roles", "admin", "--password-stdin", "--data", data}, "a good password").code == 0);
    CHECK(has(service.request(sign_in("late", "a good password")), "Set-Cookie: ac_session="));

    const auto start = std::chrono::steady_clock::now();
    CHECK(service.stop(SIGTERM) == 0);
    CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(5));
}

TEST_CASE("festivals are printed without a database, years and days at the edges included; what is no range is 2") {
    const Run all = run_program({"festivals", "--from", "2026-12-22", "--to", "2027", "--json"});
    CHECK(all.code == 0);
    CHECK(all.out.rfind(R"([{"date":"2026-12-22","id":"winter-solstice","name_zh":"冬至","name_en":"Winter Solstice"},)", 0) == 0);
    CHECK(has(all.out, R"({"date":"2027-02-06","id":"spring-festival","name_zh":"春节","name_en":"Spring Festival"})"));
    CHECK(has(run_program({"festivals", "--from", "2027"}).out, "2027-02-05  new-years-eve"));
    const Run last = run_program({"festivals", "--from", "2100", "--to", "2100"});
    CHECK(has(last.out, "2100-12-25"));
    CHECK_FALSE(has(last.out, "2101"));
    const std::pair<const char*, const char*> wrong[] = {{"1900", "1950"}, {"2100", "2101"}, {"2027", "2026"}, {"next", "2027"}, {"2027-02-30", "2028"}};
    for (const auto& [from, to] : wrong) {
        const Run refused = run_program({"festivals", "--from", from, "--to", to});
        CHECK(refused.code == 2);
        CHECK(has(refused.err, "--"));
    }
}

TEST_CASE("days off are imported from a file or a folder; a wrong one names its field and keeps nothing") {
    const TempFolder folder;
    const std::string data = folder.path() / "data";
    const auto import = [&](const std::string& from) { return run_program({"calendar", "import", from, "--data", data}); };
    const auto year = [](const std::string& date) { return R"({"year":2027,"papers":["p"],"days":[{"name":"元旦","date":")" + date + R"(","isOffDay":true}]})"; };
    const auto good = folder.write("2027.json", year("2027-01-01"));
    folder.write("schema.json", "{}");
    CHECK(has(import(good).out, "CN 2027: 1 days"));
    CHECK(has(import(folder.path()).out, "CN 2027: 1 days, as before"));
    const Run wrong = import(folder.write("wrong.json", year("2027-02-30")));
    CHECK(wrong.code == 2);
    CHECK(has(wrong.err, "file/days/0/date: bad_date"));
    CHECK(import(folder.write("broken.json", "{")).code == 2);
    CHECK(import(folder.path() / "nothing.json").code == 2);
}
