#include "env/ids.hpp"

#include <catch2/catch.hpp>
#include <set>
#include <thread>
#include <vector>

#include "support/clock.hpp"
#include "support/ids.hpp"
#include "support/random.hpp"

using namespace aftercare;

TEST_CASE("an id is 26 characters of Crockford base32, the time first") {
    test::ManualClock clock{Instant{1'469'918'176'385}};  // the example of the ULID text: 01ARYZ6S41…
    test::SeededRandom random;
    env::TimeIds ids(clock, random);
    const std::string id = ids.next();
    CHECK(id.size() == 26);
    CHECK(id.substr(0, 10) == "01ARYZ6S41");
    CHECK(id.find_first_not_of("0123456789ABCDEFGHJKMNPQRSTVWXYZ") == id.npos);
}

TEST_CASE("ids rise within a millisecond, over time, and when the clock goes back") {
    test::ManualClock clock;
    test::SeededRandom random;
    env::TimeIds ids(clock, random);
    std::string last = ids.next();
    for (const auto step : {0, 0, 1, 0, -5'000, 0, 5'002, 86'400'000}) {
        clock.advance(Duration{step});
        const std::string next = ids.next();
        CHECK(next > last);
        last = next;
    }
}

namespace {
struct AllOnes final : env::Random {
    void fill(std::span<std::byte> out) override {
        for (auto& byte : out) byte = std::byte{0xff};
    }
};
}  // namespace

TEST_CASE("ids rise even when the random part runs over") {
    test::ManualClock clock;
    AllOnes random;
    env::TimeIds ids(clock, random);
    const std::string first = ids.next(), second = ids.next();
    CHECK(first.substr(10) == "ZZZZZZZZZZZZZZZZ");
    CHECK(second > first);
}

TEST_CASE("many threads never get the same id") {
    env::SystemClock clock;
    env::SystemRandom random;
    env::TimeIds ids(clock, random);
    std::vector<std::vector<std::string>> made(4);
    std::vector<std::thread> threads;
    for (auto& mine : made)
        threads.emplace_back([&] {
            for (int i = 0; i < 2'000; ++i) mine.push_back(ids.next());
        });
    for (auto& thread : threads) thread.join();
    std::set<std::string> all;
    for (const auto& mine : made) all.insert(mine.begin(), mine.end());
    CHECK(all.size() == 8'000);
}

TEST_CASE("test ids count") {
    test::CountingIds ids;
    CHECK(ids.next() == "ID-000001");
    CHECK(ids.next() == "ID-000002");
}
