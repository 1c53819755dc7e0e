#include "bench/backlog.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <iostream>
#include <memory>
#include <stdexcept>
#include <vector>

#include "bench/shop.hpp"
#include "usecase/cases.hpp"
#include "usecase/operations.hpp"
#include "usecase/saved_views.hpp"
#include "usecase/staff.hpp"

namespace aftercare::bench {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t kStories = 400, kClosedPerOpen = 10;
constexpr std::int64_t kSpreadDays = 20;  ///< of the due times of the copies, all ahead

/// The statements that copy rows; journal and sync are off, because a half made file is thrown away.
class Copier {
   public:
    explicit Copier(const std::string& file) {
        sqlite3* opened = nullptr;
        const int code = sqlite3_open(file.c_str(), &opened);
        database_.reset(opened);
        if (code != SQLITE_OK) throw std::runtime_error("cannot open " + file);
        run("PRAGMA journal_mode=OFF");
        run("PRAGMA synchronous=OFF");
        run("PRAGMA foreign_keys=OFF");
        run("PRAGMA cache_size=-262144");
    }
    void run(const std::string& sql) {
        char* said = nullptr;
        if (sqlite3_exec(database_.get(), sql.c_str(), nullptr, nullptr, &said) == SQLITE_OK) return;
        const std::string text = said ? said : "";
        sqlite3_free(said);
        throw std::runtime_error(text + " in " + sql.substr(0, 300));
    }
    std::vector<std::string> column(const std::string& sql) {
        std::vector<std::string> values;
        const auto gather = [](void* to, int, char** value, char**) {
            static_cast<std::vector<std::string>*>(to)->emplace_back(value[0]);
            return 0;
        };
        if (sqlite3_exec(database_.get(), sql.c_str(), gather, &values, nullptr) != SQLITE_OK) throw std::runtime_error(sqlite3_errmsg(database_.get()));
        return values;
    }

   private:
    std::unique_ptr<sqlite3, decltype([](sqlite3* open) { sqlite3_close(open); })> database_;
};

bool among(std::string_view name, std::initializer_list<std::string_view> names) { return std::find(names.begin(), names.end(), name) != names.end(); }

/// A column of the n-th copy: an id that the story made begins with n instead of its time, what must be unique ends with n, and due times differ.
std::string copied(const std::string& name) {
    const std::string shift = name + " + (n * 7919 % " + std::to_string(kSpreadDays * 24 * 60) + ") * 60000";
    if (among(name, {"id", "case_id", "order_id", "customer_id", "operation_id", "order_line_id", "operation_line_id", "inbound_leg_id", "outbound_leg_id",
                     "payment_id", "money_leg_id", "stream", "held_by", "note_id"}))
        return "CASE WHEN length(" + name + ") = 26 THEN printf('%010d', n) || substr(" + name + ", 11) ELSE " + name + " END";
    if (among(name, {"number", "external_ref", "reference"})) return name + " || '-' || n";
    if (among(name, {"due_at", "wake_at"})) return "CASE WHEN " + name + " > 0 THEN " + shift + " ELSE 0 END";
    if (name == "due_sort") return "CASE WHEN " + name + " < 9000000000000 THEN " + shift + " ELSE " + name + " END";
    return name;
}

/// Adds copies first … first + count - 1 of all that the stories of `from` are made of.
void copy_stories(Copier& to, const std::string& from, std::size_t first, std::size_t count, bool events) {
    to.run("ATTACH '" + from + "' AS story");
    to.run("CREATE TEMP TABLE numbers AS WITH RECURSIVE s(n) AS (SELECT " + std::to_string(first) + " UNION ALL SELECT n + 1 FROM s WHERE n < " +
           std::to_string(first + count - 1) + ") SELECT n FROM s");
    constexpr std::array<std::string_view, 20> kTables{"customer", "sales_order", "order_line", "payment", "order_ledger", "unit_ledger", "money_ledger",
        "support_case", "operation", "operation_line", "inbound_leg", "inbound_line", "inspection_record", "money_leg", "money_attempt", "outbound_leg",
        "outbound_line", "clock", "task", "event"};
    for (const std::string_view each : kTables) {
        const std::string table(each);
        if (table == "event" && !events) continue;
        std::string names, values;
        for (const std::string& name : to.column("SELECT name FROM pragma_table_info('" + table + "')")) {
            names += (names.empty() ? "" : ", ") + name;
            values += (values.empty() ? "" : ", ") + copied(name);
        }
        to.run("INSERT INTO main." + table + " (" + names + ") SELECT " + values + " FROM temp.numbers, story." + table);
    }
    to.run("DROP TABLE temp.numbers");
    to.run("DETACH story");
}

/// Plays the stories in one file. Each begins as a return or a question and stops at a step of its own.
class Player {
   public:
    Player(Desk& desk, const Shop& shop, const StaffId& person) : desk_(desk), shop_(shop), person_(person), lead_{StaffId("LEAD"), {Role::lead}, {shop.id}, false, "staff:LEAD"} {}

