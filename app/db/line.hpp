#pragma once
#include <chrono>
#include <memory>
#include <string>
#include <string_view>

#include "db/function_ref.hpp"

namespace aftercare::db {

/// Short messages between programs on one PostgreSQL database (LISTEN, NOTIFY), on a connection of its own: nothing waits for
/// them inside a transaction, nothing keeps them. One thread; `rouse` is for any.
class Line {
   public:
    static constexpr std::size_t kLongest = 7'999;  ///< bytes of a message

    /// Opens nothing yet. `channel` is an identifier of ours.
    Line(std::string url, std::string channel);
    ~Line();
    Line(const Line&) = delete;
    Line& operator=(const Line&) = delete;

    /// Connects anew and listens. DbError `lost`.
    void open();
    /// Everybody who listens hears it, this line too. DbError; after `lost`, `open` again.
    void say(std::string_view message);
    /// Hands over what has come; waits for it until somebody rouses or `at_most` is over. DbError `lost`.
    void hear(std::chrono::milliseconds at_most, FunctionRef<void(std::string_view message)> each);
    void rouse();

   private:
    struct Wire;
    const std::string url_, channel_;
    const int bell_;
    std::unique_ptr<Wire> wire_;
};

}  // namespace aftercare::db
