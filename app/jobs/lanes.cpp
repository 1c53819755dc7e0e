#include "jobs/lanes.hpp"

#include <algorithm>
#include <chrono>
#include <exception>

#include "env/log.hpp"

namespace aftercare::jobs {

bool Lanes::start(const ConnectorId& connector, std::function<void()> work) {
    const auto guarded = [this, connector, work = std::move(work)] {
        try {
            work();
        } catch (const std::exception& e) {
            env::log_error("job_failed", {{"connector_id", connector.value}, {"what", e.what()}});
        }
        leave(connector);
    };
    {
        const std::scoped_lock held(lock_);
        if (!busy_.insert(connector).second) return false;
        std::erase_if(running_, [](const std::future<void>& each) {
            return each.wait_for(std::chrono::seconds(0)) == std::future_status::ready;
        });
        if (mode_ == Mode::threads) {
            running_.push_back(std::async(std::launch::async, guarded));
            return true;
        }
    }
    guarded();
    return true;
}

void Lanes::leave(const ConnectorId& connector) {
    const std::scoped_lock held(lock_);
    busy_.erase(connector);
    left_.notify_all();
}

void Lanes::join_for(std::chrono::milliseconds at_most) {
    std::unique_lock held(lock_);
    left_.wait_for(held, at_most, [&] { return busy_.empty(); });
}

void Lanes::join() {
    std::vector<std::future<void>> running;
    {
        const std::scoped_lock held(lock_);
        running.swap(running_);
    }
    for (auto& each : running) each.wait();
}

}  // namespace aftercare::jobs
