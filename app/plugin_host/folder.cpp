#include "plugin_host/folder.hpp"

#include <aftercare/connector/frames.hpp>
#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>
#include <utility>
#include <vector>

namespace aftercare::plugin_host {
namespace {

constexpr std::size_t kMaxNames = 10'000;
constexpr std::size_t kMaxName = 200;

/// Closes at the end of the scope.
struct Fd {
    int value = -1;
    Fd() = default;
    explicit Fd(int fd) : value(fd) {}
    Fd(const Fd&) = delete;
    Fd& operator=(const Fd&) = delete;
    ~Fd() {
        if (value >= 0) close(value);
    }
};

bool good_name(std::string_view name) {
    return !name.empty() && name.size() <= kMaxName && name[0] != '.' && name.find('/') == name.npos &&
           name.find('\t') == name.npos && name.find('\x7f') == name.npos && frames::clean_line(name) == name;
}

bool is_regular(int folder, const std::string& name, struct stat& info) {
    return fstatat(folder, name.c_str(), &info, AT_SYMLINK_NOFOLLOW) == 0 && S_ISREG(info.st_mode);
}

struct Entry {
    std::string name;
    std::int64_t size = 0, modified_ms = 0;
};
template <class Io>
void fields(Io& io, Entry& e) {
    io("name", e.name);
    io("size", e.size);
    io("modified_ms", e.modified_ms);
}

}  // namespace

int32_t Folder::failed(const char* what) {
    why = std::string(what) + ": " + std::strerror(errno);
    return AC_IO;
}

Folder::~Folder() {
    if (root_ >= 0) close(root_);
}

int32_t Folder::open(const std::string& path, bool writable, bool make) {
    if (make && mkdir(path.c_str(), 0770) != 0 && errno != EEXIST) return failed("make data folder");
    root_ = ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (root_ < 0) {
        failed("open folder");
        return AC_NOT_FOUND;
    }
    writable_ = writable;
    return AC_OK;
}

int32_t Folder::enter(std::string_view folder, bool make, int& fd) {
    if (root_ < 0) return AC_DENIED;
    if (folder.empty()) {
        fd = dup(root_);
        return fd < 0 ? failed("dup") : AC_OK;
    }
    if (!good_name(folder)) return AC_DENIED;
    const std::string name(folder);
    if (make && mkdirat(root_, name.c_str(), 0770) != 0 && errno != EEXIST) return failed("make folder");
    fd = openat(root_, name.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
    if (fd >= 0) return AC_OK;
    if (errno == ENOENT) return AC_NOT_FOUND;
    if (errno == ELOOP || errno == ENOTDIR) return AC_DENIED;  // a link or a file where a folder should be
    return failed("open folder");
}

int32_t Folder::list(std::string_view folder, std::string& json) {
    std::vector<Entry> entries;
    std::size_t left_out = 0;
    int fd = -1;
    const auto entered = enter(folder, false, fd);
    if (entered != AC_OK && entered != AC_NOT_FOUND) return entered;
    if (fd >= 0) {
        // A descriptor of its own: `fd` may share its position with the root's.
        const int own = openat(fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        close(fd);
        const std::unique_ptr<DIR, int (*)(DIR*)> dir(own >= 0 ? fdopendir(own) : nullptr, &closedir);
        if (!dir) return failed("list folder");
        while (const dirent* each = readdir(dir.get())) {
            struct stat info{};
            if (each->d_name[0] == '.' || !is_regular(own, each->d_name, info)) continue;
            if (good_name(each->d_name)) entries.push_back({each->d_name, info.st_size, info.st_mtim.tv_sec * 1'000 + info.st_mtim.tv_nsec / 1'000'000});
            else ++left_out;
        }
    }
    if (std::exchange(left_out_[std::string(folder)], left_out) != left_out && left_out > 0)
        why = std::to_string(left_out) + " files in " + std::string(folder) + "/ have names that are no UTF-8, too long or unprintable: not read";
    std::sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) { return a.name < b.name; });
    if (entries.size() > kMaxNames) entries.resize(kMaxNames);
    json = encode(entries);
    return AC_OK;
}

int32_t Folder::read(std::string_view folder, std::string_view name, std::string& content) {
    if (!good_name(name)) return AC_DENIED;
    Fd in, file;
    if (const auto status = enter(folder, false, in.value)) return status;
    // O_NONBLOCK: a pipe of that name must not make us wait.
    file.value = openat(in.value, std::string(name).c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    if (file.value < 0) return errno == ENOENT ? AC_NOT_FOUND : errno == ELOOP ? AC_DENIED : failed("open file");
    struct stat info{};
    if (fstat(file.value, &info) != 0) return failed("stat file");
    if (!S_ISREG(info.st_mode)) return AC_DENIED;
    if (info.st_size > AC_MAX_PAYLOAD) return AC_TOO_BIG;
    char buffer[65536];
    for (;;) {
        const auto n = ::read(file.value, buffer, sizeof buffer);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return failed("read file");
        if (n == 0) return AC_OK;
        content.append(buffer, static_cast<std::size_t>(n));
        if (content.size() > AC_MAX_PAYLOAD) return AC_TOO_BIG;  // it grew meanwhile
    }
}

int32_t Folder::write(std::string_view folder, std::string_view name, std::string_view content) {
    if (!good_name(name) || !writable_) return AC_DENIED;
    if (content.size() > AC_MAX_PAYLOAD) return AC_TOO_BIG;
    Fd in, file;
    if (const auto status = enter(folder, true, in.value)) return status;
    struct stat info{};
    const std::string target(name);
    if (fstatat(in.value, target.c_str(), &info, AT_SYMLINK_NOFOLLOW) == 0 && !S_ISREG(info.st_mode)) return AC_DENIED;

    const std::string temporary = ".aftercare-" + std::to_string(getpid()) + "-" + std::to_string(++temporary_);
    file.value = openat(in.value, temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0660);
    if (file.value < 0 && errno == EEXIST) {  // left by an ended process of the same number
        unlinkat(in.value, temporary.c_str(), 0);
        file.value = openat(in.value, temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0660);
    }
    if (file.value < 0) return failed("create file");
    bool good = true;
    for (std::size_t done = 0; good && done < content.size();) {
        const auto n = ::write(file.value, content.data() + done, content.size() - done);
        if (n < 0 && errno == EINTR) continue;
        good = n > 0;
        if (good) done += static_cast<std::size_t>(n);
    }
    good = good && fsync(file.value) == 0 && renameat(in.value, temporary.c_str(), in.value, target.c_str()) == 0;
    if (!good) {
        failed("write file");
        unlinkat(in.value, temporary.c_str(), 0);
        return AC_IO;
    }
    return fsync(in.value) == 0 ? AC_OK : failed("sync folder");
}

int32_t Folder::move(std::string_view folder, std::string_view name, std::string_view to, std::string_view to_name) {
    if (!good_name(name) || !good_name(to_name) || !writable_) return AC_DENIED;
    Fd from, into;
    if (const auto status = enter(folder, false, from.value)) return status;
    if (const auto status = enter(to, true, into.value)) return status;
    struct stat info{};
    const std::string source(name), target(to_name);
    if (fstatat(from.value, source.c_str(), &info, AT_SYMLINK_NOFOLLOW) != 0)
        return errno == ENOENT ? AC_NOT_FOUND : failed("stat file");
    if (!S_ISREG(info.st_mode)) return AC_DENIED;
    int moved = renameat2(from.value, source.c_str(), into.value, target.c_str(), RENAME_NOREPLACE);
    if (moved != 0 && errno == EINVAL) {  // network file systems know only the plain rename
        if (fstatat(into.value, target.c_str(), &info, AT_SYMLINK_NOFOLLOW) == 0) return AC_EXISTS;
        moved = renameat(from.value, source.c_str(), into.value, target.c_str());
    }
    if (moved != 0)
        return errno == EEXIST ? AC_EXISTS : errno == ENOENT ? AC_NOT_FOUND : failed("move file");
    return fsync(into.value) == 0 && fsync(from.value) == 0 ? AC_OK : failed("sync folder");
}

int32_t Folder::remove(std::string_view folder, std::string_view name) {
    if (!good_name(name) || !writable_) return AC_DENIED;
    Fd in;
    if (const auto status = enter(folder, false, in.value)) return status == AC_NOT_FOUND ? AC_OK : status;
    if (unlinkat(in.value, std::string(name).c_str(), 0) != 0 && errno != ENOENT) return failed("remove file");
    return fsync(in.value) == 0 ? AC_OK : failed("sync folder");
}

}  // namespace aftercare::plugin_host
