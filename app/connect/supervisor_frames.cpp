#include <aftercare/plugin_ext.h>

#include <filesystem>

#include "connect/supervisor_impl.hpp"

namespace aftercare::connect {
namespace {

constexpr Duration kOpenLimit = seconds(10);
constexpr std::size_t kLogTail = 50;
constexpr std::int64_t kLogLinesPerSecond = 200;

std::string level_word(std::int64_t level) {
    switch (level) {
        case AC_LOG_DEBUG: return "debug";
        case AC_LOG_WARN: return "warn";
        case AC_LOG_ERROR: return "error";
        default: return "info";
    }
}

/// The directory that the plugin's settings grant, or "".
std::string granted_folder(const PluginFile& file, const std::string& settings_json) {
    if (file.folder_setting.empty()) return {};
    const auto settings = parse_json(settings_json);
    if (!settings || !settings->is_object()) return {};
    const auto at = settings->find(file.folder_setting);
    return at != settings->end() && at->is_string() ? at->get<std::string>() : std::string();
}

}  // namespace

void Supervisor::Impl::start(Host& host, Instant now) {
    host.process = std::make_unique<HostProcess>();
    host.serial = ++last_id;
    host.state = HostState::starting;
    host.start_by = now + options.start_limit;
    host.pinged = host.heard = now;
    host.doom.clear();
    if (const auto spawned = host.process->spawn(options.host_program, host.file.so_path); !spawned) {
        host.last_error = spawned.error().code + ": " + spawned.error().detail;
        return end(host, "spawn_failed");
    }
    host.process->send(frames::make(frames::Type::hello, frames::Hello{clock.now().ms}, host.file.manifest.text));
}

void Supervisor::Impl::open(Host& host, const SlotPtr& slot, Instant now) {
    const auto& wanted = slot->instance;
    if (!wanted.data_folder.empty()) {
        std::error_code ec;  // what is wrong with it, the host finds and says
        std::filesystem::create_directories(wanted.data_folder, ec);
    }
    slot->number = ++last_id;
    slot->stage = Slot::Stage::opening;
    slot->open_by = now + kOpenLimit;
    host.slots[slot->number] = slot;
    const frames::Open head{slot->number, clock.now().ms, wanted.data_folder, granted_folder(host.file, wanted.settings_json),
                            host.file.folder_write};
    host.process->send(frames::make(frames::Type::open, head, wanted.settings_json));
}

void Supervisor::Impl::dispatch(const SlotPtr& slot) {
    auto& host = hosts.at(slot->instance.plugin_id);
    if (host.state != HostState::ready || !host.doom.empty() || slot->stage != Slot::Stage::open) return;
    if (slot->running || slot->waiting.empty()) return;
    const auto call = slot->waiting.front();
    slot->waiting.pop_front();
    slot->running = call;
    call->sent = true;
    call->cancelled = false;
    host.inflight[call->id] = call;
    const frames::Call head{call->id, slot->number, clock.now().ms, std::max<std::int64_t>(0, (call->soft - steady()).ms),
                            call->options.attempt, call->op, call->options.idempotency_key};
    host.process->send(frames::make(frames::Type::call, head, call->request));
}

void Supervisor::Impl::finish(const PendingPtr& call, Outcome outcome) {
    if (call->done) return;
    call->outcome = std::move(outcome);
    call->done = true;
    call->ready.notify_all();
}

void Supervisor::Impl::log(Host& host, std::string level, std::string_view line) {
    const auto second = Instant{steady().ms / 1'000};
    if (second != host.log_second) {
        if (host.log_count > kLogLinesPerSecond)
            host.log.push_back({clock.now(), "warn", std::to_string(host.log_count - kLogLinesPerSecond) + " lines dropped"});
        host.log_second = second;
        host.log_count = 0;
    }
    if (++host.log_count > kLogLinesPerSecond) return;
    host.log.push_back({clock.now(), std::move(level), frames::clean_line(line)});
    while (host.log.size() > kLogTail) host.log.pop_front();
}

/// Everything here comes from a process that may be broken or hostile: what does not fit dooms it.
void Supervisor::Impl::take(Host& host, frames::Frame frame) {
    if (!host.doom.empty()) return;
    host.heard = steady();
    using frames::Type;
    const bool starting = host.state == HostState::starting;
    if (frame.type == Type::failed && starting) {
        const auto failed = decode<frames::Failed>(frame.head);
        host.last_error = failed ? failed->code + ": " + failed->message : "load failed";
        host.doom = "not_loadable";
    } else if (frame.type == Type::ready && starting) {
        host.state = HostState::ready;
        reconcile(host.heard);
    } else if (frame.type == Type::log) {
        const auto line = decode<frames::Log>(frame.head);
        if (line) log(host, level_word(line->level), line->message);
        else host.doom = "protocol";
    } else if (frame.type == Type::opened && !starting) {
        take_opened(host, frame);
    } else if (frame.type == Type::reply && !starting) {
        take_reply(host, std::move(frame));
    } else if (frame.type == Type::closed && !starting) {
        const auto closed = decode<frames::Number>(frame.head);
        const auto found = closed ? host.slots.find(closed->id) : host.slots.end();
        if (found != host.slots.end() && found->second->gone) host.slots.erase(found);
        else host.doom = "protocol";
    } else if (frame.type != Type::pong || starting) {
        host.doom = "protocol";
    }
    if (host.doom == "protocol") host.last_error = "it sent a frame that makes no sense";
}

void Supervisor::Impl::take_opened(Host& host, const frames::Frame& frame) {
    const auto opened = decode<frames::Reply>(frame.head);
    const auto found = opened ? host.slots.find(opened->id) : host.slots.end();
    if (found == host.slots.end() || found->second->stage != Slot::Stage::opening) {
        host.doom = "protocol";
        return;
    }
    const SlotPtr slot = found->second;
    if (opened->status == AC_OK) {
        slot->stage = Slot::Stage::open;
        if (!slot->gone) dispatch(slot);
        return;
    }
    slot->stage = Slot::Stage::refused;
    auto error = opened->status == AC_ERROR ? decode<PluginError>(frame.payload) : fail(ErrorKind::invalid, "");
    slot->refusal = error ? failure(std::move(*error))
                          : failure(ErrorClass::internal, "open_failed", "door status " + std::to_string(opened->status));
    slot->last_error = "open: " + slot->refusal.code + " " + slot->refusal.message;
    for (const auto& each : slot->waiting) finish(each, slot->refusal);
    slot->waiting.clear();
}

void Supervisor::Impl::take_reply(Host& host, frames::Frame frame) {
    auto reply = decode<frames::Reply>(frame.head);
    const auto found = reply ? host.inflight.find(reply->id) : host.inflight.end();
    if (found == host.inflight.end()) {
        host.doom = "protocol";
        return;
    }
    const PendingPtr call = found->second;
    host.inflight.erase(found);
    call->answered = true;
    call->reply = *reply;
    call->payload = std::move(frame.payload);
    call->serial = host.serial;
    call->done = true;
    call->ready.notify_all();
    call->slot->running.reset();
    dispatch(call->slot);
}

}  // namespace aftercare::connect
