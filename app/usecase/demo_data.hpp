#pragma once
#include <aftercare/codec/fields.hpp>
#include <aftercare/model/customer.hpp>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "domain/commands.hpp"
#include "domain/revisits.hpp"
#include "env/zone.hpp"

/// The people, goods and stories of the demo shop, the same every time. Invented; no real person is meant.
namespace aftercare::usecase::demo {

/// At three in China.
inline Instant tomorrow_afternoon(Instant now) { return Instant{(now.ms / days(1).ms + 1) * days(1).ms} + hours(7); }

struct Folder {  ///< settings of the warehouse connector
    std::string folder;
};
template <class Io>
void fields(Io& io, Folder& f) {
    io("folder", f.folder);
}

struct CourierSettings {
    std::string name, phone, address, carrier, folder;
};
template <class Io>
void fields(Io& io, CourierSettings& s) {
    io("return_name", s.name);
    io("return_phone", s.phone);
    io("return_address", s.address);
    io("carrier", s.carrier);
    io("folder", s.folder);
}
struct MarketplaceSettings {
    std::string folder, channel;
};
template <class Io>
void fields(Io& io, MarketplaceSettings& s) {
    io("folder", s.folder);
    io("channel", s.channel);
}

enum class Person { boss, agent, lead, colleague, finance, warehouse };
struct StaffMember {
    std::string login, name;
    std::vector<Role> roles;
};
std::vector<StaffMember> people();  ///< in the order of Person

struct Product {
    const char *sku, *name, *spec, *category;
    std::int64_t price_minor;
};
std::span<const Product> products();

struct Buyer {
    std::string ref, name, phone, province, city, district, street, birthday, style;
    Party party = Party::person;
    std::vector<std::string> tags;
    std::vector<std::pair<CustomerNoteKind, std::string>> notes;
};
inline constexpr std::size_t kBuyers = 150;
Buyer buyer(std::size_t i);

struct Item {
    std::size_t product;
    std::int64_t qty;
};
/// Where the goods of a sale are now; unpaid: they were not paid for, either.
enum class Goods { delivered, out, unsent, unpaid };
struct Sale {
    std::string number, channel, carrier, tracking;
    std::size_t buyer = 0;
    std::vector<Item> items;
    std::int64_t discount_minor = 0, shipping_minor = 0;
    Instant placed_at, delivered_at;  ///< delivered_at 0: not yet
    Goods goods = Goods::delivered;
};
inline constexpr std::size_t kRecent = 48;   ///< sales of the last days, of which the stories tell
inline constexpr std::size_t kEarlier = 360;
/// kRecent sales, then kEarlier ones of two years, newest first, thick where the Chinese year is: 双11, 618, before 春节.
std::vector<Sale> sales(Instant now, const env::Zone& zone);
/// Gives a sale its number, carrier and waybill; `i`: its place among all.
void finish(Sale& sale, std::size_t i, const env::Zone& zone);

inline constexpr RejectCode kRejectCode = Words<RejectCode>::all.front().first;

enum class Step { approve, ask, reject, withdraw, ship_all, ship_two, ship_one, arrive, pass_all, pass_two, used, submit, paid, failed, unknown, note, intervene, close };
struct Story {
    std::size_t order;
    std::int64_t qty;
    Reason reason;
    std::int64_t minutes_ago;
    std::string topic, words;
    std::vector<Step> steps;
    std::optional<Person> owner;
    std::int64_t lasts = 0;  ///< minutes; 0: until now
};
/// What goes on now, then returns long closed of the earlier sales.
std::vector<Story> stories(Instant now, std::span<const Sale> sales);

inline constexpr std::size_t kTagged = 14;  ///< the customers of the first orders have the tag of the Spring Festival plan
domain::PlanTerms closing_plan();
domain::PlanTerms spring_plan();
/// A question answered so long ago, and what became of the call after it.
struct Call {
    std::size_t order;
    std::int64_t hours_ago;
    Person owner;
    std::string topic;
    std::optional<RevisitResult> result;
    std::string note;
    bool again = false;
};
std::vector<Call> calls();

}  // namespace aftercare::usecase::demo
