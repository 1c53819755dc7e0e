#include "store/customers.hpp"

#include <algorithm>

#include "domain/profile.hpp"
#include "sql/customers.hpp"
#include "store/answers.hpp"

namespace aftercare::store {
namespace {

db::Value text_or_null(const std::string& text) { return text.empty() ? db::Value(nullptr) : db::Value(text); }

CustomerId first_id(Tx& tx, const db::Query& query, db::Args args) {
    CustomerId found;
    tx.run(query, args, [&](const db::Row& row) { found.value = row.text(0); });
    return found;
}

template <class T>
Result<T> one(Tx& tx, const db::Query& query, db::Args args, const char* missing) {
    auto found = all<T>(tx, query, args);
    if (found.empty()) return fail(ErrorKind::not_found, missing);
    return std::move(found.front());
}

}  // namespace

void put_tokens(Tx& tx, const ShopId& shop, std::string_view kind, const std::string& id, const std::string& text) {
    for (const std::string& token : domain::search_tokens(text))
        tx.write(sql::customers::insert_token, {{"shop_id", shop.value}, {"token", token}, {"kind", kind}, {"ref_id", id}});
}

void delete_tokens(Tx& tx, const std::string& id) { tx.write(sql::customers::delete_tokens, {{"ref_id", id}}); }

void insert_customer(Tx& tx, const Customer& customer) {
    const std::string last4 = phone_last4(customer.phone);
    tx.write(sql::customers::insert_customer,
             db::bind_row(customer)
                 .with("external_ref", text_or_null(customer.external_ref))
                 .with("phone_last4", std::string_view(last4)),
             1);
    put_tokens(tx, customer.shop_id, "customer", customer.id.value, customer.name);
}

void update_customer(Tx& tx, const Customer& customer) {
    const std::string last4 = phone_last4(customer.phone);
    tx.write(sql::customers::update_customer, db::bind_row(customer).with("phone_last4", std::string_view(last4)), 1);
    delete_tokens(tx, customer.id.value);
    put_tokens(tx, customer.shop_id, "customer", customer.id.value, customer.name);
}

CustomerId customer_by_ref(Tx& tx, const ShopId& shop, const std::string& external_ref) {
    return first_id(tx, sql::customers::customer_by_ref, {{"shop_id", shop.value}, {"external_ref", external_ref}});
}

CustomerId customer_by_identity(Tx& tx, const ShopId& shop, IdentityKind kind, const std::string& value) {
    return first_id(tx, sql::customers::customer_by_identity, {{"shop_id", shop.value}, {"kind", word(kind)}, {"value", value}});
}

CustomerId customer_by_contact(Tx& tx, const ShopId& shop, IdentityKind kind, const std::string& value, const std::string& name) {
    const auto proved = kind == IdentityKind::order_phone ? IdentityKind::phone : IdentityKind::email;
    return first_id(tx, sql::customers::customer_by_contact, {{"shop_id", shop.value}, {"value", value}, {"kind", word(kind)}, {"proved", word(proved)}, {"name", name}});
}

CustomerId customer_by_name_only(Tx& tx, const ShopId& shop, const std::string& name) {
    return first_id(tx, sql::customers::customer_by_name_only, {{"shop_id", shop.value}, {"name", name}});
}

Result<Customer> find_customer(Tx& tx, const CustomerId& id) { return one<Customer>(tx, sql::customers::find_customer, {{"id", id.value}}, "customer_not_found"); }

std::vector<std::string> match_customers(Tx& tx, const std::vector<std::string>& shops, const std::string& text, std::int64_t limit) {
    const std::string end = prefix_end(text), last4 = phone_last4(text), plain = domain::normalised_text(text), plain_end = prefix_end(plain);
    std::vector<std::string> ids;
    tx.run(sql::customers::match_customers,
           {{"shops", std::span(shops)}, {"q", text}, {"q_end", end}, {"last4", last4.empty() ? "none" : last4}, {"plain", plain},
            {"plain_end", plain_end}, {"limit", limit}},
           [&](const db::Row& row) { ids.emplace_back(row.text(0)); });
    const auto tokens = domain::search_tokens(text);
    if (!tokens.empty())
        tx.run(sql::customers::match_tokens, {{"shops", std::span(shops)}, {"token", tokens.back()}, {"limit", 5 * limit}}, [&](const db::Row& row) {
            if (domain::normalised_text(row.text(1)).find(plain) != std::string::npos) ids.emplace_back(row.text(0));
        });
    std::sort(ids.begin(), ids.end());
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    return ids;
}

PageOf<Customer> list_customers(Tx& tx, const std::vector<std::string>& shops, const std::string& text, const std::string& tag,
                                const std::optional<Cursor>& after, std::int64_t limit) {
    const std::string start = after ? after->id : "";
    const auto ids = text.empty() ? std::vector<std::string>{} : match_customers(tx, shops, text, 1'000);
    PageOf<Customer> page;
    const auto some = [&](const std::vector<std::string>& of) {
        return all<Customer>(tx, !text.empty() ? sql::customers::customers_by_ids : tag.empty() ? sql::customers::list_customers : sql::customers::list_tagged,
                              {{"shops", std::span(of)}, {"ids", std::span(ids)}, {"tag", tag}, {"after_id", start}, {"limit", limit + 1}});
    };
    page.items = text.empty() ? merged<Customer>(shops, limit + 1, some, [](const Customer& a, const Customer& b) { return a.id < b.id; }) : some(shops);
    if (static_cast<std::int64_t>(page.items.size()) > limit) {
        page.items.pop_back();
        page.next = Cursor{0, page.items.back().id.value};
    }
    return page;
}

std::vector<CustomerFact> facts_of(Tx& tx, const CustomerId& id) { return all<CustomerFact>(tx, sql::customers::facts_of, {{"customer_id", id.value}}); }

void put_fact(Tx& tx, const CustomerId& id, const CustomerFact& fact) {
    tx.write(sql::customers::put_fact, db::bind_row(fact).with("customer_id", std::string_view(id.value)), 1);
}

std::vector<Identity> identities_of(Tx& tx, const CustomerId& id) { return all<Identity>(tx, sql::customers::identities_of, {{"customer_id", id.value}}); }
void put_identity(Tx& tx, const Identity& identity) {
    const bool is_phone = identity.kind == IdentityKind::phone || identity.kind == IdentityKind::order_phone;
    const std::string last4 = is_phone ? phone_last4(identity.value) : "";
    tx.write(sql::customers::put_identity, db::bind_row(identity).with("last4", std::string_view(last4)), 1);
}

std::vector<Address> addresses_of(Tx& tx, const CustomerId& id) { return all<Address>(tx, sql::customers::addresses_of, {{"customer_id", id.value}}); }
Result<Address> find_address(Tx& tx, const AddressId& id) { return one<Address>(tx, sql::customers::find_address, {{"id", id.value}}, "address_not_found"); }
void insert_address(Tx& tx, const Address& address) { tx.write(sql::customers::insert_address, db::bind_row(address), 1); }
void use_address(Tx& tx, const AddressId& id, Instant at) { tx.write(sql::customers::use_address, {{"id", id.value}, {"at", at.ms}}); }

std::vector<std::string> tags_of(Tx& tx, const CustomerId& id) {
    std::vector<std::string> tags;
    tx.run(sql::customers::tags_of, {{"customer_id", id.value}}, [&](const db::Row& row) { tags.emplace_back(row.text(0)); });
    return tags;
}

void add_tag(Tx& tx, const CustomerId& id, const std::string& tag, const StaffId& by, Instant at) {
    tx.write(sql::customers::add_tag, {{"customer_id", id.value}, {"tag", tag}, {"added_by", text_or_null(by.value)}, {"at", at.ms}});
}

bool remove_tag(Tx& tx, const CustomerId& id, const std::string& tag) {
    return tx.run(sql::customers::remove_tag, {{"customer_id", id.value}, {"tag", tag}}) > 0;
}

std::vector<TagCount> tags_in_use(Tx& tx, const std::vector<std::string>& shops) {
    std::vector<TagCount> all;
    tx.run(sql::customers::tags_in_use, {{"shops", std::span(shops)}}, [&](const db::Row& row) { all.push_back({std::string(row.text(0)), row.integer(1)}); });
    return all;
}

void forget_source(Tx& tx, const CustomerId& id, const std::string& source) {
    const std::string from = source + "#", to = source + "$";  // what came by its orders: "import:<run>#<number>"
    for (const db::Query* part : {&sql::customers::forget_facts, &sql::customers::forget_identities, &sql::customers::forget_addresses})
        tx.write(*part, {{"customer_id", id.value}, {"source", source}, {"from", from}, {"to", to}});
}

std::vector<CustomerNote> notes_of(Tx& tx, const CustomerId& id) { return all<CustomerNote>(tx, sql::customers::notes_of, {{"customer_id", id.value}}); }
Result<CustomerNote> find_note(Tx& tx, const CustomerNoteId& id) { return one<CustomerNote>(tx, sql::customers::find_note, {{"id", id.value}}, "note_not_found"); }
void insert_note(Tx& tx, const CustomerNote& note) { tx.write(sql::customers::insert_note, db::bind_row(note), 1); }
bool note_said(Tx& tx, const CustomerId& id, CustomerNoteKind kind, const std::string& body) {
    return tx.run(sql::customers::note_said, {{"customer_id", id.value}, {"kind", word(kind)}, {"body", body}}) > 0;
}
void update_note(Tx& tx, const CustomerNote& note) { tx.write(sql::customers::update_note, db::bind_row(note), 1); }

void insert_reveal(Tx& tx, const CustomerId& id, const Reveal& reveal) {
    tx.write(sql::customers::insert_reveal, db::bind_row(reveal).with("customer_id", std::string_view(id.value)), 1);
}

std::int64_t count_reveals(Tx& tx, const StaffId& staff, Instant since) {
    std::int64_t count = 0;
    tx.run(sql::customers::count_reveals, {{"staff_id", staff.value}, {"since", since.ms}}, [&](const db::Row& row) { count = row.integer(0); });
    return count;
}

std::vector<Reveal> reveals_of(Tx& tx, const CustomerId& id) { return all<Reveal>(tx, sql::customers::reveals_of, {{"customer_id", id.value}}); }

CustomerValue value_of_customer(Tx& tx, const CustomerId& id) {
    CustomerValue value;
    const std::initializer_list<db::Arg> who{{"customer_id", id.value}};
    tx.run(sql::customers::value_of_customer, who, [&](const db::Row& row) {
        value.order_count = row.integer(0);
        value.spent_minor = row.integer(1);
        value.currency = row.text(2);
        value.first_order_at.ms = row.integer(3);
        value.last_order_at.ms = row.integer(4);
    });
    tx.run(sql::customers::refunded_to_customer, who, [&](const db::Row& row) { value.refunded_minor = row.integer(0); });
    tx.run(sql::customers::units_of_customer, who, [&](const db::Row& row) {
        value.units_bought = row.integer(0);
        value.units_returned = row.integer(1);
    });
    tx.run(sql::customers::count_cases_of_customer, who, [&](const db::Row& row) {
        value.case_count = row.integer(0);
        value.open_case_count = row.integer(1);
    });
    return value;
}

std::vector<Purchase> purchases_since(Tx& tx, const CustomerId& id, Instant since) {
    std::vector<Purchase> all;
    tx.run(sql::customers::orders_for_trend, {{"customer_id", id.value}, {"since", since.ms}},
           [&](const db::Row& row) { all.push_back({Instant{row.integer(0)}, row.integer(1)}); });
    return all;
}

PageOf<CustomerEvent> customer_timeline(Tx& tx, const CustomerId& id, bool reveals, const std::optional<Cursor>& after, std::int64_t limit) {
    const Cursor start = after.value_or(Cursor{kLatest.ms + 1, ""});
    PageOf<CustomerEvent> page;
    page.items = all<CustomerEvent>(tx, sql::customers::customer_timeline,
                                     {{"customer_id", id.value}, {"reveals", std::int64_t{reveals}}, {"after_at", start.at}, {"after_id", start.id}, {"limit", limit + 1}});
    if (static_cast<std::int64_t>(page.items.size()) > limit) {
        page.items.pop_back();
        page.next = Cursor{page.items.back().at.ms, page.items.back().id};
    }
    return page;
}

}  // namespace aftercare::store
