#pragma once
#include <aftercare/base/result.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace aftercare::api {

/// Decoded pairs in the order they came.
using Params = std::vector<std::pair<std::string, std::string>>;

/// UTF-8 without NUL, surrogates or over-long forms.
bool clean_text(std::string_view text);

/// Decodes "%41"; `plus`: "+" is a space. False when an escape is broken or the text is not clean.
bool percent_decode(std::string_view text, bool plus, std::string& out);

/// "a=1&b=x%20y". `invalid` "bad_query" when an escape is broken or a text is not clean.
Result<Params> parse_query(std::string_view query);

}  // namespace aftercare::api
