#include <poll.h>
#include <unistd.h>

#include <array>

#include "connect/supervisor_impl.hpp"
#include "env/log.hpp"

namespace aftercare::connect {
namespace {

constexpr Duration kPingEvery = seconds(10);
constexpr Duration kSilence = seconds(30);
constexpr Duration kLeaveLimit = seconds(2);
constexpr int kReapMs = 100;
constexpr std::string_view kFinal = "not_loadable";  // starting again would end the same way

}  // namespace

double Supervisor::Impl::chance() {
    std::array<std::byte, 2> bytes{};
    random.fill(bytes);
    return (std::to_integer<int>(bytes[0]) * 256 + std::to_integer<int>(bytes[1])) / 65'535.0;
}

void Supervisor::Impl::run(std::stop_token stop) {
    const std::stop_callback wake_up(stop, [this] { wake(); });
    std::unique_lock lock(mutex);
    while (!stop.stop_requested()) {
        const auto now = steady();
        next_due = now + seconds(60);
        reconcile(now);
        for (auto& [id, host] : hosts) {
            if (host.process && host.doom.empty()) watch(host, now);
            if (host.process && !host.doom.empty()) end(host, host.doom);
        }
        for (const auto& [id, slot] : slots) watch_waiting(slot, hosts.at(slot->instance.plugin_id), now);
        poll_once(lock);
    }
    shut_down(lock);
}

/// Brings processes and opened instances towards what is wanted. States only, from any thread; processes are the loop's.
void Supervisor::Impl::reconcile(Instant now) {
    for (auto& [id, host] : hosts) {
        const bool wanted = std::any_of(slots.begin(), slots.end(), [&](const auto& s) { return s.second->instance.plugin_id == id; });
        if (host.process) continue;
        if (!wanted) {
            host.policy.reset();
            host.state = HostState::stopped;
        } else if (!host.installed) {
            host.state = HostState::absent;
        } else if (host.state == HostState::absent || host.state == HostState::stopped) {
            host.state = HostState::starting;
        } else if (host.state == HostState::backoff && now >= host.restart_at) {
            host.state = HostState::starting;
            ++host.restarts;
        }
    }
    for (const auto& [id, slot] : slots) {
        auto& host = hosts.at(slot->instance.plugin_id);
        if (host.state == HostState::ready && host.doom.empty() && slot->stage == Slot::Stage::closed) open(host, slot, now);
    }
}

void Supervisor::Impl::watch(Host& host, Instant now) {
    const auto expect = [&](Instant by, const char* code, const std::string& what) {
        if (now >= by) {
            host.doom = code;
            host.last_error = what;
        } else {
            due(by);
        }
    };
    if (host.state == HostState::starting) return expect(host.start_by, "start_timeout", "it did not get ready in time");
    if (now >= host.pinged + kPingEvery) {
        host.pinged = now;
        host.process->send(frames::make(frames::Type::ping, frames::Empty{}));
    }
    due(host.pinged + kPingEvery);
    expect(host.heard + kSilence, "silent", "it no longer answers pings");
    for (const auto& [number, slot] : host.slots)
        if (slot->stage == Slot::Stage::opening) expect(slot->open_by, "open_timeout", "opening an instance took too long");
    watch_calls(host, now);
    const bool wanted = std::any_of(slots.begin(), slots.end(),
                                    [&](const auto& s) { return &hosts.at(s.second->instance.plugin_id) == &host; });
    if (!wanted && host.inflight.empty() && host.doom.empty()) let_go(host, now);
}

void Supervisor::Impl::watch_calls(Host& host, Instant now) {
    for (auto it = host.inflight.begin(); it != host.inflight.end();) {
        const PendingPtr call = it->second;
        if (now < call->soft) {
            due(call->soft);
        } else if (!call->cancelled) {
            call->cancelled = true;
            host.process->send(frames::make(frames::Type::cancel, frames::Number{call->id}));
        }
        if (now < call->hard) {
            due(call->hard);
            ++it;
            continue;
        }
        host.doom = "deadline";
        host.last_error = call->op + ": no answer in time, killed";
        finish(call, lost(*call, "deadline", "no answer in " + std::to_string((call->hard - call->asked).ms) + " ms"));
        call->slot->running.reset();
        it = host.inflight.erase(it);
    }
}

void Supervisor::Impl::watch_waiting(const SlotPtr& slot, Host& host, Instant now) {
    const bool hopeless = host.state == HostState::absent || host.state == HostState::quarantined || host.state == HostState::stopped;
    if (hopeless)
        for (const auto& each : slot->waiting) finish(each, unasked(failure(ErrorClass::unavailable, "plugin_not_ready", host.last_error)));
    for (const auto& each : slot->waiting) {
        if (now >= each->soft) finish(each, failure(ErrorClass::unavailable, "not_sent", host.last_error));
        else due(each->soft);
    }
    std::erase_if(slot->waiting, [](const PendingPtr& each) { return each->done; });
}

void Supervisor::Impl::poll_once(std::unique_lock<std::mutex>& lock) {
    for (auto& [id, host] : hosts)
        if (!host.process) {
            if (host.state == HostState::starting) start(host, steady());
            if (host.state == HostState::starting) due(host.start_by);
            if (host.state == HostState::backoff) due(host.restart_at);
        }
    std::erase_if(leaving, [now = steady()](Leaving& each) {
        if (now >= each.kill_at) each.process->kill();
        return each.process->reap(0).has_value();
    });

    std::vector<pollfd> fds{{wake_fd, POLLIN, 0}};
    std::vector<Host*> polled;
    for (auto& [id, host] : hosts) {
        if (!host.process) continue;
        const short wanted = host.process->has_unsent() ? POLLIN | POLLOUT : POLLIN;
        fds.push_back({host.process->socket(), wanted, 0});
        fds.push_back({host.process->out(), POLLIN, 0});
        fds.push_back({host.process->err(), POLLIN, 0});
        polled.push_back(&host);
    }
    for (const auto& each : leaving) {
        fds.push_back({each.process->pidfd(), POLLIN, 0});
        due(each.kill_at);
    }
    const auto wait = std::clamp<std::int64_t>((next_due - steady()).ms, 0, 60'000);
    lock.unlock();
    ::poll(fds.data(), fds.size(), static_cast<int>(wait));
    lock.lock();
    std::uint64_t count = 0;
    [[maybe_unused]] const auto drained = read(wake_fd, &count, sizeof count);
    for (std::size_t i = 0; i < polled.size(); ++i)
        hear(*polled[i], fds[1 + i * 3].revents, fds[2 + i * 3].revents != 0, fds[3 + i * 3].revents != 0);
}

void Supervisor::Impl::hear(Host& host, short socket_events, bool out, bool err) {
    const auto drain = [&] {
        if (out) host.process->read_lines(0, [&](std::string_view line) { log(host, "info", line); });
        if (err) host.process->read_lines(1, [&](std::string_view line) { log(host, "warn", line); });
    };
    drain();
    if (socket_events & POLLOUT) host.process->flush();
    if (!(socket_events & (POLLIN | POLLHUP | POLLERR))) return;
    const auto read = host.process->receive([&](frames::Frame frame) { take(host, std::move(frame)); });
    if (read == HostProcess::Read::broken && host.doom.empty()) {
        host.doom = "protocol";
        host.last_error = "it sent bytes that are no frame";
    }
    if (read != HostProcess::Read::ended && host.doom.empty()) return;
    out = err = true;
    drain();  // its last words
    end(host, host.doom.empty() ? "crashed" : host.doom);
}

void Supervisor::Impl::end(Host& host, const std::string& code) {
    const auto now = steady();
    auto how = host.process->reap(code == "crashed" ? kReapMs : 0);  // before the kill: how it ended by itself
    host.process->kill();
    if (!how) how = host.process->reap(kReapMs);
    if (!how) leaving.push_back({std::move(host.process), now});
    host.process.reset();
    if (code == "crashed") {
        host.last_error = "ended with " + how.value_or("no exit");
        if (!host.inflight.empty()) host.last_error += " in " + host.inflight.begin()->second->op;
    }
    log(host, "error", code + ": " + host.last_error);
    env::log_warn("plugin_ended", {{"plugin", host.file.id}, {"code", code}, {"why", host.last_error}});
    const auto wait = code == kFinal ? std::nullopt : host.policy.on_end(now, chance());
    host.state = wait ? HostState::backoff : HostState::quarantined;
    if (wait) host.restart_at = now + *wait;
    lose_calls(host, code);
    host.doom.clear();
    for (const auto& [id, slot] : slots) {
        if (&hosts.at(slot->instance.plugin_id) != &host) continue;
        slot->stage = Slot::Stage::closed;
        slot->number = 0;
        watch_waiting(slot, host, now);
    }
    host.slots.clear();
    if (wait) due(host.restart_at);
}

/// A writing call may have done its work: `unknown`. A reading one goes to the head of its queue, once.
void Supervisor::Impl::lose_calls(Host& host, const std::string& code) {
    for (const auto& [id, call] : host.inflight) {
        call->slot->running.reset();
        if (!call->options.writes && !call->retried && !call->slot->gone && host.state == HostState::backoff) {
            call->retried = true;
            call->slot->waiting.push_front(call);
        } else {
            finish(call, lost(*call, code == "protocol" ? "protocol" : "crashed", host.last_error));
        }
    }
    host.inflight.clear();
}

void Supervisor::Impl::let_go(Host& host, Instant now) {
    host.process->send(frames::make(frames::Type::bye, frames::Empty{}));
    leaving.push_back({std::move(host.process), now + kLeaveLimit});
    host.process.reset();
    host.slots.clear();
    host.state = HostState::stopped;
    host.policy.reset();
}

void Supervisor::Impl::shut_down(std::unique_lock<std::mutex>& lock) {
    stopped = true;
    const auto now = steady();
    for (auto& [id, host] : hosts) {
        for (const auto& [number, call] : host.inflight) finish(call, lost(*call, "supervisor_stopped", {}));
        host.inflight.clear();
        if (host.process) let_go(host, now);
        host.state = HostState::stopped;
    }
    for (const auto& [id, slot] : slots) {
        for (const auto& each : slot->waiting) finish(each, failure(ErrorClass::unavailable, "supervisor_stopped"));
        slot->waiting.clear();
        slot->running.reset();  // it holds the slot as well
    }
    auto going = std::move(leaving);
    lock.unlock();
    for (auto& each : going)
        if (!each.process->reap(static_cast<int>(std::max<std::int64_t>(0, (each.kill_at - steady()).ms)))) each.process->kill();
}

}  // namespace aftercare::connect
