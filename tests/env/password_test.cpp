#include "env/password.hpp"

#include <catch2/catch.hpp>

#include "support/random.hpp"

using namespace aftercare;

TEST_CASE("a password verifies against its own hash only") {
    const std::string password("pass\0word", 9);
    const auto hash = env::hash_password(password);
    REQUIRE(hash);
    CHECK(hash->starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
    CHECK(env::verify_password(*hash, password));
    CHECK_FALSE(env::verify_password(*hash, "pass"));
    CHECK_FALSE(env::verify_password(*hash, ""));
    CHECK(*env::hash_password(password) != *hash);
}

TEST_CASE("a text that is no hash verifies nothing") {
    CHECK_FALSE(env::verify_password("", "x"));
    CHECK_FALSE(env::verify_password("$argon2id$v=19$m=19456,t=2,p=1$", "x"));
    CHECK_FALSE(env::verify_password(std::string(10'000, '$'), "x"));
}

TEST_CASE("a secret is 43 characters of base64url and its hash SHA-256") {
    test::SeededRandom random;
    const std::string secret = env::make_secret(random);
    CHECK(secret.size() == 43);
    CHECK(secret.find_first_of("+/=") == secret.npos);
    CHECK(env::make_secret(random) != secret);
    CHECK(env::hash_secret("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST_CASE("secrets compare by content and length") {
    CHECK(env::same_secret("", ""));
    CHECK(env::same_secret("abc", "abc"));
    CHECK_FALSE(env::same_secret("abc", "abd"));
    CHECK_FALSE(env::same_secret("abc", "abcd"));
}