    void open(std::size_t i) {
        const auto made = begin(i, i % 4 == 0);
        if (i % 8 == 0) return;  // nobody has looked yet
        if (i % 100 == 1) act(usecase::assign_case(desk_.context, lead_, guard(), {made.case_id, {person_}}));
        if (made.operation_id.empty() || i % 8 < 3) return;
        act(usecase::approve(desk_.context, lead_, guard(), on(made, domain::Approve{})));
        if (i % 8 < 6) return;
        act(usecase::ship_back(desk_.context, lead_, guard(), on(made, domain::ShipBack{{}, "SF", "SF" + std::to_string(i), {}})));
    }
    void closed(std::size_t i) {
        const auto made = begin(i, false);
        act(usecase::withdraw(desk_.context, lead_, guard(), on(made, domain::Withdraw{})));
        act(usecase::close_case(desk_.context, lead_, guard(), {made.case_id, {"changed_mind", Fault::customer, "不退了"}}));
    }

   private:
    template <class Command>
    static usecase::OnCase<Command> on(const usecase::CaseChanged& made, Command command) {
        command.operation_id = made.operation_id;
        return {made.case_id, std::move(command)};
    }
    [[nodiscard]] usecase::Guard guard() const { return {"bench", {}, {}, {}, desk_.clock.now()}; }
    static void act(Result<usecase::CaseChanged> done) { wanted(std::move(done)); }
    usecase::CaseChanged begin(std::size_t i, bool only_asks) {
        usecase::OpenCaseIn in;
        in.shop_id = shop_.id;
        in.open.order_id = shop_.lines.at(i).order;
        in.open.topic = "杯子有裂纹";
        if (only_asks) in.open.kind = CaseKind::consultation;
        else {
            in.request.emplace();
            in.request->lines = {{shop_.lines.at(i).line, 1, {}, {}, {}}};
            in.request->reason = Reason::no_longer_wanted;
        }
        return wanted(usecase::open_case(desk_.context, lead_, guard(), in));
    }

    Desk& desk_;
    const Shop& shop_;
    const StaffId person_;
    const usecase::Actor lead_;
};

db::Options writing(const std::string& file) {
    db::Options options;
    options.url = file;
    options.inline_writer = true;
    return options;
}

void add_views(Desk& desk, const usecase::Actor& person) {
    const auto view = [&](const char* name, auto&& change) {
        usecase::SaveView in{name, {}, {}};
        change(in.filter.query);
        wanted(usecase::save_view(desk.context, person, {"bench", {}, {}, {}, desk.clock.now()}, in));
    };
    view("咨询", [](usecase::CaseQuery& q) { q.unfinished = true, q.kind = CaseKind::consultation; });
    view("待寄回", [](usecase::CaseQuery& q) { q.unfinished = true, q.header = Header::awaiting_goods; });
    view("我的", [](usecase::CaseQuery& q) { q.unfinished = true, q.owner = "me"; });
    view("一天内", [](usecase::CaseQuery& q) { q.unfinished = true, q.due_within = days(1); });
    view("客诉", [](usecase::CaseQuery& q) { q.unfinished = true, q.kind = CaseKind::complaint; });
}

Backlog who(const std::string& file) {
    Desk desk(writing(file));
    const auto& root = domain::system_actor();
    const auto people = wanted(usecase::list_staff(desk.context, root, {}));
    const auto shops = wanted(usecase::list_shops(desk.context, root, {}));
    const ShopId shop = shops.items.front().id;
    const StaffId person = people.items.front().id;
    return {file, shop, {person, {Role::agent}, {shop}, false, "staff:" + person.value}};
}

void make(const Plan& plan, const std::string& file, std::size_t open) {
    const std::string base = plan.folder + "/stories.db";
    Shop shop;
    StaffId person;
    fs::remove(base);
    {
        Desk desk(writing(base));
        shop = make_shop(desk, kStories);
        const usecase::AddStaff one{"bench", "周敏", "bench-password", {Role::agent}, {shop.id}};
        person = wanted(usecase::add_staff(desk.context, domain::system_actor(), {"system", {}, {}, {}, desk.clock.now()}, one)).id;
        add_views(desk, {person, {Role::agent}, {shop.id}, false, "staff:" + person.value});
        desk.database->checkpoint();
    }
    const auto played = [&](const std::string& name, void (Player::*story)(std::size_t)) {
        const std::string at = plan.folder + "/" + name + ".db";
        fs::copy_file(base, at, fs::copy_options::overwrite_existing);
        Desk desk(writing(at));
        Player player(desk, shop, person);
        for (std::size_t i = 0; i < kStories; ++i) (player.*story)(i);
        desk.database->checkpoint();
        return at;
    };
    const std::string half = file + ".half", open_stories = played("open", &Player::open), closed_stories = played("closed", &Player::closed);
    for (const char* end : {"", "-wal", "-shm"}) fs::remove(half + end);
    fs::copy_file(base, half);
    {
        Copier copier(half);
        copy_stories(copier, open_stories, 1, open / kStories, true);
        copy_stories(copier, closed_stories, open / kStories + 1, open / kStories * kClosedPerOpen, false);
        copier.run("ANALYZE");
        copier.run("PRAGMA journal_mode=WAL");
    }
    fs::rename(half, file);
}

}  // namespace

Backlog need_backlog(const Plan& plan, std::size_t open) {
    const std::string file = (fs::path(plan.history).parent_path() / ("bench-backlog-" + std::to_string(open) + ".db")).string();
    if (!fs::exists(file)) {
        std::cerr << "  building " << file << '\n';
        make(plan, file, open);
    }
    return who(file);
}

}  // namespace aftercare::bench
