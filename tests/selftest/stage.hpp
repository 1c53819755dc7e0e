#pragma once
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "store/store.hpp"
#include "support/clock.hpp"
#include "support/ids.hpp"
#include "support/postgres_schema.hpp"
#include "support/random.hpp"
#include "support/temp_folder.hpp"
#include "tale.hpp"
#include "usecase/context.hpp"

namespace aftercare::selftest {

/// One shop of a stage with the order of a tale and two cases about it.
struct Scene {
    ShopId shop;
    OrderId order;
    CustomerId customer;  ///< known by kPersonal alone
    std::vector<CaseId> cases;
    domain::Policy policy;
};

/// A real database that tales are played on, each in a shop of its own. One thread at a time, but for races.
class Stage {
   public:
    /// Thursday 2026-09-24, 10:00 in Shanghai: before a week off with its Saturday that makes up for it.
    static constexpr Instant kStart{1'790'215'200'000};
    /// What stands wherever people write of a person; once they are erased, nowhere (I33).
    static constexpr std::string_view kPersonal = "欧阳澜清 ouyang.lanqing@example.org";

    /// `url`: a new SQLite file, or a PostgreSQL address, where a schema of its own is made and dropped. Empty: a temporary file.
    /// std::runtime_error when it cannot be opened, or a file of that name is there already.
    explicit Stage(const std::string& url);
    ~Stage();
    Stage(const Stage&) = delete;
    Stage& operator=(const Stage&) = delete;

    /// Sets the clock back to kStart and makes what the tale begins with.
    Scene set(const Tale& tale);
    /// Forgets the messages that a scene leaves behind, so that the next one does not hear of them.
    void strike(const Scene& scene);
    /// What `aftercare check` says of the whole database, and where kPersonal is left; empty: all is as its events say, and nowhere.
    std::vector<std::string> differences();
    /// The file stays where it is, to be looked at.
    void keep() { kept_ = true; }

    usecase::Guard guard(std::string key = {}) { return {"staff:STAGE", std::move(key), "body", {}, clock.now()}; }

    test::ManualClock clock{kStart};
    test::CountingIds ids;
    test::SeededRandom random;
    std::unique_ptr<db::Database> database;
    std::optional<store::Store> store;
    std::optional<usecase::Context> ctx;
    const domain::Actor everybody{StaffId("STAGE"), {Role::admin, Role::agent, Role::lead}, {}, true, "staff:STAGE"};

   private:
    std::optional<test::TempFolder> folder_;
    std::optional<test::PostgresSchema> schema_;
    std::string file_;
    bool kept_ = false;
    int scenes_ = 0;
};

}  // namespace aftercare::selftest
