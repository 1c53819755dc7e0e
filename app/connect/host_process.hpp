#pragma once
#include <aftercare/base/result.hpp>
#include <aftercare/connector/frames.hpp>
#include <functional>
#include <optional>
#include <string>
#include <sys/types.h>

namespace aftercare::connect {

/// A running aftercare-plugin-host: its process and our end of its socket and log pipes. Nothing here blocks, except `reap`.
/// Not thread safe; not copied, because it owns descriptors.
class HostProcess {
   public:
    HostProcess() = default;
    ~HostProcess();  // kills and reaps what still runs
    HostProcess(const HostProcess&) = delete;
    HostProcess& operator=(const HostProcess&) = delete;

    /// `unavailable` "spawn_failed" with the reason in detail.
    Result<void> spawn(const std::string& program, const std::string& so_path);

    int socket() const { return socket_; }
    int out() const { return pipes_[0]; }
    int err() const { return pipes_[1]; }
    int pidfd() const { return pidfd_; }

    /// Queues a frame and sends what the socket takes now.
    void send(const std::string& bytes);
    bool has_unsent() const { return !unsent_.empty(); }
    void flush();

    enum class Read { ok, ended, broken };
    /// Takes what has arrived. `broken`: bytes that cannot be a frame.
    Read receive(const std::function<void(frames::Frame)>& each);
    /// Whole lines of one pipe (`which` 0 stdout, 1 stderr).
    void read_lines(int which, const std::function<void(std::string_view)>& each);

    void kill();
    /// Waits up to `ms` for the end: "signal 11", "exit 0"; nothing while it still runs.
    std::optional<std::string> reap(int ms);

   private:
    void close_all();

    pid_t pid_ = -1;
    int socket_ = -1, pidfd_ = -1, pipes_[2] = {-1, -1};
    std::string unsent_, received_, lines_[2];
};

}  // namespace aftercare::connect
