#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace warehouse_files {

/// A row of a file, or why the file cannot be used.
struct Row {
    std::size_t number = 0;  ///< 1 is the header
    std::vector<std::string> cells;
};
struct Problem {
    std::size_t row = 0;  ///< 0: the file as a whole
    std::string reason;   ///< stable snake_case, with the column where there is one: "bad_qty"
};

/// RFC 4180 in UTF-8, with or without BOM; blank lines are skipped. Reading stops at the first row that breaks the form, since
/// nothing behind it can be trusted.
struct Table {
    std::vector<Row> rows;
    std::optional<Problem> broken;
};
Table parse_csv(std::string_view text);

/// One line with CRLF. Cells that a spreadsheet would run as a formula get a leading apostrophe.
std::string csv_line(const std::vector<std::string>& cells);

}  // namespace warehouse_files
