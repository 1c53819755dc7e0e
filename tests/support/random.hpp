#pragma once
#include <cstdint>
#include <mutex>

#include "env/random.hpp"

namespace aftercare::test {

/// The same bytes for the same seed (splitmix64). Thread safe; not for secrets.
class SeededRandom final : public env::Random {
   public:
    explicit SeededRandom(std::uint64_t seed = 1) : state_(seed) {}
    void fill(std::span<std::byte> out) override;

   private:
    std::mutex mutex_;
    std::uint64_t state_;
};

}  // namespace aftercare::test
