#include "connect/host_process.hpp"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace aftercare::connect {
namespace {

constexpr std::size_t kReadAtOnce = 64 * 1024;

void close_fd(int& fd) {
    if (fd >= 0) ::close(fd);
    fd = -1;
}

/// The far ends of a host's descriptors, at numbers that the child's own 0 to 3 cannot hit.
struct FarEnds {
    int null = -1, out = -1, err = -1, socket = -1;
    ~FarEnds() {
        for (int* fd : {&null, &out, &err, &socket}) close_fd(*fd);
    }
    static bool lift(int& fd) {
        const int high = fcntl(fd, F_DUPFD_CLOEXEC, 10);
        close_fd(fd);
        fd = high;
        return fd >= 0;
    }
};

}  // namespace

HostProcess::~HostProcess() {
    if (pid_ > 0) {
        kill();
        reap(-1);
    }
    close_all();
}

void HostProcess::close_all() {
    for (int* fd : {&socket_, &pidfd_, &pipes_[0], &pipes_[1]}) close_fd(*fd);
}

Result<void> HostProcess::spawn(const std::string& program, const std::string& so_path) {
    const auto failed = [](const char* what, int error) {
        return fail(Error{ErrorKind::unavailable, "spawn_failed", {}, {}, {}, std::string(what) + ": " + std::strerror(error)});
    };
    FarEnds far;
    int pair[2], out[2], err[2];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0) return failed("socketpair", errno);
    socket_ = pair[0];
    far.socket = pair[1];
    if (pipe2(out, O_CLOEXEC) != 0) return failed("pipe", errno);
    pipes_[0] = out[0];
    far.out = out[1];
    if (pipe2(err, O_CLOEXEC) != 0) return failed("pipe", errno);
    pipes_[1] = err[0];
    far.err = err[1];
    far.null = ::open("/dev/null", O_RDWR | O_CLOEXEC);
    for (int* fd : {&far.null, &far.out, &far.err, &far.socket})
        if (!FarEnds::lift(*fd)) return failed("descriptors", errno);
    for (const int fd : {socket_, pipes_[0], pipes_[1]}) fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_NONBLOCK);

    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, far.null, 0);
    posix_spawn_file_actions_adddup2(&actions, far.out, 1);
    posix_spawn_file_actions_adddup2(&actions, far.err, 2);
    posix_spawn_file_actions_adddup2(&actions, far.socket, frames::kSocket);
    posix_spawn_file_actions_addclosefrom_np(&actions, frames::kSocket + 1);
    posix_spawnattr_t attributes;
    posix_spawnattr_init(&attributes);
    sigset_t none, all;
    sigemptyset(&none);
    sigfillset(&all);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setsigdefault(&attributes, &all);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSID);
    std::string environment[] = {"LC_ALL=C.UTF-8", "TZ=UTC", "MALLOC_ARENA_MAX=2"};
    char* envp[] = {environment[0].data(), environment[1].data(), environment[2].data(), nullptr};
    std::string arguments[] = {program, so_path};
    char* argv[] = {arguments[0].data(), arguments[1].data(), nullptr};
    const int error = posix_spawn(&pid_, program.c_str(), &actions, &attributes, argv, envp);
    posix_spawn_file_actions_destroy(&actions);
    posix_spawnattr_destroy(&attributes);
    if (error != 0) {
        pid_ = -1;
        return failed(program.c_str(), error);
    }
    pidfd_ = static_cast<int>(syscall(SYS_pidfd_open, pid_, 0));  // glibc 2.36 declares its wrappers for C only
    if (pidfd_ < 0) {
        const int why = errno;
        kill();
        reap(-1);
        return failed("pidfd_open", why);
    }
    return {};
}

void HostProcess::send(const std::string& bytes) {
    unsent_ += bytes;
    flush();
}

void HostProcess::flush() {
    while (!unsent_.empty()) {
        const auto n = ::send(socket_, unsent_.data(), unsent_.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0 && errno == EAGAIN) return;
        if (n < 0) return unsent_.clear();  // it has ended: reading says so
        unsent_.erase(0, static_cast<std::size_t>(n));
    }
}

HostProcess::Read HostProcess::receive(const std::function<void(frames::Frame)>& each) {
    const auto before = received_.size();
    received_.resize(before + kReadAtOnce);
    const auto n = ::recv(socket_, received_.data() + before, kReadAtOnce, MSG_DONTWAIT);
    received_.resize(before + static_cast<std::size_t>(n > 0 ? n : 0));
    std::size_t at = 0;
    while (received_.size() - at >= frames::kHeader) {
        frames::Header header{};
        std::memcpy(&header, received_.data() + at, frames::kHeader);
        if (!frames::plausible(header)) return Read::broken;
        if (received_.size() - at - frames::kHeader < header.length) break;
        frames::Frame frame;
        if (!frames::split(header, std::string_view(received_).substr(at + frames::kHeader, header.length), frame))
            return Read::broken;
        at += frames::kHeader + header.length;
        each(std::move(frame));
    }
    received_.erase(0, at);
    if (n > 0 || (n < 0 && (errno == EAGAIN || errno == EINTR))) return Read::ok;
    return Read::ended;
}

void HostProcess::read_lines(int which, const std::function<void(std::string_view)>& each) {
    char buffer[16 * 1024];
    const auto n = ::read(pipes_[which], buffer, sizeof buffer);
    if (n < 0 && (errno == EAGAIN || errno == EINTR)) return;
    std::string& line = lines_[which];
    if (n <= 0) {
        if (!line.empty()) each(line);
        line.clear();
        return close_fd(pipes_[which]);
    }
    line.append(buffer, static_cast<std::size_t>(n));
    std::size_t at = 0;
    for (auto end = line.find('\n'); end != line.npos; end = line.find('\n', at)) {
        each(std::string_view(line).substr(at, end - at));
        at = end + 1;
    }
    line.erase(0, at);
    if (line.size() > frames::kMaxLine) {
        each(line);
        line.clear();
    }
}

void HostProcess::kill() {
    if (pidfd_ >= 0) syscall(SYS_pidfd_send_signal, pidfd_, SIGKILL, nullptr, 0);
    else if (pid_ > 0) ::kill(pid_, SIGKILL);  // not reaped yet, so the number is still its own
}

std::optional<std::string> HostProcess::reap(int ms) {
    if (pid_ <= 0) return "not running";
    if (ms >= 0 && pidfd_ >= 0) {
        pollfd wait{pidfd_, POLLIN, 0};
        if (::poll(&wait, 1, ms) != 1) return std::nullopt;
    }
    int status = 0;
    while (waitpid(pid_, &status, 0) < 0 && errno == EINTR) {}
    pid_ = -1;
    if (WIFSIGNALED(status)) return "signal " + std::to_string(WTERMSIG(status));
    return "exit " + std::to_string(WEXITSTATUS(status));
}

}  // namespace aftercare::connect
