#include <catch2/catch.hpp>

#include "story.hpp"

using namespace story;

namespace {
std::string shape(const std::vector<UnitRun>& units) {
    std::string text;
    for (const auto& run : units)
        text += run.order_line_id.value + std::to_string(run.first) + "+" + std::to_string(run.qty) + " " + std::string(word(run.bucket)) +
                (run.held_by.empty() ? "" : "*" + run.held_by.value) + "; ";
    return text;
}
}  // namespace

TEST_CASE("an order opens with its units where they are") {
    OrderLine line{OrderLineId("A"), {}, 0, "", "", 5, 100, 0, 500, 4, 2};
    const auto order = opening({}, {line}, {});
    CHECK(shape(order.units) == "A0+2 with_customer; A2+2 in_transit_out; A4+1 unshipped; ");
}

TEST_CASE("the net of units adds up to the line, however it is cut") {
    OrderLine line{OrderLineId("A"), {}, 0, "", "", 7, 100, 0, 697, 7, 7};  // 99 each, and 4 units carry one more
    CHECK(net_of(line, 0, 7) == 697);
    CHECK(net_of(line, 0, 1) == 100);
    CHECK(net_of(line, 3, 2) == 199);
    CHECK(net_of(line, 4, 3) == 297);
    std::int64_t sum = 0;
    for (int i = 0; i < 7; ++i) sum += net_of(line, i, 1);
    CHECK(sum == 697);
    line.allocated_minor = 9'000'000'000'000'000;
    line.qty = 1'000'000;
    CHECK(net_of(line, 0, line.qty) == line.allocated_minor);
}

TEST_CASE("runs split, move and merge again") {
    std::vector<UnitRun> units{{OrderLineId("A"), 0, 5, Bucket::with_customer, {}}, {OrderLineId("B"), 0, 1, Bucket::with_customer, {}}};
    const OperationLineId holder("H");
    put_units(units, {OrderLineId("A"), 1, 2, Bucket::with_customer, holder});
    CHECK(shape(units) == "A0+1 with_customer; A1+2 with_customer*H; A3+2 with_customer; B0+1 with_customer; ");
    put_units(units, {OrderLineId("A"), 0, 5, Bucket::with_us, holder});
    CHECK(shape(units) == "A0+5 with_us*H; B0+1 with_customer; ");
    put_units(units, {OrderLineId("A"), 4, 1, Bucket::with_customer, {}});
    put_units(units, {OrderLineId("A"), 0, 4, Bucket::with_customer, {}});
    CHECK(shape(units) == "A0+5 with_customer; B0+1 with_customer; ");
}

TEST_CASE("money steps move between promised, in flight and refunded") {
    std::vector<MoneyLedger> ledgers{{PaymentId("P"), 100, 0, 0, 0}};
    const auto step = [&](MoneyState was, std::int64_t was_minor, MoneyState now, std::int64_t minor) {
        step_money(ledgers, {MoneyLegId("L"), PaymentId("P"), was, now, was_minor, minor});
    };
    step(MoneyState::voided, 0, MoneyState::planned, 60);
    step(MoneyState::planned, 60, MoneyState::authorised, 50);
    CHECK(ledgers[0] == MoneyLedger{PaymentId("P"), 100, 50, 0, 0});
    step(MoneyState::authorised, 50, MoneyState::submitted, 50);
    step(MoneyState::submitted, 50, MoneyState::unknown, 50);
    CHECK(ledgers[0] == MoneyLedger{PaymentId("P"), 100, 0, 50, 0});
    step(MoneyState::unknown, 50, MoneyState::failed, 50);
    CHECK(ledgers[0].free_minor() == 50);
    step(MoneyState::failed, 50, MoneyState::succeeded, 50);
    CHECK(ledgers[0] == MoneyLedger{PaymentId("P"), 100, 0, 0, 50});
}

TEST_CASE("amounts split by position") {
    std::vector<std::int64_t> shares;
    CHECK(split_by_position(70, {50, 30}, shares));
    CHECK(shares == std::vector<std::int64_t>{50, 20});
    CHECK_FALSE(split_by_position(81, {50, 30}, shares));
}
