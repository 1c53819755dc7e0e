#pragma once
#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "connect/supervisor.hpp"
#include "jobs/dispatcher.hpp"
#include "jobs/lanes.hpp"
#include "jobs/pulls.hpp"
#include "jobs/revisits.hpp"
#include "jobs/timers.hpp"
#include "usecase/connectors.hpp"

namespace aftercare::jobs {

/// Lets a loop sleep until a time comes, somebody pokes it, or it shall stop.
class Wake {
   public:
    void poke();
    void wait(const std::stop_token& stop, Duration at_most);

   private:
    std::mutex lock_;
    std::condition_variable_any poked_;
    bool is_poked_ = false;
};

struct JobsOptions {
    connect::SupervisorOptions supervisor;
    std::string data_folder;  ///< where connectors keep their own small stores
    connect::Reach reach = connect::Reach::public_only;  ///< where webhooks may go
    bool works = true;        ///< false: only runs plugins for those who wait outside (`serve` without jobs)
};

/// Everything that happens without anybody asking, and everything that plugins do. Thread safe; `ctx` outlives it. Main gives
/// `call`, `health` and `catalog` to the Context, and tells `committed` the topic of every hint of the store.
class Jobs {
   public:
    Jobs(usecase::Context& ctx, const JobsOptions& options);

    /// Runs until `stop`; calls under way get five seconds to end. Give it a thread.
    void run(const std::stop_token& stop);
    /// After a commit: "outbox" wakes the dispatcher, "connector" sets the hosts up anew, "import" wakes the importer,
    /// "plan" and "calendar" plan revisits.
    void committed(std::string_view topic);

    usecase::PluginReply call(const ConnectorId&, std::string_view op, std::string_view request_json, Duration deadline);
    std::optional<usecase::ConnectorHealth> health(const ConnectorId&) const;
    std::vector<usecase::PluginView> catalog() const;

    /// Reads connectors and plugins again. Happens by itself: at the start, after "connector", and each ten seconds.
    void configure();

   private:
    tl::expected<usecase::CallLimits, usecase::Lack> offers(const std::string& plugin, std::string_view op) const;
    std::vector<PullTarget> targets() const;
    void loop(const std::stop_token& stop, Wake& wake, const std::function<Instant(Instant)>& tick);

    usecase::Context& ctx_;
    const JobsOptions options_;
    connect::Supervisor supervisor_;
    Lanes lanes_{Lanes::Mode::threads};

    mutable std::mutex lock_;
    std::map<std::string, connect::PluginFile> plugins_;
    std::vector<usecase::RunnableConnector> connectors_;
    bool must_configure_ = true;

    Dispatcher dispatcher_;
    Timers timers_;
    Revisits revisits_;
    Pulls pulls_;
    Wake dispatch_wake_, timer_wake_, revisit_wake_, pull_wake_, configure_wake_, import_wake_, reply_wake_;
};

}  // namespace aftercare::jobs
