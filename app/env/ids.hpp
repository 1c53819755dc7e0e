#pragma once
#include <array>
#include <cstdint>
#include <mutex>
#include <string>

#include "env/clock.hpp"
#include "env/random.hpp"

namespace aftercare::env {

/// Makes new ids, each different from all before it. Thread safe.
class IdSource {
   public:
    virtual ~IdSource() = default;
    virtual std::string next() = 0;

    /// `ids.make<CaseId>()`
    template <class I>
    I make() {
        return I(next());
    }
};

/// 26 characters of upper-case Crockford base32: 48 bits of milliseconds, then 80 random bits. Sorts by time as text; strictly
/// increasing per source, also within a millisecond and when the clock goes back. Borrows clock and random.
class TimeIds final : public IdSource {
   public:
    TimeIds(Clock& clock, Random& random) : clock_(clock), random_(random) {}
    std::string next() override;

   private:
    Clock& clock_;
    Random& random_;
    std::mutex mutex_;
    std::int64_t last_ms_ = -1;
    std::array<std::byte, 10> tail_{};
};

}  // namespace aftercare::env
