#pragma once
#include <aftercare/base/result.hpp>
#include <aftercare/codec/fields.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "env/secret_box.hpp"

/// A connector's settings: checked against the plugin's schema, secrets sealed where they are stored and masked where they are
/// shown. The schema is the subset of plugin-sdk.md, section 2.10: type, properties, required, default, enum, pattern, minimum,
/// maximum, minLength, maxLength, items; a text with `"x-ac": {"secret": true}` is a secret.
namespace aftercare::usecase {

/// What stands for a secret in views; given back, it means "as it was".
inline constexpr std::string_view kMask = "********";

/// What to store: `given` with defaults filled in and secrets sealed. `stored` is what was there before ("{}" when new). Every
/// bad field is named below /settings: required, unknown_field, not_a_text …, not_one_of, bad_format, out_of_range.
Result<RawJson> accept_settings(const RawJson& schema, const RawJson& given, const RawJson& stored, const env::SecretKey& key,
                                env::Random& random);
/// `stored` with a mask for each secret.
RawJson masked_settings(const RawJson& stored);
/// `stored` with its secrets; `unavailable` "secret_unreadable" under another key.
Result<RawJson> opened_settings(const RawJson& stored, const env::SecretKey& key);
/// The secrets in it, opened; the same error.
Result<std::vector<std::string>> secrets_in(const RawJson& stored, const env::SecretKey& key);
/// True when both are the same JSON value, however written.
bool same_json(const RawJson& a, const RawJson& b);

}  // namespace aftercare::usecase
