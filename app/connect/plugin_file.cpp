#include "connect/plugin_file.hpp"

#include <algorithm>
#include <aftercare/codec/json.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>

namespace aftercare::connect {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

constexpr std::uintmax_t kMaxManifest = 1 << 20;

struct Title {
    std::string zh, en;
};
template <class Io>
void fields(Io& io, Title& t) {
    io("zh", t.zh, length(1, 100));
    io("en", t.en, length(1, 100));
}

struct FolderRight {
    std::string setting;
    bool write = false;
};
template <class Io>
void fields(Io& io, FolderRight& f) {
    io("setting", f.setting, length(1, 100));
    io("write", f.write, maybe);
}

struct Permissions {
    std::vector<FolderRight> folders;
};
template <class Io>
void fields(Io& io, Permissions& p) {
    io("folders", p.folders, maybe, length(0, 1));
}

/// plugin.json, as far as the service needs it.
struct Manifest {
    std::string id, version;
    std::vector<std::string> kinds, streams;
    Title title;
    RawJson ops, settings{"{}"};
    Permissions permissions;
};
template <class Io>
void fields(Io& io, Manifest& m) {
    io("id", m.id, length(1, 100));
    io("version", m.version, length(1, 50));
    io("kinds", m.kinds, length(1, 5));
    io("title", m.title);
    io("ops", m.ops);
    io("streams", m.streams, maybe, length(0, 100));
    io("settings", m.settings, maybe);
    io("permissions", m.permissions, maybe);
}

bool good_id(const std::string& id) {
    return std::all_of(id.begin(), id.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '.';
    });
}

std::string read_file(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

std::string stamp_of(const fs::path& path) {
    std::error_code ec;
    const auto size = fs::file_size(path, ec);
    return std::to_string(size) + "@" + std::to_string(fs::last_write_time(path, ec).time_since_epoch().count()) + " ";
}

/// An empty code: `file` is good.
std::string read_plugin(const fs::path& folder, PluginFile& file) {
    std::error_code ec;
    const auto path = folder / "plugin.json";
    const auto size = fs::file_size(path, ec);
    if (ec) return "manifest_unreadable";
    if (size > kMaxManifest) return "manifest_too_long";
    const auto text = read_file(path);
    auto manifest = decode<Manifest>(text);
    if (!manifest) return manifest.error().code == "not_json" ? "manifest_not_json" : "manifest_bad_fields";
    if (!good_id(manifest->id)) return "bad_plugin_id";
    const auto ops = Json::parse(manifest->ops.text);
    if (!ops.is_object() || ops.empty()) return "no_operations";
    for (const auto& [name, facts] : ops.items()) {
        if (!facts.is_object()) return "bad_operation";
        file.ops.push_back(name);
    }
    const auto module = folder / (folder.filename().string() + ".so");
    if (!fs::is_regular_file(module, ec)) return "module_missing";
    file.id = std::move(manifest->id);
    file.version = std::move(manifest->version);
    file.title_zh = std::move(manifest->title.zh);
    file.title_en = std::move(manifest->title.en);
    file.kinds = std::move(manifest->kinds);
    file.streams = std::move(manifest->streams);
    file.so_path = fs::absolute(module).string();
    file.stamp = stamp_of(path) + stamp_of(module);
    file.settings_schema = std::move(manifest->settings);
    file.manifest = {text};
    if (!manifest->permissions.folders.empty()) {
        file.folder_setting = manifest->permissions.folders.front().setting;
        file.folder_write = manifest->permissions.folders.front().write;
    }
    return {};
}

}  // namespace

Scan scan(const std::string& folder) {
    Scan found;
    std::error_code ec;
    std::set<fs::path> candidates;
    for (auto it = fs::directory_iterator(folder, ec); !ec && it != fs::directory_iterator(); it.increment(ec)) {
        std::error_code unreadable;
        if (it->is_directory(unreadable) && fs::exists(it->path() / "plugin.json", unreadable)) candidates.insert(it->path());
    }
    std::set<std::string> ids;
    for (const auto& each : candidates) {
        PluginFile file;
        auto code = read_plugin(each, file);
        if (code.empty() && !ids.insert(file.id).second) code = "same_id_twice";
        if (code.empty()) found.plugins.push_back(std::move(file));
        else found.bad.push_back({each.string(), std::move(code)});
    }
    std::sort(found.plugins.begin(), found.plugins.end(), [](const auto& a, const auto& b) { return a.id < b.id; });
    return found;
}

}  // namespace aftercare::connect
