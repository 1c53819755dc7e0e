#pragma once
#include <condition_variable>
#include <mutex>
#include <utility>

namespace aftercare::api {

/// How many may be inside at once. (libstdc++ 12.2's counting_semaphore can sleep for ever.)
class Gate {
   public:
    explicit Gate(unsigned places) : places_(places) {}

    /// A place, given back when the object goes or is told to.
    class Hold {
       public:
        explicit Hold(Gate& gate) : gate_(&gate) { gate.enter(); }
        ~Hold() { release(); }
        Hold(const Hold&) = delete;
        Hold& operator=(const Hold&) = delete;
        void release() {
            if (gate_) std::exchange(gate_, nullptr)->leave();
        }

       private:
        Gate* gate_;
    };

   private:
    void enter() {
        std::unique_lock lock(mutex_);
        free_.wait(lock, [this] { return places_ > 0; });
        --places_;
    }
    void leave() {
        const std::lock_guard lock(mutex_);
        ++places_;
        free_.notify_one();
    }
    std::mutex mutex_;
    std::condition_variable free_;
    unsigned places_;
};

}  // namespace aftercare::api
