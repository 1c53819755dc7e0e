#pragma once
#include <aftercare/base/result.hpp>
#include <string>
#include <string_view>

namespace aftercare {

/// The JSON text of a value. Instantiated once per type in a codec.cpp (json.hpp holds the definition).
template <class T>
std::string encode(const T& value);

/// Reads JSON text. Every bad field is reported at once (kind `invalid`, code "invalid_fields"; not JSON: "not_json").
/// Unknown keys are ignored: stored and plugin data may be newer than the reader.
template <class T>
Result<T> decode(std::string_view text);

}  // namespace aftercare
