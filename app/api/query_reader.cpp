#include "api/query_reader.hpp"

namespace aftercare::api {

namespace {

const std::string* find_in(const Params& params, std::string_view name) {
    for (const auto& [each, text] : params)
        if (each == name) return &text;
    return nullptr;
}

}  // namespace

const std::string* QueryReader::find(std::string_view name) const {
    const std::string* text = find_in(path_, name);
    return text ? text : find_in(query_, name);
}

bool QueryReader::integer(const std::string& text, std::string_view name, Between range, std::int64_t& value) {
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (failed == std::errc::result_out_of_range) return error(name, "out_of_range"), false;
    if (failed != std::errc{} || end != text.data() + text.size()) return error(name, "not_an_integer"), false;
    if (value < range.low || value > range.high) return error(name, "out_of_range"), false;
    return true;
}

void QueryReader::take(const std::string& text, std::string_view name, Length limit, std::string& value) {
    if (text.size() < limit.low) return error(name, "too_short");
    if (text.size() > limit.high) return error(name, "too_long");
    value = text;
}

void QueryReader::error(std::string_view name, std::string code) {
    if (errors_.size() < 100) errors_.push_back({"/" + std::string(name), std::move(code)});
}

Result<void> QueryReader::finish() {
    for (std::size_t i = 0; i < query_.size(); ++i) {
        const std::string& name = query_[i].first;
        if (std::find(asked_.begin(), asked_.end(), name) == asked_.end() || find_in(path_, name)) error(name, "unknown_field");
        else if (find_in(query_, name) != &query_[i].second) error(name, "given_twice");
    }
    if (errors_.empty()) return {};
    return fail(Error{ErrorKind::invalid, "invalid_fields", std::move(errors_), {}, {}, {}});
}

}  // namespace aftercare::api
