#pragma once
#include <aftercare/base/instant.hpp>
#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <variant>

namespace aftercare::env {

enum class LogLevel { debug, info, warn, error };

/// One thing to know about an event: `{"case_id", id.value}`, `{"duration_ms", 12}`, `{"retry", true}`. Text is borrowed for
/// the call. Values whose key speaks of a phone, token, password, secret or email are written as ***.
struct LogField {
    std::string_view key;
    std::variant<std::string_view, std::int64_t, bool> value;

    template <std::convertible_to<std::string_view> T>
    LogField(std::string_view name, const T& text) : key(name), value(std::string_view(text)) {}
    LogField(std::string_view name, bool flag) : key(name), value(flag) {}
    template <std::integral T>
        requires(!std::same_as<T, bool>)
    LogField(std::string_view name, T number) : key(name), value(static_cast<std::int64_t>(number)) {}
};
using LogFields = std::initializer_list<LogField>;

/// One line to stderr: JSON, or plain text when stderr is a terminal. `event` is a stable snake_case word. Thread safe.
void log(LogLevel level, std::string_view event, LogFields fields = {});
inline void log_debug(std::string_view event, LogFields fields = {}) { log(LogLevel::debug, event, fields); }
inline void log_info(std::string_view event, LogFields fields = {}) { log(LogLevel::info, event, fields); }
inline void log_warn(std::string_view event, LogFields fields = {}) { log(LogLevel::warn, event, fields); }
inline void log_error(std::string_view event, LogFields fields = {}) { log(LogLevel::error, event, fields); }

/// Leaves out what is below `level`; `info` at the start.
void log_from(LogLevel level);

/// The two forms of a line, without its end. Control characters, and in JSON bytes that are no UTF-8, cannot break it.
std::string log_json(Instant at, LogLevel level, std::string_view event, std::span<const LogField> fields);
std::string log_text(Instant at, LogLevel level, std::string_view event, std::span<const LogField> fields);

}  // namespace aftercare::env
