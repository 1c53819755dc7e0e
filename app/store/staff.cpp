#include "store/staff.hpp"

#include <aftercare/codec/json.hpp>

#include "db/row.hpp"
#include "sql/staff.hpp"
#include "store/calendar.hpp"

namespace aftercare::store {
namespace {

template <class T>
std::string list_text(const std::vector<T>& list) {
    std::string text;
    JsonWriter(text).put(list);
    return text;
}

// The lists in a column were written by list_text; anything else is a damaged row.
template <class T>
std::vector<T> list_of(std::string_view text) {
    std::vector<T> list;
    std::vector<FieldError> errors;
    const auto json = parse_json(text);
    if (json) JsonReader(nlohmann::json::object(), "", errors, false).get(*json, list, "");
    if (!json || !errors.empty()) throw db::DbError(db::DbErrorKind::corrupt, "a list of roles or shops cannot be read");
    return list;
}

// Columns: id, login, name, password_hash, roles, shops, active, created_at, demo, version.
Staff staff_of(const db::Row& row) {
    return {StaffId(std::string(row.text(0))),
            std::string(row.text(1)),
            std::string(row.text(2)),
            std::string(row.text(3)),
            list_of<Role>(row.text(4)),
            list_of<ShopId>(row.text(5)),
            row.integer(6) == 1,
            {row.integer(7)},
            row.integer(8) == 1,
            row.integer(9)};
}

// Columns: id, name, roles, shops, created_at.
Token token_of(const db::Row& row) {
    return {std::string(row.text(0)), std::string(row.text(1)), list_of<Role>(row.text(2)), list_of<ShopId>(row.text(3)),
            {row.integer(4)}};
}

template <class Read>
auto all(Tx& tx, const db::Query& query, db::Args args, Read read) {
    std::vector<decltype(read(std::declval<const db::Row&>()))> found;
    tx.run(query, args, [&](const db::Row& row) { found.push_back(read(row)); });
    return found;
}
template <class Read>
auto first(Tx& tx, const db::Query& query, db::Args args, Read read) {
    std::optional<decltype(read(std::declval<const db::Row&>()))> found;
    tx.run(query, args, [&](const db::Row& row) { found = read(row); });
    return found;
}

}  // namespace

void insert_shop(Tx& tx, const Shop& shop) { 
    tx.write(sql::staff::insert_shop, db::bind_row(shop).with("calendar", region_of_zone(shop.zone)));
 }
std::vector<Shop> shops(Tx& tx) { return all(tx, sql::staff::shops, {}, db::read_row<Shop>); }
std::optional<Shop> find_shop(Tx& tx, const ShopId& id) {
    return first(tx, sql::staff::find_shop, {{"id", id.value}}, db::read_row<Shop>);
}
std::optional<Shop> shop_by_code(Tx& tx, std::string_view code) {
    return first(tx, sql::staff::shop_by_code, {{"code", code}}, db::read_row<Shop>);
}
void change_shop(Tx& tx, const Shop& shop) { tx.write(sql::staff::change_shop, db::bind_row(shop).with("calendar", region_of_zone(shop.zone)), 1); }
bool has_orders(Tx& tx, const ShopId& shop) {
    bool found = false;
    tx.run(sql::staff::any_order, {{"shop_id", shop.value}}, [&](const db::Row&) { found = true; });
    return found;
}
void hold_house(Tx& tx) { tx.run(sql::staff::hold_house); }

void insert_staff(Tx& tx, const Staff& staff) {
    const std::string roles = list_text(staff.roles), shops = list_text(staff.shops);
    tx.write(sql::staff::insert_staff, {{"id", staff.id.value},
                                        {"login", staff.login},
                                        {"name", staff.name},
                                        {"password_hash", staff.password_hash},
                                        {"roles", roles},
                                        {"shops", shops},
                                        {"active", std::int64_t{staff.active}},
                                        {"created_at", staff.created_at.ms},
                                        {"demo", std::int64_t{staff.demo}},
                                        {"version", staff.version}});
}
void change_staff(Tx& tx, const Staff& staff) {
    const std::string roles = list_text(staff.roles), shops = list_text(staff.shops);
    tx.write(sql::staff::change_staff,
             {{"id", staff.id.value},
              {"name", staff.name},
              {"roles", roles},
              {"shops", shops},
              {"active", std::int64_t{staff.active}},
              {"demo", std::int64_t{staff.demo}},
              {"version", staff.version}},
             1);
}
bool any_staff(Tx& tx) {
    bool found = false;
    tx.run(sql::staff::any_staff, {}, [&](const db::Row&) { found = true; });
    return found;
}
std::vector<Staff> staff_list(Tx& tx) { return all(tx, sql::staff::staff_list, {}, staff_of); }
std::optional<Staff> find_staff(Tx& tx, const StaffId& id) {
    return first(tx, sql::staff::find_staff, {{"id", id.value}}, staff_of);
}
std::optional<Staff> staff_by_login(Tx& tx, std::string_view login) {
    return first(tx, sql::staff::staff_by_login, {{"login", login}}, staff_of);
}
void set_password(Tx& tx, const StaffId& id, std::string_view password_hash) {
    tx.write(sql::staff::set_password, {{"id", id.value}, {"password_hash", password_hash}}, 1);
}

void insert_session(Tx& tx, const LoginSession& session) { tx.write(sql::staff::insert_session, db::bind_row(session)); }
std::optional<StaffSession> find_session(Tx& tx, std::string_view secret_hash, Instant now) {
    return first(tx, sql::staff::staff_of_session, {{"secret_hash", secret_hash}, {"now", now.ms}},
                 [](const db::Row& row) { return StaffSession{staff_of(row), std::string(row.text(10))}; });
}
void end_session(Tx& tx, std::string_view secret_hash) {
    tx.write(sql::staff::end_session, {{"secret_hash", secret_hash}});
}
void end_sessions_of(Tx& tx, const StaffId& staff) { tx.write(sql::staff::end_sessions_of, {{"staff_id", staff.value}}); }
void end_other_sessions(Tx& tx, const StaffId& staff, std::string_view kept_secret_hash) {
    tx.write(sql::staff::end_other_sessions, {{"staff_id", staff.value}, {"secret_hash", kept_secret_hash}});
}
std::int64_t forget_sessions(Tx& tx, Instant now, std::int64_t limit) {
    return tx.run(sql::staff::forget_sessions, {{"now", now.ms}, {"limit", limit}});
}

std::vector<Instant> failures_since(Tx& tx, std::string_view login, Instant since, std::int64_t limit) {
    return all(tx, sql::staff::failures_since, {{"login", login}, {"since", since.ms}, {"limit", limit}},
               [](const db::Row& row) { return Instant{row.integer(0)}; });
}
void insert_failure(Tx& tx, std::string_view login, std::string_view address, Instant at) {
    tx.write(sql::staff::insert_failure, {{"login", login}, {"address", address}, {"at", at.ms}});
}
void clear_failures(Tx& tx, std::string_view login) { tx.write(sql::staff::clear_failures, {{"login", login}}); }
std::int64_t forget_failures(Tx& tx, Instant before, std::int64_t limit) {
    return tx.run(sql::staff::forget_failures, {{"before", before.ms}, {"limit", limit}});
}

void insert_token(Tx& tx, const Token& token, std::string_view secret_hash, std::string_view created_by) {
    const std::string roles = list_text(token.roles), shops = list_text(token.shops);
    tx.write(sql::staff::insert_token, {{"id", token.id},
                                        {"name", token.name},
                                        {"secret_hash", secret_hash},
                                        {"roles", roles},
                                        {"shops", shops},
                                        {"created_by", created_by},
                                        {"created_at", token.created_at.ms}});
}
std::vector<Token> tokens(Tx& tx) { return all(tx, sql::staff::tokens, {}, token_of); }
std::optional<Token> find_token(Tx& tx, std::string_view id) {
    return first(tx, sql::staff::find_token, {{"id", id}}, token_of);
}
std::optional<Token> token_by_secret(Tx& tx, std::string_view secret_hash) {
    return first(tx, sql::staff::token_by_secret, {{"secret_hash", secret_hash}}, token_of);
}
std::vector<Token> all_tokens(Tx& tx) { return all(tx, sql::staff::all_tokens, {}, token_of); }
void change_token_shops(Tx& tx, const Token& token) {
    const std::string shops = list_text(token.shops);
    tx.write(sql::staff::change_token_shops, {{"id", token.id}, {"shops", shops}});
}
void revoke_token(Tx& tx, std::string_view id, Instant now) {
    tx.write(sql::staff::revoke_token, {{"id", id}, {"revoked_at", now.ms}}, 1);
}

}  // namespace aftercare::store
