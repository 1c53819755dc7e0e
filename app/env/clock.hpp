#pragma once
#include <aftercare/base/instant.hpp>

namespace aftercare::env {

/// What time it is. The only door to the wall clock; the domain gets its `Instant now` as an argument. Thread safe.
class Clock {
   public:
    virtual ~Clock() = default;
    virtual Instant now() = 0;
};

class SystemClock final : public Clock {
   public:
    Instant now() override;
};

}  // namespace aftercare::env
