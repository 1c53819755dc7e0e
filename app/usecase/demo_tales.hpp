#pragma once
#include <cstdint>
#include <optional>
#include <vector>

#include "domain/kinds.hpp"
#include "usecase/demo_data.hpp"
#include "usecase/demo_matters.hpp"

/// Stories of the demo shop that are told to one step after another, so that a case of every kind is seen in every state.
namespace aftercare::usecase::demo {

/// One act; who does it and what is said of it is in demo_tales.cpp.
enum class Do {
    approve, ask, reject, withdraw, change, confirm, ship, arrive, pass, opened, damaged, wrong, send_back, reserve, no_stock, send, deliver, collect,
    diagnose, free, price, yes, want_parts, parts_came, repaired, tested, submit, paid, failed,
    acknowledge, verify, propose, accept, decline, execute, follow_up, review, retract, answer, ask_customer, wait_internal,
    triage, plan_call, call, no_remedy, remedy, outcome, start, reply, ask_quality, quality_said, link, finish, close,
    wait  ///< what has run out by now happens
};

struct Wish {
    OperationKind kind;
    SubKind way;
    Reason reason;
    std::int64_t percent = 0;  ///< of the price of one: what is asked for, or what other goods cost; 0: not said
};
/// The story up to its `steps`-th act; it began so many minutes ago.
struct Telling {
    std::size_t steps;
    std::int64_t minutes_ago;
    const char *topic, *words;
};
struct Tale {
    CaseKind kind;
    Channel channel;
    std::optional<Wish> wish;
    Goods goods;
    std::size_t product;
    std::vector<Do> acts;
    std::vector<Telling> tellings;
};
std::vector<Tale> tales();

/// The order that each telling is about, in their order.
std::vector<Sale> tale_sales(Instant now, const std::vector<Tale>&);

/// `first`: where the orders of the tales begin in the house's.
Result<void> tell_tales(const House&, const std::vector<Tale>&, std::size_t first);

}  // namespace aftercare::usecase::demo
