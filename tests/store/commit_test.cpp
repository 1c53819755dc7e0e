#include <thread>

#include "world.hpp"

using namespace aftercare;
using test::ShopWorld;

namespace {

enum class Lost { before_commit, after_commit };

/// A database whose next COMMITs are never heard of again: done (`after_commit`) or not.
class Deaf final : public db::Database {
   public:
    Deaf(db::Database& inner, Lost lost, int times) : inner_(inner), lost_(lost), left_(times) {}

    db::Engine engine() const override { return inner_.engine(); }
    void read(db::FunctionRef<void(db::Connection&)> job) override { inner_.read(job); }
    void run_group(std::span<db::Job> jobs) override { inner_.run_group(jobs); }
    std::optional<std::string> failure() const override { return inner_.failure(); }
    std::int64_t foreign_version() override { return inner_.foreign_version(); }
    void checkpoint() override { inner_.checkpoint(); }
    void cut_log() override { inner_.cut_log(); }
    const db::Counters& counters() const override { return inner_.counters(); }

    int attempts = 0;

   protected:
    void attempt(db::Lane lane, db::ChangeFn job) override {
        ++attempts;
        bool kept = false;
        inner_.change(lane, [&](db::Connection& connection) {
            kept = job(connection);
            return kept && !(left_ > 0 && lost_ == Lost::before_commit);
        });
        if (kept && left_-- > 0) throw db::DbError(db::DbErrorKind::commit_unknown, "the line went dead");
    }

   private:
    db::Database& inner_;
    const Lost lost_;
    int left_;
};

usecase::Context on(ShopWorld& w, store::Store& store) { return {store, w.clock, w.ids, w.random, {}}; }

usecase::AddNoteIn a_note(const CaseId& id) { return {id, NoteKind::internal, "rang the customer"}; }

std::int64_t notes_of(ShopWorld& w, const CaseId& id) {
    std::int64_t notes = 0;
    for (const auto& event : w.must(usecase::case_timeline(*w.ctx, w.lead, {id})).items) notes += event.type.starts_with("note_added");
    return notes;
}

}  // namespace

TEST_CASE("a COMMIT nobody heard of is asked about by its key: one effect, one answer") {
    const Lost lost = GENERATE(Lost::before_commit, Lost::after_commit);
    test::on_each_engine([&](ShopWorld& w) {
        const auto order = w.sold("A1");
        const auto opened = w.must(usecase::open_case(*w.ctx, w.agent, w.guard(w.agent), w.opening(order, 1)));
        Deaf deaf(*w.database, lost, 1);
        store::Store store(deaf);
        auto ctx = on(w, store);
        std::int64_t hints = 0;
        store.on_commit = [&](const store::Hint& hint) { hints += hint.topic == "case"; };
        const auto noted = usecase::add_note(ctx, w.agent, w.guard(w.agent, "K"), a_note(opened.case_id));
        REQUIRE(noted);
        CHECK(deaf.attempts == 2);
        CHECK(noted->version == opened.version + 1);
        CHECK(notes_of(w, opened.case_id) == 1);
        CHECK(hints == 1);
        const auto again = w.must(usecase::add_note(ctx, w.agent, w.guard(w.agent, "K"), a_note(opened.case_id)));
        CHECK(again.version == noted->version);
        CHECK(notes_of(w, opened.case_id) == 1);
        CHECK(w.differences().empty());
    });
}

TEST_CASE("without a key, or when it never ends, an unheard COMMIT stays unknown") {
    test::on_each_engine([](ShopWorld& w) {
        const auto order = w.sold("A1");
        const auto opened = w.must(usecase::open_case(*w.ctx, w.agent, w.guard(w.agent), w.opening(order, 1)));
        for (const bool keyed : {false, true}) {
            Deaf deaf(*w.database, Lost::before_commit, 1'000);
            store::Store store(deaf);
            auto ctx = on(w, store);
            const auto noted = usecase::add_note(ctx, w.agent, w.guard(w.agent, keyed ? "K" : ""), a_note(opened.case_id));
            REQUIRE_FALSE(noted);
            CHECK(noted.error().kind == ErrorKind::unavailable);
            CHECK(noted.error().code == "commit_unknown");
            CHECK(deaf.attempts == (keyed ? 4 : 1));
        }
        CHECK(notes_of(w, opened.case_id) == 0);
    });
}

TEST_CASE("a backend killed at COMMIT: the change is asked about on a new connection") {
    if (!std::getenv("AFTERCARE_TEST_POSTGRES")) return;
    ShopWorld w(db::Engine::postgres);
    static constexpr db::Query kBackend{"backend", "", "SELECT pg_backend_pid()"};
    static constexpr db::Query kKill{"kill", "", "SELECT pg_terminate_backend(CAST(:pid AS INT))"};
    static constexpr db::Query kTake{"take", "", "UPDATE counter SET value = value + 1 WHERE name = 'case_number'"};
    int runs = 0;
    const auto taking = [&](store::Tx& tx) -> Result<usecase::Done> {
        std::int64_t pid = 0;
        tx.run(kBackend, {}, [&](const db::Row& row) { pid = row.integer(0); });
        if (++runs == 1) {
            w.database->read([&](store::Tx& other) { other.run(kKill, {{"pid", pid}}); });
            std::this_thread::sleep_for(std::chrono::milliseconds(100));
        }
        tx.write(kTake, {}, 1);
        return usecase::Done{};
    };
    const auto value = [&] {
        std::int64_t found = 0;
        static constexpr db::Query kValue{"value", "", "SELECT value FROM counter WHERE name = 'case_number'"};
        w.database->read([&](store::Tx& tx) { tx.run(kValue, {}, [&](const db::Row& row) { found = row.integer(0); }); });
        return found;
    };
    const auto before = value();
    CHECK(w.store->change(w.guard(w.agent, "K"), taking));
    CHECK(runs == 2);
    CHECK(value() == before + 1);
    CHECK(w.store->change(w.guard(w.agent, "K"), taking));
    CHECK(runs == 2);
    runs = 0;
    CHECK(w.store->change(w.guard(w.agent), taking).error().code == "commit_unknown");
    CHECK(value() == before + 1);
}

TEST_CASE("a case is opened in three trips to the server: locks and key, what is known, what is written") {
    test::on_each_engine([](ShopWorld& w) {
        const auto first = w.sold("T-1"), second = w.sold("T-2");
        w.must(usecase::open_case(*w.ctx, w.agent, w.guard(w.agent, "K1"), w.opening(first, 1)));  // takes a block of numbers, too
        const auto before = w.database->counters().round_trips.load();
        w.must(usecase::open_case(*w.ctx, w.agent, w.guard(w.agent, "K2"), w.opening(second, 1)));
        CHECK(w.database->counters().round_trips - before <= 3);  // SQLite makes none
    });
}
