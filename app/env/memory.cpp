#include "env/memory.hpp"

#include <malloc.h>

#include <algorithm>
#include <thread>

namespace aftercare::env {

void share_arenas() {
#ifdef M_ARENA_MAX
    mallopt(M_ARENA_MAX, static_cast<int>(std::max(2u, std::thread::hardware_concurrency())));
#endif
}

}  // namespace aftercare::env
