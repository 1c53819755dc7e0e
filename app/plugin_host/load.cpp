#include "plugin_host/load.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <boost/dll/shared_library.hpp>
#include <cerrno>
#include <cstddef>
#include <cstring>
#include <nlohmann/json.hpp>

namespace aftercare::plugin_host {
namespace {

constexpr off_t kMaxModule = 64 << 20;

[[noreturn]] void not_readable(const std::string& why) { throw LoadError{"not_readable", why}; }

/// A copy that nobody can change any more, so what was looked at is what runs.
int sealed_copy(const std::string& path) {
    const int file = open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (file < 0) not_readable(std::strerror(errno));
    struct stat info{};
    if (fstat(file, &info) != 0 || !S_ISREG(info.st_mode)) not_readable("not a regular file");
    if (info.st_mode & S_IWOTH) not_readable("everybody may write to it");
    if (info.st_size > kMaxModule) not_readable("larger than 64 MiB");
    const int copy = memfd_create("plugin", MFD_CLOEXEC | MFD_ALLOW_SEALING);
    if (copy < 0) not_readable(std::strerror(errno));
    for (off_t left = info.st_size; left > 0;) {
        const auto n = sendfile(copy, file, nullptr, static_cast<std::size_t>(left));
        if (n <= 0) not_readable(n < 0 ? std::strerror(errno) : "it shrank while being read");
        left -= n;
    }
    close(file);
    if (fcntl(copy, F_ADD_SEALS, F_SEAL_WRITE | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL) != 0)
        not_readable(std::strerror(errno));
    return copy;
}

std::string numbers(const ac_plugin& table) {
    return std::to_string(table.abi_major) + "." + std::to_string(table.abi_minor);
}

}  // namespace

ac_plugin load(const std::string& path, std::string_view manifest) {
    const int copy = sealed_copy(path);
    // Never unloaded: plugins leave threads, exit handlers and unique symbols behind.
    static boost::dll::shared_library& library = *new boost::dll::shared_library();
    const ac_plugin* theirs = nullptr;
    try {
        library.load("/proc/self/fd/" + std::to_string(copy), boost::dll::load_mode::rtld_now | boost::dll::load_mode::rtld_local);
        theirs = &library.get<const ac_plugin>("aftercare_plugin");
    } catch (const std::exception& e) {  // only the throwing overload carries the loader's own words
        throw LoadError{"not_loadable", e.what()};
    }
    close(copy);
    ac_plugin table{};
    if (theirs->struct_size < offsetof(ac_plugin, manifest)) throw LoadError{"bad_table", "its table is too short"};
    std::memcpy(&table, theirs, std::min<std::size_t>(theirs->struct_size, sizeof table));
    if (table.abi_major != AC_ABI_MAJOR)
        throw LoadError{"wrong_abi", "the plugin speaks door " + numbers(table) + ", this program speaks " +
                                         std::to_string(AC_ABI_MAJOR) + "." + std::to_string(AC_ABI_MINOR) +
                                         ": build the plugin with the matching sdk"};
    if (!table.manifest || !table.open || !table.call || !table.close)
        throw LoadError{"bad_table", "its table lacks one of manifest, open, call, close"};
    const ac_bytes said = table.manifest();
    using Json = nlohmann::json;
    const auto inside = Json::parse(said.data, said.data + said.size, nullptr, false);
    if (inside.is_discarded() || inside != Json::parse(manifest, nullptr, false))
        throw LoadError{"manifest_mismatch", "the manifest inside the plugin is not the plugin.json beside it"};
    return table;
}

}  // namespace aftercare::plugin_host
