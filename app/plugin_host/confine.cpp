#include "plugin_host/confine.hpp"

#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <clocale>
#include <csignal>
#include <cstdio>

#include <aftercare/connector/frames.hpp>

namespace aftercare::plugin_host {
namespace {

void limit(__rlimit_resource what, rlim_t value) {
    const rlimit both{value, value};
    if (setrlimit(what, &both) != 0) std::perror("setrlimit");  // already lower: stays so
}

}  // namespace

void confine() {
    close_range(frames::kSocket + 1, ~0U, 0);
    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    limit(RLIMIT_CORE, 0);
    limit(RLIMIT_NOFILE, 512);  // an instance holds two
    limit(RLIMIT_FSIZE, 64U << 20);
#ifndef AFTERCARE_SANITIZED  // a sanitizer reserves terabytes
    limit(RLIMIT_AS, 1U << 30);
#endif
    std::signal(SIGPIPE, SIG_IGN);  // a plugin that prints after the service has gone
    std::setlocale(LC_ALL, "C.UTF-8");
    umask(0007);  // files in a drop folder are for its group too
    if (chdir("/") != 0) std::perror("chdir");
}

void seal() { prctl(PR_SET_DUMPABLE, 0, 0, 0, 0); }

}  // namespace aftercare::plugin_host
