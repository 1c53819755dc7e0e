#include "env/random.hpp"

#include <sodium.h>

#include <stdexcept>

#include "env/sodium.hpp"

namespace aftercare::env {

void need_sodium() {
    static const int ready = sodium_init();
    if (ready < 0) throw std::runtime_error("libsodium cannot start: the system gives no randomness");
}

void SystemRandom::fill(std::span<std::byte> out) {
    need_sodium();
    randombytes_buf(out.data(), out.size());
}

}  // namespace aftercare::env
