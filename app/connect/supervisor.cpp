#include "connect/supervisor.hpp"

#include <aftercare/connector/check.hpp>
#include <aftercare/plugin.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <chrono>
#include <set>
#include <stdexcept>

#include "connect/supervisor_impl.hpp"

namespace aftercare::connect {
namespace {

constexpr std::size_t kLatencies = 100;
constexpr Duration kProbeDeadline = seconds(15);

Outcome of_status(std::int64_t status) {
    switch (status) {
        case AC_BAD_OP: return failure(ErrorClass::unsupported, "bad_op");
        case AC_BAD_JSON: return failure(ErrorClass::invalid, "bad_json");
        case AC_NO_REPLY: return failure(ErrorClass::internal, "no_reply");
        case AC_NO_MEMORY: return failure(ErrorClass::internal, "no_memory");
        case AC_PANIC: return failure(ErrorClass::internal, "panic");
        default: return failure(ErrorClass::internal, "door_status_" + std::to_string(status));
    }
}

/// Why a plugin in this state takes no calls; ok when it does.
Outcome of_state(const Host& host, Instant now) {
    switch (host.state) {
        case HostState::ready:
        case HostState::starting: return {true, {}, {}, {}, {}, 0};
        case HostState::backoff:
            return unasked(failure(ErrorClass::unavailable, "plugin_restarting", host.last_error,
                                   std::max<std::int64_t>(1, (host.restart_at - now).ms)));
        case HostState::quarantined: return unasked(failure(ErrorClass::unavailable, "plugin_quarantined", host.last_error));
        case HostState::absent: return unasked(failure(ErrorClass::unavailable, "plugin_absent"));
        case HostState::stopped: break;
    }
    return unasked(failure(ErrorClass::unavailable, "plugin_stopped"));
}

std::int64_t p95(const std::deque<std::int64_t>& latencies) {
    if (latencies.empty()) return 0;
    std::vector<std::int64_t> sorted(latencies.begin(), latencies.end());
    std::sort(sorted.begin(), sorted.end());
    return sorted[(sorted.size() * 95 + 99) / 100 - 1];
}

}  // namespace

Instant steady() {
    using namespace std::chrono;
    return {duration_cast<milliseconds>(steady_clock::now().time_since_epoch()).count()};
}

Outcome lost(const Pending& call, const std::string& code, std::string message) {
    if (call.options.writes) return failure(ErrorClass::unknown, code, std::move(message));
    if (const auto known = from_word<ErrorClass>(code)) return failure(*known, code, std::move(message));
    return failure(ErrorClass::unavailable, code, std::move(message));
}

Supervisor::Impl::Impl(SupervisorOptions o, env::Clock& c, env::Random& r) : options(std::move(o)), clock(c), random(r) {
    wake_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    if (wake_fd < 0) throw std::runtime_error("eventfd");
}

Supervisor::Impl::~Impl() { close(wake_fd); }

void Supervisor::Impl::wake() const {
    const std::uint64_t one = 1;
    // Full means: it is awake already.
    [[maybe_unused]] const auto written = write(wake_fd, &one, sizeof one);
}

Supervisor::Supervisor(SupervisorOptions options, env::Clock& clock, env::Random& random)
    : impl_(std::make_unique<Impl>(std::move(options), clock, random)) {}
Supervisor::~Supervisor() = default;

void Supervisor::run(std::stop_token stop) { impl_->run(std::move(stop)); }

std::vector<PluginFile> Supervisor::plugins() const {
    const std::lock_guard lock(impl_->mutex);
    return impl_->files;
}

void Supervisor::Impl::drop_slot(const SlotPtr& slot) {
    slot->gone = true;
    auto& host = hosts.at(slot->instance.plugin_id);
    if (slot->number && host.process) host.process->send(frames::make(frames::Type::close, frames::Number{slot->number}));
    for (const auto& each : slot->waiting) finish(each, failure(ErrorClass::unavailable, "connector_changed"));
    slot->waiting.clear();
}

void Supervisor::configure(std::vector<Instance> wanted) {
    auto found = scan(impl_->options.plugins_folder);
    const std::lock_guard lock(impl_->mutex);
    auto& slots = impl_->slots;
    auto& hosts = impl_->hosts;
    impl_->files = std::move(found.plugins);

    for (auto it = slots.begin(); it != slots.end();) {
        const auto same = std::find(wanted.begin(), wanted.end(), it->second->instance);
        if (same == wanted.end()) impl_->drop_slot(it->second);
        it = same == wanted.end() ? slots.erase(it) : std::next(it);
    }
    std::set<std::string> renewed;
    for (auto& instance : wanted) {
        const RestartPolicy policy(impl_->options.first_restart, impl_->options.quiet_reset);
        hosts.try_emplace(instance.plugin_id, policy);
        if (slots.contains(instance.id)) continue;
        renewed.insert(instance.plugin_id);
        const ConnectorId id = instance.id;  // the right side of an assignment is evaluated first, and moves it away
        slots[id] = std::make_shared<Slot>(std::move(instance), impl_->options.probe_after);
    }
    for (auto& [id, host] : hosts) {
        const auto file = std::find_if(impl_->files.begin(), impl_->files.end(), [&](const auto& f) { return f.id == id; });
        host.installed = file != impl_->files.end();
        const bool is_new = host.installed && file->stamp != host.file.stamp;
        if (host.state == HostState::quarantined && (is_new || renewed.contains(id))) {
            host.policy.reset();
            host.state = HostState::stopped;  // and from there it starts
        }
        if (host.installed && !host.process) host.file = *file;  // a running one keeps what it was started with
    }
    impl_->reconcile(steady());
    impl_->wake();
}

Outcome Supervisor::Impl::exchange(std::unique_lock<std::mutex>& lock, const SlotPtr& slot, std::string_view op,
                                   std::string_view request, const CallOptions& call_options, bool& sent) {
    auto& host = hosts.at(slot->instance.plugin_id);
    const auto now = steady();
    if (stopped) return failure(ErrorClass::unavailable, "supervisor_stopped");
    if (auto refused = of_state(host, now); !refused.ok) return refused;
    if (slot->stage == Slot::Stage::refused) return slot->refusal;

    const auto call = std::make_shared<Pending>();
    call->id = ++last_id;
    call->op = op;
    call->request = request;
    call->options = call_options;
    call->asked = now;
    call->soft = now + call_options.deadline;
    call->hard = call->soft + options.grace;
    call->slot = slot;
    slot->waiting.push_back(call);
    slot->last_call_at = clock.now();
    dispatch(slot);
    wake();
    const auto patience = std::chrono::milliseconds(call_options.deadline.ms + options.grace.ms + 5'000);
    if (!call->ready.wait_for(lock, patience, [&] { return call->done; })) {
        std::erase(slot->waiting, call);
        return failure(ErrorClass::unavailable, "supervisor_not_running");
    }
    sent = call->sent;
    slot->latencies.push_back((steady() - call->asked).ms);
    if (slot->latencies.size() > kLatencies) slot->latencies.pop_front();
    return call->answered ? read_answer(lock, *call) : call->outcome;
}

Outcome Supervisor::Impl::read_answer(std::unique_lock<std::mutex>& lock, Pending& call) {
    if (call.reply.too_long) return lost(call, "protocol", "its reply is longer than 8 MiB");
    if (call.reply.status != AC_OK && call.reply.status != AC_ERROR) return of_status(call.reply.status);
    lock.unlock();  // a long reply takes its time
    Outcome outcome;
    std::string wrong;
    if (call.reply.status == AC_OK) {
        const auto json = parse_json(call.payload);
        if (json) outcome = {true, std::move(call.payload), {}, {}, {}, 0};
        else wrong = "its reply cannot be read: " + json.error().code;
    } else if (auto error = decode<PluginError>(call.payload); !error) {
        wrong = "its error cannot be read: " + error.error().code;
    } else if (is_made_by_service(error->error_class)) {
        wrong = "it answers an error class that only the service makes";
    } else {
        outcome = failure(std::move(*error));
    }
    lock.lock();
    if (wrong.empty()) return outcome;
    auto& host = hosts.at(call.slot->instance.plugin_id);
    if (host.serial == call.serial && host.process) {
        host.doom = "protocol";
        host.last_error = call.op + ": " + wrong;
        wake();
    }
    return lost(call, "protocol", wrong);
}

Outcome Supervisor::call(const ConnectorId& id, std::string_view op, std::string_view request_json, const CallOptions& options) {
    if (request_json.size() > frames::kMaxPayload) return failure(ErrorClass::invalid, "request_too_long");
    std::unique_lock lock(impl_->mutex);
    const auto found = impl_->slots.find(id);
    if (found == impl_->slots.end()) return failure(ErrorClass::unavailable, "connector_unknown");
    if (impl_->stopped) return failure(ErrorClass::unavailable, "supervisor_stopped");
    const SlotPtr slot = found->second;
    const auto& host = impl_->hosts.at(slot->instance.plugin_id);
    const auto& ops = host.file.ops;
    if (!ops.empty() && std::find(ops.begin(), ops.end(), op) == ops.end())
        return failure(ErrorClass::unsupported, "op_not_declared");
    if (auto refused = of_state(host, steady()); !refused.ok) return refused;

    const auto carry = [&](std::string_view what, std::string_view request, const CallOptions& how) {
        bool sent = false;
        auto outcome = impl_->exchange(lock, slot, what, request, how, sent);
        if (outcome.ok) slot->breaker.succeeded();
        else slot->breaker.failed(sent ? outcome.error_class : ErrorClass::cancelled, steady());
        if (!outcome.ok) slot->last_error = std::string(what) + ": " + outcome.code + " " + outcome.message;
        return outcome;
    };
    const auto gate = slot->breaker.ask(steady());
    if (gate == Breaker::Gate::closed_road)
        return failure(ErrorClass::circuit_open, "circuit_open", slot->last_error, slot->breaker.wait(steady()).ms);
    const bool can_probe = op != kCheckOp && std::find(ops.begin(), ops.end(), kCheckOp) != ops.end();
    if (gate == Breaker::Gate::probe_first && can_probe) {
        CallOptions probe;
        probe.deadline = std::min(options.deadline, kProbeDeadline);
        const auto checked = carry(kCheckOp, "{}", probe);
        if (!checked.ok) return failure(ErrorClass::circuit_open, "circuit_open", checked.message, slot->breaker.wait(steady()).ms);
    }
    return carry(op, request_json, options);
}

std::vector<Health> Supervisor::health() const {
    const std::lock_guard lock(impl_->mutex);
    std::vector<Health> all;
    for (const auto& [id, slot] : impl_->slots) {
        const auto& host = impl_->hosts.at(slot->instance.plugin_id);
        Health h;
        h.id = id;
        h.plugin_id = slot->instance.plugin_id;
        h.state = slot->stage == Slot::Stage::refused ? HostState::stopped : host.state;
        h.restarts = host.restarts;
        h.p95_ms = p95(slot->latencies);
        h.circuit_open = slot->breaker.is_open();
        h.last_error = host.state == HostState::ready || host.last_error.empty() ? slot->last_error : host.last_error;
        h.last_call_at = slot->last_call_at;
        h.log_tail.assign(host.log.begin(), host.log.end());
        all.push_back(std::move(h));
    }
    return all;
}

}  // namespace aftercare::connect
