#pragma once
#include <aftercare/files/csv.hpp>
#include <iconv.h>
#include <optional>
#include <string>
#include <string_view>

/// Files as spreadsheets and marketplaces write them.
namespace aftercare::files {

/// The text as UTF-8: it is that already, or GB18030. Nothing when it is neither.
inline std::optional<std::string> to_utf8(std::string_view text) {
    if (is_utf8(text)) return std::string(text);
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

/// Exports write ="123" to keep a spreadsheet from rounding a number: without its =, that is a cell like others.
inline std::string without_guards(std::string_view text) {
    std::string out;
    bool quoted = false, starts = true;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const char c = text[at];
        if (starts && !quoted && c == '=' && at + 1 < text.size() && text[at + 1] == '"') continue;
        if (c == '"') quoted = !quoted;
        starts = c == ',' || c == '\n' || c == '\r';
        out.push_back(c);
    }
    return out;
}

/// What a file that people put there says: its rows behind a header, or why it cannot be used.
inline Table read_table(std::string_view text) {
    const auto utf8 = to_utf8(text);
    if (!utf8) return {{}, Problem{0, "neither_utf8_nor_gb18030"}};
    Table table = parse_csv(without_guards(*utf8));
    if (!table.broken && table.rows.empty()) table.broken = Problem{0, "no_header"};
    return table;
}

}  // namespace aftercare::files
