#pragma once
#include <aftercare/plugin_ext.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>

#include "plugin_host/channel.hpp"
#include "plugin_host/folder.hpp"

namespace aftercare::plugin_host {

/// The service's wall clock, carried over: what it said, plus what has passed since. Thread safe.
class ToldClock {
   public:
    void told(std::int64_t now_ms) { offset_ms_ = now_ms - monotonic_ms(); }
    std::int64_t now_ms() const { return offset_ms_ + monotonic_ms(); }
    static std::int64_t monotonic_ms() {
        using namespace std::chrono;
        return duration_cast<milliseconds>(steady_clock::now().time_since_epoch()).count();
    }

   private:
    std::atomic<std::int64_t> offset_ms_{0};
};

/// One opened instance of the plugin: its own thread does open, calls and close in the order they came, so the plugin sees one
/// at a time. The host's tables for it live here.
class Instance : public std::enable_shared_from_this<Instance> {
   public:
    Instance(const ac_plugin& plugin, Channel& channel, ToldClock& clock, frames::Open open, std::string settings);

    /// Starts the thread, which keeps the instance alive until `close` has been done.
    void start();
    void call(frames::Call call, std::string request);
    void cancel(std::int64_t call_id) { cancelled_ = call_id; }
    void close();
    void wait_closed();

   private:
    struct Work {
        frames::Call call;
        std::string request;
        std::int64_t deadline_ms = 0;  // monotonic
        bool close = false;
    };
    struct Table;  // the functions behind ac_host
    friend struct Table;

    void run();
    bool open();
    void carry_out(const Work& work);
    void answer(frames::Type type, std::int64_t id, std::int32_t status, const struct Collected& reply);
    void log(std::int64_t level, std::string_view message);
    int32_t told(Folder& folder, int32_t status);

    const ac_plugin& plugin_;
    Channel& channel_;
    ToldClock& clock_;
    const frames::Open open_;
    const std::string settings_;
    ac_host host_;
    Folder data_, folder_;
    void* self_ = nullptr;

    std::atomic<std::int64_t> current_{0}, deadline_ms_{0}, cancelled_{0};
    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<Work> queue_;
    bool closed_ = false;
};

}  // namespace aftercare::plugin_host
