#include "api/callers.hpp"

namespace aftercare::api {

std::optional<usecase::Session> Callers::find(const std::string& key, Instant now) const {
    const std::lock_guard lock(mutex_);
    const auto at = known_.find(key);
    if (at == known_.end() || now < at->second.at || now - at->second.at >= kKept) return std::nullopt;
    return at->second.session;
}

std::uint64_t Callers::turn() const {
    const std::lock_guard lock(mutex_);
    return turn_;
}

void Callers::keep(const std::string& key, const usecase::Session& session, Instant now, std::uint64_t turn) {
    const std::lock_guard lock(mutex_);
    if (turn != turn_) return;
    if (known_.size() >= kMost) known_.clear();
    known_.insert_or_assign(key, Known{session, now});
}

void Callers::forget() {
    const std::lock_guard lock(mutex_);
    known_.clear();
    ++turn_;
}

}  // namespace aftercare::api
