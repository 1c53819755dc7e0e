#include "usecase/facts.hpp"

#include <map>
#include <mutex>

#include "env/zone.hpp"
#include "store/staff.hpp"

namespace aftercare::usecase {

const domain::Calendar& calendar_of(const std::string& zone) {
    static std::mutex lock;
    static std::map<std::string, domain::Calendar> calendars;  // nodes never move, so references stay good
    const std::scoped_lock held(lock);
    const auto known = calendars.find(zone);
    if (known != calendars.end()) return known->second;
    domain::Calendar calendar;
    if (const auto found = env::Zone::find(zone))
        for (const auto& part : found->offsets()) calendar.zone.push_back({part.from, part.offset});
    else
        calendar.zone.push_back({kEarliest, Duration{0}});
    return calendars.emplace(zone, std::move(calendar)).first->second;
}

std::vector<std::string> shops_for(store::Tx& tx, const Actor& actor, const std::optional<ShopId>& wanted) {
    std::vector<std::string> shops;
    if (wanted) {
        if (actor.may_see(*wanted)) shops.push_back(wanted->value);
    } else if (actor.all_shops) {
        for (const auto& shop : store::shops(tx)) shops.push_back(shop.id.value);
    } else {
        for (const auto& shop : actor.shops) shops.push_back(shop.value);
    }
    return shops;
}

}  // namespace aftercare::usecase
