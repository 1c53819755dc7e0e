#pragma once
#include <string_view>

/// Files built into the program (schema/calendar).
namespace aftercare::domain {

extern const std::string_view kLunarTable;  ///< lunar-1901-2100.txt
extern const std::string_view kTermTable;   ///< solar-terms-1901-2100.txt
extern const std::string_view kHolidaysCn;  ///< holidays-cn.json, for whoever reads JSON

}  // namespace aftercare::domain
