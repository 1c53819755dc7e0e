#pragma once
#include <aftercare/connector/utf8.hpp>
#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// CSV for plugins that exchange files.
namespace aftercare::files {

/// A row of a file, or why the file cannot be used.
struct Row {
    std::size_t number = 0;  ///< 1 is the header
    std::vector<std::string> cells;
};
struct Problem {
    std::size_t row = 0;  ///< 0: the file as a whole
    std::string reason;   ///< stable snake_case, with the column where there is one: "bad_qty"
};
struct Table {
    std::vector<Row> rows;
    std::optional<Problem> broken;
};

namespace detail {

inline constexpr std::size_t kMaxCells = 100;
inline constexpr std::string_view kBom = "\xEF\xBB\xBF";

/// Reads one cell at `at` and leaves it behind the cell; a reason when it cannot be one.
inline const char* read_cell(std::string_view text, std::size_t& at, std::string& cell) {
    if (at >= text.size() || text[at] != '"') {
        const auto end = std::min(text.find_first_of(",\r\n", at), text.size());
        cell = text.substr(at, end - at);
        at = end;
        return cell.find('"') == cell.npos ? nullptr : "quote_in_cell";
    }
    for (++at;; ++at) {
        if (at >= text.size()) return "quote_not_closed";
        if (text[at] != '"') {
            cell.push_back(text[at]);
        } else if (at + 1 < text.size() && text[at + 1] == '"') {
            cell.push_back('"');
            ++at;
        } else {
            ++at;
            return at >= text.size() || text[at] == ',' || text[at] == '\r' || text[at] == '\n' ? nullptr : "text_after_quote";
        }
    }
}

}  // namespace detail

/// RFC 4180 in UTF-8, with or without BOM; blank lines are skipped. Reading stops at the first row that breaks the form, since
/// nothing behind it can be trusted.
inline Table parse_csv(std::string_view text) {
    Table table;
    if (text.substr(0, detail::kBom.size()) == detail::kBom) text.remove_prefix(detail::kBom.size());
    if (text.find('\0') != text.npos) return {{}, Problem{0, "contains_nul"}};
    if (!is_utf8(text)) return {{}, Problem{0, "not_utf8"}};
    std::size_t number = 0;
    for (std::size_t at = 0; at < text.size();) {
        if (text[at] == '\r' || text[at] == '\n') {
            ++at;
            continue;
        }
        Row row{++number, {}};
        for (;;) {
            std::string cell;
            if (const char* reason = detail::read_cell(text, at, cell)) {
                table.broken = Problem{number, reason};
                return table;
            }
            row.cells.push_back(std::move(cell));
            if (row.cells.size() > detail::kMaxCells) {
                table.broken = Problem{number, "too_many_cells"};
                return table;
            }
            if (at >= text.size() || text[at] != ',') break;
            ++at;
        }
        table.rows.push_back(std::move(row));
    }
    return table;
}

/// One line with CRLF. Cells that a spreadsheet would run as a formula get a leading apostrophe.
inline std::string csv_line(const std::vector<std::string>& cells) {
    std::string line;
    for (std::size_t i = 0; i < cells.size(); ++i) {
        if (i > 0) line.push_back(',');
        const bool formula = !cells[i].empty() && std::string_view("=+-@\t\r").find(cells[i][0]) != std::string_view::npos;
        const std::string text = (formula ? "'" : "") + cells[i];
        if (text.find_first_of(",\"\r\n") == text.npos) {
            line += text;
            continue;
        }
        line.push_back('"');
        for (const char c : text) {
            if (c == '"') line.push_back('"');
            line.push_back(c);
        }
        line.push_back('"');
    }
    return line + "\r\n";
}

}  // namespace aftercare::files
