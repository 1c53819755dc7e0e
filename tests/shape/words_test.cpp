#include <catch2/catch.hpp>
#include <regex>

#include "shape/sources.hpp"

using namespace aftercare::shape;

namespace {

void expect_none(const std::vector<Line>& lines, const std::regex& words, const std::string& except = "") {
    for (const Line& line : lines) {
        if (!except.empty() && line.path.starts_with(except)) continue;
        if (std::regex_search(line.text, words)) FAIL_CHECK(where(line));
    }
    CHECK(lines.size() > 1'000);
}

/// Everything people keep in the tree.
std::vector<Line> whole_tree() {
    return lines_below({"app", "sdk", "plugins", "schema", "tests", "packaging", ".ci", "CMakeLists.txt", "CMakePresets.json",
                        "README.md", "CONTRIBUTING.md", "NOTICE", ".clang-tidy", ".gitignore"});
}

}  // namespace

TEST_CASE("clock and chance come in by the front door") {
    const std::regex doors(R"(system_clock::now|std::rand\b|\bsrand\(|random_device|_distribution\b|mt19937|gettimeofday|\btime\(nullptr\))");
    expect_none(lines_below({"app", "sdk/include", "sdk/src"}), doors, "app/env/");
}

TEST_CASE("one file opens connections to others by itself") {
    const std::regex out(R"(curl_easy_perform|HTTPClientSession|HTTPSClientSession|getaddrinfo)");
    expect_none(lines_below({"app", "sdk/include"}), out, "app/connect/http_out.cpp");
}

TEST_CASE("the tree names no registry and no folder of a machine") {
    // Written in pieces, so that this file does not name them
    const std::regex hosts("registry[.]npm" "js|npm" "mirror|deb[.]debian" "[.]org|packages[.]debian" "[.]org|snapshot[.]debian");
    const std::regex folders("(^|[^.A-Za-z0-9_/-])/(work|root|home/[a-z]+|tmp/h)/");
    const auto tree = whole_tree();
    expect_none(tree, hosts);
    expect_none(tree, folders);
}
