#pragma once
#include <set>
#include <string>
#include <vector>

#include "store/customers.hpp"
#include "usecase/context.hpp"
#include "usecase/imports/order_file.hpp"

/// Who a person of a file is in the shop.
namespace aftercare::usecase::imports {

/// One slice's people, inside its transaction. With `dry` nothing is written, and who would be made has the id "new".
class People {
   public:
    /// `source`: where the words come from, "import:<run>". `by_name`: who is named and nothing else (a list of customers) is whoever
    /// bears that name here and is nothing else either; else (a receiver on an order) somebody new.
    People(Context& ctx, store::Tx& tx, const ShopId& shop, std::string source, bool dry, bool by_name = false)
        : ctx_(ctx), tx_(tx), shop_(shop), source_(std::move(source)), dry_(dry), by_name_(by_name) {}

    struct Found {
        CustomerId id;  ///< empty: the file names nobody, or somebody whose data were erased since
        bool made = false, changed = false;
    };
    /// By the shop's own number; else by the account's name at its marketplace, when nothing of it is hidden; else by the same
    /// number or mail together with a name that was said of it. What the file says beyond the profile becomes facts of `source#detail`.
    Found find_or_make(const Person& person, Instant at, const std::string& detail, const std::vector<CustomerFact>& more = {});
    CustomerId find(const Person& person);
    /// The address of an order, made when the customer has none like it; empty when the file gives none.
    AddressId address_of(const CustomerId& customer, const Person& person, Instant at);

   private:
    bool is_erased(const Person& person, Instant at);
    bool learn(Customer& customer, const std::vector<CustomerFact>& said);
    bool identify(const Customer& customer, const Person& person, Instant at);

    Context& ctx_;
    store::Tx& tx_;
    const ShopId& shop_;
    const std::string source_;
    const bool dry_, by_name_;
};

/// What `source` said of the customer is unsaid, and the profile is what the others say.
void unsay(store::Tx& tx, const CustomerId& id, const std::string& source);

/// What tells persons of one file apart, for counting: number, else nick, else phone, name and mail; empty for nobody.
std::string person_key(const Person& person);

}  // namespace aftercare::usecase::imports
