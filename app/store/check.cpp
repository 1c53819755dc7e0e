#include "store/check.hpp"

#include <algorithm>
#include <type_traits>

#include "sql/case_events.hpp"
#include "store/case_state.hpp"
#include "store/check_house.hpp"
#include "store/replay.hpp"

namespace aftercare::store {
namespace {

constexpr std::int64_t kSlice = 200;

// An `io` that turns each field into text, so that two rows can be compared column by column.
struct FieldTexts {
    std::vector<std::pair<std::string, std::string>> texts;
    std::string prefix;
    template <class T, class... Rules>
    void operator()(std::string_view name, const T& value, const Rules&...) {
        std::string full = prefix + std::string(name);
        if constexpr (std::is_integral_v<T>) texts.emplace_back(std::move(full), std::to_string(value));
        else if constexpr (std::is_same_v<T, std::string>) texts.emplace_back(std::move(full), value);
        else if constexpr (std::is_same_v<T, Instant> || std::is_same_v<T, Duration>) texts.emplace_back(std::move(full), std::to_string(value.ms));
        else if constexpr (Worded<T>) texts.emplace_back(std::move(full), std::string(word(value)));
        else if constexpr (requires { value.has_value(); }) {
            if (value) (*this)(name, *value);
            else texts.emplace_back(std::move(full), "");
        } else if constexpr (requires { value.value; }) texts.emplace_back(std::move(full), value.value);
        else {
            const std::string outer = std::exchange(prefix, full + "_");
            fields(*this, const_cast<T&>(value));
            prefix = outer;
        }
    }
};

template <class T>
std::vector<std::pair<std::string, std::string>> texts_of(const T& value) {
    FieldTexts io;
    fields(io, const_cast<T&>(value));
    return std::move(io.texts);
}

struct Comparer {
    std::string stream;
    std::vector<Difference>& out;

