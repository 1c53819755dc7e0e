#include "plugin_host/instance.hpp"

#include <cstring>
#include <thread>
#include <utility>

namespace aftercare::plugin_host {

/// Where a plugin's answer goes; keeps at most AC_MAX_PAYLOAD.
struct Collected {
    std::string text;
    bool too_long = false;
    static int32_t put(void* ctx, ac_bytes chunk) {
        auto& self = *static_cast<Collected*>(ctx);
        if (self.too_long || chunk.size > AC_MAX_PAYLOAD - self.text.size()) {
            self.too_long = true;
            return 1;
        }
        if (chunk.size) self.text.append(chunk.data, chunk.size);
        return 0;
    }
    ac_writer writer() { return {sizeof(ac_writer), 0, this, &Collected::put}; }
};

namespace {

ac_bytes bytes(std::string_view text) { return {text.data(), text.size()}; }
std::string_view view(ac_bytes b) { return b.size ? std::string_view(b.data, b.size) : std::string_view(); }

int32_t give(const ac_writer* writer, std::string_view text) {
    ac_writer out{};
    if (writer) std::memcpy(&out, writer, std::min<std::size_t>(writer->struct_size, sizeof out));
    return out.put && out.put(out.ctx, bytes(text)) == 0 ? AC_OK : AC_TOO_BIG;
}

/// The file name of a stored key; empty when the key cannot be one.
std::string file_of(ac_bytes key) {
    static constexpr char kHex[] = "0123456789ABCDEF";
    std::string name = "k-";
    for (const char c : view(key)) {
        const auto u = static_cast<unsigned char>(c);
        if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_') {
            name.push_back(c);
        } else {
            name.push_back('=');
            name.push_back(kHex[u >> 4]);
            name.push_back(kHex[u & 15]);
        }
    }
    return key.size == 0 || name.size() > 130 ? std::string() : name;
}
constexpr std::size_t kMaxValue = 64 * 1024;

}  // namespace

struct Instance::Table {
    static Instance& of(void* ctx) { return *static_cast<Instance*>(ctx); }

    static void log(void* ctx, int32_t level, ac_bytes message) { of(ctx).log(level, view(message)); }
    static int64_t now(void* ctx) { return of(ctx).clock_.now_ms(); }
    static int64_t monotonic(void*) { return ToldClock::monotonic_ms(); }
    static int64_t remaining(void* ctx, uint64_t call) {
        const auto& self = of(ctx);
        if (static_cast<std::int64_t>(call) != self.current_ || self.cancelled_ == self.current_) return 0;
        return std::max<std::int64_t>(0, self.deadline_ms_ - ToldClock::monotonic_ms());
    }
    static int32_t is_cancelled(void* ctx, uint64_t call) { return remaining(ctx, call) == 0; }

    static bool idle(Instance& self) {
        if (self.current_ != 0) return false;
        self.log(AC_LOG_ERROR, "plugin misbehaves: store or folder used outside a call");
        return true;
    }
    static int32_t get(void* ctx, ac_bytes key, const ac_writer* value) {
        auto& self = of(ctx);
        const auto name = file_of(key);
        if (idle(self) || name.empty()) return AC_DENIED;
        std::string text;
        const auto status = self.told(self.data_, self.data_.read("", name, text));
        return status == AC_OK ? give(value, text) : status;
    }
    static int32_t put(void* ctx, ac_bytes key, ac_bytes value) {
        auto& self = of(ctx);
        const auto name = file_of(key);
        if (idle(self) || name.empty()) return AC_DENIED;
        if (value.size > kMaxValue) return AC_TOO_BIG;
        return self.told(self.data_, self.data_.write("", name, view(value)));
    }
    static int32_t del(void* ctx, ac_bytes key) {
        auto& self = of(ctx);
        const auto name = file_of(key);
        if (idle(self) || name.empty()) return AC_DENIED;
        return self.told(self.data_, self.data_.remove("", name));
    }

    static int32_t list(void* ctx, ac_bytes folder, const ac_writer* json) {
        auto& self = of(ctx);
        if (idle(self)) return AC_DENIED;
        std::string text;
        const auto status = self.told(self.folder_, self.folder_.list(view(folder), text));
        return status == AC_OK ? give(json, text) : status;
    }
    static int32_t read(void* ctx, ac_bytes folder, ac_bytes name, const ac_writer* content) {
        auto& self = of(ctx);
        if (idle(self)) return AC_DENIED;
        std::string text;
        const auto status = self.told(self.folder_, self.folder_.read(view(folder), view(name), text));
        return status == AC_OK ? give(content, text) : status;
    }
    static int32_t write(void* ctx, ac_bytes folder, ac_bytes name, ac_bytes content) {
        auto& self = of(ctx);
        if (idle(self)) return AC_DENIED;
        return self.told(self.folder_, self.folder_.write(view(folder), view(name), view(content)));
    }
    static int32_t move(void* ctx, ac_bytes folder, ac_bytes name, ac_bytes to, ac_bytes to_name) {
        auto& self = of(ctx);
        if (idle(self)) return AC_DENIED;
        return self.told(self.folder_, self.folder_.move(view(folder), view(name), view(to), view(to_name)));
    }

