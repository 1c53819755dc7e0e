#pragma once
#include <aftercare/base/result.hpp>
#include <cstdint>
#include <filesystem>
#include <ostream>

namespace aftercare::env {

/// What a hostile workbook may make us do.
struct XlsxLimits {
    std::int64_t sheet_bytes = std::int64_t{4} << 30;    ///< unpacked sheet, and the CSV made of it
    std::int64_t string_bytes = std::int64_t{256} << 20;  ///< shared strings, held in memory
    std::size_t columns = 1'000;
};

/// Writes the first sheet of an XLSX file (ECMA-376) as CSV, one record per row that holds anything: dates as
/// "2009-12-01 07:45:00", numbers in their shortest form (from 10^15 on with an exponent: digits are lost), formulas as their last value. Streams the sheet.
/// `invalid` "not_a_workbook", "workbook_too_large".
Result<void> xlsx_to_csv(const std::filesystem::path& file, std::ostream& csv, const XlsxLimits& limits = {});

}  // namespace aftercare::env
