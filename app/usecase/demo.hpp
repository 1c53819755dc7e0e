#pragma once
#include <aftercare/codec/fields.hpp>
#include <string>
#include <vector>

#include "usecase/staff.hpp"

namespace aftercare::usecase {

/// Who can sign in to the demo shop. `password` is empty when the shop was here before.
struct DemoMade {
    static constexpr std::string_view kSchema = "DemoMade";
    std::string login, password;
    std::int64_t orders = 0, cases = 0;
};
template <class Io>
void fields(Io& io, DemoMade& d) {
    io("login", d.login);
    io("password", d.password, maybe);
    io("orders", d.orders);
    io("cases", d.cases);
}

/// Makes the demo shop 朴物生活旗舰店 with its people, orders and returns in every state, the past acts at their past times; all
/// through the same use cases as the console. All the demo people share one fresh random password; a login that is taken gets a
/// number. Where nobody was before, `demo` keeps the whole installation. Does nothing when the shop is there already.
Result<DemoMade> make_demo(Context&);
Result<DemoMade> bring_demo(Context&, const Actor&, const Guard&, const Nothing&);

/// What would go with the demo shop; `shop_id` is empty when there is none.
struct DemoContents {
    static constexpr std::string_view kSchema = "DemoContents";
    ShopId shop_id;
    std::string name;
    std::int64_t orders = 0, cases = 0, customers = 0;
    std::vector<std::string> people;
};
template <class Io>
void fields(Io& io, DemoContents& d) {
    io("shop_id", d.shop_id, maybe);
    io("name", d.name, maybe);
    io("orders", d.orders);
    io("cases", d.cases);
    io("customers", d.customers);
    io("people", d.people);
}
Result<DemoContents> demo_contents(Context&, const Actor&, const Nothing&);

/// Takes the demo shop away with all that hangs on it, in slices of the bulk lane; whoever is cut off calls it again. Its people
/// go, but for the actor; somebody else who is left without a shop is switched off. What went; `not_found` "no_demo".
Result<DemoContents> remove_demo(Context&, const Actor&, const Guard&, const Nothing&);

}  // namespace aftercare::usecase
