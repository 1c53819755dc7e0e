#include <unistd.h>

#include <cstdio>
#include <map>
#include <memory>

#include "plugin_host/channel.hpp"
#include "plugin_host/confine.hpp"
#include "plugin_host/instance.hpp"
#include "plugin_host/load.hpp"

// aftercare-plugin-host FILE.so: loads one plugin and serves the frames that come over descriptor 3 (plugin-sdk.md, section 4).
namespace aftercare::plugin_host {
namespace {

/// What a broken frame of the service deserves: nothing to talk about.
template <class Head>
Head head_of(const frames::Frame& frame) {
    auto head = decode<Head>(frame.head);
    if (!head) ::_exit(2);
    return std::move(*head);
}

class Server {
   public:
    Server(const ac_plugin& plugin, Channel& channel, ToldClock& clock) : plugin_(plugin), channel_(channel), clock_(clock) {}

    /// Until the service says bye.
    void run() {
        for (;;) {
            auto frame = channel_.read();
            if (frame.type == frames::Type::bye) break;
            take(std::move(frame));
        }
        for (auto& [number, instance] : instances_) instance->close();
        for (auto& [number, instance] : instances_) instance->wait_closed();
    }

   private:
    void take(frames::Frame frame) {
        if (frame.type == frames::Type::ping) {
            channel_.send(frames::make(frames::Type::pong, frames::Empty{}));
        } else if (frame.type == frames::Type::open) {
            auto open = head_of<frames::Open>(frame);
            clock_.told(open.now_ms);
            const auto number = open.instance;
            auto made = std::make_shared<Instance>(plugin_, channel_, clock_, std::move(open), std::move(frame.payload));
            made->start();
            instances_[number] = std::move(made);
        } else if (frame.type == frames::Type::call) {
            auto call = head_of<frames::Call>(frame);
            clock_.told(call.now_ms);
            const auto found = instances_.find(call.instance);
            if (found == instances_.end()) ::_exit(2);
            found->second->call(std::move(call), std::move(frame.payload));
        } else if (frame.type == frames::Type::cancel) {
            for (auto& [number, instance] : instances_) instance->cancel(head_of<frames::Number>(frame).id);
        } else if (frame.type == frames::Type::close) {
            const auto found = instances_.find(head_of<frames::Number>(frame).id);
            if (found == instances_.end()) ::_exit(2);
            found->second->close();
            instances_.erase(found);
        } else {
            ::_exit(2);
        }
    }

    const ac_plugin& plugin_;
    Channel& channel_;
    ToldClock& clock_;
    std::map<std::int64_t, std::shared_ptr<Instance>> instances_;
};

int serve(const char* path) {
    confine();
    Channel channel(frames::kSocket);
    const auto hello = channel.read();
    if (hello.type != frames::Type::hello) return 2;
    ToldClock clock;
    clock.told(head_of<frames::Hello>(hello).now_ms);
    ac_plugin plugin{};
    try {
        plugin = load(path, hello.payload);
    } catch (const LoadError& e) {
        channel.send(frames::make(frames::Type::failed, frames::Failed{e.code, frames::clean_line(e.message).substr(0, 2'000)}));
        return 1;
    }
    seal();
    channel.send(frames::make(frames::Type::ready, frames::Empty{}));
    Server(plugin, channel, clock).run();
    return 0;
}

}  // namespace
}  // namespace aftercare::plugin_host

int main(int argc, char** argv) {
    if (argc != 2) {
        std::fputs("usage: aftercare-plugin-host FILE.so (started by aftercare)\n", stderr);
        return 2;
    }
    const int code = aftercare::plugin_host::serve(argv[1]);
    std::fflush(nullptr);
    ::_exit(code);  // no exit handlers of the plugin
}
