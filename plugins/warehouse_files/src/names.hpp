#pragma once
#include <aftercare/plugin.hpp>
#include <algorithm>
#include <string>
#include <string_view>

/// Names of the files that are written for the warehouse.
namespace warehouse_files {

inline constexpr std::string_view kBom = "\xEF\xBB\xBF";  // Excel reads Chinese only with it

/// The file's name without its ending; `invalid` "bad_key" for a key that cannot be part of it.
inline aftercare::plugin::Answer<std::string> name_of(std::string_view prefix, const std::string& key) {
    const bool good = key.size() <= 64 && std::all_of(key.begin(), key.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
    });
    if (good) return std::string(prefix) + key;
    aftercare::PluginError error{aftercare::ErrorClass::invalid, "bad_key", {}, {}, 0, {{"/key", "bad_key"}}};
    return tl::unexpected<aftercare::PluginError>(std::move(error));
}

}  // namespace warehouse_files
