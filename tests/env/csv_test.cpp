#include "env/csv.hpp"

#include <catch2/catch.hpp>
#include <sstream>

using namespace aftercare::env;

namespace {

/// Every record of `text` in short: "1:a|b" or "2!reason@line".
std::vector<std::string> read(const std::string& text, CsvLimits limits = {}, char separator = ',') {
    std::istringstream in(text);
    CsvReader reader(in, limits, separator);
    std::vector<std::string> all;
    CsvRow row;
    for (CsvStep step; (step = reader.next(row)) != CsvStep::end;) {
        std::string line = std::to_string(row.number);
        if (step == CsvStep::bad) line += "!" + std::string(row.reason) + "@" + std::to_string(row.line);
        for (std::size_t i = 0; i < row.fields.size(); ++i) line += (i == 0 ? ":" : "|") + row.fields[i];
        all.push_back(line);
    }
    CHECK(reader.position() == std::int64_t(text.size()));
    return all;
}

std::string written(const std::vector<std::string>& cells, bool bom = false) {
    std::ostringstream out;
    CsvWriter(out, bom).row(cells);
    return out.str();
}

using Rows = std::vector<std::string>;

}  // namespace

TEST_CASE("plain records with either line end, with and without the last one") {
    CHECK(read("").empty());
    CHECK(read("a,b\r\nc,\n") == Rows{"1:a|b", "2:c|"});
    CHECK(read("a\nb") == Rows{"1:a", "2:b"});
    CHECK(read("\n\r\na\n\nb\n") == Rows{"1:a", "2:b"});
    CHECK(read("\xEF\xBB\xBF" "a,b\n") == Rows{"1:a|b"});
    CHECK(read("a;b,c\n", {}, ';') == Rows{"1:a|b,c"});
}

TEST_CASE("quoted fields hold separators, quotes and line ends") {
    CHECK(read("\"a,b\",\"say \"\"hi\"\"\",\"\"\n") == Rows{"1:a,b|say \"hi\"|"});
    CHECK(read("\"two\r\nlines\",x\nnext\n") == Rows{"1:two\r\nlines|x", "2:next"});
}

TEST_CASE("a bad record costs one line, named by number and reason") {
    CHECK(read("a,\"b\"c\nd\n") == Rows{"1!text_after_quote@1", "2:d"});
    CHECK(read("a,5\" plate\nd\n") == Rows{"1!quote_in_field@1", "2:d"});
    CHECK(read(std::string("a\0b\nd\n", 6)) == Rows{"1!nul_byte@1", "2:d"});
    CHECK(read("a\rb\nd\n") == Rows{"1!bare_carriage_return@1", "2:d"});
    CHECK(read("h\n\"open,1\nb,2\nc,3") == Rows{"1:h", "2!quote_not_closed@2", "3:b|2", "4:c|3"});
}

TEST_CASE("what a file may make us hold is bounded") {
    CHECK(read("abcdef,ghijk\nd\n", {8, 10}) == Rows{"1!row_too_long@1", "2:d"});
    CHECK(read("\"abcdefghijk\nd\ne\"\n", {8, 10}) == Rows{"1!row_too_long@1", "2:d", "3!quote_in_field@3"});
    CHECK(read("a,b,c\nd\n", {100, 2}) == Rows{"1!too_many_fields@1", "2:d"});
    std::istringstream in(std::string(300'000, 'x') + "\nok\n");
    CsvReader reader(in, {1'000, 10});
    CsvRow row;
    CHECK(reader.next(row) == CsvStep::bad);
    CHECK(row.raw == std::string(1'000, 'x'));
    CHECK(reader.next(row) == CsvStep::row);
    CHECK(row.fields == Rows{"ok"});
}

TEST_CASE("a record's own bytes are kept for the error file") {
    std::istringstream in("\"a\nb\",c\r\n\"x\"y\r\n");
    CsvReader reader(in);
    CsvRow row;
    CHECK(reader.next(row) == CsvStep::row);
    CHECK(row.raw == "\"a\nb\",c");
    CHECK(reader.next(row) == CsvStep::bad);
    CHECK(row.raw == "\"x\"y");
    CHECK(row.line == 3);
}

TEST_CASE("a stream that breaks is said once") {
    std::istringstream in("a,b\n");
    CsvReader reader(in);
    CsvRow row;
    CHECK(reader.next(row) == CsvStep::row);
    in.clear();
    in.setstate(std::ios::badbit);
    CHECK(reader.next(row) == CsvStep::bad);
    CHECK(row.reason == "read_failed");
    CHECK(reader.next(row) == CsvStep::end);
}

TEST_CASE("cells are quoted where needed and never run as formulas") {
    CHECK(written({"a", "b,c", "d\"e", "", "f\ng"}) == "a,\"b,c\",\"d\"\"e\",,\"f\ng\"\r\n");
    CHECK(written({"=1+1", "+cmd", "-2", "+3.5", "@x", "-", "\tx"}) == "'=1+1,'+cmd,-2,+3.5,'@x,'-,'\tx\r\n");
    CHECK(written({""}) == "\"\"\r\n");
    CHECK(written({"\xE4\xBD\xA0"}, true) == "\xEF\xBB\xBF\xE4\xBD\xA0\r\n");
}
