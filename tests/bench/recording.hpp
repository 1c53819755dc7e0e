#pragma once
#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "db/database.hpp"

namespace aftercare::bench {

using Bound = std::variant<std::nullptr_t, std::int64_t, std::string>;

/// One statement of a recorded change: which text, with which values for its numbered parameters.
struct Step {
    std::size_t text;
    std::vector<Bound> values;
};
using Change = std::vector<Step>;

/// What the service ran for a row of changes, so that a raw program can run the very same.
struct Recording {
    std::vector<std::string> texts;
    std::vector<Change> changes;
};

/// Gathers a Recording: give `observer()` to the database, and say before each change that one begins. One thread.
class Recorder {
   public:
    db::Observer observer();
    void begin() { recording_.changes.emplace_back(); }
    Recording take() { return std::move(recording_); }

   private:
    void see(std::string_view text, std::span<const db::Value> values);

    Recording recording_;
};

}  // namespace aftercare::bench
