#include "connect/breaker.hpp"

#include <algorithm>

namespace aftercare::connect {
namespace {

constexpr std::size_t kRemembered = 20;
constexpr int kInARow = 5;

bool counts(ErrorClass c) {
    return c == ErrorClass::unavailable || c == ErrorClass::unknown || c == ErrorClass::deadline || c == ErrorClass::crashed;
}
bool is_neutral(ErrorClass c) {
    return c == ErrorClass::rate_limited || c == ErrorClass::auth || c == ErrorClass::cancelled;
}

}  // namespace

Breaker::Gate Breaker::ask(Instant now) {
    if (!open_) return Gate::open_road;
    if (now < until_ || probing_) return Gate::closed_road;
    probing_ = true;
    return Gate::probe_first;
}

void Breaker::succeeded() {
    remember(false);
    if (!open_) return;
    open_ = probing_ = false;
    last_.clear();
}

void Breaker::failed(ErrorClass how, Instant now) {
    if (!counts(how)) {
        if (is_neutral(how)) probing_ = false;
        else succeeded();  // it answered, if with a no
        return;
    }
    remember(true);
    const auto bad = std::count(last_.begin(), last_.end(), true);
    if (open_ || in_a_row_ >= kInARow || (last_.size() == kRemembered && bad * 2 >= static_cast<std::ptrdiff_t>(kRemembered))) {
        open_ = true;
        probing_ = false;
        until_ = now + probe_after_;
    }
}

void Breaker::remember(bool bad) {
    in_a_row_ = bad ? in_a_row_ + 1 : 0;
    last_.push_back(bad);
    if (last_.size() > kRemembered) last_.pop_front();
}

}  // namespace aftercare::connect
