#include "plugin_host/channel.hpp"

#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>

namespace aftercare::plugin_host {

void Channel::send(const std::string& bytes) {
    const std::lock_guard lock(sending_);
    for (std::size_t done = 0; done < bytes.size();) {
        const auto n = ::send(fd_, bytes.data() + done, bytes.size() - done, MSG_NOSIGNAL);
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) ::_exit(0);
        done += static_cast<std::size_t>(n);
    }
}

void Channel::read_exactly(char* to, std::size_t size) {
    while (size > 0) {
        const auto n = ::recv(fd_, to, size, 0);
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) ::_exit(0);
        to += n;
        size -= static_cast<std::size_t>(n);
    }
}

frames::Frame Channel::read() {
    frames::Header header{};
    read_exactly(reinterpret_cast<char*>(&header), frames::kHeader);
    frames::Frame frame;
    if (!frames::plausible(header)) ::_exit(2);
    std::string body(header.length, '\0');
    read_exactly(body.data(), body.size());
    if (!frames::split(header, body, frame)) ::_exit(2);
    return frame;
}

}  // namespace aftercare::plugin_host
