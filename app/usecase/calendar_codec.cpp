// What calendars and revisits keep or print as JSON.
#include <aftercare/codec/json.hpp>

#include "usecase/calendar.hpp"
#include "usecase/hours.hpp"
#include "usecase/holiday_file.hpp"
#include "usecase/revisits.hpp"

namespace aftercare {

template std::string encode(const std::vector<usecase::FestivalView>&);
template Result<usecase::HolidayFile> decode(std::string_view);
template std::string encode(const usecase::CalendarTaken&);
template Result<usecase::CalendarTaken> decode(std::string_view);
template std::string encode(const domain::WorkHours&);
template Result<domain::WorkHours> decode(std::string_view);
template std::string encode(const usecase::HoursView&);
template Result<usecase::HoursView> decode(std::string_view);
template std::string encode(const usecase::Roster&);
template Result<usecase::Roster> decode(std::string_view);
template std::string encode(const usecase::PlanView&);
template Result<usecase::PlanView> decode(std::string_view);
template std::string encode(const usecase::RevisitChanged&);
template Result<usecase::RevisitChanged> decode(std::string_view);

}  // namespace aftercare
