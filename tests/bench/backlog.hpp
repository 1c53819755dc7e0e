#pragma once
#include <string>

#include "bench/goals.hpp"
#include "env/ids.hpp"
#include "usecase/context.hpp"

namespace aftercare::bench {

/// A shop after years of work: so many open cases and ten closed ones beside each, in every state a return and a question pass through.
/// Some hundreds are played through the use cases; the others are copies of their rows with ids, numbers and due times of their own,
/// closed ones without their events: nobody reads those here, and they would be most of the file.
struct Backlog {
    std::string file;
    ShopId shop;
    usecase::Actor person;  ///< owns a hundredth of the cases and has saved views
};

/// Built once and kept beside the history: `plan.history` tells where. Some minutes for a hundred thousand.
Backlog need_backlog(const Plan& plan, std::size_t open);

}  // namespace aftercare::bench
