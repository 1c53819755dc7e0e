#include "store/rosters.hpp"

#include "db/row.hpp"
#include "sql/rosters.hpp"

namespace aftercare::store {

std::vector<RosterShift> shifts_between(Tx& tx, const ShopId& shop, Instant from, Instant to) {
    std::vector<RosterShift> shifts;
    tx.run(sql::rosters::shifts_between, {{"shop_id", shop.value}, {"from", from.ms}, {"earliest", (from - kLongestShift).ms - 1}, {"to", to.ms}},
           [&](const db::Row& row) { shifts.push_back(db::read_row<RosterShift>(row)); });
    return shifts;
}

std::vector<domain::Shift> shifts_at(Tx& tx, const ShopId& shop, Instant at) {
    std::vector<domain::Shift> shifts;
    for (auto& each : shifts_between(tx, shop, at, at + Duration{1})) shifts.push_back({std::move(each.staff_id), each.team, each.from, each.to});
    return shifts;
}

void put_shifts(Tx& tx, const ShopId& shop, Instant from, Instant to, const std::vector<RosterShift>& shifts) {
    tx.write(sql::rosters::drop_shifts, {{"shop_id", shop.value}, {"from", from.ms}, {"to", to.ms}});
    for (const RosterShift& each : shifts)
        tx.write(sql::rosters::insert_shift,
                 {{"id", each.id}, {"shop_id", shop.value}, {"staff_id", each.staff_id.value}, {"team", word(each.team)}, {"from_at", each.from.ms}, {"to_at", each.to.ms}}, 1);
}

}  // namespace aftercare::store
