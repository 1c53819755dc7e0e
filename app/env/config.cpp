#include "env/config.hpp"

#include <toml++/toml.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <initializer_list>
#include <string_view>

#include "env/zone.hpp"

namespace aftercare::env {
namespace {

namespace fs = std::filesystem;

/// One field: how to say what it must be, and how to set it from text; false when the text will not do.
struct Setting {
    std::string_view name;
    bool is_number;
    std::string_view must_be;
    bool (*set)(Config&, std::string_view text);
};

template <class Number>
bool set_number(Number& into, std::string_view text, Number low, Number high) {
    Number value{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || value < low || value > high) return false;
    into = value;
    return true;
}

template <class Text>
bool set_text(Text& into, std::string_view text) {
    if (text.empty() || text.find('\0') != text.npos) return false;
    into = text;
    return true;
}

constexpr std::array kSettings{
    Setting{"database", false, "the path of a file or postgresql://…",
            [](Config& c, std::string_view t) { return set_text(c.database, t); }},
    Setting{"data_dir", false, "the path of a folder", [](Config& c, std::string_view t) { return set_text(c.data_dir, t); }},
    Setting{"host", false, "an address to listen on", [](Config& c, std::string_view t) { return set_text(c.host, t); }},
    Setting{"port", true, "a number from 0 to 65535",
            [](Config& c, std::string_view t) { return set_number(c.port, t, 0, 65'535); }},
    Setting{"console_dir", false, "the path of a folder",
            [](Config& c, std::string_view t) { return set_text(c.console_dir, t); }},
    Setting{"plugins_dir", false, "the path of a folder",
            [](Config& c, std::string_view t) { return set_text(c.plugins_dir, t); }},
    Setting{"workers", true, "a number from 4 to 4096",
            [](Config& c, std::string_view t) { return set_number(c.workers, t, 4, 4'096); }},
    Setting{"zone", false, "a time zone such as Asia/Shanghai",
            [](Config& c, std::string_view t) { return Zone::find(t).has_value() && set_text(c.zone, t); }},
    Setting{"session_hours", true, "a number from 1 to 720",
            [](Config& c, std::string_view t) { return set_number(c.session_hours, t, 1, 720); }},
    Setting{"body_limit", true, "a number of bytes from 1024 to 67108864",
            [](Config& c, std::string_view t) {
                return set_number<std::int64_t>(c.body_limit, t, 1 << 10, std::int64_t{64} << 20);
            }},
    Setting{"webhook_reach", false, "public or lan",
            [](Config& c, std::string_view t) { return (t == "public" || t == "lan") && set_text(c.webhook_reach, t); }},
};

tl::unexpected<Error> wrong(std::string_view field, std::string_view code, std::string detail) {
    return fail(Error{ErrorKind::invalid, "config_invalid", {{"/" + std::string(field), std::string(code)}}, {}, {},
                      std::move(detail)});
}

/// The value as the text its setting reads; nullopt when it is of another type.
std::optional<std::string> text_of(const toml::node& node, bool is_number) {
    if (is_number) return node.is_integer() ? std::optional(std::to_string(**node.as_integer())) : std::nullopt;
    return node.is_string() ? std::optional(**node.as_string()) : std::nullopt;
}

Result<bool> read_file(Config& config, const fs::path& file) {
    toml::table table;
    const auto where = [&](const toml::source_region& at) { return file.string() + ":" + std::to_string(at.begin.line); };
    try {
        table = toml::parse_file(file.string());
    } catch (const toml::parse_error& error) {  // also: the file cannot be opened
        return wrong("", "not_toml", where(error.source()) + ": " + std::string(error.description()));
    }
    for (const auto& [key, node] : table) {
        const std::string_view name = key.str();
        const std::string at = where(node.source()) + ": " + std::string(name);
        const auto setting = std::find_if(kSettings.begin(), kSettings.end(), [&](auto& s) { return s.name == name; });
        if (setting == kSettings.end()) return wrong(name, "unknown_field", at + " is no field of this file");
        const auto text = text_of(node, setting->is_number);
        if (!text || !setting->set(config, *text))
            return wrong(name, "bad_value", at + " must be " + std::string(setting->must_be));
    }
    return true;
}

Result<bool> read_environment(Config& config, const Environment& environment) {
    for (const Setting& setting : kSettings) {
        std::string variable = "AFTERCARE_";
        for (const char c : setting.name) variable += char(std::toupper(static_cast<unsigned char>(c)));
        const auto found = environment.find(variable);
        if (found == environment.end() || found->second.empty()) continue;
        if (!setting.set(config, found->second))
            return wrong(setting.name, "bad_value",
                         "environment variable " + variable + " must be " + std::string(setting.must_be));
    }
    return true;
}

/// The first of `places`, seen from the folder the program lies in, that exists; empty when none does.
fs::path beside_program(std::initializer_list<std::string_view> places) {
    std::error_code error;
    const fs::path program = fs::read_symlink("/proc/self/exe", error);
    for (const std::string_view place : places)
        if (const fs::path at = (program.parent_path() / place).lexically_normal(); fs::is_directory(at, error)) return at;
    return {};
}

}  // namespace

std::string Config::database_url() const { return database.empty() ? (data_dir / "aftercare.db").string() : database; }

Environment process_environment() {
    Environment all;
    for (char** at = environ; *at != nullptr; ++at) {
        const std::string_view entry = *at;
        const std::size_t split = entry.find('=');
        if (entry.starts_with("AFTERCARE_") && split != entry.npos) all.emplace(entry.substr(0, split), entry.substr(split + 1));
    }
    return all;
}

Result<Config> load_config(const std::optional<fs::path>& file, const Environment& environment) {
    Config config;
    config.console_dir = beside_program({"../share/aftercare/console", "../../../app/console/dist"});
    config.plugins_dir = beside_program({"../lib/aftercare/plugins", "../plugins"});
    if (file) AC_CHECK(read_file(config, *file));
    AC_CHECK(read_environment(config, environment));
    return config;
}

}  // namespace aftercare::env
