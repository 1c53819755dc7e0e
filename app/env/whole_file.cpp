#include "env/whole_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>

namespace aftercare::env {
namespace {

bool write_all(int file, std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t written = ::write(file, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
}

bool sync_folder(const std::filesystem::path& folder) {
    const int opened = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    const bool good = opened >= 0 && ::fsync(opened) == 0;
    if (opened >= 0) ::close(opened);
    return good;
}

}  // namespace

std::string write_whole(const std::filesystem::path& file, std::string_view bytes) {
    std::string temporary = file.string() + ".XXXXXX";
    const int out = ::mkostemp(temporary.data(), O_CLOEXEC);  // mode 0600
    bool good = out >= 0 && write_all(out, bytes) && ::fsync(out) == 0;
    if (out >= 0) good = ::close(out) == 0 && good;
    good = good && ::rename(temporary.c_str(), file.c_str()) == 0 && sync_folder(file.parent_path());
    if (good) return {};
    const std::string why = std::strerror(errno);
    if (out >= 0) ::unlink(temporary.c_str());
    return file.string() + ": " + why;
}

}  // namespace aftercare::env
