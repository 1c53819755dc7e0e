#pragma once
#include <aftercare/base/result.hpp>
#include <string>

namespace aftercare::env {

/// A Code 128 of `text` (1 to 60 printable ASCII characters) as an SVG element without text, quiet zones included; one unit is one
/// module wide. `invalid` "no_barcode" for other text.
Result<std::string> code128_svg(const std::string& text);

}  // namespace aftercare::env
