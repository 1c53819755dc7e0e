#pragma once
#include <thread>

namespace aftercare::env {

/// Keeps the memory of a service with hundreds of threads from growing for hours; for the whole process, while it lives. As many arenas as
/// cores: with one for each few threads, what one frees another does not find. And what a busy moment needed and nobody uses any more goes
/// back to the machine twice a minute. Make it before threads start. Does nothing where the C library is not glibc.
class MemoryKeeper {
   public:
    MemoryKeeper();

   private:
    std::jthread thread_;
};

}  // namespace aftercare::env
