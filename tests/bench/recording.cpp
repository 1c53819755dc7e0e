#include "bench/recording.hpp"

#include <algorithm>

namespace aftercare::bench {

namespace {

// The raw programs say these themselves, or (the block of 100 numbers) would not need them at all.
bool belongs_to_the_frame(std::string_view text) {
    return text.starts_with("BEGIN") || text == "COMMIT" || text == "ROLLBACK" || text.starts_with("UPDATE counter");
}

}  // namespace

db::Observer Recorder::observer() {
    return [this](std::string_view text, std::span<const db::Value> values) { see(text, values); };
}

void Recorder::see(std::string_view text, std::span<const db::Value> values) {
    if (recording_.changes.empty() || belongs_to_the_frame(text)) return;
    auto& texts = recording_.texts;
    auto found = std::find(texts.begin(), texts.end(), text);
    if (found == texts.end()) found = texts.insert(texts.end(), std::string(text));
    Step step{static_cast<std::size_t>(found - texts.begin()), {}};
    for (const db::Value& value : values) {
        if (const auto* integer = std::get_if<std::int64_t>(&value)) step.values.emplace_back(*integer);
        else if (const auto* words = std::get_if<std::string_view>(&value)) step.values.emplace_back(std::string(*words));
        else step.values.emplace_back(nullptr);
    }
    recording_.changes.back().push_back(std::move(step));
}

}  // namespace aftercare::bench
