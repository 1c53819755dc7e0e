#pragma once
#include <aftercare/base/result.hpp>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>

namespace aftercare::env {

/// What the program is told about its surroundings. Each member is a field of the TOML file and, in upper case behind
/// AFTERCARE_, a variable of the environment. Relative paths count from the working directory.
struct Config {
    std::string database;                            ///< a file's path or "postgresql://…"; empty: inside data_dir
    std::filesystem::path data_dir = "aftercare-data";  ///< what the program writes; made when missing
    std::string host = "127.0.0.1";                  ///< the address to listen on
    int port = 8086;                                 ///< 0 takes any free port
    std::filesystem::path console_dir;               ///< the built console; empty: none is served
    std::filesystem::path plugins_dir;               ///< one folder per plugin; empty: none is known
    int workers = 512;                               ///< requests in hand at once, 4 to 4096
    std::string zone = "Asia/Shanghai";              ///< the time zone a new shop gets
    int session_hours = 12;                          ///< a sign-in lasts so long, 1 to 720
    std::int64_t body_limit = 1 << 20;               ///< the longest request body in bytes, 1 KiB to 64 MiB
    std::string webhook_reach = "public";            ///< where webhooks may go: "public" addresses, or those of a "lan" too

    /// `database`, or the SQLite file inside `data_dir`.
    std::string database_url() const;
};

using Environment = std::map<std::string, std::string>;

/// The AFTERCARE_* variables of this process.
Environment process_environment();

/// Defaults, over them the file (if any), over it the environment; names it does not know are errors in a file and ignored in
/// the environment. `invalid` "config_invalid": `detail` says file, line, field and what it must be, for a person.
/// console_dir and plugins_dir are by default those built or installed beside the program.
Result<Config> load_config(const std::optional<std::filesystem::path>& file, const Environment& environment);

}  // namespace aftercare::env
