#include "usecase/erasure.hpp"

#include <set>

#include "env/log.hpp"
#include "store/customers.hpp"
#include "store/erasure.hpp"

namespace aftercare::usecase {
namespace {

constexpr std::size_t kShortest = 4;  // bytes of a name that is struck out wherever it stands: two Han characters, four letters

/// What a person is known by. `keys` tell them again in a file; `names` are all that others may have written down.
struct Marks {
    std::set<std::string> keys, names;
};
Marks marks_of(store::Tx& tx, const Customer& customer) {
    Marks marks{{customer.external_ref, customer.phone, customer.email}, {customer.name}};
    for (const Identity& each : store::identities_of(tx, customer.id)) marks.keys.insert(each.value);
    for (const CustomerFact& each : store::facts_of(tx, customer.id)) {
        if (each.field == FactField::phone || each.field == FactField::email) marks.keys.insert(each.value);
        if (each.field == FactField::name) marks.names.insert(each.value);
    }
    for (const Address& each : store::addresses_of(tx, customer.id)) marks.names.insert({each.receiver, each.phone});
    marks.keys.erase("");
    if (marks.keys.empty() && !customer.name.empty()) marks.keys.insert(customer.name);  // a list of customers that names people and nothing else
    marks.names.insert(marks.keys.begin(), marks.keys.end());
    std::erase_if(marks.names, [](const std::string& name) { return name.size() < kShortest; });
    return marks;
}

tl::unexpected<Error> still_open(const std::vector<std::string>& numbers) {
    std::string list;
    for (const std::string& number : numbers) list += (list.empty() ? "#" : ", #") + number;
    return fail(Error{ErrorKind::refused, "customer_has_open_cases", {}, {}, {{"cases", std::move(list)}}, {}});
}

}  // namespace

std::string identity_hash(const Context& ctx, std::string_view value) { return env::keyed_hash(ctx.secret_key, value); }

Result<ErasedCustomer> erase_customer(Context& ctx, const Actor& actor, const Guard& guard, const EraseCustomer& in) {
    AC_CHECK(require(actor, Permission::erase_customers));
    ShopId shop;
    auto erased = ctx.store.change(guard, [&](store::Tx& tx) -> Result<ErasedCustomer> {
        const auto [orders, cases] = store::hold_person(tx, in.customer_id);
        AC_TRY(const auto customer, store::find_customer(tx, in.customer_id));
        if (!actor.may_see(customer.shop_id)) return fail(ErrorKind::not_found, "customer_not_found");
        if (customer.erased_at.ms > 0) return fail(ErrorKind::conflict, "customer_erased");
        if (const auto open = store::still_open(tx, cases); !open.empty()) return still_open(open);
        if (const auto number = store::still_under_way(tx, cases); !number.empty())
            return fail(Error{ErrorKind::refused, "customer_has_effects", {}, {}, {{"case", "#" + number}}, {}});
        shop = customer.shop_id;
        const Marks marks = marks_of(tx, customer);
        std::vector<std::string> hashes;
        for (const std::string& key : marks.keys) hashes.push_back(identity_hash(ctx, key));
        store::forbid_identities(tx, shop, hashes, guard.now);
        store::erase_person(tx, {customer.id, shop, in.reason, actor.staff_id, guard.now}, cases, {marks.names.begin(), marks.names.end()});
        return ErasedCustomer{customer.id, orders, std::ssize(cases), guard.now};
    });
    if (!erased) return erased;
    if (shop.empty()) return erased;  // told again under its key
    ctx.store.hint({"customer", in.customer_id.value, shop, 0});
    if (const auto failed = ctx.store.cut_log()) env::log_warn("log_not_cut", {{"code", failed->code}, {"detail", failed->detail}});
    return erased;
}

}  // namespace aftercare::usecase
