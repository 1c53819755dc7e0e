#pragma once
#include <aftercare/model/customer.hpp>
#include <optional>
#include <string>
#include <vector>

#include "store/cases.hpp"
#include "store/store.hpp"

/// Customers: who they are, what was said of them, what they bought.
namespace aftercare::store {

/// DbError unique when the number is taken in the shop. Makes the search tokens of the name.
void insert_customer(Tx& tx, const Customer& customer);
/// Writes what of the profile comes from facts.
void update_customer(Tx& tx, const Customer& customer);
/// Each empty when there is none.
CustomerId customer_by_ref(Tx& tx, const ShopId& shop, const std::string& external_ref);
CustomerId customer_by_identity(Tx& tx, const ShopId& shop, IdentityKind kind, const std::string& value);
/// Who had this number or mail (`kind`: order_phone, order_email; one that was proved counts too) and was called so, by anybody; no name: who has none.
CustomerId customer_by_contact(Tx& tx, const ShopId& shop, IdentityKind kind, const std::string& value, const std::string& name);
/// Who is called so and has neither number nor phone nor mail.
CustomerId customer_by_name_only(Tx& tx, const ShopId& shop, const std::string& name);
/// `not_found` "customer_not_found".
Result<Customer> find_customer(Tx& tx, const CustomerId& id);

/// By the tail of a phone (≥ 4 digits), number, start of the name, nick, or any two Han characters of the name. With a tag: only those.
PageOf<Customer> list_customers(Tx& tx, const std::vector<std::string>& shops, const std::string& text, const std::string& tag,
                                const std::optional<Cursor>& after, std::int64_t limit);
std::vector<std::string> match_customers(Tx& tx, const std::vector<std::string>& shops, const std::string& text, std::int64_t limit);
void put_tokens(Tx& tx, const ShopId& shop, std::string_view kind, const std::string& id, const std::string& text);

void delete_tokens(Tx& tx, const std::string& id);

std::vector<CustomerFact> facts_of(Tx& tx, const CustomerId& id);
void put_fact(Tx& tx, const CustomerId& id, const CustomerFact& fact);
std::vector<Identity> identities_of(Tx& tx, const CustomerId& id);
/// A known one is seen again; its first and last time grow apart.
void put_identity(Tx& tx, const Identity& identity);
/// What a source said of the customer is unsaid: its facts, its identities, its addresses that no shipment went to.
void forget_source(Tx& tx, const CustomerId& id, const std::string& source);
std::vector<Address> addresses_of(Tx& tx, const CustomerId& id);
/// `not_found` "address_not_found".
Result<Address> find_address(Tx& tx, const AddressId& id);
void insert_address(Tx& tx, const Address& address);
void use_address(Tx& tx, const AddressId& id, Instant at);

std::vector<std::string> tags_of(Tx& tx, const CustomerId& id);
void add_tag(Tx& tx, const CustomerId& id, const std::string& tag, const StaffId& by, Instant at);
/// False when it was not there.
bool remove_tag(Tx& tx, const CustomerId& id, const std::string& tag);
struct TagCount {
    static constexpr std::string_view kSchema = "TagCount";
    std::string tag;
    std::int64_t customers = 0;
};
template <class Io>
void fields(Io& io, TagCount& t) {
    io("tag", t.tag);
    io("customers", t.customers);
}
std::vector<TagCount> tags_in_use(Tx& tx, const std::vector<std::string>& shops);

std::vector<CustomerNote> notes_of(Tx& tx, const CustomerId& id);
/// `not_found` "note_not_found".
Result<CustomerNote> find_note(Tx& tx, const CustomerNoteId& id);
void insert_note(Tx& tx, const CustomerNote& note);
bool note_said(Tx& tx, const CustomerId& id, CustomerNoteKind kind, const std::string& body);
/// DbError when somebody was faster.
void update_note(Tx& tx, const CustomerNote& note);

struct Reveal {
    static constexpr std::string_view kSchema = "Reveal";
    std::string id, field;
    StaffId staff_id;
    std::string staff_name, reason;
    Instant at;
};
template <class Io>
void fields(Io& io, Reveal& r) {
    io("id", r.id);
    io("field", r.field);
    io("staff_id", r.staff_id, maybe);
    io("staff_name", r.staff_name, maybe);
    io("reason", r.reason);
    io("at", r.at);
}
void insert_reveal(Tx& tx, const CustomerId& id, const Reveal& reveal);
std::int64_t count_reveals(Tx& tx, const StaffId& staff, Instant since);
std::vector<Reveal> reveals_of(Tx& tx, const CustomerId& id);

/// Σ over all orders and cases of a customer, in one currency (that of the shop).
struct CustomerValue {
    static constexpr std::string_view kSchema = "CustomerValue";
    std::int64_t order_count = 0, case_count = 0, open_case_count = 0, spent_minor = 0, refunded_minor = 0;
    std::int64_t units_bought = 0, units_returned = 0;  ///< the return rate is their ratio
    std::string currency;
    Instant first_order_at, last_order_at;
};
template <class Io>
void fields(Io& io, CustomerValue& v) {
    io("order_count", v.order_count);
    io("case_count", v.case_count);
    io("open_case_count", v.open_case_count);
    io("spent_minor", v.spent_minor);
    io("refunded_minor", v.refunded_minor);
    io("units_bought", v.units_bought);
    io("units_returned", v.units_returned);
    io("currency", v.currency, maybe);
    io("first_order_at", v.first_order_at, maybe);
    io("last_order_at", v.last_order_at, maybe);
}
CustomerValue value_of_customer(Tx& tx, const CustomerId& id);
struct Purchase {
    Instant at;
    std::int64_t total_minor = 0;
};
/// Oldest first, at most 5,000.
std::vector<Purchase> purchases_since(Tx& tx, const CustomerId& id, Instant since);

/// One line of a customer's timeline. kind: order_placed, order_shipped, case_opened, case_closed, note_<kind>, revealed, erased.
struct CustomerEvent {
    static constexpr std::string_view kSchema = "CustomerEvent";
    Instant at;
    std::string id, kind, ref, detail;
    std::int64_t minor = 0;
};
template <class Io>
void fields(Io& io, CustomerEvent& e) {
    io("at", e.at);
    io("id", e.id);
    io("kind", e.kind);
    io("ref", e.ref, maybe);
    io("detail", e.detail, maybe);
    io("minor", e.minor, maybe);
}
/// `reveals`: with who saw what.
PageOf<CustomerEvent> customer_timeline(Tx& tx, const CustomerId& id, bool reveals, const std::optional<Cursor>& after, std::int64_t limit);

}  // namespace aftercare::store
