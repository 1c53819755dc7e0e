#pragma once
#include <algorithm>
#include <condition_variable>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <vector>

#include "connect/breaker.hpp"
#include "connect/host_process.hpp"
#include "connect/restart.hpp"
#include "connect/supervisor.hpp"

/// The inside of Supervisor. One mutex guards everything; only the thread in `run` starts and ends processes and polls, callers
/// queue, send and wait. All times here are of the steady clock, kept as Instant.
namespace aftercare::connect {

Instant steady();

struct Slot;

/// One call, from the moment it is asked until its outcome is known.
struct Pending {
    std::int64_t id = 0;
    std::string op, request;
    CallOptions options;
    Instant asked, soft, hard;
    bool sent = false, cancelled = false, retried = false, done = false;
    Outcome outcome;              // of a call that the service itself ended
    bool answered = false;        // then the next three count instead
    frames::Reply reply;
    std::string payload;
    std::int64_t serial = 0;      // of the process that answered
    std::shared_ptr<Slot> slot;
    std::condition_variable ready;
};
using PendingPtr = std::shared_ptr<Pending>;

/// One wanted instance.
struct Slot {
    enum class Stage { closed, opening, open, refused };
    Slot(Instance wanted, Duration probe_after) : instance(std::move(wanted)), breaker(probe_after) {}

    Instance instance;
    Stage stage = Stage::closed;
    std::int64_t number = 0;  // on the wire; 0: not opened
    bool gone = false;        // no longer wanted
    Instant open_by;
    Outcome refusal;
    std::deque<PendingPtr> waiting;
    PendingPtr running;
    Breaker breaker;
    std::deque<std::int64_t> latencies;
    std::string last_error;
    Instant last_call_at;  // wall clock
};
using SlotPtr = std::shared_ptr<Slot>;

/// One plugin and its process, if there is one.
struct Host {
    explicit Host(RestartPolicy restart) : policy(std::move(restart)) {}

    PluginFile file;
    bool installed = false;
    HostState state = HostState::absent;
    RestartPolicy policy;
    std::unique_ptr<HostProcess> process;
    std::int64_t serial = 0;
    Instant start_by, restart_at, pinged, heard;
    std::map<std::int64_t, SlotPtr> slots;       // opened, by number
    std::map<std::int64_t, PendingPtr> inflight;  // sent, by id
    std::string doom;                             // why it must end: a code; empty: it need not
    std::deque<LogLine> log;
    Instant log_second;
    std::int64_t log_count = 0, restarts = 0;
    std::string last_error;
};

struct Leaving {
    std::unique_ptr<HostProcess> process;
    Instant kill_at;
};

struct Supervisor::Impl {
    Impl(SupervisorOptions o, env::Clock& c, env::Random& r);
    ~Impl();

    SupervisorOptions options;
    env::Clock& clock;
    env::Random& random;
    int wake_fd = -1;

    mutable std::mutex mutex;
    bool stopped = false;
    std::vector<PluginFile> files;
    std::map<ConnectorId, SlotPtr> slots;
    std::map<std::string, Host> hosts;
    std::vector<Leaving> leaving;
    std::int64_t last_id = 0;
    Instant next_due;

    // calls (supervisor.cpp); `lock` is held on entry and on return
    Outcome exchange(std::unique_lock<std::mutex>& lock, const SlotPtr& slot, std::string_view op, std::string_view request,
                     const CallOptions& call_options, bool& sent);
    Outcome read_answer(std::unique_lock<std::mutex>& lock, Pending& call);
    void drop_slot(const SlotPtr& slot);
    void wake() const;

    // frames (supervisor_frames.cpp)
    void start(Host& host, Instant now);
    void open(Host& host, const SlotPtr& slot, Instant now);
    void dispatch(const SlotPtr& slot);
    void take(Host& host, frames::Frame frame);
    void take_opened(Host& host, const frames::Frame& frame);
    void take_reply(Host& host, frames::Frame frame);
    void log(Host& host, std::string level, std::string_view line);
    static void finish(const PendingPtr& call, Outcome outcome);

    // loop (supervisor_loop.cpp)
    void run(std::stop_token stop);
    void reconcile(Instant now);
    void watch(Host& host, Instant now);
    void watch_calls(Host& host, Instant now);
    void watch_waiting(const SlotPtr& slot, Host& host, Instant now);
    void poll_once(std::unique_lock<std::mutex>& lock);
    void hear(Host& host, short socket_events, bool out, bool err);
    void end(Host& host, const std::string& code);
    void lose_calls(Host& host, const std::string& code);
    void let_go(Host& host, Instant now);
    void shut_down(std::unique_lock<std::mutex>& lock);
    void due(Instant at) { next_due = std::min(next_due, at); }
    double chance();
};

/// The outcome of a call that never got an answer because of `code` (crashed, deadline, protocol, stopped).
Outcome lost(const Pending& call, const std::string& code, std::string message);
inline Outcome failure(ErrorClass how, std::string code, std::string message = {}, std::int64_t retry_after_ms = 0) {
    return {false, {}, how, std::move(code), std::move(message), retry_after_ms};
}
/// The first field it names goes with the message: people look for it there.
inline Outcome failure(PluginError error) {
    if (!error.fields.empty()) error.message += " " + error.fields.front().pointer + " " + error.fields.front().code;
    return failure(error.error_class, std::move(error.code), std::move(error.message), error.retry_after_ms);
}
inline Outcome unasked(Outcome why) {
    why.asked = false;
    return why;
}

}  // namespace aftercare::connect
