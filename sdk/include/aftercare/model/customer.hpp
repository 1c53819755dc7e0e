#pragma once
#include <aftercare/base/id.hpp>
#include <aftercare/base/instant.hpp>
#include <aftercare/base/words.hpp>
#include <aftercare/codec/fields.hpp>
#include <cstdint>
#include <string>

/// Who buys: the person, how sure we are of it, and what was said of them (customers-and-revisits.md, section 1).
namespace aftercare {

AC_WORDS(Party, person, company, reseller);
/// What a source can say of a customer. `style`: how they like to be talked to. `birthday`: "solar 05-20", "lunar 08-15", "lunar leap 06-01".
AC_WORDS(FactField, name, phone, email, country, region, birthday, party, style);

/// The visible profile: the fold of the facts (domain/profile). `name` … `style` are never edited but through facts.
struct Customer {
    static constexpr std::string_view kSchema = "Customer";
    CustomerId id;
    ShopId shop_id;
    std::string external_ref;  ///< the shop's own customer number; unique in the shop when not empty
    std::string name, phone, email, country;
    Instant created_at;
    std::string region, birthday;
    Party party = Party::person;
    std::string style;
    Instant erased_at{};  ///< when the person's data went; only orders and cases are left, under this id. 0: not
    bool operator==(const Customer&) const = default;
};
template <class Io>
void fields(Io& io, Customer& c) {
    io("id", c.id);
    io("shop_id", c.shop_id);
    io("external_ref", c.external_ref, maybe, length(0, 128));
    io("name", c.name, maybe, length(0, 200));
    io("phone", c.phone, maybe, length(0, 40));
    io("email", c.email, maybe, length(0, 200));
    io("country", c.country, maybe, length(0, 80));
    io("created_at", c.created_at);
    io("region", c.region, maybe, length(0, 160));
    io("birthday", c.birthday, maybe, length(0, 40));
    io("party", c.party, maybe);
    io("style", c.style, maybe, length(0, 200));
    io("erased_at", c.erased_at, maybe);
}
/// Why a person's data are erased: they asked for it, nobody needs them any more, or they should never have been here.
AC_WORDS(ErasureReason, customer_asked, no_longer_needed, wrongly_recorded);

/// What one source said of one field. A later word of the same source replaces its earlier one.
struct CustomerFact {
    static constexpr std::string_view kSchema = "CustomerFact";
    FactField field{};
    std::string source;  ///< "import:<run>", "staff:<id>", "api", "order:<number>", "connector:<id>"
    std::string value;   ///< empty: the source takes its word back
    Instant observed_at;
    bool verified = false;
    StaffId locked_by;   ///< this value stands whatever others say
    bool operator==(const CustomerFact&) const = default;
};
template <class Io>
void fields(Io& io, CustomerFact& f) {
    io("field", f.field);
    io("source", f.source);
    io("value", f.value, maybe);
    io("observed_at", f.observed_at);
    io("verified", f.verified);
    io("locked_by", f.locked_by, maybe);
}

AC_WORDS(IdentityKind, shop_account, member_card, taobao_open_uid, taobao_ouid, taobao_omid, wecom, wechat, phone, order_phone, email,
         order_email, nick);
/// strong: two equal ones are one person. suggest: perhaps. never: says nothing of that.
AC_WORDS(Strength, strong, suggest, never);

struct Identity {
    static constexpr std::string_view kSchema = "Identity";
    IdentityId id;
    CustomerId customer_id;
    ShopId shop_id;
    IdentityKind kind{};
    std::string scope, value;  ///< value: normalised; masked in answers where it is contact data
    Strength strength{};
    std::string source;
    Instant first_seen, last_seen;
    bool operator==(const Identity&) const = default;
};
template <class Io>
void fields(Io& io, Identity& i) {
    io("id", i.id);
    io("customer_id", i.customer_id);
    io("shop_id", i.shop_id);
    io("kind", i.kind);
    io("scope", i.scope, maybe);
    io("value", i.value);
    io("strength", i.strength);
    io("source", i.source);
    io("first_seen", i.first_seen);
    io("last_seen", i.last_seen);
}

struct Address {
    static constexpr std::string_view kSchema = "Address";
    AddressId id;
    CustomerId customer_id;
    std::string receiver, phone, country, province, city, district, street;
    std::string source;
    Instant last_used_at;
    bool operator==(const Address&) const = default;
};
template <class Io>
void fields(Io& io, Address& a) {
    io("id", a.id);
    io("customer_id", a.customer_id);
    io("receiver", a.receiver, maybe, length(0, 200));
    io("phone", a.phone, maybe, length(0, 40));
    io("country", a.country, maybe, length(0, 80));
    io("province", a.province, maybe, length(0, 80));
    io("city", a.city, maybe, length(0, 80));
    io("district", a.district, maybe, length(0, 80));
    io("street", a.street, maybe, length(0, 500));
    io("source", a.source, maybe);
    io("last_used_at", a.last_used_at);
}

AC_WORDS(CustomerNoteKind, note, preference, need, special_request, contact, review);
/// A special request is open until somebody grants or refuses it; other notes stand. A removed one is kept and not shown.
AC_WORDS(CustomerNoteState, standing, open, granted, refused, removed);

struct CustomerNote {
    static constexpr std::string_view kSchema = "CustomerNote";
    CustomerNoteId id;
    CustomerId customer_id;
    CustomerNoteKind kind{};
    CustomerNoteState state{};
    std::string body;
    OrderId order_id;
    StaffId author_id;  ///< empty: an import
    Instant at;
    std::int64_t version = 1;
    bool operator==(const CustomerNote&) const = default;
};
template <class Io>
void fields(Io& io, CustomerNote& n) {
    io("id", n.id);
    io("customer_id", n.customer_id);
    io("kind", n.kind);
    io("state", n.state);
    io("body", n.body, length(1, 4'000));
    io("order_id", n.order_id, maybe);
    io("author_id", n.author_id, maybe);
    io("at", n.at);
    io("version", n.version);
}

struct Product {
    static constexpr std::string_view kSchema = "Product";
    ProductId id;
    ShopId shop_id;
    std::string sku;  ///< unique in the shop
    std::string name, spec, category, barcode;
    std::int64_t price_minor = 0;  ///< of the shop's currency; 0: not known
    std::string image_url;         ///< http(s), shown as a link
    bool charge = false;           ///< a service code (postage, discount), no goods
    Instant created_at, changed_at;
    bool operator==(const Product&) const = default;
};
template <class Io>
void fields(Io& io, Product& p) {
    io("id", p.id);
    io("shop_id", p.shop_id);
    io("sku", p.sku, length(1, 128));
    io("name", p.name, maybe, length(0, 500));
    io("spec", p.spec, maybe, length(0, 200));
    io("category", p.category, maybe, length(0, 120));
    io("barcode", p.barcode, maybe, length(0, 40));
    io("price_minor", p.price_minor, maybe);
    io("image_url", p.image_url, maybe, length(0, 1'000));
    io("charge", p.charge);
    io("created_at", p.created_at);
    io("changed_at", p.changed_at);
}

}  // namespace aftercare
