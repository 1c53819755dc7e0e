#include "usecase/customers.hpp"

#include <aftercare/connector/utf8.hpp>
#include <algorithm>

#include "domain/profile.hpp"
#include "env/zone.hpp"
#include "store/case_state.hpp"
#include "store/cases.hpp"
#include "store/customers.hpp"
#include "store/orders.hpp"
#include "store/staff.hpp"
#include "usecase/facts.hpp"
#include "usecase/imports/people.hpp"

namespace aftercare::usecase {
namespace {

constexpr Duration kStale = days(365);
constexpr std::int64_t kRevealsAnHour = 60;
constexpr int kTrendMonths = 24;

std::string first_character(const std::string& text) { return text.substr(0, std::max<std::size_t>(1, utf8_step(text, 0))); }

// Of a mobile number its beginning and end, of a shorter one its end: never more than half of it in view.
std::string masked_phone(const std::string& phone) {
    if (phone.size() < 8) return phone.empty() ? "" : "****";
    return (phone.size() < 11 ? "" : phone.substr(0, 3)) + "****" + phone.substr(phone.size() - 4);
}

std::string masked_email(const std::string& email) {
    const auto at = email.find('@');
    return email.empty() ? "" : first_character(email) + "***" + (at == std::string::npos ? "" : email.substr(at));
}

std::string masked_name(const std::string& name) { return name.empty() ? "" : first_character(name) + "**"; }

std::string masked_fact(FactField field, const std::string& value) {
    return field == FactField::phone ? masked_phone(value) : field == FactField::email ? masked_email(value) : value;
}

std::string masked_identity(IdentityKind kind, const std::string& value) {
    switch (kind) {
        case IdentityKind::phone:
        case IdentityKind::order_phone: return masked_phone(value);
        case IdentityKind::email:
        case IdentityKind::order_email: return masked_email(value);
        case IdentityKind::wechat:
        case IdentityKind::wecom: return masked_name(value);
        default: return value;
    }
}

std::vector<ProfileField> profile_of(const Customer& customer, std::vector<CustomerFact> facts, Instant now) {
    std::vector<ProfileField> profile;
    for (const auto& [field, name] : Words<FactField>::all) {
        ProfileField shown;
        shown.field = field;
        const std::string value = domain::folded(facts, field);
        for (CustomerFact& each : facts) {
            if (each.field != field) continue;
            if (each.value == value && shown.observed_at < each.observed_at) {
                shown.by = each.source;
                shown.observed_at = each.observed_at;
                shown.verified = each.verified;
                shown.locked = !each.locked_by.empty();
            }
            shown.said.push_back(each);
            shown.said.back().value = masked_fact(field, each.value);
        }
        shown.value = masked_fact(field, value);
        shown.stale = !value.empty() && field != FactField::birthday && field != FactField::name && now - shown.observed_at > kStale;
        if (field == FactField::party && value.empty()) shown.value = word(customer.party);
        profile.push_back(std::move(shown));
    }
    return profile;
}

std::string month_of(const env::LocalTime& t) { return std::to_string(t.year) + (t.month < 10 ? "-0" : "-") + std::to_string(t.month); }

// The last 24 months up to now, in the shop's zone.
std::vector<TrendPoint> trend_of(store::Tx& tx, const CustomerId& id, const std::string& zone_name, Instant now) {
    const auto zone = env::Zone::find(zone_name);
    if (!zone) return {};
    env::LocalTime first = zone->to_local(now);
    first = {first.year - kTrendMonths / 12, first.month % 12 + 1, 1, 0, 0, 0};
    if (first.month == 1) ++first.year;
    std::vector<TrendPoint> points;
    for (env::LocalTime at = first; static_cast<int>(points.size()) < kTrendMonths; at.year += at.month == 12, at.month = at.month % 12 + 1)
        points.push_back({month_of(at), 0, 0});
    bool any = false;
    for (const auto& purchase : store::purchases_since(tx, id, zone->to_instant(first))) {
        const std::string month = month_of(zone->to_local(purchase.at));
        const auto point = std::find_if(points.begin(), points.end(), [&](const TrendPoint& p) { return p.month == month; });
        if (point == points.end()) continue;
        any = true;
        ++point->orders;
        point->total_minor += purchase.total_minor;
    }
    if (!any) points.clear();
    return points;
}

Result<Customer> visible(store::Tx& tx, const Actor& actor, const CustomerId& id) {
    AC_TRY(auto customer, store::find_customer(tx, id));
    if (!actor.may_see(customer.shop_id)) return fail(ErrorKind::not_found, "customer_not_found");
    return customer;
}

bool sees_reveals(const Actor& actor) { return actor.has(Role::lead) || actor.has(Role::admin); }

CustomerView view_of(store::Tx& tx, const Actor& actor, Customer customer, Instant now) {
    CustomerView view;
    const CustomerId id = customer.id;
    const auto shop = store::find_shop(tx, customer.shop_id);
    view.value = store::value_of_customer(tx, id);
    if (shop) view.trend = trend_of(tx, id, shop->zone, now);
    view.profile = profile_of(customer, store::facts_of(tx, id), now);
    view.identities = store::identities_of(tx, id);
    for (Identity& each : view.identities) each.value = masked_identity(each.kind, each.value);
    for (Address& each : store::addresses_of(tx, id)) view.addresses.push_back(masked(std::move(each)));
    view.tags = store::tags_of(tx, id);
    view.notes = store::notes_of(tx, id);
    if (sees_reveals(actor)) view.reveals = store::reveals_of(tx, id);
    view.orders = store::orders_of_customer(tx, id);
    view.cases = store::cases_of_customer(tx, id, {customer.shop_id.value});
    view.customer = masked(std::move(customer));
    return view;
}

bool is_birthday(std::string_view text) {
    for (const std::string_view calendar : {"solar ", "lunar leap ", "lunar "}) {
        if (!text.starts_with(calendar)) continue;
        const auto day = text.substr(calendar.size());
        const auto digit = [&](std::size_t i) { return day[i] >= '0' && day[i] <= '9'; };
        if (day.size() != 5 || day[2] != '-' || !digit(0) || !digit(1) || !digit(3) || !digit(4)) return false;
        const int month = (day[0] - '0') * 10 + day[1] - '0', date = (day[3] - '0') * 10 + day[4] - '0';
        return month >= 1 && month <= 12 && date >= 1 && date <= (calendar == "solar " ? 31 : 30);
    }
    return text.empty();
}

std::string source_of(const Actor& actor) { return actor.staff_id.empty() ? actor.principal : "staff:" + actor.staff_id.value; }

/// `fn(tx, customer)` inside a change, for people who may edit customers.
template <class Fn>
auto change_customer(Context& ctx, const Actor& actor, const Guard& guard, const CustomerId& id, Fn&& fn)
    -> std::invoke_result_t<Fn, store::Tx&, const Customer&> {
    using R = std::invoke_result_t<Fn, store::Tx&, const Customer&>;
    AC_CHECK(require(actor, Permission::edit_customers));
    ShopId shop;
    auto result = ctx.store.change(guard, [&](store::Tx& tx) -> R {
        AC_TRY(const auto customer, visible(tx, actor, id));
        if (customer.erased_at.ms > 0) return fail(ErrorKind::conflict, "customer_erased");
        shop = customer.shop_id;
        return fn(tx, customer);
    });
    if (result) ctx.store.hint({"customer", id.value, shop, 0});
    return result;
}

}  // namespace

Customer masked(Customer customer) {
    customer.phone = masked_phone(customer.phone);
    customer.email = masked_email(customer.email);
    return customer;
}

Address masked(Address address) {
    address.receiver = masked_name(address.receiver);
    address.phone = masked_phone(address.phone);
    if (!address.street.empty()) address.street = "***";
    return address;
}

Result<CustomerList> list_customers(Context& ctx, const Actor& actor, const ListCustomers& in) {
    AC_CHECK(require(actor, Permission::read_cases));
    AC_TRY(const auto after, store::parse_cursor(in.page.after));
    return ctx.store.read([&](store::Tx& tx) -> Result<CustomerList> {
        auto page = store::list_customers(tx, shops_for(tx, actor, in.shop_id), in.q.value_or(""), in.tag.value_or(""), after, in.page.limit);
        for (Customer& customer : page.items) customer = masked(std::move(customer));
        return CustomerList{std::move(page.items), page.next ? store::print_cursor(*page.next) : ""};
    });
}

Result<CustomerView> get_customer(Context& ctx, const Actor& actor, const OneCustomer& in) {
    AC_CHECK(require(actor, Permission::read_cases));
    return ctx.store.read([&](store::Tx& tx) -> Result<CustomerView> {
        AC_TRY(auto customer, visible(tx, actor, in.customer_id));
        return view_of(tx, actor, std::move(customer), ctx.clock.now());
    });
}

Result<CustomerTimeline> customer_timeline(Context& ctx, const Actor& actor, const ReadTimeline& in) {
    AC_CHECK(require(actor, Permission::read_cases));
    AC_TRY(const auto after, store::parse_cursor(in.page.after));
    return ctx.store.read([&](store::Tx& tx) -> Result<CustomerTimeline> {
        AC_CHECK(visible(tx, actor, in.customer_id));
        auto page = store::customer_timeline(tx, in.customer_id, sees_reveals(actor), after, in.page.limit);
        return CustomerTimeline{std::move(page.items), page.next ? store::print_cursor(*page.next) : ""};
    });
}

Result<CustomerView> put_customer(Context& ctx, const Actor& actor, const Guard& guard, const PutCustomer& in) {
    AC_CHECK(require(actor, Permission::edit_customers));
    AC_CHECK(require_shop(actor, in.shop_id));
    if (!is_birthday(in.birthday)) return fail_field("/birthday", "bad_birthday");
    for (std::size_t i = 0; i < in.tags.size(); ++i)
        if (in.tags[i].empty() || in.tags[i].size() > 60) return fail_field("/tags/" + std::to_string(i), in.tags[i].empty() ? "too_short" : "too_long");
    imports::Person person;
    person.ref = in.external_ref, person.name = in.name, person.phone = in.phone, person.email = in.email, person.country = in.country;
    person.city = in.region;
    if (person.is_anonymous() && person.name.empty()) return fail_field("/name", "nobody_named");
    auto view = ctx.store.change(guard, [&](store::Tx& tx) -> Result<CustomerView> {
        if (!store::find_shop(tx, in.shop_id)) return fail(ErrorKind::not_found, "shop_not_found");
        if (!in.external_ref.empty() && !store::customer_by_ref(tx, in.shop_id, in.external_ref).empty()) return fail(ErrorKind::conflict, "customer_exists");
        std::vector<CustomerFact> more;
        const auto say = [&](FactField field, std::string value) {
            if (!value.empty()) more.push_back({field, source_of(actor), std::move(value), guard.now, false, {}});
        };
        say(FactField::birthday, in.birthday);
        say(FactField::style, in.style);
        if (in.party != Party::person) say(FactField::party, std::string(word(in.party)));
        const auto found = imports::People(ctx, tx, in.shop_id, source_of(actor), false).find_or_make(person, guard.now, {}, more);
        for (const std::string& tag : in.tags) store::add_tag(tx, found.id, tag, actor.staff_id, guard.now);
        AC_TRY(auto customer, store::find_customer(tx, found.id));
        return view_of(tx, actor, std::move(customer), guard.now);
    });
    if (view) ctx.store.hint({"customer", view->customer.id.value, in.shop_id, 0});
    return view;
}

Result<CustomerView> set_fact(Context& ctx, const Actor& actor, const Guard& guard, const SetFact& in) {
    if (in.field == FactField::birthday && !is_birthday(in.value)) return fail_field("/value", "bad_birthday");
    if (in.field == FactField::party && !in.value.empty() && !from_word<Party>(in.value)) return fail_field("/value", "bad_party");
    return change_customer(ctx, actor, guard, in.customer_id, [&](store::Tx& tx, const Customer& before) -> Result<CustomerView> {
        auto facts = store::facts_of(tx, before.id);
        const auto says = [&](FactField field, std::string source, std::string value, Instant at) {
            CustomerFact fact{field, std::move(source), std::move(value), at, false, {}};
            store::put_fact(tx, before.id, fact);
            facts.push_back(std::move(fact));
        };
        // a profile older than its facts: what it says becomes a fact first, so that nothing is lost
        for (const auto& [field, value] : {std::pair{FactField::name, before.name}, std::pair{FactField::phone, before.phone},
                                           std::pair{FactField::email, before.email}, std::pair{FactField::country, before.country}})
            if (!value.empty() && domain::folded(facts, field).empty()) says(field, "order", value, before.created_at);
        CustomerFact own{in.field, source_of(actor), in.field == FactField::phone ? domain::normalised_phone(in.value) : in.value, guard.now,
                         in.verified && !in.value.empty(), in.lock && !in.value.empty() ? actor.staff_id : StaffId{}};
        store::put_fact(tx, before.id, own);
        std::erase_if(facts, [&](const CustomerFact& f) { return f.field == own.field && f.source == own.source; });
        facts.push_back(own);
        Customer after = domain::fold(before, facts);
        store::update_customer(tx, after);
        return view_of(tx, actor, std::move(after), guard.now);
    });
}

Result<Done> add_tag(Context& ctx, const Actor& actor, const Guard& guard, const TagCustomer& in) {
    return change_customer(ctx, actor, guard, in.customer_id, [&](store::Tx& tx, const Customer& customer) -> Result<Done> {
        if (store::tags_of(tx, customer.id).size() >= 50) return fail(ErrorKind::refused, "too_many_tags");
        store::add_tag(tx, customer.id, in.tag, actor.staff_id, guard.now);
        return Done{};
    });
}

Result<Done> remove_tag(Context& ctx, const Actor& actor, const Guard& guard, const TagCustomer& in) {
    return change_customer(ctx, actor, guard, in.customer_id, [&](store::Tx& tx, const Customer& customer) -> Result<Done> {
        if (!store::remove_tag(tx, customer.id, in.tag)) return fail(ErrorKind::not_found, "tag_not_found");
        return Done{};
    });
}

Result<TagList> list_tags(Context& ctx, const Actor& actor, const ListTags& in) {
    AC_CHECK(require(actor, Permission::read_cases));
    return ctx.store.read([&](store::Tx& tx) -> Result<TagList> { return TagList{store::tags_in_use(tx, shops_for(tx, actor, in.shop_id))}; });
}

Result<CustomerNote> note_customer(Context& ctx, const Actor& actor, const Guard& guard, const NoteCustomer& in) {
    return change_customer(ctx, actor, guard, in.customer_id, [&](store::Tx& tx, const Customer& customer) -> Result<CustomerNote> {
        if (!in.order_id.empty()) {
            const auto order = store::load_order(tx, in.order_id, false);
            if (!order || order->order.customer_id != customer.id) return fail(ErrorKind::not_found, "order_not_found");
        }
        const auto state = in.kind == CustomerNoteKind::special_request ? CustomerNoteState::open : CustomerNoteState::standing;
        const CustomerNote note{ctx.ids.make<CustomerNoteId>(), customer.id, in.kind, state, in.body, in.order_id, actor.staff_id, guard.now, 1};
        store::insert_note(tx, note);
        return note;
    });
}

Result<CustomerNote> settle_note(Context& ctx, const Actor& actor, const Guard& guard, const SettleNote& in) {
    return change_customer(ctx, actor, guard, in.customer_id, [&](store::Tx& tx, const Customer& customer) -> Result<CustomerNote> {
        AC_TRY(auto note, store::find_note(tx, in.note_id));
        if (note.customer_id != customer.id) return fail(ErrorKind::not_found, "note_not_found");
        if (guard.expected_version && *guard.expected_version != note.version)
            return fail(Error{ErrorKind::stale, "stale", {}, {}, {{"version", std::to_string(note.version)}}, {}});
        const bool request = note.kind == CustomerNoteKind::special_request;
        const bool fits = in.state == CustomerNoteState::removed || (in.state == CustomerNoteState::standing) != request;
        if (!fits) return fail(ErrorKind::conflict, "note_cannot_be");
        note.state = in.state;
        store::update_note(tx, note);
        ++note.version;
        return note;
    });
}

Result<Revealed> reveal_contact(Context& ctx, const Actor& actor, const Guard& guard, const RevealContact& in) {
    AC_CHECK(require(actor, Permission::reveal_contacts));
    Guard keyless = guard;
    keyless.idempotency_key.clear();  // an answer kept under a key would keep the value
    const StaffId who = actor.staff_id.empty() ? StaffId(actor.principal) : actor.staff_id;
    auto seen = ctx.store.change(keyless, [&](store::Tx& tx) -> Result<Revealed> {
        AC_TRY(const auto customer, visible(tx, actor, in.customer_id));
        if (store::count_reveals(tx, who, guard.now - hours(1)) >= kRevealsAnHour)
            return fail(Error{ErrorKind::refused, "reveal_limit", {}, {}, {{"limit", std::to_string(kRevealsAnHour)}}, {}});
        std::string value;
        if (in.field == "phone") value = customer.phone;
        else if (in.field == "email") value = customer.email;
        else if (in.field.starts_with("address:")) {
            AC_TRY(const auto a, store::find_address(tx, AddressId(in.field.substr(8))));
            if (a.customer_id != customer.id) return fail(ErrorKind::not_found, "address_not_found");
            for (const std::string* part : {&a.receiver, &a.phone, &a.country, &a.province, &a.city, &a.district, &a.street})
                if (!part->empty()) value += (value.empty() ? "" : " ") + *part;
        } else if (in.field.starts_with("identity:")) {
            for (const Identity& each : store::identities_of(tx, customer.id))
                if (each.id.value == in.field.substr(9)) value = each.value;
        } else {
            return fail_field("/field", "unknown_field");
        }
        if (value.empty()) return fail(ErrorKind::not_found, "nothing_to_reveal");
        store::insert_reveal(tx, customer.id, {ctx.ids.next(), in.field, who, {}, in.reason, guard.now});
        return Revealed{std::move(value)};
    });
    return seen;
}

}  // namespace aftercare::usecase
