#pragma once
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "domain/acts.hpp"
#include "domain/cases.hpp"
#include "domain/ledgers.hpp"
#include "domain/operations.hpp"
#include "domain/platform.hpp"
#include "domain/operation_rules.hpp"

/// A random world for properties: one order, two cases, anybody asking for anything at any time. Pure data in, so that runs
/// shrink and repeat; `play` knows nothing of how states are stored, so that a store can be walked the same way.
namespace world {

using namespace aftercare;
using namespace aftercare::domain;

/// For what must hold: throws the words when it does not.
inline void expect(bool holds, const std::string& what) {
    if (!holds) throw what;
}

/// Chooses what one step does; the numbers pick among what there is.
struct Step {
    std::uint8_t act = 0;    ///< which command (modulo), or from where to look for a legal one
    std::uint8_t actor = 0;  ///< who
    std::uint8_t on = 0;     ///< which case
    std::uint8_t x = 0, y = 0, z = 0;
    std::uint16_t minutes = 0;  ///< passed before it
    bool willing = false;       ///< look for an act and an actor that are legal together
};
/// Shape of the world.
struct Seed {
    std::uint8_t lines = 1, payments = 1, policy = 0;
    std::vector<std::uint16_t> numbers;  ///< quantities, prices, discounts
};

std::vector<Actor> actors();
/// A rule for the goods of one SKU.
GoodsRule for_sku(std::string sku, const std::function<void(GoodsRule&)>& say);
Policy policy_of(std::uint8_t kind);
Calendar working_calendar();
OrderState order_of(const Seed& seed, const ShopId& shop);
inline constexpr Instant kStart{1'760'000'000'000};

/// Ids that sort by age, as the real ones do.
struct Ids {
    std::int64_t drawn = 0;
    std::string next();
};

/// The number of the case in which a tracking number is on its way; empty: in none.
using TrackingHolder = std::function<std::string(const std::string& tracking)>;
/// Who says what became of a refund: anybody who may, or its provider alone.
enum class Money { by_hand, by_provider };
/// Who asked for what.
struct Asked {
    Actor actor;
    std::string command;
};
/// What a step would decide on this state: one command with values picked from the step, legal or not. `asked` says which, and who.
Result<Decision> play(const Step& step, const CaseState& state, Instant now, const Policy& policy, const Calendar& calendar,
                      const std::function<std::string()>& ids, Asked& asked, const TrackingHolder& holder, Money money = Money::by_hand, const Known& known = {});
/// What the other cases of an order send again, told apart from the store (I32).
Known sent_again(const std::vector<CaseState>& cases, const CaseId& apart_from);

/// The domain alone, in memory: cases share the order's ledgers as the store's holds make them do.
class World {
   public:
    explicit World(const Seed& seed);

    /// Plays one step; checks every invariant after an accepted decision. Throws std::string with what is wrong.
    void step(const Step& step);
    /// Fires every clock that is due, in order of due times.
    void fire_due();
    /// Lets time pass and people do what is legal until every operation is over (I11).
    void wind_down();
    std::string why_stuck(const Operation& operation);
    /// Folds every stream and the order's ledgers from nothing and compares (I21).
    void replay() const;

    std::int64_t commands = 0;  ///< random ones and fired clocks; the winding down is not counted
    std::int64_t accepted = 0;
    Instant now = kStart;
    std::map<std::string, std::int64_t> seen;  ///< accepted events by type
    std::function<void(std::size_t on, const Decision&, const Actor&)> told;  ///< hears of each accepted decision before it is checked
    std::vector<CaseState> cases;
    OrderState order;

   private:
    void take(std::size_t on, const Decision& decision, const Actor& actor);
    void check(std::size_t on, const CaseState& before, const Decision& decision, const Actor& actor) const;
    [[nodiscard]] std::string holder_of(const std::string& tracking) const;

    OrderState opening_;
    Policy policy_;
    Calendar calendar_ = working_calendar();
    Ids ids_;
    std::function<std::string()> next_id_;
    std::vector<std::vector<Event>> streams_;
    std::vector<Event> order_events_;
    std::vector<CaseState> born_;
};

/// Everything that must hold of an order and its cases (I1 to I9, I11, I12, I14, I16, I17, I32). Throws std::string.
void check_state(const OrderState& order, const std::vector<CaseState>& cases, const Policy& policy);
/// Everything that must hold of one accepted decision (I5, I6, I10, I12, I13, I15, I18, I19, I29, and check_clocks).
void check_change(const CaseState& before, const CaseState& after, const Decision& decision, const Actor& actor, const Policy& policy, const Calendar& calendar);
/// Of what is sent again: its cost over all cases of the order (I32).
void check_costs(const std::vector<CaseState>& cases, const CaseState& after, const Decision& decision, const Actor& actor, const Policy& policy);
/// Of its clocks (I23, I25, I26, I28, reminders, G-window).
void check_clocks(const CaseState& before, const CaseState& after, const Decision& decision, const Policy& policy, const Calendar& calendar);

}  // namespace world
