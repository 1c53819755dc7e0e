#pragma once
#include <aftercare/base/id.hpp>
#include <aftercare/base/instant.hpp>
#include <aftercare/model/words.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "store/store.hpp"

/// Rows of staff, shops, sessions and API tokens. Every function may throw DbError and needs no permission: use cases ask.
namespace aftercare::store {

struct Shop {
    ShopId id;
    std::string code, name, currency, zone;
    Instant created_at;
    bool demo = false;  ///< invented: may be removed with all that hangs on it
    std::int64_t version = 1;
};
template <class Io>
void fields(Io& io, Shop& s) {
    io("id", s.id);
    io("code", s.code);
    io("name", s.name);
    io("currency", s.currency);
    io("zone", s.zone);
    io("created_at", s.created_at);
    io("demo", s.demo);
    io("version", s.version);
}
void insert_shop(Tx&, const Shop&);
std::vector<Shop> shops(Tx&);  ///< oldest first
std::optional<Shop> find_shop(Tx&, const ShopId&);
std::optional<Shop> shop_by_code(Tx&, std::string_view code);
void change_shop(Tx&, const Shop&);  ///< name, currency and zone of the row with this version
bool has_orders(Tx&, const ShopId&);

/// Whoever holds the house is the only one who makes or unmakes administrators, until the end of the transaction.
void hold_house(Tx&);

struct Staff {
    StaffId id;
    std::string login, name, password_hash;
    std::vector<Role> roles;
    std::vector<ShopId> shops;  ///< an admin without any is one of the whole installation
    bool active = true;
    Instant created_at;
    bool demo = false;  ///< came with the demo shop
    std::int64_t version = 1;
};
void insert_staff(Tx&, const Staff&);
std::vector<Staff> staff_list(Tx&);  ///< oldest first
std::optional<Staff> find_staff(Tx&, const StaffId&);
std::optional<Staff> staff_by_login(Tx&, std::string_view login);
bool any_staff(Tx&);
void change_staff(Tx&, const Staff&);  ///< name, roles, shops, active and demo of the row with this version
void set_password(Tx&, const StaffId&, std::string_view password_hash);

/// A login session; the secret itself is nowhere, only its hash.
struct LoginSession {
    std::string secret_hash;
    StaffId staff_id;
    std::string csrf_token;
    Instant created_at, expires_at;
};
template <class Io>
void fields(Io& io, LoginSession& s) {
    io("secret_hash", s.secret_hash);
    io("staff_id", s.staff_id);
    io("csrf_token", s.csrf_token);
    io("created_at", s.created_at);
    io("expires_at", s.expires_at);
}
struct StaffSession {
    Staff staff;
    std::string csrf_token;
};
void insert_session(Tx&, const LoginSession&);
/// Nothing when it is unknown, over, or its person switched off.
std::optional<StaffSession> find_session(Tx&, std::string_view secret_hash, Instant now);
void end_session(Tx&, std::string_view secret_hash);
void end_sessions_of(Tx&, const StaffId&);
void end_other_sessions(Tx&, const StaffId&, std::string_view kept_secret_hash);
std::int64_t forget_sessions(Tx&, Instant now, std::int64_t limit);  ///< those that are over; how many it were

/// The newest failed sign-ins of a login since then, newest first, at most `limit`.
std::vector<Instant> failures_since(Tx&, std::string_view login, Instant since, std::int64_t limit);
void insert_failure(Tx&, std::string_view login, std::string_view address, Instant at);
void clear_failures(Tx&, std::string_view login);
std::int64_t forget_failures(Tx&, Instant before, std::int64_t limit);  ///< of the first `limit` or fewer logins; at least `limit` when there are so many

struct Token {
    std::string id, name;
    std::vector<Role> roles;
    std::vector<ShopId> shops;
    Instant created_at;
};
void insert_token(Tx&, const Token&, std::string_view secret_hash, std::string_view created_by);
std::vector<Token> tokens(Tx&);  ///< in force, newest first
std::optional<Token> find_token(Tx&, std::string_view id);  ///< in force
std::optional<Token> token_by_secret(Tx&, std::string_view secret_hash);
void revoke_token(Tx&, std::string_view id, Instant now);
std::vector<Token> all_tokens(Tx&);  ///< also those that were revoked
void change_token_shops(Tx&, const Token&);

}  // namespace aftercare::store
