#pragma once
#include <cstdint>
#include <mutex>
#include <optional>
#include <unordered_map>

#include "usecase/staff.hpp"

namespace aftercare::api {

/// Who called in the last second, so that not each of many calls asks the database who it is. A change of people, tokens or
/// sessions that came through this process is seen at once; one made by another process after a second. Thread safe.
class Callers {
   public:
    static constexpr Duration kKept = seconds(1);
    static constexpr std::size_t kMost = 4'096;

    /// `key`: a hash of the secret; secrets are not kept.
    std::optional<usecase::Session> find(const std::string& key, Instant now) const;
    /// Ask before the database is asked and give it to `keep`: what was read before a `forget` is not kept after it.
    [[nodiscard]] std::uint64_t turn() const;
    void keep(const std::string& key, const usecase::Session&, Instant now, std::uint64_t turn);
    void forget();

   private:
    struct Known {
        usecase::Session session;
        Instant at;
    };
    mutable std::mutex mutex_;
    std::unordered_map<std::string, Known> known_;
    std::uint64_t turn_ = 0;
};

}  // namespace aftercare::api
