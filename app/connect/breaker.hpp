#pragma once
#include <aftercare/base/instant.hpp>
#include <aftercare/connector/error.hpp>
#include <algorithm>
#include <deque>

namespace aftercare::connect {

/// Keeps calls away from an instance whose outside does not answer, so that its dead end does not stop others. Opens after five
/// such failures in a row, or ten of the last twenty. Pure: times are arguments.
class Breaker {
   public:
    explicit Breaker(Duration probe_after) : probe_after_(probe_after) {}

    enum class Gate { open_road, probe_first, closed_road };
    /// May a call go? `probe_first`: only after check/1 has succeeded; given to one caller at a time.
    Gate ask(Instant now);
    /// What a call, or the probe, came to. `rate_limited`, `auth` and `cancelled` say nothing about the road.
    void succeeded();
    void failed(ErrorClass how, Instant now);

    bool is_open() const { return open_; }
    Duration wait(Instant now) const { return open_ ? std::max(Duration{0}, until_ - now) : Duration{0}; }

   private:
    void remember(bool bad);

    Duration probe_after_;
    std::deque<bool> last_;
    int in_a_row_ = 0;
    bool open_ = false, probing_ = false;
    Instant until_{};
};

}  // namespace aftercare::connect
