#pragma once
#include <aftercare/connector/frames.hpp>
#include <mutex>
#include <string>

namespace aftercare::plugin_host {

/// The socket to the service. When the service is gone there is nothing left to do: both directions then end the process.
class Channel {
   public:
    explicit Channel(int fd) : fd_(fd) {}
    /// Sends a whole frame; thread safe.
    void send(const std::string& bytes);
    /// Blocks for the next frame; one thread only.
    frames::Frame read();

   private:
    void read_exactly(char* to, std::size_t size);
    int fd_;
    std::mutex sending_;
};

}  // namespace aftercare::plugin_host
