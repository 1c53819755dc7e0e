#include "env/memory.hpp"

#include <malloc.h>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <mutex>

namespace aftercare::env {

MemoryKeeper::MemoryKeeper() {
#ifdef M_ARENA_MAX
    mallopt(M_ARENA_MAX, static_cast<int>(std::max(2u, std::thread::hardware_concurrency())));
    thread_ = std::jthread([](const std::stop_token& stop) {
        std::mutex mutex;
        std::condition_variable_any never;
        std::unique_lock lock(mutex);
        while (!stop.stop_requested()) {
            never.wait_for(lock, stop, std::chrono::seconds(30), [] { return false; });
            malloc_trim(0);
        }
    });
#endif
}

}  // namespace aftercare::env
