#pragma once
#include <aftercare/model/customer.hpp>
#include <string>
#include <vector>

#include "store/store.hpp"

/// A person's data go: profile, identities, addresses, tags, notes, photos, words in cases and events, reviews, search. What happened stays
/// under the customer's id: orders, cases, events, ledgers (I33). No permission is asked here.
namespace aftercare::store {

struct Erasure {
    CustomerId customer_id;
    ShopId shop_id;
    ErasureReason reason{};
    StaffId by;
    Instant at;
};
/// How many orders a customer has, and the cases of the customer and of their orders. Whoever changes one of all these waits until this change ends.
struct Held {
    std::int64_t orders = 0;
    std::vector<std::string> cases;
};
Held hold_person(Tx&, const CustomerId&);
/// At most five numbers of cases that are not closed.
std::vector<std::string> still_open(Tx&, const std::vector<std::string>& cases);
/// The number of a case of which something is on its way to a plugin; empty: none.
std::string still_under_way(Tx&, const std::vector<std::string>& cases);
/// `names`: names, phones and the like, struck out where the shop's people or files may have mentioned them in passing (handovers, errands, saved
/// views, rows of imports). DbError `corrupt` when an event cannot be read, or an old stream that must be chained anew is broken.
void erase_person(Tx&, const Erasure&, const std::vector<std::string>& cases, const std::vector<std::string>& names);

/// Identities, as hashes, that no file may bring back.
void forbid_identities(Tx&, const ShopId&, const std::vector<std::string>& hashes, Instant now);
/// When one of them was last erased; 0: never.
Instant erased_since(Tx&, const ShopId&, const std::vector<std::string>& hashes);
/// The person came back of their own will.
void allow_identities(Tx&, const ShopId&, const std::vector<std::string>& hashes);

}  // namespace aftercare::store
