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
/// {x_minor} is an amount in minor units and is written with two places ("310.27").
std::string sentence(Language language, const std::string& key, const std::vector<std::pair<std::string, std::string>>& params = {});

}  // namespace aftercare::api
