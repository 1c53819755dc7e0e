#pragma once
#include "usecase/context.hpp"
#include "usecase/views.hpp"

/// Customers: their page, and what people write on it.
namespace aftercare::usecase {

/// Phone "138****1234" and mail "z***@example.com": what everybody sees.
Customer masked(Customer customer);
/// To the district; the receiver "王**".
Address masked(Address address);

struct ListCustomers {
    Page page;
    std::optional<ShopId> shop_id;
    std::optional<std::string> q, tag;
};
template <class Io>
void fields(Io& io, ListCustomers& q) {
    fields(io, q.page);
    io("shop_id", q.shop_id);
    io("q", q.q, length(0, 100));
    io("tag", q.tag, length(0, 60));
}
Result<CustomerList> list_customers(Context&, const Actor&, const ListCustomers&);

struct OneCustomer {
    CustomerId customer_id;
};
template <class Io>
void fields(Io& io, OneCustomer& in) {
    io("customer_id", in.customer_id);
}
Result<CustomerView> get_customer(Context&, const Actor&, const OneCustomer&);

struct CustomerTimeline {
    static constexpr std::string_view kSchema = "CustomerTimeline";
    std::vector<store::CustomerEvent> items;
    std::string next;
};
template <class Io>
void fields(Io& io, CustomerTimeline& t) {
    io("items", t.items);
    io("next", t.next, maybe);
}
struct ReadTimeline {
    CustomerId customer_id;
    Page page;
};
template <class Io>
void fields(Io& io, ReadTimeline& in) {
    io("customer_id", in.customer_id);
    fields(io, in.page);
}
/// Orders, parcels, cases, notes and reveals of a person, newest first.
Result<CustomerTimeline> customer_timeline(Context&, const Actor&, const ReadTimeline&);

struct PutCustomer {
    ShopId shop_id;
    std::string external_ref, name, phone, email, country, region, birthday, style;
    Party party = Party::person;
    std::vector<std::string> tags;
};
template <class Io>
void fields(Io& io, PutCustomer& in) {
    io("shop_id", in.shop_id);
    io("external_ref", in.external_ref, maybe, length(0, 128));
    io("name", in.name, maybe, length(0, 200));
    io("phone", in.phone, maybe, length(0, 40));
    io("email", in.email, maybe, length(0, 200));
    io("country", in.country, maybe, length(0, 80));
    io("region", in.region, maybe, length(0, 160));
    io("birthday", in.birthday, maybe, length(0, 40), doc("solar 05-20, lunar 08-15 or lunar leap 06-01"));
    io("style", in.style, maybe, length(0, 200));
    io("party", in.party, maybe);
    io("tags", in.tags, maybe, length(0, 20));
}
/// `conflict` "customer_exists" when the number is taken; `invalid` "nobody_named" without a name, number, phone and mail.
Result<CustomerView> put_customer(Context&, const Actor&, const Guard&, const PutCustomer&);

struct SetFact {
    CustomerId customer_id;
    FactField field{};
    std::string value;
    bool verified = false, lock = false;
};
template <class Io>
void fields(Io& io, SetFact& in) {
    io("customer_id", in.customer_id);
    io("field", in.field);
    io("value", in.value, maybe, length(0, 200));
    io("verified", in.verified, maybe, doc("the customer confirmed it"));
    io("lock", in.lock, maybe, doc("stands whatever other sources say"));
}
/// The actor's own word about a field; an empty value takes it back. `invalid` "bad_birthday", "bad_party".
Result<CustomerView> set_fact(Context&, const Actor&, const Guard&, const SetFact&);

struct TagCustomer {
    CustomerId customer_id;
    std::string tag;
};
template <class Io>
void fields(Io& io, TagCustomer& in) {
    io("customer_id", in.customer_id);
    io("tag", in.tag, length(1, 60));
}
Result<Done> add_tag(Context&, const Actor&, const Guard&, const TagCustomer&);
Result<Done> remove_tag(Context&, const Actor&, const Guard&, const TagCustomer&);
struct TagList {
    static constexpr std::string_view kSchema = "TagList";
    std::vector<store::TagCount> items;
};
template <class Io>
void fields(Io& io, TagList& t) {
    io("items", t.items);
}
struct ListTags {
    std::optional<ShopId> shop_id;
};
template <class Io>
void fields(Io& io, ListTags& in) {
    io("shop_id", in.shop_id);
}
/// Those in use, the most used first.
Result<TagList> list_tags(Context&, const Actor&, const ListTags&);

struct NoteCustomer {
    CustomerId customer_id;
    CustomerNoteKind kind = CustomerNoteKind::note;
    std::string body;
    OrderId order_id;
};
template <class Io>
void fields(Io& io, NoteCustomer& in) {
    io("customer_id", in.customer_id);
    io("kind", in.kind, maybe);
    io("body", in.body, length(1, 4'000));
    io("order_id", in.order_id, maybe);
}
/// A special request starts open, everything else stands.
Result<CustomerNote> note_customer(Context&, const Actor&, const Guard&, const NoteCustomer&);
struct SettleNote {
    CustomerId customer_id;
    CustomerNoteId note_id;
    CustomerNoteState state{};
};
template <class Io>
void fields(Io& io, SettleNote& in) {
    io("customer_id", in.customer_id);
    io("note_id", in.note_id);
    io("state", in.state, doc("granted or refused for special requests, removed for any; open or standing brings it back"));
}
/// `conflict` "note_cannot_be" for a state this kind does not have.
Result<CustomerNote> settle_note(Context&, const Actor&, const Guard&, const SettleNote&);

struct RevealContact {
    CustomerId customer_id;
    std::string field, reason;
};
template <class Io>
void fields(Io& io, RevealContact& in) {
    io("customer_id", in.customer_id);
    io("field", in.field, length(1, 80), doc("phone, email, address:<id> or identity:<id>"));
    io("reason", in.reason, length(2, 200));
}
struct Revealed {
    static constexpr std::string_view kSchema = "Revealed";
    std::string value;
};
template <class Io>
void fields(Io& io, Revealed& r) {
    io("value", r.value);
}
/// One value in clear. Who saw it and why is kept, the value is not. At most 60 an hour and person: `refused` "reveal_limit".
/// `invalid` "unknown_field"; `not_found` when there is nothing of it.
Result<Revealed> reveal_contact(Context&, const Actor&, const Guard&, const RevealContact&);

}  // namespace aftercare::usecase
