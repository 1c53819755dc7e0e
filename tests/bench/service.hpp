#pragma once
#include <sys/types.h>

#include <functional>
#include <string>
#include <string_view>

namespace aftercare::bench {

/// Something that listens, in a process of its own that ends with this object. Make it while this process has one thread.
class Service {
   public:
    Service(const Service&) = delete;
    Service& operator=(const Service&) = delete;
    ~Service();

    /// Api, hub and server over a SQLite file, put together as `aftercare serve` does, without plugins' jobs.
    static Service desk(const std::string& file, bool group_commit);
    /// The least that Poco's HTTPServer can do: 200 bytes of JSON.
    static Service hello();

    [[nodiscard]] int port() const { return port_; }
    /// Commits so far; desk only.
    [[nodiscard]] std::int64_t commits();
    /// CPU of the whole process so far.
    [[nodiscard]] double cpu_seconds() const;
    /// Bytes of its own memory (RssAnon): mapped file pages do not count.
    [[nodiscard]] std::int64_t memory() const { return status("RssAnon:") * 1'024; }
    [[nodiscard]] std::int64_t threads() const { return status("Threads:"); }

   private:
    /// Runs in the child: listens, says its port, answers each byte on its stdin with a number, ends with it.
    using Body = std::function<void(const std::function<void(std::int64_t)>& say, const std::function<bool()>& asked)>;
    explicit Service(const Body& body);
    std::int64_t hear() const;
    [[nodiscard]] std::int64_t status(std::string_view name) const;

    pid_t child_ = -1;
    int ask_ = -1, answer_ = -1, port_ = 0;
};

}  // namespace aftercare::bench
