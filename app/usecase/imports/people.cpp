#include "usecase/imports/people.hpp"

#include <algorithm>

#include "domain/profile.hpp"
#include "store/erasure.hpp"
#include "usecase/erasure.hpp"

namespace aftercare::usecase::imports {
namespace {

std::string region_of(const Person& p) { return p.province + (p.province.empty() || p.city.empty() ? "" : " ") + p.city; }

std::vector<CustomerFact> facts_said(const Person& p, const std::string& source, Instant at) {
    std::vector<CustomerFact> facts;
    const auto say = [&](FactField field, std::string value) {
        if (!value.empty()) facts.push_back({field, source, std::move(value), at, false, {}});
    };
    say(FactField::name, p.name);
    say(FactField::phone, domain::normalised_phone(p.phone));
    say(FactField::email, domain::normalised_text(p.email));
    say(FactField::country, p.country);
    say(FactField::region, region_of(p));
    return facts;
}

const std::string& value_in(const Customer& c, FactField field) {
    static const std::string kNone;
    switch (field) {
        case FactField::name: return c.name;
        case FactField::phone: return c.phone;
        case FactField::email: return c.email;
        case FactField::country: return c.country;
        case FactField::region: return c.region;
        case FactField::birthday: return c.birthday;
        case FactField::style: return c.style;
        case FactField::party: break;
    }
    return kNone;
}

// A profile older than its facts keeps what it has where nobody ever said anything.
Customer folded_over(const Customer& customer, const std::vector<CustomerFact>& facts, const std::vector<CustomerFact>& ever) {
    Customer folded = domain::fold(customer, facts);
    for (auto [field, text] : {std::pair{&Customer::name, FactField::name}, std::pair{&Customer::phone, FactField::phone},
                               std::pair{&Customer::email, FactField::email}, std::pair{&Customer::country, FactField::country}})
        if (std::none_of(ever.begin(), ever.end(), [f = text](const CustomerFact& each) { return each.field == f; })) folded.*field = customer.*field;
    return folded;
}

bool shown(std::string_view text) { return !text.empty() && !domain::is_masked(text); }

}  // namespace

std::string person_key(const Person& p) {
    if (!p.ref.empty()) return "r" + p.ref;
    if (shown(p.nick)) return "n" + domain::normalised_text(p.nick);
    return p.is_anonymous() && p.name.empty() ? std::string() : "c" + domain::normalised_phone(p.phone) + "\n" + p.name + "\n" + p.email;
}

void unsay(store::Tx& tx, const CustomerId& id, const std::string& source) {
    const auto customer = store::find_customer(tx, id);
    if (!customer) return;
    const auto before = store::facts_of(tx, id);
    store::forget_source(tx, id, source);
    const Customer folded = folded_over(*customer, store::facts_of(tx, id), before);
    if (folded != *customer) store::update_customer(tx, folded);
}

CustomerId People::find(const Person& p) {
    if (!p.ref.empty()) return store::customer_by_ref(tx_, shop_, p.ref);
    if (shown(p.nick))
        if (auto known = store::customer_by_identity(tx_, shop_, IdentityKind::nick, domain::normalised_text(p.nick)); !known.empty()) return known;
    if (shown(p.wechat))
        if (auto known = store::customer_by_identity(tx_, shop_, IdentityKind::wechat, domain::normalised_text(p.wechat)); !known.empty()) return known;
    for (const auto& [value, kind] : {std::pair{domain::normalised_phone(p.phone), IdentityKind::order_phone},
                                      std::pair{domain::normalised_text(p.email), IdentityKind::order_email}})
        if (shown(value) && !domain::is_masked(p.name))
            if (auto known = store::customer_by_contact(tx_, shop_, kind, value, p.name); !known.empty()) return known;
    return by_name_ && p.is_anonymous() ? store::customer_by_name_only(tx_, shop_, p.name) : CustomerId{};
}

People::Found People::find_or_make(const Person& p, Instant at, const std::string& detail, const std::vector<CustomerFact>& more) {
    if (p.is_anonymous() && p.name.empty()) return {};
    Found found{find(p), false, false};
    auto said = facts_said(p, source_ + (detail.empty() ? "" : "#" + detail), at);
    said.insert(said.end(), more.begin(), more.end());
    if (found.id.empty()) {
        if (is_erased(p, at)) return {};
        found.made = true;
        found.id = dry_ ? CustomerId("new") : ctx_.ids.make<CustomerId>();
        if (dry_) return found;
        Customer made{found.id, shop_, p.ref, {}, {}, {}, {}, at, {}, {}, Party::person, {}};
        made = domain::fold(std::move(made), said);
        store::insert_customer(tx_, made);
        for (const CustomerFact& fact : said) store::put_fact(tx_, made.id, fact);
        static_cast<void>(identify(made, p, at));
        return found;
    }
    auto known = store::find_customer(tx_, found.id);
    if (!known) return found;
    found.changed = learn(*known, said);
    if (identify(*known, p, at)) found.changed = true;
    return found;
}

// What was said before they were erased, and a list of customers whenever it comes, brings nobody back; who buys again has come back.
bool People::is_erased(const Person& p, Instant at) {
    std::vector<std::string> hashes;
    for (const std::string& value : {p.ref, domain::normalised_text(p.nick), domain::normalised_text(p.wechat), domain::normalised_phone(p.phone), domain::normalised_text(p.email)})
        if (shown(value)) hashes.push_back(identity_hash(ctx_, value));
    if (by_name_ && p.is_anonymous()) hashes.push_back(identity_hash(ctx_, p.name));
    const Instant erased = store::erased_since(tx_, shop_, hashes);
    if (erased.ms == 0) return false;
    if (by_name_ || at <= erased) return true;
    if (!dry_) store::allow_identities(tx_, shop_, hashes);
    return false;
}

// Writes what the profile does not say already; true when something was new.
bool People::learn(Customer& customer, const std::vector<CustomerFact>& said) {
    std::vector<CustomerFact> news;
    for (const CustomerFact& fact : said)
        if (fact.field == FactField::party ? word(customer.party) != fact.value : value_in(customer, fact.field) != fact.value) news.push_back(fact);
    if (news.empty()) return false;
    auto facts = store::facts_of(tx_, customer.id);
    const auto is_known = [&](const CustomerFact& fact) {
        return std::any_of(facts.begin(), facts.end(), [&](const CustomerFact& f) {
            return f.field == fact.field && f.value == fact.value && f.source.substr(0, f.source.find('#')) == source_;
        });
    };
    news.erase(std::remove_if(news.begin(), news.end(), is_known), news.end());
    if (news.empty() || dry_) return !news.empty();
    for (const CustomerFact& fact : news) {
        store::put_fact(tx_, customer.id, fact);
        std::erase_if(facts, [&](const CustomerFact& f) { return f.field == fact.field && f.source == fact.source; });
        facts.push_back(fact);
    }
    Customer folded = folded_over(customer, facts, facts);
    if (folded != customer) store::update_customer(tx_, folded);
    customer = std::move(folded);
    return true;
}

// True when it has an identity more than before.
bool People::identify(const Customer& customer, const Person& p, Instant at) {
    const auto before = store::identities_of(tx_, customer.id);
    bool news = false;
    const auto add = [&](IdentityKind kind, std::string value) {
        if (value.empty() || domain::is_masked(value)) return;
        const auto same = std::find_if(before.begin(), before.end(), [&](const Identity& i) { return i.kind == kind && i.scope == "shop" && i.value == value; });
        news = news || same == before.end();
        if (dry_ || (same != before.end() && same->first_seen <= at && at <= same->last_seen)) return;
        store::put_identity(tx_, {ctx_.ids.make<IdentityId>(), customer.id, shop_, kind, "shop", std::move(value), domain::strength_of(kind), source_, at, at});
    };
    add(IdentityKind::shop_account, p.ref);
    add(IdentityKind::nick, domain::normalised_text(p.nick));
    add(IdentityKind::order_phone, domain::normalised_phone(p.phone));
    add(IdentityKind::order_email, domain::normalised_text(p.email));
    add(IdentityKind::wechat, domain::normalised_text(p.wechat));
    return news;
}

AddressId People::address_of(const CustomerId& customer, const Person& p, Instant at) {
    if (customer.empty() || dry_ || (p.street.empty() && p.city.empty())) return {};
    const Address wanted{{}, customer, p.name, domain::normalised_phone(p.phone), p.country, p.province, p.city, p.district, p.street, source_, at};
    for (const Address& each : store::addresses_of(tx_, customer)) {
        Address same = wanted;
        same.id = each.id, same.source = each.source, same.last_used_at = each.last_used_at;
        if (!(same == each)) continue;
        store::use_address(tx_, each.id, at);
        return each.id;
    }
    Address made = wanted;
    made.id = ctx_.ids.make<AddressId>();
    store::insert_address(tx_, made);
    return made.id;
}

}  // namespace aftercare::usecase::imports