    void add(std::string_view table, std::string column, std::string stored, std::string derived) {
        if (out.size() < kMaxDifferences)
            out.push_back({stream, std::string(table), std::move(column), std::move(stored), std::move(derived)});
    }
    template <class T>
    void row(std::string_view table, const T& stored, const T& derived) {
        if (stored == derived) return;
        const auto a = texts_of(stored), b = texts_of(derived);
        for (std::size_t i = 0; i < a.size(); ++i)
            if (a[i].second != b[i].second) add(table, a[i].first, a[i].second, b[i].second);
    }
    template <class T>
    void rows(std::string_view table, const std::vector<T>& stored, const std::vector<T>& derived) {
        if (stored.size() != derived.size())
            return add(table, "rows", std::to_string(stored.size()), std::to_string(derived.size()));
        for (std::size_t i = 0; i < stored.size(); ++i) row(table, stored[i], derived[i]);
    }
};

// The vectors come from tables in id order and from apply in making order; ids are time-ordered, so sort both.
template <class T>
std::vector<T> by_id(std::vector<T> rows) {
    if constexpr (requires(const T& t) { t.id; })
        std::stable_sort(rows.begin(), rows.end(), [](const T& a, const T& b) { return a.id < b.id; });
    return rows;
}

void compare_units(Comparer& comparer, const domain::OrderState& stored, const domain::OrderState& derived) {
    const auto sorted = [](std::vector<UnitRun> runs) {
        std::sort(runs.begin(), runs.end(), [](const UnitRun& a, const UnitRun& b) {
            return std::tie(a.order_line_id, a.first) < std::tie(b.order_line_id, b.first);
        });
        return runs;
    };
    comparer.rows("unit_ledger", sorted(stored.units), sorted(derived.units));
    comparer.rows("money_ledger", stored.money, derived.money);
    comparer.rows("order_line", stored.lines, derived.lines);
    comparer.rows("payment", stored.payments, derived.payments);
    if (stored.seq != derived.seq) comparer.add("order_ledger", "seq", std::to_string(stored.seq), std::to_string(derived.seq));
    if (stored.shipping_refunded != derived.shipping_refunded)
        comparer.add("order_ledger", "shipping_refunded", std::to_string(stored.shipping_refunded),
                     std::to_string(derived.shipping_refunded));
    for (const MoneyLedger& money : derived.money)  // I3
        if (money.free_minor() < 0) comparer.add("money_ledger", "over_captured", std::to_string(money.free_minor()), ">= 0");
    for (const OrderLine& line : derived.lines) {  // I1
        std::int64_t covered = 0;
        for (const UnitRun& run : derived.units)
            if (run.order_line_id == line.id) covered += run.qty;
        if (covered != line.qty) comparer.add("unit_ledger", "units", std::to_string(covered), std::to_string(line.qty));
    }
}

void compare(const Replay& replay, CheckReport& report) {
    for (const Difference& broken : replay.broken)
        if (report.differences.size() < kMaxDifferences) report.differences.push_back(broken);
    for (std::size_t i = 0; i < replay.stored.size(); ++i) {
        const domain::CaseState &stored = replay.stored[i], &derived = replay.derived[i];
        Comparer comparer{stored.c.id.value, report.differences};
        comparer.row("support_case", stored.c, derived.c);
        comparer.rows("operation", by_id(stored.operations), by_id(derived.operations));
        comparer.rows("operation_line", by_id(stored.lines), by_id(derived.lines));
        comparer.rows("inbound_leg", by_id(stored.inbound), by_id(derived.inbound));
        comparer.rows("inspection_record", by_id(stored.inspections), by_id(derived.inspections));
        comparer.rows("money_leg", by_id(stored.money), by_id(derived.money));
        comparer.rows("money_attempt", by_id(stored.attempts), by_id(derived.attempts));
        comparer.rows("outbound_leg", by_id(stored.outbound), by_id(derived.outbound));
        comparer.rows("clock", by_id(stored.clocks), by_id(derived.clocks));
        comparer.rows("task", by_id(stored.tasks), by_id(derived.tasks));
        const auto sorted = [](std::vector<InboundLine> lines) {
            std::sort(lines.begin(), lines.end(), [](const InboundLine& a, const InboundLine& b) {
                return std::tie(a.inbound_leg_id, a.operation_line_id) < std::tie(b.inbound_leg_id, b.operation_line_id);
            });
            return lines;
        };
        comparer.rows("inbound_line", sorted(stored.inbound_lines), sorted(derived.inbound_lines));
        comparer.rows("outbound_line", stored.outbound_lines, derived.outbound_lines);
        if (i == 0 && !derived.order.order.id.empty()) compare_units(comparer, stored.order, derived.order);
    }
    report.cases += static_cast<std::int64_t>(replay.stored.size());
    report.events += replay.events;
}

std::vector<std::string> ids(Tx& tx, const db::Query& query, const std::string& after) {
    std::vector<std::string> found;
    tx.run(query, {{"after", after}, {"limit", kSlice}}, [&](const db::Row& row) { found.emplace_back(row.text(0)); });
    return found;
}

// Walks all orders with cases, then all cases without an order; `each(tx, replay)` inside one snapshot a slice.
template <class Each>
Result<void> walk(Store& store, const db::Query& list, Result<Replay> (*make)(Tx&, const std::string&), Each&& each,
                  const std::function<void()>& after_slice) {
    std::string after;
    for (;;) {
        AC_TRY(const auto slice, store.read([&](Tx& tx) -> Result<std::vector<std::string>> {
            auto found = ids(tx, list, after);
            for (const std::string& id : found) {
                AC_TRY(const Replay replay, make(tx, id));
                each(id, replay);
            }
            return found;
        }));
        if (slice.empty()) return {};
        after = slice.back();
        after_slice();
    }
}

Result<Replay> of_order(Tx& tx, const std::string& id) { return replay_order(tx, OrderId(id)); }
Result<Replay> of_case(Tx& tx, const std::string& id) { return replay_case(tx, CaseId(id)); }

Result<void> orphans(Store& store, CheckReport& report) {
    return store.read([&](Tx& tx) -> Result<void> {
        tx.run(sql::case_events::orphan_streams, {}, [&](const db::Row& row) {
            report.differences.push_back({std::string(row.text(0)), "support_case", "rows", "0", "1"});
        });
        tx.run(sql::case_events::orphan_effects, {}, [&](const db::Row& row) {
            report.differences.push_back({std::string(row.text(0)), "outbox", "case_id", "names no case", "a case"});
        });
        return {};
    });
}

}  // namespace

Result<CheckReport> check(Store& store, const std::function<void(const CheckReport&)>& progress) {
    CheckReport report;
    const auto told = [&] {
        if (progress) progress(report);
    };
    AC_CHECK(walk(
        store, sql::case_events::orders_with_cases, &of_order,
        [&](const std::string&, const Replay& replay) {
            compare(replay, report);
            ++report.orders;
        },
        told));
    AC_CHECK(walk(store, sql::case_events::cases_without_order, &of_case,
                  [&](const std::string&, const Replay& replay) { compare(replay, report); }, told));
    AC_CHECK(orphans(store, report));
    AC_CHECK(check_house(store, report.differences));
    return report;
}

Result<std::int64_t> rebuild(Store& store) {
    std::int64_t written = 0;
    const auto mend = [&](const db::Query& list, Result<Replay> (*make)(Tx&, const std::string&)) -> Result<void> {
        std::vector<std::string> wrong;
        AC_CHECK(walk(
            store, list, make,
            [&](const std::string& id, const Replay& replay) {
                CheckReport report;
                compare(replay, report);
                if (!report.differences.empty() && replay.broken.empty()) wrong.push_back(id);
            },
            [] {}));
        for (const std::string& id : wrong) {
            AC_CHECK(store.change(Guard{}, [&](Tx& tx) -> Result<CaseChanged> {
                AC_TRY(const Replay replay, make(tx, id));  // again, inside the change
                for (std::size_t i = 0; i < replay.stored.size(); ++i) rewrite_case(tx, replay.stored[i].c, replay.derived[i]);
                return CaseChanged{};
            }, {}, db::Lane::bulk));
            ++written;
        }
        return {};
    };
    AC_CHECK(mend(sql::case_events::orders_with_cases, &of_order));
    AC_CHECK(mend(sql::case_events::cases_without_order, &of_case));
    return written;
}

}  // namespace aftercare::store
