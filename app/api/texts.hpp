#pragma once
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// The sentences of schema/text, embedded at build.
namespace aftercare::api {

enum class Language { zh, en };

/// The best of ours for an Accept-Language header; Chinese when it names neither.
Language language_of(std::string_view accept_language);

/// The sentence under `key` with its {names} filled from `params`; empty when there is none.
/// {x} is the value of x, our words in the language's; {x_minor} is the same value as an amount with two places ("310.27"), {x_time} as a
/// time ("2025-12-04T08:00:00Z").
std::string sentence(Language language, const std::string& key, const std::vector<std::pair<std::string, std::string>>& params = {});

}  // namespace aftercare::api
