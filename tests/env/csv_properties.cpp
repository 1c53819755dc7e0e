#include <catch2/catch.hpp>
#include <rapidcheck/catch.h>
#include <sstream>

#include "env/csv.hpp"

using namespace aftercare::env;

namespace {

/// Text out of the characters that matter to CSV, so that they meet often.
rc::Gen<std::string> csv_text() {
    return rc::gen::container<std::string>(rc::gen::element('a', ',', '"', '\n', '\r', '=', '\xE4', ' ', '\0'));
}
rc::Gen<std::string> cell() {
    return rc::gen::container<std::string>(rc::gen::element('a', ',', '"', '\n', '\r', '-', '\xE4', ' ', '7'));
}

/// What a cell reads back as: guarded when it would run as a formula.
bool same_but_guard(const std::string& wrote, const std::string& read) { return read == wrote || read == "'" + wrote; }

}  // namespace

TEST_CASE("what is written reads back") {
    rc::prop("round trip", [](bool bom) {
        const auto table = *rc::gen::container<std::vector<std::vector<std::string>>>(
            rc::gen::nonEmpty(rc::gen::container<std::vector<std::string>>(cell())));
        std::stringstream file;
        CsvWriter writer(file, bom);
        for (const auto& cells : table) writer.row(cells);
        CsvReader reader(file);
        CsvRow row;
        for (const auto& cells : table) {
            RC_ASSERT(reader.next(row) == CsvStep::row);
            RC_ASSERT(row.fields.size() == cells.size());
            for (std::size_t i = 0; i < cells.size(); ++i) RC_ASSERT(same_but_guard(cells[i], row.fields[i]));
        }
        RC_ASSERT(reader.next(row) == CsvStep::end);
    });
}

TEST_CASE("any bytes are read to their end, each exactly once, within the limits") {
    rc::prop("total", [] {
        const std::string text = *csv_text();
        std::istringstream in(text);
        const CsvLimits limits{8, 4};
        CsvReader reader(in, limits);
        CsvRow row;
        std::int64_t expected = 1, line = 0;
        for (CsvStep step; (step = reader.next(row)) != CsvStep::end; ++expected) {
            RC_ASSERT(row.number == expected);
            RC_ASSERT(row.line > line);
            line = row.line;
            RC_ASSERT(row.raw.size() <= limits.row_bytes + 1);
            RC_ASSERT(row.fields.size() <= limits.fields);
            RC_ASSERT((step == CsvStep::bad) == !row.reason.empty());
            RC_ASSERT(row.fields.empty() == (step == CsvStep::bad));
        }
        RC_ASSERT(reader.position() == std::int64_t(text.size()));
    });
}
