#include <catch2/catch.hpp>
#include <map>
#include <regex>
#include <set>

#include "shape/sources.hpp"

using namespace aftercare::shape;

namespace {

/// Who may include whom (CONTRIBUTING.md shows the picture). A new room is one row here and one target. `cli` may everything.
const std::map<std::string, std::set<std::string>> kMayInclude{
    {"env", {}},
    {"domain", {}},
    {"db", {"env"}},
    {"store", {"db", "domain"}},
    {"usecase", {"store", "domain", "env"}},
    {"connect", {"env"}},
    {"jobs", {"usecase", "connect", "domain", "env"}},
    {"api", {"usecase", "domain", "env"}},
    {"plugin_host", {}},
    {"plugin_tool", {"connect", "env"}},
};
const std::set<std::string> kRoomsOfMain{"cli", "console"};

/// The room that an `#include "room/…"` names; empty for other lines. `sql/…` is made from schema/ at build time.
std::string included_room(const std::string& text) {
    if (text.find("#include") == text.npos && text.find("# include") == text.npos) return "";  // most lines, at little cost
    static const std::regex include(R"re(^\s*#\s*include\s+"([^/"]+)/[^"]+")re");
    std::smatch found;
    return std::regex_search(text, found, include) ? found[1].str() : "";
}

bool is_room(const std::string& name) { return kMayInclude.count(name) > 0 || kRoomsOfMain.count(name) > 0; }

}  // namespace

TEST_CASE("each room includes only the rooms below it") {
    for (const Line& line : lines_below({"app"})) {
        const auto room = std::filesystem::path(line.path).parent_path().string().substr(3);
        if (room.empty()) continue;  // app/main.cpp
        const std::string from = room.substr(1, room.find('/', 1) - 1);
        if (kRoomsOfMain.count(from)) continue;
        const auto row = kMayInclude.find(from);
        if (row == kMayInclude.end()) FAIL("no room is called " << from << ": " << line.path);
        const std::string to = included_room(line.text);
        if (is_room(to) && to != from && !row->second.count(to)) FAIL_CHECK(where(line));
    }
    SUCCEED();
}

TEST_CASE("the sdk and the plugins know nothing of the rooms") {
    for (const Line& line : lines_below({"sdk", "plugins"})) {
        if (const std::string to = included_room(line.text); is_room(to)) FAIL_CHECK(where(line));
    }
    SUCCEED();
}
