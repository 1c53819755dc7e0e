#include "db/row.hpp"

#include "db/support.hpp"

namespace aftercare {
AC_WORDS(Grade, good, worn, broken);
}

namespace aftercare::db {

struct Parcel {
    CaseId id;
    Grade grade = Grade::good;
    std::int32_t units = 0;
    bool fragile = false;
    std::optional<std::string> note;
    Money quote;
    std::optional<Money> fee;
    Instant sent_at;
    StaffId owner_id;
    bool operator==(const Parcel&) const = default;
};

template <class Io>
void fields(Io& io, Parcel& parcel) {
    io("id", parcel.id);
    io("grade", parcel.grade);
    io("units", parcel.units, between(0, 99));
    io("fragile", parcel.fragile);
    io("note", parcel.note, length(0, 200));
    io("quote", parcel.quote);
    io("fee", parcel.fee);
    io("sent_at", parcel.sent_at);
    io("owner_id", parcel.owner_id, maybe);
}

struct Narrow {
    std::int32_t weight = 0;
};
template <class Io>
void fields(Io& io, Narrow& narrow) {
    io("weight", narrow.weight);
}

TEST_CASE("a described type goes into a row and comes back, whatever the order of columns") {
    on_each_engine([](Database& database) {
        const Parcel full{CaseId("A"), Grade::broken, 7, true, "说明", {1999, "EUR"}, Money{5, "CNY"}, Instant{1'700'000'000'000}, StaffId("S")};
        const Parcel bare{CaseId("B"), Grade::good, -1, false, std::nullopt, {0, ""}, std::nullopt, Instant{}, {}};
        change(database, [&](Connection& connection) {
            connection.write(things::insert_parcel, bind_row(full), 1);
            connection.write(things::insert_parcel, bind_row(full).with("id", "C").with("note", nullptr), 1);
            connection.write(things::insert_parcel, bind_row(bare), 1);
        });
        for (const Query* query : {&things::parcels, &things::parcels_shuffled}) {
            std::vector<Parcel> read;
            database.read([&](Connection& connection) {
                connection.run(*query, {}, [&](const Row& row) { read.push_back(read_row<Parcel>(row)); });
            });
            REQUIRE(read.size() == 3);
            CHECK(read[0] == full);
            CHECK(read[1] == bare);
            CHECK_FALSE(read[2].note);
        }
    });
}

TEST_CASE("a column that does not fit is said by name") {
    on_each_engine([](Database& database) {
        change(database, [](Connection& connection) { insert_thing(connection, "A", INT64_MAX); });
        const auto reading = [&](const Query& query, auto value) {
            return std::string(error_of([&] {
                database.read([&](Connection& c) { c.run(query, {{"id", "A"}}, [&](const Row& row) { read_row<decltype(value)>(row); }); });
            }).what());
        };
        CHECK(reading(things::find_thing, Narrow{}) == "column weight is out of range");
        CHECK(reading(things::all_things, Narrow{}) == "column weight is not in the result");
        static constexpr Query kWord = Query::both("word", "SELECT id, 'odd' AS grade FROM thing");
        CHECK(reading(kWord, Parcel{}) == "column grade holds an unknown word");
        static constexpr Query kNull = Query::both("null", "SELECT id, CAST(NULL AS TEXT) AS grade FROM thing");
        CHECK(reading(kNull, Parcel{}) == "column grade is NULL");
    });
}

}  // namespace aftercare::db
