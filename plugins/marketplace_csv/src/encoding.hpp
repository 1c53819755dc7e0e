#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace marketplace_csv {

/// The text as UTF-8: it is that already, or GB18030. Nothing when it is neither.
std::optional<std::string> to_utf8(std::string_view text);

}  // namespace marketplace_csv
