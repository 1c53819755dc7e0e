#include "env/log.hpp"

#include <date/date.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cctype>

#include "env/clock.hpp"

namespace aftercare::env {
namespace {

constexpr std::array<std::string_view, 4> kLevels{"debug", "info", "warn", "error"};

std::string_view level_word(LogLevel level) { return kLevels[static_cast<std::size_t>(level)]; }

/// By parts of the key, so that "csrf_token" and "customer_phone" are caught too.
bool is_private(std::string_view key) {
    std::string lower(key);
    std::transform(lower.begin(), lower.end(), lower.begin(), [](unsigned char c) { return char(std::tolower(c)); });
    constexpr std::array<std::string_view, 5> words{"phone", "token", "password", "secret", "email"};
    return std::any_of(words.begin(), words.end(), [&](std::string_view w) { return lower.find(w) != lower.npos; });
}

/// The length of the UTF-8 character at the front of `text`; 0 when there is none (overlong and surrogates included).
std::size_t utf8_length(std::string_view text) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char first = byte(0);
    if (first < 0x80) return 1;
    const std::size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
    if (first < 0xC2 || first > 0xF4 || text.size() < length) return 0;
    for (std::size_t i = 1; i < length; ++i)
        if ((byte(i) & 0xC0) != 0x80) return 0;
    if ((first == 0xE0 && byte(1) < 0xA0) || (first == 0xED && byte(1) > 0x9F)) return 0;
    if ((first == 0xF0 && byte(1) < 0x90) || (first == 0xF4 && byte(1) > 0x8F)) return 0;
    return length;
}

/// `text` with quotes, backslashes and control characters escaped as JSON does, and broken bytes replaced.
void escape(std::string& out, std::string_view text) {
    while (!text.empty()) {
        const std::size_t length = utf8_length(text);
        const char c = text[0];
        if (length == 0) out += "\\ufffd";
        else if (c == '"' || c == '\\') (out += '\\') += c;
        else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) out += fmt::format("\\u{:04x}", int(c));
        else out += text.substr(0, length);
        text.remove_prefix(std::max<std::size_t>(length, 1));
    }
}

void quote(std::string& out, std::string_view text) {
    out += '"';
    escape(out, text);
    out += '"';
}

void write_value(std::string& out, const LogField& field) {
    if (is_private(field.key)) quote(out, "***");
    else if (const auto* text = std::get_if<std::string_view>(&field.value)) quote(out, *text);
    else if (const auto* flag = std::get_if<bool>(&field.value)) out += *flag ? "true" : "false";
    else out += std::to_string(std::get<std::int64_t>(field.value));
}

std::string timestamp(Instant at) {
    return date::format("%FT%TZ", date::sys_time<std::chrono::milliseconds>{std::chrono::milliseconds{at.ms}});
}

spdlog::logger& sink() {
    static const auto logger = [] {
        auto made = std::make_shared<spdlog::logger>("aftercare", std::make_shared<spdlog::sinks::stderr_sink_mt>());
        made->set_pattern("%v");
        made->flush_on(spdlog::level::trace);
        return made;
    }();
    return *logger;
}

spdlog::level::level_enum spdlog_level(LogLevel level) {
    constexpr std::array all{spdlog::level::debug, spdlog::level::info, spdlog::level::warn, spdlog::level::err};
    return all[static_cast<std::size_t>(level)];
}

}  // namespace

std::string log_json(Instant at, LogLevel level, std::string_view event, std::span<const LogField> fields) {
    std::string line = R"({"ts":")" + timestamp(at) + R"(","level":")";
    line += level_word(level);
    line += R"(","event":)";
    quote(line, event);
    for (const LogField& field : fields) {
        line += ',';
        quote(line, field.key);
        line += ':';
        write_value(line, field);
    }
    return line += '}';
}

std::string log_text(Instant at, LogLevel level, std::string_view event, std::span<const LogField> fields) {
    std::string line = timestamp(at).substr(11, 8) + fmt::format(" {:<5} ", level_word(level));
    escape(line, event);
    for (const LogField& field : fields) {
        line += ' ';
        escape(line, field.key);
        line += '=';
        write_value(line, field);
    }
    return line;
}

void log(LogLevel level, std::string_view event, LogFields fields) {
    if (!sink().should_log(spdlog_level(level))) return;
    static const bool terminal = isatty(STDERR_FILENO) == 1;
    const Instant now = SystemClock{}.now();
    const std::span<const LogField> all{fields.begin(), fields.size()};
    const std::string line = terminal ? log_text(now, level, event, all) : log_json(now, level, event, all);
    sink().log(spdlog_level(level), std::string_view(line));
}

void log_from(LogLevel level) { sink().set_level(spdlog_level(level)); }

}  // namespace aftercare::env
