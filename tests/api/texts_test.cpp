#include "api/texts.hpp"

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <regex>
#include <set>

using namespace aftercare::api;

namespace {

namespace fs = std::filesystem;

std::string read(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

std::map<std::string, std::string> texts(const char* file) { return nlohmann::json::parse(read(fs::path("schema/text") / file)); }

std::set<std::string> holes(const std::string& text) {
    static const std::regex hole(R"(\{\w+\})");
    return {std::sregex_token_iterator(text.begin(), text.end(), hole), {}};
}

/// The codes that the sources of some rooms give to a refusal, or to a way out of one.
std::set<std::string> codes(std::initializer_list<const char*> rooms, const std::vector<std::regex>& patterns) {
    std::set<std::string> found;
    for (const char* room : rooms) {
        for (const auto& entry : fs::recursive_directory_iterator(fs::path("app") / room)) {
            if (entry.path().extension() != ".cpp" && entry.path().extension() != ".hpp") continue;
            const std::string text = read(entry.path());
            for (const auto& pattern : patterns)
                for (std::sregex_iterator at(text.begin(), text.end(), pattern), end; at != end; ++at) found.insert((*at)[1]);
        }
    }
    return found;
}

void check_all(const char* prefix, const std::set<std::string>& all) {
    const auto zh = texts("zh-CN.json");
    for (const auto& code : all) {
        CAPTURE(code);
        CHECK(zh.count(prefix + code) == 1);
    }
}

}  // namespace

TEST_CASE("both languages have the same keys and the same holes") {
    const auto zh = texts("zh-CN.json"), en = texts("en.json");
    for (const auto& [key, text] : zh) {
        CAPTURE(key);
        REQUIRE(en.count(key) == 1);
        CHECK((!text.empty() || key == "ui.sentence_gap"));  // Chinese sentences stand without a gap
        CHECK(holes(text) == holes(en.at(key)));
    }
    for (const auto& [key, text] : en) {
        CAPTURE(key);
        CHECK(zh.count(key) == 1);
    }
}

TEST_CASE("every code of a refusal has its sentence") {
    const std::vector<std::regex> patterns{std::regex(R"re((?:fail|refuse)\((?:ErrorKind::\w+, *)?"(\w+)")re"),
                                           std::regex(R"re(Error(?: \w+)?\{ErrorKind::\w+, *"(\w+)")re"),
                                           std::regex(R"re((?:Refused|refuse\()\{"(\w+)")re"),
                                           std::regex(R"re(\.code = "(\w+)")re")};
    const auto all = codes({"domain", "usecase", "store", "api", "env"}, patterns);
    CHECK(all.count("return_window_passed") == 1);
    CHECK(all.count("not_acceptable") == 1);
    CHECK(all.size() > 90);
    check_all("problem.", all);
}

TEST_CASE("every way out has its sentence") {
    const std::vector<std::regex> patterns{std::regex(R"re(\{"(\w+)", \{[{}])re"), std::regex(R"re(remedy\("(\w+)")re")};
    const auto all = codes({"domain"}, patterns);
    CHECK(all.size() > 30);
    check_all("remedy.", all);
}

TEST_CASE("where the rules refuse, every hole of the sentence and of its ways out is filled") {
    const auto zh = texts("zh-CN.json");
    const std::regex refusal(R"re((?:refuse\(|ErrorKind::refused, )"(\w+)"([^;]*);)re"), bare(R"re(\{"(\w+)", \{\}\})re"), kind(R"(_(minor|time)\}$)");
    std::size_t seen = 0;
    for (const auto& entry : fs::directory_iterator("app/domain")) {
        const std::string source = read(entry.path());
        for (std::sregex_iterator at(source.begin(), source.end(), refusal), end; at != end; ++at, ++seen) {
            const std::string code = (*at)[1], said = (*at)[2];
            CAPTURE(entry.path(), code);
            for (const auto& hole : holes(zh.at("problem." + code))) {
                const std::string name = std::regex_replace(hole, kind, "}");
                CHECK(said.find("{\"" + name.substr(1, name.size() - 2) + "\",") != std::string::npos);
            }
        }
        for (std::sregex_iterator at(source.begin(), source.end(), bare), end; at != end; ++at) {
            CAPTURE(entry.path(), (*at)[1].str());
            if (const auto way = zh.find("remedy." + (*at)[1].str()); way != zh.end()) CHECK(holes(way->second).empty());
        }
    }
    CHECK(seen > 100);
}

TEST_CASE("the sentences keep to the house's words") {
    for (const auto& [key, text] : texts("zh-CN.json")) {
        if (key.rfind("problem.", 0) != 0 && key.rfind("remedy.", 0) != 0) continue;
        CAPTURE(key, text);
        for (const char* word : {"请", "哦", "！", "系统错误", "您"}) {
            if (std::string(word) == "请" && (text.find("申请") != std::string::npos || text.find("请求") != std::string::npos)) continue;
            CHECK(text.find(word) == std::string::npos);
        }
        CHECK(text.substr(text.size() - 3) == "。");
    }
}

TEST_CASE("a sentence is filled: values, amounts, our words") {
    CHECK(sentence(Language::zh, "problem.over_limit", {{"amount", "31027"}, {"limit", "30000"}}) == "310.27 超过你的额度 300.00。");
    CHECK(sentence(Language::en, "problem.over_limit", {{"amount", "7"}, {"limit", "-100"}}) == "0.07 is above your limit of -1.00.");
    CHECK(sentence(Language::en, "problem.qty_not_available", {{"requested", "3"}, {"available", "{requested}"}}).find("only {requested} with") !=
          std::string::npos);
    CHECK(sentence(Language::en, "problem.no_such_code").empty());
    CHECK(sentence(Language::en, "problem.appeal_open", {{"until", "1764835200000"}}).find("2025-12-04T08:00:00Z") != std::string::npos);
    CHECK(sentence(Language::en, "problem.appeal_open", {{"until", "soon"}}).find("soon") != std::string::npos);
    CHECK(sentence(Language::zh, "problem.wrong_repair_stage", {{"repair", "done"}, {"allowed", "repairing,testing"}}) ==
          "维修现在是“" + sentence(Language::zh, "word.repair.done") + "”，“" + sentence(Language::zh, "word.repair.repairing") + "、" +
              sentence(Language::zh, "word.repair.testing") + "”时才能这样做。");
}

TEST_CASE("the language is the best of those the caller takes") {
    CHECK(language_of("") == Language::zh);
    CHECK(language_of("de-DE,de;q=0.9") == Language::zh);
    CHECK(language_of("en-GB") == Language::en);
    CHECK(language_of("de, en;q=0.3, zh;q=0.7") == Language::zh);
    CHECK(language_of("zh;q=0.1,en;q=x, en;q=0.5") == Language::en);
    CHECK(language_of("zh-TW,en") == Language::zh);
}
