#pragma once
#include <aftercare/codec/fields.hpp>
#include <aftercare/model/words.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "domain/commands.hpp"
#include "domain/revisits.hpp"

/// The people, goods and stories of the demo shop. Invented; no real person is meant.
namespace aftercare::usecase::demo {

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
    std::string sku, name;
    std::int64_t price_minor;
};
const Product& product(std::size_t i);
std::string customer_name(std::size_t i);
std::string customer_phone(std::size_t i);

struct Item {
    std::size_t product;
    std::int64_t qty;
};
struct Sale {
    std::string number, channel;
    std::size_t customer = 0;
    std::vector<Item> items;
    std::int64_t discount_minor = 0, shipping_minor = 0, hours_ago = 0;
};
inline constexpr std::size_t kOrders = 48;
Sale sale(std::size_t i);

inline constexpr RejectCode kRejectCode = Words<RejectCode>::all.front().first;

enum class Step { approve, ask, reject, withdraw, ship_all, ship_two, ship_one, arrive, pass_all, pass_two, used, submit, paid, failed, unknown, note, intervene };
struct Story {
    std::size_t order;
    std::int64_t qty;
    Reason reason;
    std::int64_t minutes_ago;
    std::string topic, words;
    std::vector<Step> steps;
    std::optional<Person> owner;
};
std::vector<Story> stories();

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
