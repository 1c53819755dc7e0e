#include "env/webhook.hpp"

#include <catch2/catch.hpp>

#include "support/random.hpp"

using namespace aftercare;

TEST_CASE("a delivery is signed as Standard Webhooks says (the vector of its libraries)") {
    const auto signature = env::webhook_signature("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek",
                                                  Instant{1'614'265'330'999}, R"({"test": 2432232314})");
    REQUIRE(signature);
    CHECK(*signature == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
}

TEST_CASE("a fresh secret signs, what is none does not") {
    test::SeededRandom random;
    const std::string secret = env::make_webhook_secret(random);
    CHECK(secret.size() == 6 + 32);
    CHECK(secret != env::make_webhook_secret(random));
    CHECK(env::webhook_signature(secret, "m", {}, "{}"));
    for (const char* none : {"", "whsec_", "whsec_*", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"})
        CHECK(env::webhook_signature(none, "m", {}, "{}").error().code == "bad_webhook_secret");
}

TEST_CASE("times are told in UTC") {
    CHECK(env::utc_text({}) == "1970-01-01T00:00:00Z");
    CHECK(env::utc_text(Instant{1'772'416'800'999}) == "2026-03-02T02:00:00Z");
}
