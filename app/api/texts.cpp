#include "api/texts.hpp"

#include <charconv>
#include <nlohmann/json.hpp>
#include <unordered_map>

#include "api/embedded.hpp"
#include "env/webhook.hpp"

namespace aftercare::api {

namespace {

using Texts = std::unordered_map<std::string, std::string>;

Texts load(std::string_view json) { return nlohmann::json::parse(json).get<Texts>(); }

const Texts& texts(Language language) {
    static const Texts zh = load(kTextZh), en = load(kTextEn);
    return language == Language::zh ? zh : en;
}

/// "31027" → "310.27"; what is no number stays as it is.
std::string amount(const std::string& minor) {
    std::int64_t value = 0;
    const auto [end, failed] = std::from_chars(minor.data(), minor.data() + minor.size(), value);
    if (failed != std::errc{} || end != minor.data() + minor.size()) return minor;
    std::string digits = minor.substr(value < 0 ? 1 : 0);
    if (digits.size() < 3) digits.insert(0, 3 - digits.size(), '0');
    digits.insert(digits.size() - 2, ".");
    return (value < 0 ? "-" : "") + digits;
}

/// "1764835200000" → "2025-12-04T08:00:00Z"; what is no time stays as it is.
std::string moment(const std::string& ms) {
    std::int64_t value = 0;
    const auto [end, failed] = std::from_chars(ms.data(), ms.data() + ms.size(), value);
    return failed == std::errc{} && end == ms.data() + ms.size() ? env::utc_text({value}) : ms;
}

using Params = std::vector<std::pair<std::string, std::string>>;

/// A state, kind or permission in the language's own word; a list of them ("a,b") word by word; anything else as it is. A list that a
/// param is called after goes before the others: words may stand in several.
std::string words(Language language, const std::string& value, const Params& params) {
    if (const auto comma = value.find(','); comma != std::string::npos)
        return words(language, value.substr(0, comma), params) + (language == Language::zh ? "、" : ", ") + words(language, value.substr(comma + 1), params);
    std::vector<std::string> lists;
    for (const auto& param : params) lists.push_back(param.first);
    for (const char* list : {"decision", "header", "permission", "kind", "stage", "department", "fact", "outside", "exclusion"}) lists.emplace_back(list);
    for (const std::string& list : lists)
        if (const auto found = texts(language).find("word." + list + "." + value); found != texts(language).end()) return found->second;
    return value;
}

void fill(std::string& text, const std::string& hole, const std::string& filling) {
    for (auto at = text.find(hole); at != std::string::npos; at = text.find(hole, at + filling.size())) text.replace(at, hole.size(), filling);
}

double weight(std::string_view item) {
    const auto at = item.find("q=");
    if (at == std::string_view::npos) return 1;
    double q = 0;  // an unreadable weight counts as "not wanted"
    std::from_chars(item.data() + at + 2, item.data() + item.size(), q);
    return q;
}

}  // namespace

Language language_of(std::string_view header) {
    Language best = Language::zh;
    double best_weight = 0;
    while (!header.empty()) {
        const auto end = std::min(header.find(','), header.size());
        std::string_view item = header.substr(0, end);
        header.remove_prefix(std::min(end + 1, header.size()));
        item.remove_prefix(std::min(item.find_first_not_of(' '), item.size()));
        const bool zh = item.starts_with("zh"), en = item.starts_with("en");
        if (!zh && !en) continue;
        if (const double q = weight(item); q > best_weight) best_weight = q, best = zh ? Language::zh : Language::en;
    }
    return best;
}

std::string sentence(Language language, const std::string& key, const Params& params) {
    const auto found = texts(language).find(key);
    if (found == texts(language).end()) return {};
    std::string text = found->second;
    for (const auto& [name, value] : params) {
        fill(text, '{' + name + '}', words(language, value, params));
        fill(text, '{' + name + "_minor}", amount(value));
        fill(text, '{' + name + "_time}", moment(value));
    }
    return text;
}

}  // namespace aftercare::api
