#include "env/config.hpp"

#include <catch2/catch.hpp>

#include "support/temp_folder.hpp"

using namespace aftercare;
using env::load_config;

namespace {
std::string refusal(const std::string& toml) {
    const test::TempFolder folder;
    const auto file = folder.write("shop.toml", toml);
    const auto config = load_config(file, {});
    REQUIRE_FALSE(config);
    CHECK(config.error().code == "config_invalid");
    return config.error().detail.substr(folder.path().string().size() + 1);
}
}  // namespace

TEST_CASE("without a file the defaults hold") {
    const auto config = load_config(std::nullopt, {});
    REQUIRE(config);
    CHECK(config->host == "127.0.0.1");
    CHECK(config->port == 8086);
    CHECK(config->zone == "Asia/Shanghai");
    CHECK(config->database_url() == "aftercare-data/aftercare.db");
}

TEST_CASE("the file goes over the defaults, the environment over the file") {
    const test::TempFolder folder;
    const auto file = folder.write("shop.toml", "port = 9000\nworkers = 64\nzone = \"Europe/London\"\ndata_dir = \"/srv/desk\"\n");
    const auto config = load_config(file, {{"AFTERCARE_PORT", "9001"}, {"AFTERCARE_HOST", ""}, {"AFTERCARE_OTHER", "x"}});
    REQUIRE(config);
    CHECK(config->port == 9001);
    CHECK(config->workers == 64);
    CHECK(config->zone == "Europe/London");
    CHECK(config->host == "127.0.0.1");
    CHECK(config->database_url() == "/srv/desk/aftercare.db");
    CHECK(load_config(file, {{"AFTERCARE_DATABASE", "postgresql:///desk"}})->database_url() == "postgresql:///desk");
}

TEST_CASE("a wrong file is refused with its line, its field and what the field must be") {
    CHECK(refusal("host = \"::\"\nport = 65536\n") == "shop.toml:2: port must be a number from 0 to 65535");
    CHECK(refusal("port = \"8086\"\n") == "shop.toml:1: port must be a number from 0 to 65535");
    CHECK(refusal("zone = \"Asia/Atlantis\"\n") == "shop.toml:1: zone must be a time zone such as Asia/Shanghai");
    CHECK(refusal("\n\nprot = 1\n") == "shop.toml:3: prot is no field of this file");
    CHECK(refusal("webhook_reach = \"all\"\n") == "shop.toml:1: webhook_reach must be public or lan");
    CHECK(refusal("database = \"\"\n") == "shop.toml:1: database must be the path of a file or postgresql://…");
    CHECK(refusal("body_limit = 99999999999999\n").starts_with("shop.toml:1: body_limit must be a number of bytes"));
    CHECK(refusal("port = = 1\n").starts_with("shop.toml:1: "));
}

TEST_CASE("a missing file and a wrong variable are refused by name") {
    CHECK(load_config("/nowhere/shop.toml", {}).error().detail.starts_with("/nowhere/shop.toml"));
    const auto config = load_config(std::nullopt, {{"AFTERCARE_SESSION_HOURS", "-1"}});
    REQUIRE_FALSE(config);
    CHECK(config.error().detail == "environment variable AFTERCARE_SESSION_HOURS must be a number from 1 to 720");
    CHECK(config.error().fields.at(0).pointer == "/session_hours");
}
