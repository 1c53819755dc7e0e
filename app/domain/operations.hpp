#pragma once
#include <aftercare/base/result.hpp>
#include <array>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "domain/access.hpp"
#include "domain/kinds.hpp"
#include "domain/state.hpp"

namespace aftercare {

/// The acts of after-sales.md sections 2 and 3, by the last part of their routes.
AC_WORDS(CommandWord, request, approve, ask_info, give_info, reject, appeal, change_kind, withdraw, ship_back, arrive,
         carrier_lost, inspect, accept, agree, send_back, dispatch, delivered, rule, submit_refund, refund_result, close,
         assign, note, finish_task, outbound_lost, resend, hear_platform, answer_check, reserve, swap, collected, diagnose,
         quote_repair, answer_quote, repair_step, recover, write_off, open_recall, recall_arrived, inspect_recall, end_recall);

}  // namespace aftercare

/// The machine of return + refund as one table, and the counts that its guards look at.
namespace aftercare::domain {

using RoleSet = WordSet;
using StateSet = WordSet;

/// Who may give a command, and in which decision states of an operation it is legal (0: not a matter of one operation's state).
struct CommandRule {
    CommandWord command;
    Permission permission;  ///< named in the refusal of whoever is not in `who`
    RoleSet who;
    StateSet from;
};

// clang-format off
namespace table {
using R = Role; using S = DecisionState; using P = Permission; using C = CommandWord;
inline constexpr StateSet kUnderWay = set_of(S::approved, S::disputed, S::settling);
inline constexpr std::array kRules{
    CommandRule{C::request,       P::open_cases,        set_of(R::customer, R::agent, R::lead, R::plugin), 0},
    CommandRule{C::approve,       P::decide_operations, set_of(R::agent, R::lead),                         set_of(S::requested)},
    CommandRule{C::ask_info,      P::decide_operations, set_of(R::agent, R::lead),                         set_of(S::requested)},
    CommandRule{C::give_info,     P::open_cases,        set_of(R::customer, R::agent, R::lead),            set_of(S::need_info)},
    CommandRule{C::reject,        P::decide_operations, set_of(R::agent, R::lead),                         set_of(S::requested)},
    CommandRule{C::appeal,        P::override_rules,    set_of(R::customer, R::lead),                      set_of(S::rejected)},
    CommandRule{C::change_kind,   P::decide_operations, set_of(R::agent, R::lead, R::plugin),              set_of(S::requested, S::need_info, S::verifying) | kUnderWay},
    CommandRule{C::withdraw,      P::open_cases,        set_of(R::customer, R::agent, R::lead),            set_of(S::requested, S::need_info, S::verifying) | kUnderWay},
    CommandRule{C::ship_back,     P::open_cases,        set_of(R::customer, R::agent, R::lead, R::plugin), kUnderWay},
    CommandRule{C::arrive,        P::receive_goods,     set_of(R::warehouse, R::plugin),                   kUnderWay},
    CommandRule{C::carrier_lost,  P::open_cases,        set_of(R::agent, R::lead, R::plugin),              kUnderWay},
    CommandRule{C::inspect,       P::receive_goods,     set_of(R::warehouse, R::technician, R::plugin),    kUnderWay},
    CommandRule{C::accept,        P::receive_goods,     set_of(R::warehouse, R::agent, R::lead),           kUnderWay},
    CommandRule{C::agree,         P::decide_operations, set_of(R::agent, R::lead),                         set_of(S::disputed)},
    CommandRule{C::send_back,     P::decide_operations, set_of(R::agent, R::lead),                         set_of(S::disputed)},
    CommandRule{C::dispatch,      P::receive_goods,     set_of(R::warehouse, R::plugin),                   kUnderWay},
    CommandRule{C::delivered,     P::open_cases,        set_of(R::customer, R::agent, R::lead, R::plugin), kUnderWay},
    CommandRule{C::rule,          P::override_rules,    set_of(R::lead, R::plugin),                        set_of(S::disputed)},
    CommandRule{C::submit_refund, P::submit_refunds,    set_of(R::agent, R::lead, R::finance),             kUnderWay},
    CommandRule{C::refund_result, P::settle_refunds,    set_of(R::finance, R::plugin),                     0},
    CommandRule{C::close,         P::decide_operations, set_of(R::agent, R::lead),                         0},
    CommandRule{C::assign,        P::assign_cases,      set_of(R::agent, R::lead, R::admin),               0},
    CommandRule{C::note,          P::read_cases,        ~0u,                                               0},
    CommandRule{C::finish_task,   P::read_cases,        ~(set_of(R::customer)),                            0},
    CommandRule{C::outbound_lost, P::open_cases,        set_of(R::agent, R::lead, R::plugin),              kUnderWay},
    CommandRule{C::resend,        P::override_rules,    set_of(R::lead),                                   set_of(S::disputed)},
    CommandRule{C::hear_platform, P::override_rules,    set_of(R::lead, R::plugin),                        0},
    CommandRule{C::answer_check,  P::check_goods,       set_of(R::agent, R::lead, R::warehouse, R::plugin), set_of(S::verifying)},
    CommandRule{C::reserve,       P::check_goods,       set_of(R::agent, R::lead, R::warehouse, R::plugin), kUnderWay},
    CommandRule{C::swap,          P::decide_operations, set_of(R::agent, R::lead, R::plugin),              set_of(S::requested, S::need_info) | kUnderWay},
    CommandRule{C::collected,     P::settle_refunds,    set_of(R::finance, R::plugin),                     kUnderWay},
    CommandRule{C::diagnose,      P::repair_goods,      set_of(R::technician),                             kUnderWay},
    CommandRule{C::quote_repair,  P::decide_operations, set_of(R::agent, R::lead),                         kUnderWay},
    CommandRule{C::answer_quote,  P::open_cases,        set_of(R::customer, R::agent, R::lead),            kUnderWay},
    CommandRule{C::repair_step,   P::repair_goods,      set_of(R::technician),                             kUnderWay},
    CommandRule{C::recover,       P::decide_operations, set_of(R::agent, R::lead),                         kUnderWay},
    CommandRule{C::write_off,     P::override_rules,    set_of(R::lead),                                   set_of(S::disputed)},
    CommandRule{C::open_recall,   P::open_cases,        set_of(R::agent, R::lead, R::plugin),              set_of(S::verifying, S::settled) | kUnderWay},
    CommandRule{C::recall_arrived, P::receive_goods,    set_of(R::warehouse, R::plugin),                   0},
    CommandRule{C::inspect_recall, P::receive_goods,    set_of(R::warehouse, R::technician, R::plugin),    0},
    CommandRule{C::end_recall,    P::open_cases,        set_of(R::agent, R::lead, R::plugin),              0},
};
}  // namespace table
// clang-format on

constexpr const CommandRule& rule_of(CommandWord command) { return table::kRules[static_cast<std::size_t>(command)]; }
static_assert([] {
    for (std::size_t i = 0; i < table::kRules.size(); ++i)
        if (static_cast<std::size_t>(table::kRules[i].command) != i) return false;
    return table::kRules.size() == Words<CommandWord>::all.size();
}());

/// `forbidden` "permission_missing" when none of the actor's roles may give the command.
Result<void> permitted(const Actor& actor, CommandWord command);
/// The role by which the actor gives the command: the first of theirs that may.
Role acting_role(const Actor& actor, CommandWord command);
/// Permission, then the operation, then its state (in this order: strangers learn nothing).
Result<const Operation*> admitted(const CaseState& state, const OperationId& id, const Actor& actor, CommandWord command);
/// Permission and the operation, whatever its state: for acts that first ask whether they are a repetition.
Result<const Operation*> known(const CaseState& state, const OperationId& id, const Actor& actor, CommandWord command);
Result<void> in_state(const Operation& operation, CommandWord command);

using Params = std::vector<std::pair<std::string, std::string>>;
inline std::string text(std::int64_t number) { return std::to_string(number); }  ///< a number as a refusal's value
/// A rule says no: the code, its values, and what would make the act legal.
tl::unexpected<Error> refuse(std::string code, Params params = {}, std::vector<Remedy> remedies = {});

/// What the counters of an OperationLine mean together.
struct Counts {
    std::int64_t to_ship = 0;      ///< not yet in a parcel
    std::int64_t in_transit = 0;   ///< in parcels under way
    std::int64_t uninspected = 0;  ///< arrived, not inspected
    std::int64_t pending = 0;      ///< inspected, not in dispute, no final quote
    std::int64_t disputed = 0;     ///< inspected and in dispute
    std::int64_t unresolved = 0;   ///< missing or lost, no final quote
    std::int64_t lost_back = 0;    ///< lost on the way back to the customer, no final quote
    std::int64_t awaiting = 0;     ///< settled, but the customer's goods are still to come
    std::int64_t open = 0;         ///< everything that is not released, settled or sent back
    std::int64_t shipped = 0, settled = 0, sent_back = 0;
    Counts& operator+=(const Counts& other);
};
Counts counts(const OperationLine& line);
Counts counts(const CaseState& state, const OperationId& id);

/// Not what was expected to come: a broken device is what a repair is for.
constexpr bool is_mismatch(OperationKind kind, Grade grade) {
    if (kind == OperationKind::repair) return grade == Grade::wrong_item || grade == Grade::counterfeit;
    return grade != Grade::pass && grade != Grade::opened;
}
/// Terminal, or settled and waiting to be closed: nothing of it moves any more.
constexpr bool is_over(DecisionState s) { return s == DecisionState::settled || is_terminal(s); }

const Operation* find_operation(const CaseState& state, const OperationId& id);
const OperationLine* find_line(const CaseState& state, const OperationId& id, const OrderLineId& order_line);
const OperationLine* find_line(const CaseState& state, const OperationLineId& id);
const OrderLine* find_order_line(const OrderState& order, const OrderLineId& id);
const MoneyLeg* find_leg(const CaseState& state, const MoneyLegId& id);
const MoneyAttempt* latest_attempt(const CaseState& state, const MoneyLegId& id);
/// Goods of the operation on their way to the customer or waiting to be sent.
bool outbound_open(const CaseState& state, const OperationId& id);
/// Of the money that we owe; what the customer is to pay is no part of it.
bool any_leg(const CaseState& state, const OperationId& id, std::initializer_list<MoneyState> states);
/// What the customer has still to pay before goods are sent; null: nothing.
const MoneyLeg* unpaid_difference(const CaseState& state, const OperationId& id);
/// What is settled of the order's own money: a difference or a price that was paid and given back is none of it.
std::int64_t paid_out(const Operation& operation);
/// The lines of the operation.
std::vector<const OperationLine*> lines_of(const CaseState& state, const OperationId& id);

}  // namespace aftercare::domain
