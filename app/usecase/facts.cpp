#include "usecase/facts.hpp"

#include <aftercare/codec/codec.hpp>
#include <map>
#include <mutex>
#include <tuple>

#include "env/zone.hpp"
#include "store/cases.hpp"
#include "store/staff.hpp"

namespace aftercare::usecase {

domain::WorkHours hours_of(const std::string& json) {
    if (json.empty()) return domain::usual_hours();
    auto hours = decode<domain::WorkHours>(json);
    return hours ? std::move(*hours) : domain::usual_hours();  // what was stored was checked
}

const domain::Calendar& calendar_of(const store::ShopCalendar& shop) {
    static std::mutex lock;
    static std::map<std::tuple<std::string, std::string, std::string>, domain::Calendar> calendars;  // nodes never move, so references stay good
    const std::scoped_lock held(lock);
    const std::tuple key{shop.zone, shop.stamp, shop.hours};
    const auto known = calendars.find(key);
    if (known != calendars.end()) return known->second;
    std::vector<domain::ZoneOffset> zone;
    if (const auto found = env::Zone::find(shop.zone))
        for (const auto& part : found->offsets()) zone.push_back({part.from, part.offset});
    else
        zone.push_back({kEarliest, Duration{0}});
    auto calendar = domain::calendar_of(hours_of(shop.hours), std::move(zone), shop.special ? *shop.special : std::vector<domain::SpecialDay>{});
    return calendars.emplace(key, std::move(calendar)).first->second;
}

Result<ShopId> seen_shop(store::Tx& tx, const Actor& actor, const CaseId& id) {
    AC_TRY(const ShopId shop, store::shop_of_case(tx, id));
    if (!actor.may_see(shop)) return fail(ErrorKind::not_found, "case_not_found");
    return shop;
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
