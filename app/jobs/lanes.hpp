#pragma once
#include <aftercare/base/id.hpp>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <future>
#include <mutex>
#include <set>
#include <vector>

namespace aftercare::jobs {

/// One piece of work at a time per connector, so that a slow one holds up nobody else. Thread safe.
class Lanes {
   public:
    enum class Mode { inline_, threads };  ///< inline_: `start` returns when the work is done; for tests
    explicit Lanes(Mode mode) : mode_(mode) {}
    ~Lanes() { join(); }
    Lanes(const Lanes&) = delete;
    Lanes& operator=(const Lanes&) = delete;

    /// Runs `work`, unless this connector is at work already (false). An exception ends that work only and is logged.
    bool start(const ConnectorId& connector, std::function<void()> work);
    /// Waits for all that was started.
    void join();
    /// The same, but not longer.
    void join_for(std::chrono::milliseconds at_most);

   private:
    void leave(const ConnectorId& connector);

    const Mode mode_;
    std::mutex lock_;
    std::condition_variable left_;
    std::set<ConnectorId> busy_;
    std::vector<std::future<void>> running_;
};

}  // namespace aftercare::jobs
