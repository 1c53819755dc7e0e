#include "db/line.hpp"

#include <libpq-fe.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <span>
#include <system_error>

#include "db/error.hpp"

namespace aftercare::db {
namespace {

// A peer that is gone without a word is noticed in about half a minute; connecting takes no longer than a shutdown may.
constexpr std::array kKeys{"dbname", "fallback_application_name", "connect_timeout", "keepalives_idle", "keepalives_interval",
                           "keepalives_count", "tcp_user_timeout", static_cast<const char*>(nullptr)};

struct Free {
    void operator()(PGconn* connection) const { PQfinish(connection); }
    void operator()(PGresult* result) const { PQclear(result); }
    void operator()(PGnotify* message) const { PQfreemem(message); }
};

int a_bell() {
    const int bell = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    if (bell < 0) throw std::system_error(errno, std::generic_category(), "eventfd");
    return bell;
}

}  // namespace

struct Line::Wire {
    std::unique_ptr<PGconn, Free> connection;

    [[nodiscard]] DbError error(DbErrorKind kind) const {
        std::string why = PQerrorMessage(connection.get());
        std::replace(why.begin(), why.end(), '\n', ' ');
        return DbError(kind, "the line to the other nodes: " + why);
    }
    void run(const char* sql, std::span<const char* const> values) const {
        const std::unique_ptr<PGresult, Free> result(
            PQexecParams(connection.get(), sql, static_cast<int>(values.size()), nullptr, values.data(), nullptr, nullptr, 0));
        if (PQstatus(connection.get()) != CONNECTION_OK) throw error(DbErrorKind::lost);
        const auto status = PQresultStatus(result.get());
        if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) throw error(DbErrorKind::other);
    }
};

Line::Line(std::string url, std::string channel) : url_(std::move(url)), channel_(std::move(channel)), bell_(a_bell()) {}
Line::~Line() { ::close(bell_); }

void Line::open() {
    wire_.reset();
    const std::array values{url_.c_str(), "aftercare", "3", "10", "5", "3", "25000", static_cast<const char*>(nullptr)};
    static_assert(values.size() == kKeys.size());
    auto wire = std::make_unique<Wire>();
    wire->connection.reset(PQconnectdbParams(kKeys.data(), values.data(), 1));
    if (PQstatus(wire->connection.get()) != CONNECTION_OK) throw wire->error(DbErrorKind::lost);
    PQsetNoticeProcessor(wire->connection.get(), [](void*, const char*) {}, nullptr);
    wire->run(("LISTEN " + channel_).c_str(), {});
    wire_ = std::move(wire);
}

void Line::say(std::string_view message) {
    if (!wire_) throw DbError(DbErrorKind::lost, "the line to the other nodes is closed");
    const std::string text(message);
    const std::array values{channel_.c_str(), text.c_str()};
    wire_->run("SELECT pg_notify($1, $2)", values);
}

void Line::hear(std::chrono::milliseconds at_most, FunctionRef<void(std::string_view)> each) {
    if (!wire_) throw DbError(DbErrorKind::lost, "the line to the other nodes is closed");
    PGconn* const connection = wire_->connection.get();
    const auto hand_over = [&] {
        bool any = false;
        while (const std::unique_ptr<PGnotify, Free> message{PQnotifies(connection)}) {
            any = true;
            if (message->relname == channel_) each(message->extra);
        }
        return any;
    };
    if (hand_over()) return;  // what came along with an answer
    std::array<pollfd, 2> ready{{{PQsocket(connection), POLLIN, 0}, {bell_, POLLIN, 0}}};
    if (::poll(ready.data(), ready.size(), static_cast<int>(std::max<std::int64_t>(0, at_most.count()))) <= 0) return;
    std::uint64_t rung = 0;
    if (ready[1].revents != 0 && ::read(bell_, &rung, sizeof rung) < 0 && errno != EAGAIN)
        throw std::system_error(errno, std::generic_category(), "eventfd");
    if (ready[0].revents == 0) return;
    if (PQconsumeInput(connection) != 1 || PQstatus(connection) != CONNECTION_OK) throw wire_->error(DbErrorKind::lost);
    hand_over();
}

void Line::rouse() {
    const std::uint64_t one = 1;
    // a full counter is as loud as a rung bell
    if (::write(bell_, &one, sizeof one) < 0 && errno != EAGAIN) throw std::system_error(errno, std::generic_category(), "eventfd");
}

}  // namespace aftercare::db
