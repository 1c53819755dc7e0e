#include "usecase/facts.hpp"

#include <map>
#include <mutex>

#include "env/zone.hpp"
#include "store/staff.hpp"

namespace aftercare::usecase {

const domain::Calendar& calendar_of(const store::ShopCalendar& shop) {
    static std::mutex lock;
    static std::map<std::pair<std::string, std::string>, domain::Calendar> calendars;  // nodes never move, so references stay good
    const std::scoped_lock held(lock);
    const std::pair key{shop.zone, shop.stamp};
    const auto known = calendars.find(key);
    if (known != calendars.end()) return known->second;
    domain::Calendar calendar;
    if (shop.special) calendar.special = *shop.special;
    if (const auto found = env::Zone::find(shop.zone))
        for (const auto& part : found->offsets()) calendar.zone.push_back({part.from, part.offset});
    else
        calendar.zone.push_back({kEarliest, Duration{0}});
    return calendars.emplace(key, std::move(calendar)).first->second;
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
