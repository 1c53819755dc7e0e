#pragma once
#include <aftercare/base/result.hpp>
#include <string_view>

#include "env/zone.hpp"
#include "usecase/imports/columns.hpp"

namespace aftercare::usecase::imports {

/// Learns from examples what "3/4/2010" means in a file: a number above 12 gives it away.
class DateLearner {
   public:
    void see(std::string_view text);
    /// `automatic` while nothing gave it away, or when the file contradicts itself.
    [[nodiscard]] DateOrder order() const;
    /// Dates were seen that may mean two things, and nothing gave it away yet.
    [[nodiscard]] bool in_doubt() const { return doubtful_ && !day_first_ && !month_first_; }

   private:
    bool day_first_ = false, month_first_ = false, doubtful_ = false;
};

/// A time as people and programs write it, local to `zone` unless it says its own offset: 2009-12-01 07:45:00, 2009/12/1 7:45,
/// 2009.12.01, 2009年12月1日 7:45, 20091201, 1/12/2009 7:45 PM (by `order`; `automatic` reads day first), 2009-12-01T07:45:00.000Z,
/// +08:00, a spreadsheet's serial day 40148.32. `invalid` "bad_time"; "out_of_range" outside [kEarliest, kLatest).
Result<Instant> parse_time(std::string_view text, DateOrder order, const env::Zone& zone);

/// Month and day of a birthday in the same forms, a clock behind it ignored, however long ago: "05-20". `invalid` "bad_time".
Result<std::string> parse_birthday(std::string_view text, DateOrder order);

}  // namespace aftercare::usecase::imports
