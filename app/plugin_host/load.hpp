#pragma once
#include <aftercare/plugin.h>

#include <string>
#include <string_view>

namespace aftercare::plugin_host {

/// Why a plugin cannot be used: not_readable, not_loadable, bad_table, wrong_abi, manifest_mismatch.
struct LoadError {
    std::string code, message;
};

/// Loads the module at `path` from a sealed copy and gives its table, reduced to what both sides know. `manifest` is what
/// plugin.json says; the plugin must say the same. Throws LoadError. The module stays until the process ends.
ac_plugin load(const std::string& path, std::string_view manifest);

}  // namespace aftercare::plugin_host
