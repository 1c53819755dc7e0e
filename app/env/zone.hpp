#pragma once
#include <aftercare/base/instant.hpp>
#include <aftercare/base/result.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace aftercare::env {

/// A wall clock's reading, without its zone. Fields are in their usual ranges (month 1–12, second 0–59).
struct LocalTime {
    int year = 1970, month = 1, day = 1, hour = 0, minute = 0, second = 0;
    auto operator<=>(const LocalTime&) const = default;
};

/// "2009-12-01 07:45:00" (or with T, without seconds, or the date alone = midnight). `invalid` "bad_time" for anything else.
Result<LocalTime> parse_local(std::string_view text);

/// From `from` on, local = UTC + offset.
struct OffsetFrom {
    Instant from;
    Duration offset;
};

/// A time zone of the system's tzdata. A small handle: copy it freely; lives as long as the program. Thread safe.
class Zone {
   public:
    /// `invalid` "unknown_zone" for a name tzdata does not have ("Asia/Shanghai" is one it has).
    static Result<Zone> find(std::string_view name);

    LocalTime to_local(Instant at) const;
    /// A local time that happens twice is its first; one that never happens is moved forward by the length of the gap.
    Instant to_instant(const LocalTime& local) const;
    /// The last millisecond of the local day that holds `at`.
    Instant end_of_day(Instant at) const;
    /// 1 Monday … 7 Sunday, of the local day that holds `at`.
    int weekday(Instant at) const;
    /// Changes of offset are known until 2037, as far as the installed date library reads tzdata; the last one holds from there.
    /// The whole zone as data over [kEarliest, kLatest), sorted, the first entry from kEarliest: what the domain's calendar takes.
    std::vector<OffsetFrom> offsets() const;

   private:
    explicit Zone(const void* zone) : zone_(zone) {}
    const void* zone_;  // date::time_zone, owned by the library's list
};

}  // namespace aftercare::env
