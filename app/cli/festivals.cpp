#include <aftercare/codec/codec.hpp>
#include <aftercare/codec/fields.hpp>

#include <iostream>

#include "cli/verbs.hpp"
#include "domain/festivals.hpp"
#include "usecase/calendar.hpp"

namespace aftercare::cli {
namespace {

struct FestivalOptions {
    std::string from, to;
    bool json = false;
};

/// "2027" is its first or last day; "2027-02-06" is that day.
Result<domain::Date> parse_bound(const std::string& text, const char* option, bool last) {
    const bool is_year = text.size() == 4;
    const auto date = domain::parse_date(is_year ? text + (last ? "-12-31" : "-01-01") : text);
    if (!date) return wrong(std::string(option) + " " + text + ": write a year (2027) or a day (2027-02-06)");
    if (date->year < domain::kFirstFestivalYear || date->year > domain::kLastFestivalYear)
        return wrong(std::string(option) + " " + text + ": the lunar table covers " + std::to_string(domain::kFirstFestivalYear) + " to " +
                     std::to_string(domain::kLastFestivalYear));
    return *date;
}

Result<void> print(const FestivalOptions& options) {
    AC_TRY(const auto from, parse_bound(options.from, "--from", false));
    AC_TRY(const auto to, parse_bound(options.to.empty() ? options.from : options.to, "--to", true));
    if (to < from) return wrong("--to " + options.to + " is before --from " + options.from);
    const auto days = usecase::festivals_of(from, to);
    if (options.json) {
        std::cout << encode(days) << '\n';
        return {};
    }
    for (const auto& day : days) std::cout << day.date << "  " << day.id << std::string(24 - std::min<std::size_t>(23, day.id.size()), ' ') << day.name_zh << "  " << day.name_en << '\n';
    return {};
}

}  // namespace

void add_festivals(CLI::App& app, Launch& launch) {
    CLI::App* verb = app.add_subcommand("festivals", "Chinese and Western festivals of some years, 1901 to 2100; needs no database");
    const auto options = std::make_shared<FestivalOptions>();
    verb->add_option("--from", options->from, "first year or day, e.g. 2027 or 2027-02-06")->required();
    verb->add_option("--to", options->to, "last year or day. Default: that of --from");
    verb->add_flag("--json", options->json, "one JSON array of {date, id, name_zh, name_en}, sorted by date");
    launch.run(*verb, [options] { return print(*options); });
}

}  // namespace aftercare::cli
