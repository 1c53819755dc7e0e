#include <catch2/catch.hpp>

#include "api/query_reader.hpp"
#include "usecase/cases.hpp"

using namespace aftercare;
using namespace aftercare::api;

namespace {

Result<usecase::CaseQuery> read(const Params& query, const Params& path = {}) {
    usecase::CaseQuery in;
    QueryReader reader(path, query);
    fields(reader, in);
    AC_CHECK(reader.finish());
    return in;
}

std::string errors(const Params& query) {
    const auto in = read(query);
    std::string text;
    if (!in)
        for (const auto& [pointer, code] : in.error().fields) text += pointer + " " + code + "\n";
    return text;
}

}  // namespace

TEST_CASE("a query is read by the type of each field") {
    const auto in = read({{"limit", "20"}, {"status", "waiting_partner"}, {"unfinished", "true"}, {"due_within_ms", "3600000"}, {"q", "杯"}, {"shop_id", "S1"}});
    REQUIRE(in);
    CHECK(in->page.limit == 20);
    CHECK(in->status == CaseStatus::waiting_partner);
    CHECK(in->unfinished == true);
    CHECK(in->due_within == hours(1));
    CHECK(in->q == "杯");
    CHECK(in->shop_id == ShopId("S1"));
    CHECK_FALSE(in->owner);
}

TEST_CASE("an empty text counts as absent") {
    const auto in = read({{"q", ""}, {"limit", ""}});
    REQUIRE(in);
    CHECK_FALSE(in->q);
    CHECK(in->page.limit == 50);
}

TEST_CASE("every bad field of a query is reported at once") {
    CHECK(errors({{"limit", "0"}, {"status", "opne"}, {"unfinished", "yes"}, {"due_within_ms", "1h"}, {"colour", "red"}, {"q", std::string(101, 'x')}}) ==
          "/limit out_of_range\n/status unknown_word\n/unfinished not_a_boolean\n/due_within_ms not_an_integer\n/q too_long\n/colour unknown_field\n");
    CHECK(errors({{"limit", "99999999999999999999"}}) == "/limit out_of_range\n");
    CHECK(errors({{"limit", "5"}, {"limit", "6"}}) == "/limit given_twice\n");
}

TEST_CASE("the path wins, and the query may not repeat it") {
    const Params path{{"case_id", "C1"}}, query{{"case_id", "C2"}, {"after", "7"}};
    usecase::TimelineQuery in;
    QueryReader reader(path, query);
    fields(reader, in);
    CHECK(in.case_id == CaseId("C1"));
    CHECK(in.after == 7);
    REQUIRE_FALSE(reader.finish());
}
