#include "usecase/setup.hpp"

#include <array>

#include "env/password.hpp"
#include "usecase/staff_parts.hpp"

namespace aftercare::usecase {
namespace {

constexpr std::string_view kLetters = "abcdefghjkmnpqrstuvwxyz23456789";

/// As it is compared: however it was typed.
std::string bare(std::string_view code) {
    std::string text = lower(std::string(code));
    std::erase_if(text, [](char c) { return c == '-' || c == ' '; });
    return text;
}

Result<void> nobody_yet(Tx& tx) {
    if (store::any_staff(tx)) return fail(ErrorKind::refused, "setup_done");
    return {};
}

}  // namespace

Result<SetupState> setup_state(Context& ctx) {
    return ctx.store.read([](Tx& tx) -> Result<SetupState> { return SetupState{!store::any_staff(tx)}; });
}

std::string make_setup_code(env::Random& random) {
    std::string code;
    while (code.size() < 14) {
        std::array<std::byte, 1> chance;
        random.fill(chance);
        const auto at = std::to_integer<std::size_t>(chance[0]);
        if (at >= 256 / kLetters.size() * kLetters.size()) continue;  // each letter is equally likely
        if (code.size() % 5 == 4) code += '-';
        code += kLetters[at % kLetters.size()];
    }
    return code;
}

Result<SignedIn> set_up(Context& ctx, const SetUp& in) {
    AC_CHECK(ctx.store.read(nobody_yet));
    if (ctx.setup_code.empty() || !env::same_secret(bare(in.code), bare(ctx.setup_code))) return fail_field("/code", "wrong_code");
    const Instant now = ctx.clock.now();
    store::Staff staff{ctx.ids.make<StaffId>(), lower(in.login), in.name, {}, {Role::admin, Role::lead, Role::agent}, {}, true, now};
    const store::Shop shop{ctx.ids.make<ShopId>(), in.shop.code, in.shop.name, in.shop.currency, in.shop.zone, now};
    std::vector<FieldError> errors = bad_person(domain::system_actor(), staff);
    for (FieldError& error : below("shop", bad_shop(shop))) errors.push_back(std::move(error));
    AC_CHECK(none_of(std::move(errors)));
    AC_TRY(staff.password_hash, hashed(in.password));

    const std::string secret = env::make_secret(ctx.random), csrf = env::make_secret(ctx.random);
    const PolicyId policy = ctx.ids.make<PolicyId>();
    const auto made = ctx.store.change(
        Guard{{}, {}, {}, {}, now},
        [&](Tx& tx) -> Result<Done> {
            AC_CHECK(nobody_yet(tx));
            store::insert_staff(tx, staff);
            if (auto put = insert_shop(tx, shop, policy, in.shop.policy); !put) {
                put.error().fields = below("shop", std::move(put.error().fields));
                return fail(std::move(put.error()));
            }
            store::insert_session(tx, {env::hash_secret(secret), staff.id, csrf, now, now + ctx.session_length});
            return Done{};
        },
        store::hold_house);
    AC_CHECK(made);
    AC_TRY(SessionView view, my_session(ctx, actor_of(staff), csrf));
    return SignedIn{secret, std::move(view)};
}

}  // namespace aftercare::usecase
