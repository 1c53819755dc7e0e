#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace aftercare::env {

/// The bytes behind standard base64 with its padding; nullopt for anything else.
std::optional<std::string> from_base64(std::string_view text);

}  // namespace aftercare::env
