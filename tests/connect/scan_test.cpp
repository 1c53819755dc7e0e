#include <catch2/catch.hpp>
#include <filesystem>

#include "connect/plugin_file.hpp"
#include "support/temp_folder.hpp"

using namespace aftercare;
namespace fs = std::filesystem;

namespace {

const std::string kGood = R"({"id":"demo","version":"1.2.0","kinds":["warehouse"],"title":{"zh":"演示","en":"Demo"},
  "ops":{"check/1":{},"warehouse.pull/1":{}},"streams":["receipts"],"settings":{"type":"object"},
  "permissions":{"folders":[{"setting":"inbox","write":true}]},"later":[1]})";

void add(const test::TempFolder& temp, const std::string& name, const std::string& manifest, bool module = true) {
    fs::create_directories(temp.path() / name);
    temp.write(name + "/plugin.json", manifest);
    if (module) temp.write(name + "/" + name + ".so", "not looked at");
}

std::string why(const connect::Scan& scan, const std::string& name) {
    for (const auto& each : scan.bad)
        if (fs::path(each.path).filename() == name) return each.code;
    return "";
}

}  // namespace

TEST_CASE("plugins are found by their plugin.json alone") {
    test::TempFolder temp;
    add(temp, "demo", kGood);
    fs::create_directories(temp.path() / "nothing_here");
    const auto found = connect::scan(temp.path().string());
    CHECK(found.bad.empty());
    REQUIRE(found.plugins.size() == 1);
    const auto& p = found.plugins[0];
    CHECK(p.id == "demo");
    CHECK(p.version == "1.2.0");
    CHECK(p.title_zh == "演示");
    CHECK(p.kinds == std::vector<std::string>{"warehouse"});
    CHECK(p.ops == std::vector<std::string>{"check/1", "warehouse.pull/1"});
    CHECK(p.streams == std::vector<std::string>{"receipts"});
    CHECK(p.folder_setting == "inbox");
    CHECK(p.folder_write);
    CHECK(p.settings_schema.text == R"({"type":"object"})");
    CHECK(fs::path(p.so_path).filename() == "demo.so");
}

TEST_CASE("a plugin.json that cannot be used is named with its reason, and the others go on") {
    test::TempFolder temp;
    add(temp, "a_good", kGood);
    add(temp, "b_same", kGood);
    add(temp, "c_cut", R"({"id":"cut")");
    add(temp, "d_empty", "{}");
    add(temp, "e_path", R"({"id":"../x","version":"1","kinds":["payment"],"title":{"zh":"a","en":"b"},"ops":{"check/1":{}}})");
    add(temp, "f_no_ops", R"({"id":"f","version":"1","kinds":["payment"],"title":{"zh":"a","en":"b"},"ops":{}})");
    add(temp, "g_no_module", R"({"id":"g","version":"1","kinds":["payment"],"title":{"zh":"a","en":"b"},"ops":{"check/1":{}}})", false);
    add(temp, "h_deep", std::string(5'000, '['));
    add(temp, "i_long", std::string(2 << 20, ' '));
    const auto found = connect::scan(temp.path().string());
    CHECK(found.plugins.size() == 1);
    CHECK(why(found, "b_same") == "same_id_twice");
    CHECK(why(found, "c_cut") == "manifest_not_json");
    CHECK(why(found, "d_empty") == "manifest_bad_fields");
    CHECK(why(found, "e_path") == "bad_plugin_id");
    CHECK(why(found, "f_no_ops") == "no_operations");
    CHECK(why(found, "g_no_module") == "module_missing");
    CHECK_FALSE(why(found, "h_deep").empty());
    CHECK(why(found, "i_long") == "manifest_too_long");
}

TEST_CASE("a missing plugins folder holds no plugins") { CHECK(connect::scan("/nonexistent/plugins").plugins.empty()); }
