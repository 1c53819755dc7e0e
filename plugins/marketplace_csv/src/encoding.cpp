#include "encoding.hpp"

#include <iconv.h>

#include <aftercare/connector/utf8.hpp>

namespace marketplace_csv {

std::optional<std::string> to_utf8(std::string_view text) {
    if (aftercare::is_utf8(text)) return std::string(text);
    const iconv_t converter = iconv_open("UTF-8", "GB18030");
    if (converter == reinterpret_cast<iconv_t>(-1)) return std::nullopt;
    std::string in(text), out(text.size() * 2 + 16, '\0');
    char *from = in.data(), *to = out.data();
    std::size_t left = in.size(), room = out.size();
    const bool whole = iconv(converter, &from, &left, &to, &room) != static_cast<std::size_t>(-1);
    iconv_close(converter);
    if (!whole) return std::nullopt;
    out.resize(out.size() - room);
    return out;
}

}  // namespace marketplace_csv
