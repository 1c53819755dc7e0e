#pragma once
#include <aftercare/codec/fields.hpp>
#include <aftercare/model/case.hpp>
#include <aftercare/model/customer.hpp>
#include <aftercare/model/ledger.hpp>
#include <aftercare/model/operation.hpp>
#include <aftercare/model/order.hpp>
#include <string>
#include <vector>

#include "domain/acts.hpp"
#include "store/case_state.hpp"
#include "store/customers.hpp"
#include "store/rows.hpp"

/// What the API answers where the wire differs from the model. Field names are the JSON names.
namespace aftercare::usecase {

struct Page {  ///< every list: `next` is absent on the last page; give it back as `after`
    std::int64_t limit = 50;
    std::string after;
};
template <class Io>
void fields(Io& io, Page& p) {
    io("limit", p.limit, maybe, between(1, 200));
    io("after", p.after, maybe, length(0, 400));
}

using store::CaseCounts;
using store::CaseRow;
using store::OrderRow;
using store::RefundRow;
using store::TimelineEvent;

struct StaffView {
    static constexpr std::string_view kSchema = "Staff";
    StaffId id;
    std::string login, name;
    std::vector<Role> roles;
    std::vector<ShopId> shops;
    bool active = true;
    bool may_change = false;  ///< by whoever reads this, given the permission
    std::int64_t version = 1;
};
template <class Io>
void fields(Io& io, StaffView& s) {
    io("id", s.id);
    io("login", s.login);
    io("name", s.name);
    io("roles", s.roles);
    io("shops", s.shops);
    io("active", s.active);
    io("may_change", s.may_change);
    io("version", s.version);
}

struct ShopView {
    static constexpr std::string_view kSchema = "Shop";
    ShopId id;
    std::string code, name, currency, zone;
    bool demo = false;
    std::int64_t version = 1;
};
template <class Io>
void fields(Io& io, ShopView& s) {
    io("id", s.id);
    io("code", s.code);
    io("name", s.name);
    io("currency", s.currency);
    io("zone", s.zone);
    io("demo", s.demo, doc("invented data: DELETE /api/v1/demo takes all of it away"));
    io("version", s.version);
}

struct CaseList {
    static constexpr std::string_view kSchema = "CaseList";
    std::vector<CaseRow> items;
    std::string next;
};
template <class Io>
void fields(Io& io, CaseList& l) {
    io("items", l.items);
    io("next", l.next, maybe);
}

/// An order with its ledgers.
struct OrderView {
    static constexpr std::string_view kSchema = "OrderView";
    Order order;
    std::vector<OrderLine> lines;
    std::vector<Payment> payments;
    std::vector<UnitRun> units;
    std::vector<MoneyLedger> money;
    std::vector<CaseRow> cases;
    std::string customer_name;
    std::vector<Shipment> shipments;
    std::vector<Address> addresses;  ///< of the shipments, masked
};
template <class Io>
void fields(Io& io, OrderView& v) {
    io("order", v.order);
    io("lines", v.lines);
    io("payments", v.payments);
    io("units", v.units);
    io("money", v.money);
    io("cases", v.cases);
    io("customer_name", v.customer_name, maybe);
    io("shipments", v.shipments, maybe);
    io("addresses", v.addresses, maybe);
}

struct OrderList {
    static constexpr std::string_view kSchema = "OrderList";
    std::vector<OrderRow> items;
    std::string next;
};
template <class Io>
void fields(Io& io, OrderList& l) {
    io("items", l.items);
    io("next", l.next, maybe);
}

/// The fold of what a customer's sources said, one line a field; `by` is the source that won.
struct ProfileField {
    static constexpr std::string_view kSchema = "ProfileField";
    FactField field{};
    std::string value;  ///< contact data masked
    std::string by;
    Instant observed_at;
    bool verified = false, locked = false;
    bool stale = false;  ///< nobody confirmed it for a year
    std::vector<CustomerFact> said;  ///< by all sources, newest first; contact data masked
};
template <class Io>
void fields(Io& io, ProfileField& f) {
    io("field", f.field);
    io("value", f.value, maybe);
    io("by", f.by, maybe);
    io("observed_at", f.observed_at, maybe);
    io("verified", f.verified);
    io("locked", f.locked);
    io("stale", f.stale);
    io("said", f.said);
}
/// What was bought in a month of the shop's zone.
struct TrendPoint {
    static constexpr std::string_view kSchema = "TrendPoint";
    std::string month;  ///< "2026-11"
    std::int64_t orders = 0, total_minor = 0;
};
template <class Io>
void fields(Io& io, TrendPoint& t) {
    io("month", t.month);
    io("orders", t.orders);
    io("total_minor", t.total_minor);
}
struct CustomerView {
    static constexpr std::string_view kSchema = "CustomerView";
    Customer customer;  ///< phone and email masked
    store::CustomerValue value;
    std::vector<TrendPoint> trend;  ///< the last 24 months, empty ones too; none without orders in them
    std::vector<ProfileField> profile;
    std::vector<Identity> identities;
    std::vector<Address> addresses;  ///< newest 50, to the district; phone and name masked
    std::vector<std::string> tags;
    std::vector<CustomerNote> notes;
    std::vector<store::Reveal> reveals;  ///< who saw what, newest 50
    std::vector<OrderRow> orders;  // newest 20
    std::vector<CaseRow> cases;    // newest 20
};
template <class Io>
void fields(Io& io, CustomerView& v) {
    io("customer", v.customer);
    io("value", v.value);
    io("trend", v.trend);
    io("profile", v.profile);
    io("identities", v.identities);
    io("addresses", v.addresses);
    io("tags", v.tags);
    io("notes", v.notes);
    io("reveals", v.reveals);
    io("orders", v.orders);
    io("cases", v.cases);
}
struct CustomerList {
    static constexpr std::string_view kSchema = "CustomerList";
    std::vector<Customer> items;
    std::string next;
};
template <class Io>
void fields(Io& io, CustomerList& l) {
    io("items", l.items);
    io("next", l.next, maybe);
}

/// What the marketplace was told of a decision, or could not be told.
struct WriteBackView {
    static constexpr std::string_view kSchema = "WriteBack";
    MessageId message_id;
    PlatformVerdict verdict{};
    std::string state;  ///< pending, done, dead
    std::string code;   ///< why it was not taken, last time
    std::int64_t attempts = 0;
    Instant at;
};
template <class Io>
void fields(Io& io, WriteBackView& w) {
    io("message_id", w.message_id);
    io("verdict", w.verdict);
    io("state", w.state);
    io("code", w.code, maybe);
    io("attempts", w.attempts);
    io("at", w.at);
}

/// Everything the case page shows but the timeline.
struct CaseView {
    static constexpr std::string_view kSchema = "CaseView";
    Case c;
    std::vector<Operation> operations;
    std::vector<OperationLine> lines;
    std::vector<InboundLeg> inbound;
    std::vector<InboundLine> inbound_lines;
    std::vector<InspectionRecord> inspections;
    std::vector<MoneyLeg> money;
    std::vector<MoneyAttempt> attempts;
    std::vector<OutboundLeg> outbound;
    std::vector<OutboundLine> outbound_lines;
    std::vector<Clock> clocks;
    std::vector<Task> tasks;
    std::vector<domain::Act> acts;  ///< legal and illegal next acts for this actor, likeliest first
    std::vector<OrderView> order;   ///< none or one
    std::vector<Customer> customer;  ///< none or one, masked
    std::vector<WriteBackView> write_backs;  ///< of a case that came from a marketplace, newest first
    std::string owner_name, shop_name, zone;
    Instant reopens_until;
};
template <class Io>
void fields(Io& io, CaseView& v) {
    io("case", v.c);
    io("operations", v.operations);
    io("lines", v.lines);
    io("inbound", v.inbound);
    io("inbound_lines", v.inbound_lines);
    io("inspections", v.inspections);
    io("money", v.money);
    io("attempts", v.attempts);
    io("outbound", v.outbound);
    io("outbound_lines", v.outbound_lines);
    io("clocks", v.clocks);
    io("tasks", v.tasks);
    io("acts", v.acts);
    io("order", v.order);
    io("customer", v.customer);
    io("write_backs", v.write_backs, maybe);
    io("owner_name", v.owner_name, maybe);
    io("shop_name", v.shop_name);
    io("zone", v.zone);
    io("reopens_until", v.reopens_until, maybe, doc("of a closed one: so long a word of its customer opens it again"));
}

/// The answer of every change of a case; the page then reads the case again.
using store::CaseChanged;

struct Timeline {
    static constexpr std::string_view kSchema = "Timeline";
    std::vector<TimelineEvent> items;  // by seq
};
template <class Io>
void fields(Io& io, Timeline& t) {
    io("items", t.items);
}

struct RefundList {
    static constexpr std::string_view kSchema = "RefundList";
    std::vector<RefundRow> items;
    std::string next;
};
template <class Io>
void fields(Io& io, RefundList& l) {
    io("items", l.items);
    io("next", l.next, maybe);
}

struct ConnectorView {
    static constexpr std::string_view kSchema = "Connector";
    ConnectorId id;
    ShopId shop_id;
    std::string plugin, title;
    bool enabled = true;
    RawJson settings{"{}"};  ///< secrets replaced by "********"
    std::int64_t version = 1;
    std::string state;       ///< starting, ready, backoff, quarantined, stopped, absent
    std::int64_t restarts = 0, p95_ms = 0, waiting = 0, dead = 0;  ///< outbox rows of this connector that wait / gave up
    std::string last_error;
    Instant last_call_at;
};
template <class Io>
void fields(Io& io, ConnectorView& c) {
    io("id", c.id);
    io("shop_id", c.shop_id);
    io("plugin", c.plugin);
    io("title", c.title);
    io("enabled", c.enabled);
    io("settings", c.settings);
    io("version", c.version);
    io("state", c.state, maybe);
    io("restarts", c.restarts);
    io("p95_ms", c.p95_ms);
    io("waiting", c.waiting);
    io("dead", c.dead);
    io("last_error", c.last_error, maybe);
    io("last_call_at", c.last_call_at, maybe);
}
struct ConnectorList {
    static constexpr std::string_view kSchema = "ConnectorList";
    std::vector<ConnectorView> items;
};
template <class Io>
void fields(Io& io, ConnectorList& l) {
    io("items", l.items);
}

/// A plugin found in the plugins folder.
struct PluginView {
    static constexpr std::string_view kSchema = "Plugin";
    std::string id, version, title_zh, title_en;
    std::vector<std::string> kinds, ops;
    RawJson settings_schema{"{}"};
    std::string folder_setting{};  ///< names the directory it may use; not shown
};
template <class Io>
void fields(Io& io, PluginView& p) {
    io("id", p.id);
    io("version", p.version);
    io("title_zh", p.title_zh);
    io("title_en", p.title_en);
    io("kinds", p.kinds);
    io("ops", p.ops);
    io("settings_schema", p.settings_schema);
}
struct PluginList {
    static constexpr std::string_view kSchema = "PluginList";
    std::vector<PluginView> items;
};
template <class Io>
void fields(Io& io, PluginList& l) {
    io("items", l.items);
}

struct SessionView {
    static constexpr std::string_view kSchema = "Session";
    StaffView staff;
    std::vector<ShopView> shops;
    bool all_shops = false;  ///< those to come too
    std::vector<std::string> permissions;
    std::vector<Department> teams;  ///< where one works, by role and roster
    std::string csrf_token;  ///< send it as X-CSRF-Token with every change made under the cookie
};
template <class Io>
void fields(Io& io, SessionView& s) {
    io("staff", s.staff);
    io("shops", s.shops);
    io("all_shops", s.all_shops);
    io("permissions", s.permissions);
    io("teams", s.teams, doc("the departments whose work waits for one, by role and roster"));
    io("csrf_token", s.csrf_token, maybe);
}

}  // namespace aftercare::usecase
