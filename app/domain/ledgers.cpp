#include "domain/ledgers.hpp"

#include <algorithm>

#include "domain/allocation.hpp"
#include "domain/operations.hpp"

namespace aftercare::domain {

std::int64_t net_of(const OrderLine& line, std::int64_t first, std::int64_t qty) {
    const std::int64_t base = line.allocated_minor / line.qty, rest = line.allocated_minor % line.qty;
    return qty * base + std::clamp<std::int64_t>(rest - first, 0, qty);
}

std::int64_t net_of(const OrderState& order, const std::vector<UnitRun>& runs) {
    std::int64_t sum = 0;
    for (const auto& run : runs)
        if (const OrderLine* line = find_order_line(order, run.order_line_id)) sum += net_of(*line, run.first, run.qty) - run.qty * run.off_minor;
    return sum;
}

std::int64_t count_units(const OrderState& order, const OrderLineId& line, Bucket bucket, const OperationLineId& holder) {
    std::int64_t sum = 0;
    for (const auto& run : order.units)
        if (run.order_line_id == line && run.bucket == bucket && run.held_by == holder) sum += run.qty;
    return sum;
}

std::int64_t available(const OrderState& order, const OrderLineId& line, Bucket bucket) {
    return count_units(order, line, bucket, {});
}

std::vector<UnitRun> pick_units(const OrderState& order, const OrderLineId& line, Bucket bucket,
                                const OperationLineId& holder, std::int64_t qty) {
    std::vector<UnitRun> picked;
    for (const auto& run : order.units) {
        if (qty <= 0) break;
        if (run.order_line_id != line || run.bucket != bucket || run.held_by != holder) continue;
        picked.push_back(run);
        picked.back().qty = std::min(run.qty, qty);
        qty -= picked.back().qty;
    }
    return picked;
}

std::vector<UnitRun> pick_in(const OrderState& order, const OrderLineId& line, std::uint32_t buckets, const OperationLineId& holder,
                             std::int64_t qty) {
    std::vector<UnitRun> picked;
    for (const Bucket bucket : {Bucket::unshipped, Bucket::in_transit_out, Bucket::with_customer}) {
        if (!in(buckets, bucket)) continue;
        for (auto& run : pick_units(order, line, bucket, holder, qty)) {
            qty -= run.qty;
            picked.push_back(std::move(run));
        }
    }
    return picked;
}

std::vector<UnitRun> repriced(const OrderState& order, const std::vector<UnitRun>& runs, std::int64_t amount) {
    std::vector<std::int64_t> nets;
    for (const auto& run : runs) nets.push_back(net_of(order, {run}));
    const auto shares = allocate(amount, nets);
    std::vector<UnitRun> split;
    for (std::size_t i = 0; i < runs.size(); ++i) {
        UnitRun front = runs[i], back = runs[i];  // the first units of a run are worth one minor unit more, and bear one more
        front.qty = shares[i] % runs[i].qty;
        front.off_minor += shares[i] / runs[i].qty + 1;
        back.first += front.qty;
        back.qty -= front.qty;
        back.off_minor += shares[i] / runs[i].qty;
        if (front.qty > 0) split.push_back(front);
        split.push_back(back);
    }
    return split;
}

std::vector<UnitRun> held_units(const OrderState& order, const OperationLineId& holder) {
    std::vector<UnitRun> held;
    for (const auto& run : order.units)
        if (run.held_by == holder) held.push_back(run);
    return held;
}

std::vector<UnitRun> moved(std::vector<UnitRun> runs, Bucket to, const OperationLineId& holder) {
    for (auto& run : runs) {
        run.bucket = to;
        run.held_by = holder;
    }
    return runs;
}

void put_units(std::vector<UnitRun>& units, const UnitRun& moved) {
    const auto low = std::lower_bound(units.begin(), units.end(), moved.order_line_id, [](const UnitRun& r, const OrderLineId& id) { return r.order_line_id < id; });
    const auto high = std::find_if(low, units.end(), [&](const UnitRun& r) { return r.order_line_id != moved.order_line_id; });
    std::vector<UnitRun> line;
    const auto add = [&](UnitRun run) {
        if (run.qty <= 0) return;
        if (!line.empty() && line.back().bucket == run.bucket && line.back().held_by == run.held_by && line.back().off_minor == run.off_minor) line.back().qty += run.qty;
        else line.push_back(std::move(run));
    };
    const std::int64_t end = moved.first + moved.qty;
    bool placed = false;
    for (auto run = low; run != high; ++run) {
        UnitRun before = *run, after = *run;
        before.qty = std::min(run->first + run->qty, moved.first) - run->first;
        after.first = std::max(run->first, end);
        after.qty = run->first + run->qty - after.first;
        add(before);
        if (!placed && run->first + run->qty > moved.first) {
            add(moved);
            placed = true;
        }
        add(after);
    }
    if (low == high) line.push_back(moved);  // the first of a line that an exchange made
    const auto at = units.erase(low, high);
    units.insert(at, line.begin(), line.end());
}

void step_money(std::vector<MoneyLedger>& ledgers, const MoneyStep& step) {
    if (step.kind != MoneyKind::refund) return;
    const auto ledger = std::find_if(ledgers.begin(), ledgers.end(), [&](const MoneyLedger& l) { return l.payment_id == step.payment_id; });
    if (ledger == ledgers.end()) return;
    const auto count = [&](MoneyState state, std::int64_t amount) {
        if (is_promised(state)) ledger->promised_minor += amount;
        else if (is_in_flight(state)) ledger->in_flight_minor += amount;
        else if (state == MoneyState::succeeded) ledger->refunded_minor += amount;
    };
    count(step.was, -step.was_minor);
    count(step.state, step.amount_minor);
}

std::int64_t free_money(const OrderState& order) {
    std::int64_t sum = 0;
    for (const auto& ledger : order.money) sum += ledger.free_minor();
    return sum;
}

bool split_by_position(std::int64_t amount, const std::vector<std::int64_t>& room, std::vector<std::int64_t>& shares) {
    shares.assign(room.size(), 0);
    for (std::size_t i = 0; i < room.size() && amount > 0; ++i) {
        shares[i] = std::min(amount, std::max<std::int64_t>(room[i], 0));
        amount -= shares[i];
    }
    return amount == 0;
}

std::optional<std::vector<OrderLine>> all_delivered(const OrderState& state, const std::set<std::string>& charges) {
    std::vector<OrderLine> lines = state.lines;
    bool news = false;
    for (OrderLine& line : lines) {
        if (charges.contains(line.sku)) continue;
        std::int64_t to_come = 0;
        for (const UnitRun& run : state.units)
            if (run.order_line_id == line.id && (run.bucket == Bucket::unshipped || run.bucket == Bucket::in_transit_out) && run.held_by.empty())
                to_come += run.qty;
        if (to_come != line.qty - line.delivered_qty) return std::nullopt;
        news = news || to_come > 0;
        line.shipped_qty = line.delivered_qty = line.qty;
    }
    if (!news) return std::nullopt;
    return lines;
}

OrderState opening(Order order, std::vector<OrderLine> lines, std::vector<Payment> payments) {
    OrderState state;
    std::erase_if(lines, [](const OrderLine& l) { return !l.origin_leg_id.empty(); });
    std::erase_if(payments, [](const Payment& p) { return !p.origin_leg_id.empty(); });
    for (const auto& line : lines) {
        const std::int64_t delivered = line.delivered_qty, transit = line.shipped_qty - delivered;
        const auto add = [&](std::int64_t first, std::int64_t qty, Bucket bucket) {
            if (qty > 0) state.units.push_back({line.id, first, qty, bucket, {}, 0});
        };
        add(0, delivered, Bucket::with_customer);
        add(delivered, transit, Bucket::in_transit_out);
        add(delivered + transit, line.qty - line.shipped_qty, Bucket::unshipped);
    }
    std::sort(state.units.begin(), state.units.end(), [](const UnitRun& a, const UnitRun& b) {
        return std::pair(a.order_line_id, a.first) < std::pair(b.order_line_id, b.first);
    });
    for (const auto& payment : payments) state.money.push_back({payment.id, payment.captured_minor, 0, 0, 0});
    state.order = std::move(order);
    state.lines = std::move(lines);
    state.payments = std::move(payments);
    return state;
}

}  // namespace aftercare::domain
