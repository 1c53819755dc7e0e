#pragma once
#include <cstddef>
#include <span>

namespace aftercare::env {

/// Where chance comes from. Thread safe.
class Random {
   public:
    virtual ~Random() = default;
    /// Overwrites every byte of `out`.
    virtual void fill(std::span<std::byte> out) = 0;
};

/// The system's generator through libsodium: fit for secrets.
class SystemRandom final : public Random {
   public:
    void fill(std::span<std::byte> out) override;
};

}  // namespace aftercare::env
