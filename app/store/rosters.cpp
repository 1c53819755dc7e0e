#include "store/rosters.hpp"

#include <charconv>
#include <set>

#include "db/row.hpp"
#include "sql/rosters.hpp"
#include "store/hash_chain.hpp"

namespace aftercare::store {

std::vector<RosterShift> shifts_between(Tx& tx, const ShopId& shop, Instant from, Instant to) {
    std::vector<RosterShift> shifts;
    tx.run(sql::rosters::shifts_between, {{"shop_id", shop.value}, {"from", from.ms}, {"earliest", (from - kLongestShift).ms - 1}, {"to", to.ms}},
           [&](const db::Row& row) { shifts.push_back(db::read_row<RosterShift>(row)); });
    return shifts;
}

std::vector<domain::Shift> shifts_at(Tx& tx, const ShopId& shop, Instant at) {
    std::vector<domain::Shift> shifts;
    tx.run(sql::rosters::on_duty, {{"shop_id", shop.value}, {"at", at.ms}, {"earliest", (at - kLongestShift).ms - 1}}, [&](const db::Row& row) {
        shifts.push_back({StaffId(std::string(row.text(0))), from_word<Department>(row.text(1)).value_or(Department::service), {row.integer(2)}, {row.integer(3)}});
    });
    return shifts;
}

std::vector<Department> teams_of(Tx& tx, const std::vector<std::string>& shops, const StaffId& staff, Instant since) {
    std::vector<Department> teams;
    if (shops.empty()) return teams;
    tx.run(sql::rosters::teams_of, {{"shops", std::span(shops)}, {"earliest", (since - kLongestShift).ms - 1}, {"since", since.ms}, {"staff", staff.value}},
           [&](const db::Row& row) {
               if (const auto team = from_word<Department>(row.text(0))) teams.push_back(*team);
           });
    return teams;
}

std::int64_t roster_version(const std::vector<RosterShift>& shifts, Instant from, Instant to) {
    std::set<std::string> lines;
    for (const auto& each : shifts)
        if (each.from >= from && each.from < to)
            lines.insert(each.staff_id.value + " " + std::string(word(each.team)) + " " + std::to_string(each.from.ms) + " " + std::to_string(each.to.ms));
    if (lines.empty()) return 0;
    std::string text;
    for (const auto& line : lines) text += line + "\n";
    const std::string hash = sha256_hex(text).substr(0, 12);  // a browser's numbers hold 53 bits
    std::int64_t version = 0;
    std::from_chars(hash.data(), hash.data() + hash.size(), version, 16);
    return version;
}

void hold_roster(Tx& tx, const ShopId& shop) {
    tx.run(sql::rosters::hold_roster, {{"shop_id", shop.value}}, [](const db::Row&) {});
}

void put_shifts(Tx& tx, const ShopId& shop, Instant from, Instant to, const std::vector<RosterShift>& shifts) {
    tx.write(sql::rosters::drop_shifts, {{"shop_id", shop.value}, {"from", from.ms}, {"to", to.ms}});
    for (const RosterShift& each : shifts)
        tx.write(sql::rosters::insert_shift,
                 {{"id", each.id}, {"shop_id", shop.value}, {"staff_id", each.staff_id.value}, {"team", word(each.team)}, {"from_at", each.from.ms}, {"to_at", each.to.ms}}, 1);
}

}  // namespace aftercare::store
