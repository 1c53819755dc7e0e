#pragma once
#include <aftercare/base/id.hpp>
#include <aftercare/base/instant.hpp>
#include <aftercare/base/words.hpp>
#include <aftercare/connector/error.hpp>
#include <memory>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "connect/plugin_file.hpp"
#include "env/clock.hpp"
#include "env/random.hpp"

namespace aftercare {
/// absent: its plugin is not installed. stopped: not running, or its settings were refused (`last_error` says which).
AC_WORDS(HostState, absent, starting, ready, backoff, quarantined, stopped);
}  // namespace aftercare

namespace aftercare::connect {

/// One configured connector: a plugin with settings. `data_folder`: its own, for store/1; made when missing. `version`: another
/// one says that somebody saved it anew.
struct Instance {
    ConnectorId id;
    std::string plugin_id, settings_json, data_folder;
    std::int64_t version = 0;
    bool operator==(const Instance&) const = default;
};

/// `idempotency_key`: stable over retries. `deadline`: from now, soft; a plugin that does not answer `grace` after it is
/// killed. `writes`: the operation changes something outside; decides what a lost answer means.
struct CallOptions {
    std::string idempotency_key;
    std::int64_t attempt = 1;
    Duration deadline = seconds(15);
    bool writes = false;
};

/// ok: `reply_json` is valid JSON of at most 8 MiB and 64 levels, its fields unchecked. Else `error_class` says what to do next
/// (plugin-sdk.md, section 2.6). A writing call whose answer was lost, late or unreadable is `unknown`; its `code` then says
/// which: crashed, deadline or protocol.
struct Outcome {
    bool ok = false;
    std::string reply_json;
    ErrorClass error_class = ErrorClass::internal;
    std::string code, message;
    std::int64_t retry_after_ms = 0;
    bool asked = true;  ///< false: the plugin does not run now, so nobody was asked
};

struct LogLine {
    Instant at;
    std::string level, message;
};

struct Health {
    ConnectorId id;
    std::string plugin_id;
    HostState state{};
    std::int64_t restarts = 0, p95_ms = 0;
    bool circuit_open = false;
    std::string last_error;
    Instant last_call_at;
    std::vector<LogLine> log_tail;  ///< oldest first, at most 50, of the plugin's process
};

struct SupervisorOptions {
    std::string host_program;  ///< path of aftercare-plugin-host
    std::string plugins_folder;
    Duration grace = seconds(2);
    Duration start_limit = seconds(5);
    Duration first_restart{500};      ///< doubles to 60 s
    Duration quiet_reset = minutes(10);  ///< also the window of the five ends that mean quarantine
    Duration probe_after = seconds(30);  ///< an open circuit tries check/1 after it
};

/// Starts and watches one `aftercare-plugin-host` per plugin and carries calls to it. Thread safe. Nothing starts before `run`.
/// The wall clock is only told to plugins and shown; waiting is measured by the steady clock.
class Supervisor {
   public:
    Supervisor(SupervisorOptions options, env::Clock& clock, env::Random& random);
    ~Supervisor();
    Supervisor(const Supervisor&) = delete;
    Supervisor& operator=(const Supervisor&) = delete;

    /// The instances wanted from now on; looks for plugins again. Same list: nothing happens. A changed one is closed and opened
    /// anew. A quarantined plugin starts again with a changed or new instance, with a new file, and once none was wanted.
    void configure(std::vector<Instance> wanted);

    /// Blocks until answered, at most deadline + grace. One call at a time per instance, the others wait in order. At once
    /// `unavailable` while the plugin waits for its restart (with `retry_after_ms`), is quarantined, absent or stopped.
    Outcome call(const ConnectorId& id, std::string_view op, std::string_view request_json, const CallOptions& options);

    /// One per wanted instance, by id.
    std::vector<Health> health() const;
    std::vector<PluginFile> plugins() const;

    /// The supervisor's own thread: give it one. Returns after `stop`, when every host has gone.
    void run(std::stop_token stop);

   private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace aftercare::connect
