#include "env/barcode.hpp"

#include <zint.h>

#include <algorithm>
#include <cmath>
#include <memory>

namespace aftercare::env {
namespace {

constexpr int kQuiet = 10;   // modules on each side, as the standard wants
constexpr int kHeight = 60;  // modules

struct Delete {
    void operator()(zint_symbol* symbol) const { ZBarcode_Delete(symbol); }
};

std::string number(float value) { return std::to_string(std::lround(value)); }

}  // namespace

Result<std::string> code128_svg(const std::string& text) {
    const bool good = !text.empty() && text.size() <= 60 && std::all_of(text.begin(), text.end(), [](char c) { return c >= 0x20 && c < 0x7f; });
    const std::unique_ptr<zint_symbol, Delete> symbol(good ? ZBarcode_Create() : nullptr);
    if (!symbol) return fail(ErrorKind::invalid, "no_barcode");
    symbol->symbology = BARCODE_CODE128;
    symbol->show_hrt = 0;
    symbol->scale = 0.5F;  // one unit a module
    symbol->height = kHeight;
    const auto* bytes = reinterpret_cast<const unsigned char*>(text.data());
    if (ZBarcode_Encode_and_Buffer_Vector(symbol.get(), bytes, static_cast<int>(text.size()), 0) >= ZINT_ERROR || !symbol->vector)
        return fail(ErrorKind::invalid, "no_barcode");
    std::string bars;
    float right = 0;
    for (const zint_vector_rect* bar = symbol->vector->rectangles; bar; bar = bar->next) {
        bars += "<rect x=\"" + number(bar->x + kQuiet) + "\" y=\"0\" width=\"" + number(bar->width) + "\" height=\"" + std::to_string(kHeight) + "\"/>";
        right = std::max(right, bar->x + bar->width);
    }
    return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " + number(right + 2 * kQuiet) + " " + std::to_string(kHeight) +
           "\" preserveAspectRatio=\"none\" shape-rendering=\"crispEdges\" role=\"img\">" + bars + "</svg>";
}

}  // namespace aftercare::env
