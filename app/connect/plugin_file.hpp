#pragma once
#include <aftercare/codec/fields.hpp>
#include <string>
#include <vector>

namespace aftercare::connect {

/// What plugin.json says of one installed plugin. `folder_setting`: the setting that names the directory it may use. `stamp`
/// changes when its files do. No `streams`: all that its operations have.
struct PluginFile {
    std::string id, version, title_zh, title_en, so_path, stamp;
    std::vector<std::string> kinds, ops, streams;
    RawJson settings_schema{"{}"}, manifest{"{}"};
    std::string folder_setting;
    bool folder_write = false;
};

/// A plugin.json that cannot be used, and why (stable code).
struct BadPlugin {
    std::string path, code;
};

struct Scan {
    std::vector<PluginFile> plugins;  ///< by id; of two with the same id the first folder by name
    std::vector<BadPlugin> bad;
};

/// Reads `folder`/*/plugin.json, never the code beside it. A missing folder holds no plugins.
Scan scan(const std::string& folder);

}  // namespace aftercare::connect
