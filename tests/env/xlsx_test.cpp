#include <Poco/Zip/Compress.h>

#include <catch2/catch.hpp>
#include <fstream>
#include <sstream>

#include "env/xlsx.hpp"
#include "support/temp_folder.hpp"

using namespace aftercare;

namespace {

/// A workbook of these parts, as spreadsheets pack them.
struct Workbook {
    std::string sheet, strings, styles, book = R"(<workbook xmlns:r="r"><sheets><sheet name="A" r:id="rId1"/></sheets></workbook>)";

    Result<std::string> read(const env::XlsxLimits& limits = {}) const {
        const test::TempFolder folder;
        const auto path = folder.path() / "book.xlsx";
        {
            std::ofstream out(path, std::ios::binary);
            Poco::Zip::Compress zip(out, true);
            const auto add = [&](const std::string& name, const std::string& text) {
                std::istringstream in(text);
                zip.addFile(in, Poco::DateTime(), Poco::Path(name, Poco::Path::PATH_UNIX));
            };
            add("xl/workbook.xml", book);
            add("xl/_rels/workbook.xml.rels", R"(<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>)");
            add("xl/worksheets/sheet1.xml", "<worksheet><sheetData>" + sheet + "</sheetData></worksheet>");
            if (!strings.empty()) add("xl/sharedStrings.xml", "<sst>" + strings + "</sst>");
            if (!styles.empty()) add("xl/styles.xml", styles);
            zip.close();
        }
        std::ostringstream csv;
        AC_CHECK(env::xlsx_to_csv(path, csv, limits));
        return csv.str();
    }
};

}  // namespace

TEST_CASE("texts, numbers, dates, gaps and formulas of a sheet become CSV") {
    Workbook book;
    book.strings = "<si><t>订单编号</t></si><si><r><t>a,</t></r><r><t>\"b\"</t></r><rPh><t>x</t></rPh></si>";
    book.styles = R"(<styleSheet><numFmts><numFmt numFmtId="164" formatCode="yyyy/m/d h:mm"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/></cellXfs></styleSheet>)";
    book.sheet =
        R"(<row r="1"><c r="A1" t="s"><v>0</v></c><c r="C1" t="s"><v>1</v></c></row><row r="2"/>)"
        R"(<row r="3"><c r="A3"><v>1.7850000000000001E4</v></c><c r="B3" s="2"><v>40148.322916666664</v></c><c r="C3" t="str"><f>A1</f><v>x</v></c><c r="D3" t="inlineStr"><is><t>in</t></is></c><c r="E3" s="1"><v>40148</v></c><c r="F3"><v>3.6749999999999998</v></c></row>)";
    CHECK(book.read() == "订单编号,,\"a,\"\"b\"\"\"\n17850,2009-12-01 07:45:00,x,in,2009-12-01 00:00:00,3.675\n");
}

TEST_CASE("days may count from 1904") {
    Workbook book;
    book.book = R"(<workbook xmlns:r="r"><workbookPr date1904="1"/><sheets><sheet r:id="rId1"/></sheets></workbook>)";
    book.styles = R"(<styleSheet><cellXfs><xf numFmtId="22"/></cellXfs></styleSheet>)";
    book.sheet = R"(<row><c s="0"><v>38686</v></c></row>)";
    CHECK(book.read() == "2009-12-01 00:00:00\n");
}

TEST_CASE("what is no workbook, too large, or made to be read for ever is refused") {
    const test::TempFolder folder;
    std::ostringstream csv;
    for (const char* text : {"PK\x03\x04 nothing", "hello", ""}) CHECK_FALSE(env::xlsx_to_csv(folder.write("x.xlsx", text), csv));
    Workbook book;
    book.sheet = "<row><c><v>1</v></c></row>";
    CHECK(book.read({.sheet_bytes = 10}).error().code == "workbook_too_large");
    book.sheet = R"(<row><c r="ZZZ1"><v>1</v></c></row>)";
    CHECK(book.read().error().code == "workbook_too_large");
    book.sheet = "<row><c><v>1</v>";
    CHECK(book.read().error().code == "not_a_workbook");
    book.strings = "<si><t>much text</t></si>";
    book.sheet = "<row/>";
    CHECK(book.read({.string_bytes = 4}).error().code == "workbook_too_large");
}
