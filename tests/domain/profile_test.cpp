#include <catch2/catch.hpp>

#include "domain/profile.hpp"

using namespace aftercare;
using namespace aftercare::domain;

namespace {

CustomerFact said(std::string source, std::string value, std::int64_t at, bool verified = false, bool locked = false) {
    return {FactField::name, std::move(source), std::move(value), Instant{at}, verified, locked ? StaffId("S") : StaffId{}};
}
std::string name_of(std::vector<CustomerFact> facts) { return folded(facts, FactField::name); }

}  // namespace

TEST_CASE("the newest word counts, a verified one before it, a locked one before all; an empty word only when nothing else was said") {
    CHECK(name_of({said("a", "Li", 1), said("b", "Li Lei", 2)}) == "Li Lei");
    CHECK(name_of({said("a", "Li", 1, true), said("b", "Li Lei", 2)}) == "Li");
    CHECK(name_of({said("a", "Li", 1, true), said("b", "Wang", 2, false, true)}) == "Wang");
    CHECK(name_of({said("a", "Li", 1), said("b", "", 2)}) == "Li");
    CHECK(name_of({said("b", "", 2, true)}) == "");
    CHECK(name_of({}) == "");
}

TEST_CASE("numbers are compared without separators and country, an extension stays") {
    CHECK(normalised_phone("+86 138-0000-1234") == "13800001234");
    CHECK(normalised_phone("0086 13800001234") == "13800001234");
    CHECK(normalised_phone("１３８０００0１２３４") == "13800001234");
    CHECK(normalised_phone("18877771111-123") == "18877771111-123");
    CHECK(normalised_text(" ＡＢc＠X.com　") == "abc@x.com");
    CHECK(is_masked("138****1234"));
}

TEST_CASE("two Han characters find a name, wherever they stand; words of other letters do so whole") {
    CHECK(search_tokens("王小明") == std::vector<std::string>{"王小", "小明"});
    CHECK(search_tokens("陶瓷杯 Mug 350ml") == std::vector<std::string>{"陶瓷", "瓷杯", "mug", "350ml"});
    CHECK(search_tokens("王") == std::vector<std::string>{});
    CHECK(search_tokens("CREAM HEART T-LIGHT") == std::vector<std::string>{"cream", "heart", "light"});
    CHECK(search_tokens(std::string(4'000, 'x') + " y").size() == 1);
}

TEST_CASE("how far an identity is trusted") {
    CHECK(strength_of(IdentityKind::shop_account) == Strength::strong);
    CHECK(strength_of(IdentityKind::taobao_open_uid) == Strength::strong);
    CHECK(strength_of(IdentityKind::order_phone) == Strength::suggest);
    CHECK(strength_of(IdentityKind::nick) == Strength::never);
}
