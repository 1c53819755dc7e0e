#include "db/statement.hpp"

#include <catch2/catch.hpp>

#include "db/migrate.hpp"
#include "test_sql/all.hpp"

namespace aftercare::db {

static std::string names(std::string_view sql) {
    std::string out;
    for (const Parameter& each : parameters(sql)) out.append(each.name).append(each.list ? "... " : " ");
    return out;
}

TEST_CASE("parameters are found in code only") {
    CHECK(names("SELECT :a, :b_2 FROM t WHERE x=:a") == "a b_2 a ");
    CHECK(names("SELECT ':no', \":no\", 'it''s :no' /* :no */ -- :no\n , :yes") == "yes ");
    CHECK(names("SELECT a::text, :b::bigint, ':x'::text") == "b ");
    CHECK(names("IN (:ids...) AND y > :y") == "ids... y ");
    CHECK(names("SELECT 'open :x") == "");
    CHECK(names("SELECT a[1:2], :") == "");
    CHECK(names("") == "");
    CHECK(names("/* never closed :x") == "");
    CHECK(names("-- a remark :x") == "");
}

TEST_CASE("a repeated name keeps its number") {
    const Plan plan = make_plan("SELECT :b, :a, :b, ':b'", Engine::postgres, {});
    CHECK(plan.text == "SELECT $1, $2, $1, ':b'");
    REQUIRE(plan.slots.size() == 2);
    CHECK(plan.slots[0].name == "b");
    CHECK(make_plan("SELECT :b, :a, :b", Engine::sqlite, {}).text == "SELECT ?1, ?2, ?1");
}

TEST_CASE("a list becomes numbers, its last entry repeated") {
    const Plan plan = make_plan("x IN (:ids...) AND y = :y", Engine::postgres, {4});
    CHECK(plan.text == "x IN ($1,$2,$3,$4) AND y = $5");
    const std::vector<std::string> ids{"A", "B", "C"};
    const std::vector<Arg> args{{"y", 7}, {"ids", ids}};
    std::size_t hint = 0;
    CHECK(std::get<std::string_view>(resolve(plan.slots[2], args, hint, "q")) == "C");
    CHECK(std::get<std::string_view>(resolve(plan.slots[3], args, hint, "q")) == "C");
    CHECK(std::get<std::int64_t>(resolve(plan.slots[4], args, hint, "q")) == 7);
}

TEST_CASE("arguments that do not fit are refused") {
    std::size_t hint = 0;
    const std::vector<std::string> ids;
    const Slot scalar{"x", 0, false}, list{"x", 0, true};
    CHECK_THROWS_WITH(resolve(scalar, {}, hint, "noun.query"), "noun.query: :x has no value");
    const std::vector<Arg> other{{"y", 1}};
    CHECK_THROWS_AS(resolve(scalar, other, hint, "q"), DbError);
    const std::vector<Arg> as_list{{"x", ids}};
    CHECK_THROWS_AS(resolve(scalar, as_list, hint, "q"), DbError);
    CHECK(std::holds_alternative<std::nullptr_t>(resolve(list, as_list, hint, "q")));
    const std::vector<Arg> with_nul{{"x", std::string_view("a\0b", 3)}};
    CHECK_THROWS_WITH(resolve(scalar, with_nul, hint, "q"), "q: :x holds a NUL byte");
}

TEST_CASE("migrations are turned for SQLite outside strings and remarks") {
    CHECK(for_sqlite("CREATE TABLE t (a BIGINT, b SMALLINT, MY_BIGINT TEXT DEFAULT 'BIGINT') /*STRICT*/; -- BIGINT") ==
          "CREATE TABLE t (a INTEGER, b INTEGER, MY_BIGINT TEXT DEFAULT 'BIGINT') STRICT; -- BIGINT");
    CHECK(for_sqlite("/* STRICT */ x") == "/* STRICT */ x");
    CHECK(for_sqlite("CREATE TABLE t (a TEXT PRIMARY KEY) /*STRICT, WITHOUT ROWID*/;") == "CREATE TABLE t (a TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;");
}

TEST_CASE("embedded queries carry their name, one text or a pair, without remarks") {
    CHECK(test_sql::things::delete_thing.name == "things.delete_thing");
    CHECK(test_sql::things::delete_thing.sqlite == "DELETE FROM thing WHERE id = :id");
    CHECK(test_sql::things::delete_thing.sqlite == test_sql::things::delete_thing.postgres);
    CHECK(test_sql::things::hold.postgres == "SELECT weight FROM thing WHERE id = :id FOR UPDATE");
    CHECK(test_sql::things::weigh.sqlite.starts_with("UPDATE"));
    CHECK(test_sql::all().size() == 17);
}

}  // namespace aftercare::db