    static const void* find(void* ctx, const char* name) {
        static constexpr ac_log kLog{sizeof(ac_log), 0, &log};
        static constexpr ac_clock kClock{sizeof(ac_clock), 0, &now, &monotonic};
        static constexpr ac_cancel kCancel{sizeof(ac_cancel), 0, &is_cancelled, &remaining};
        static constexpr ac_store kStore{sizeof(ac_store), 0, &get, &put, &del};
        static constexpr ac_folder kFolder{sizeof(ac_folder), 0, &list, &read, &write, &move};
        const std::string_view wanted = name ? name : "";
        if (wanted == AC_LOG_NAME) return &kLog;
        if (wanted == AC_CLOCK_NAME) return &kClock;
        if (wanted == AC_CANCEL_NAME) return &kCancel;
        if (wanted == AC_STORE_NAME && of(ctx).data_.is_open()) return &kStore;
        if (wanted == AC_FOLDER_NAME && of(ctx).folder_.is_open()) return &kFolder;
        return nullptr;
    }
};

Instance::Instance(const ac_plugin& plugin, Channel& channel, ToldClock& clock, frames::Open open, std::string settings)
    : plugin_(plugin),
      channel_(channel),
      clock_(clock),
      open_(std::move(open)),
      settings_(std::move(settings)),
      host_{sizeof(ac_host), AC_ABI_MAJOR, AC_ABI_MINOR, this, &Table::find} {}

void Instance::start() {
    std::thread([self = shared_from_this()] { self->run(); }).detach();
}

void Instance::call(frames::Call call, std::string request) {
    const auto deadline = ToldClock::monotonic_ms() + call.remaining_ms;
    const std::lock_guard lock(mutex_);
    queue_.push_back({std::move(call), std::move(request), deadline, false});
    changed_.notify_all();
}

void Instance::close() {
    const std::lock_guard lock(mutex_);
    queue_.push_back({{}, {}, 0, true});
    changed_.notify_all();
}

void Instance::wait_closed() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return closed_; });
}

void Instance::run() {
    const bool opened = open();
    for (;;) {
        Work work;
        {
            std::unique_lock lock(mutex_);
            changed_.wait(lock, [this] { return !queue_.empty(); });
            work = std::move(queue_.front());
            queue_.pop_front();
        }
        if (work.close) break;
        if (opened) carry_out(work);
        else answer(frames::Type::reply, work.call.id, AC_NO_REPLY, {});
    }
    if (opened) plugin_.close(self_);
    channel_.send(frames::make(frames::Type::closed, frames::Number{open_.instance}));
    const std::lock_guard lock(mutex_);
    closed_ = true;
    changed_.notify_all();
}

bool Instance::open() {
    Collected error;
    const auto refuse = [&](const char* code) {
        error.text = std::string(R"({"class":"invalid","code":")") + code + "\"}";
        answer(frames::Type::opened, open_.instance, AC_ERROR, error);
        return false;
    };
    if (!open_.data_folder.empty() && told(data_, data_.open(open_.data_folder, true, true)) != AC_OK)
        return refuse("data_folder_unusable");
    if (!open_.folder.empty() && told(folder_, folder_.open(open_.folder, open_.folder_write, false)) != AC_OK)
        return refuse("folder_unusable");
    const ac_writer writer = error.writer();
    const auto status = plugin_.open(&host_, bytes(settings_), &self_, &writer);
    answer(frames::Type::opened, open_.instance, status, error);
    return status == AC_OK;
}

void Instance::carry_out(const Work& work) {
    const auto& c = work.call;
    deadline_ms_ = work.deadline_ms;
    current_ = c.id;
    ac_call call{};
    call.struct_size = sizeof call;
    call.attempt = static_cast<uint32_t>(c.attempt);
    call.call_id = static_cast<uint64_t>(c.id);
    call.deadline_unix_ms = clock_.now_ms() + work.deadline_ms - ToldClock::monotonic_ms();
    call.op = bytes(c.op);
    call.request = bytes(work.request);
    call.idempotency_key = bytes(c.key);
    Collected reply;
    const ac_writer writer = reply.writer();
    const auto status = plugin_.call(self_, &call, &writer);
    current_ = 0;
    answer(frames::Type::reply, c.id, status, reply);
}

void Instance::answer(frames::Type type, std::int64_t id, std::int32_t status, const Collected& reply) {
    const bool carries = (status == AC_OK || status == AC_ERROR) && !reply.too_long;
    channel_.send(frames::make(type, frames::Reply{id, status, reply.too_long}, carries ? reply.text : std::string_view()));
}

void Instance::log(std::int64_t level, std::string_view message) {
    channel_.send(frames::make(frames::Type::log, frames::Log{level, frames::clean_line(message)}));
}

int32_t Instance::told(Folder& folder, int32_t status) {
    if (!folder.why.empty()) log(AC_LOG_WARN, std::exchange(folder.why, {}));
    return status;
}

}  // namespace aftercare::plugin_host
