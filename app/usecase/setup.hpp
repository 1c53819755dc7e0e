#pragma once
#include "usecase/staff.hpp"

/// The first run: an installation without people takes its first administrator and its first shop from whoever has the code that
/// the service said at its start.
namespace aftercare::usecase {

struct SetupState {
    static constexpr std::string_view kSchema = "SetupState";
    bool needed = false;  ///< nobody is there yet
};
template <class Io>
void fields(Io& io, SetupState& s) {
    io("needed", s.needed);
}
Result<SetupState> setup_state(Context&);

/// Twelve letters and digits that cannot be mistaken, in three groups.
std::string make_setup_code(env::Random&);

struct SetUp {
    std::string code, login, name, password;
    AddShop shop;
};
template <class Io>
void fields(Io& io, SetUp& in) {
    io("code", in.code, length(1, 100));
    io("login", in.login, length(1, 100));
    io("name", in.name, length(1, 100));
    io("password", in.password, length(10, 500));
    io("shop", in.shop);
}
/// The administrator, signed in, and the shop; of two at once one succeeds. `refused` "setup_done" once there are people;
/// `invalid` "wrong_code" at /code, as often as one likes: the code cannot be guessed. Wire-level: no Actor yet.
Result<SignedIn> set_up(Context&, const SetUp&);

}  // namespace aftercare::usecase
