#pragma once
#include <atomic>

#include "env/clock.hpp"

namespace aftercare::test {

/// A clock that stands still until told. Starts on 2026-03-02T02:00:00Z, a Monday at 10:00 in Shanghai. Thread safe.
class ManualClock final : public env::Clock {
   public:
    static constexpr Instant kStart{1'772'416'800'000};

    explicit ManualClock(Instant at = kStart) : ms_(at.ms) {}
    Instant now() override { return {ms_.load()}; }
    void set(Instant at) { ms_ = at.ms; }
    void advance(Duration by) { ms_ += by.ms; }

   private:
    std::atomic<std::int64_t> ms_;
};

}  // namespace aftercare::test
