#include "db/sqlite.hpp"

#include <sys/stat.h>

#include <filesystem>
#include <thread>

namespace aftercare::db {

namespace {

constexpr Query kBeginRead = Query::both("begin read", "BEGIN");
constexpr Query kBeginChange = Query::both("begin change", "BEGIN IMMEDIATE");
constexpr Query kCommit = Query::both("commit", "COMMIT");
constexpr Query kRollback = Query::both("rollback", "ROLLBACK");

class SqliteRow final : public Row {
   public:
    explicit SqliteRow(sqlite3_stmt* statement) : statement_(statement), size_(sqlite3_column_count(statement)) {}
    int size() const override { return size_; }
    std::string_view column_name(int column) const override { return sqlite3_column_name(statement_, column); }
    bool is_null(int column) const override { return sqlite3_column_type(statement_, column) == SQLITE_NULL; }
    std::int64_t integer(int column) const override {
        const int type = sqlite3_column_type(statement_, column);
        if (type != SQLITE_INTEGER && type != SQLITE_NULL)
            throw DbError(DbErrorKind::other, "column " + std::string(column_name(column)) + " is not an integer");
        return sqlite3_column_int64(statement_, column);
    }
    std::string_view text(int column) const override {
        const auto* data = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
        return data ? std::string_view(data, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))) : std::string_view();
    }

   private:
    sqlite3_stmt* statement_;
    int size_;
};

DbErrorKind kind_of(int extended) {
    switch (extended) {
        case SQLITE_CONSTRAINT_UNIQUE:
        case SQLITE_CONSTRAINT_PRIMARYKEY:
        case SQLITE_CONSTRAINT_ROWID: return DbErrorKind::unique;
        case SQLITE_CONSTRAINT_FOREIGNKEY: return DbErrorKind::foreign_key;
        default: break;
    }
    switch (extended & 0xff) {
        case SQLITE_CONSTRAINT: return DbErrorKind::check;
        case SQLITE_BUSY:
        case SQLITE_LOCKED: return DbErrorKind::busy;
        case SQLITE_FULL: return DbErrorKind::full;
        case SQLITE_CANTOPEN:
        case SQLITE_READONLY: return DbErrorKind::readonly;
        case SQLITE_CORRUPT:
        case SQLITE_NOTADB: return DbErrorKind::corrupt;
        default: return DbErrorKind::other;
    }
}

std::string_view plain_words(DbErrorKind kind) {
    switch (kind) {
        case DbErrorKind::full: return "the disk is full: nothing of this was saved";
        case DbErrorKind::readonly: return "the database cannot be written: its file or folder is read-only";
        case DbErrorKind::corrupt: return "the file is damaged or is not a database";
        case DbErrorKind::busy: return "another program is writing to the database";
        default: return {};
    }
}

}  // namespace

// "UNIQUE constraint failed: idempotency.principal, idempotency.key" or "…: index 'x'".
DbError sqlite_error(sqlite3* db, std::string_view what) {
    const DbErrorKind kind = kind_of(sqlite3_extended_errcode(db));
    const std::string message = sqlite3_errmsg(db);
    std::string constraint, table;
    if (const auto at = message.find("constraint failed: "); at != std::string::npos) {
        constraint = message.substr(at + 19);
        if (const auto dot = constraint.find('.'); dot != std::string::npos) table = constraint.substr(0, dot);
    }
    std::string text = std::string(what) + ": ";
    if (const auto words = plain_words(kind); !words.empty()) text.append(words).append(" (").append(message).append(")");
    else text += message;
    return DbError(kind, text, constraint, table);
}

// Marks a statement as busy and resets it at the end, whatever happens.
class SqliteConnection::Use {
   public:
    explicit Use(SqliteStatement& statement) : statement_(statement) { statement_.in_use = true; }
    ~Use() {
        sqlite3_reset(statement_.handle);
        sqlite3_clear_bindings(statement_.handle);
        statement_.in_use = false;
    }
    Use(const Use&) = delete;
    Use& operator=(const Use&) = delete;

   private:
    SqliteStatement& statement_;
};

SqliteConnection::SqliteConnection(const std::string& path, SqliteRole role, std::chrono::milliseconds busy_timeout, Counters& counters)
    : counters_(counters) {
    try {
        open(path, role, busy_timeout);
    } catch (const DbError& error) {
        sqlite3_close_v2(db_);
        const bool folder_missing = !std::filesystem::exists(std::filesystem::absolute(path).parent_path());
        if (folder_missing) throw DbError(DbErrorKind::other, path + ": the folder does not exist");
        if (error.kind == DbErrorKind::busy) throw DbError(DbErrorKind::locked, path + ": the file is locked by another program");
        throw;
    }
}

namespace {

/// Counting memory takes one lock of the whole process at each allocation of SQLite, and nothing here asks for the counts.
/// Refused (and harmless) when somebody in this process opened SQLite before.
void count_no_memory() { [[maybe_unused]] static const int refused = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0); }

}  // namespace

SqliteConnection::~SqliteConnection() { sqlite3_close_v2(db_); }  // a zombie until cache_ has finalised its statements

void SqliteConnection::open(const std::string& path, SqliteRole role, std::chrono::milliseconds busy_timeout) {
    count_no_memory();
    const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE | (role == SqliteRole::writer ? SQLITE_OPEN_CREATE : 0);
    const int rc = sqlite3_open_v2(path.c_str(), &db_, flags, nullptr);
    if (rc == SQLITE_CANTOPEN || rc == (SQLITE_CANTOPEN | SQLITE_CANTOPEN_ISDIR))
        throw DbError(DbErrorKind::readonly, path + ": the file cannot be opened or created: is the folder read-only?");
    if (rc != SQLITE_OK) throw sqlite_error(db_, path);
    sqlite3_busy_timeout(db_, static_cast<int>(busy_timeout.count()));
    // mmap: the kernel's page cache serves all connections; SQLite caps the size itself. Small caches then suffice.
    std::string pragmas = "PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL; PRAGMA mmap_size = 1099511627776; PRAGMA temp_store = MEMORY;";
    if (role == SqliteRole::writer) pragmas = "PRAGMA journal_mode = WAL; PRAGMA secure_delete = ON; PRAGMA cache_size = -32768;" + pragmas;
    if (role == SqliteRole::reader) pragmas += "PRAGMA cache_size = -4096; PRAGMA query_only = ON;";
    // SQLite does not wait when it turns from reading a new file to writing "WAL" into it, so two programs that start at once would
    // refuse each other (sqlite3BtreeSetVersion begins with a read).
    const auto deadline = std::chrono::steady_clock::now() + busy_timeout;
    while (sqlite3_exec(db_, pragmas.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) {
        const DbError error = sqlite_error(db_, path);
        if (error.kind != DbErrorKind::busy || std::chrono::steady_clock::now() >= deadline) throw error;
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    if (role == SqliteRole::writer && sqlite3_db_readonly(db_, "main") == 1)
        throw DbError(DbErrorKind::readonly, path + ": the database cannot be written: its file or folder is read-only");
}

void SqliteConnection::fail(std::string_view what) {
    failed_ = true;
    throw sqlite_error(db_, what);
}

void SqliteConnection::prepare(SqliteStatement& statement, std::string_view name) {
    if (statement.handle) return;
    const std::string& text = statement.plan.text;
    const char* tail = nullptr;
    const int rc = sqlite3_prepare_v3(db_, text.data(), static_cast<int>(text.size()), SQLITE_PREPARE_PERSISTENT, &statement.handle, &tail);
    if (rc != SQLITE_OK) fail(name);
    if (statement.handle == nullptr || tail != text.data() + text.size())
        throw DbError(DbErrorKind::other, std::string(name) + ": not exactly one statement");
}

void SqliteConnection::prepare(const Query& query) {
    SqliteStatement statement;
    std::vector<std::size_t> sizes;
    for (const Parameter& each : parameters(query.sqlite))
        if (each.list) sizes.push_back(1);
    statement.plan = make_plan(query.sqlite, Engine::sqlite, sizes);
    prepare(statement, query.name);
}

void SqliteConnection::bind(SqliteStatement& statement, const Query& query, Args args) {
    std::size_t hint = 0;
    int number = 0;
    std::vector<Value> seen;
    for (const Slot& slot : statement.plan.slots) {
        const Value value = resolve(slot, args, hint, query.name);
        if (counters_.observer) seen.push_back(value);
        ++number;
        int rc = SQLITE_OK;
        if (const auto* integer = std::get_if<std::int64_t>(&value)) {
            rc = sqlite3_bind_int64(statement.handle, number, *integer);
        } else if (const auto* text = std::get_if<std::string_view>(&value)) {
            const char* data = text->data() ? text->data() : "";  // a null pointer would bind NULL
            rc = sqlite3_bind_text64(statement.handle, number, data, text->size(), SQLITE_STATIC, SQLITE_UTF8);
        }
        if (rc != SQLITE_OK) fail(query.name);
    }
    if (counters_.observer) counters_.observer(statement.plan.text, seen);
}

std::int64_t SqliteConnection::step_all(SqliteStatement& statement, const Query& query, RowFn for_each) {
    counters_.statements.fetch_add(1, std::memory_order_relaxed);
    const SqliteRow row(statement.handle);
    std::int64_t seen = 0;
    int rc = SQLITE_OK;
    while ((rc = sqlite3_step(statement.handle)) == SQLITE_ROW) {
        ++seen;
        if (for_each) for_each(row);
    }
    if (rc != SQLITE_DONE) fail(query.name);
    return sqlite3_stmt_readonly(statement.handle) ? seen : sqlite3_changes64(db_);
}

std::int64_t SqliteConnection::run(const Query& query, Args args, RowFn for_each) {
    SqliteStatement& kept = cache_.find(query, Engine::sqlite, args);
    SqliteStatement again;  // when a callback runs the query it stands in
    if (kept.in_use) again.plan = kept.plan;
    SqliteStatement& statement = kept.in_use ? again : kept;
    prepare(statement, query.name);
    const Use use(statement);
    bind(statement, query, args);
    return step_all(statement, query, for_each);
}

void SqliteConnection::write(const Query& query, Args args, std::int64_t expect) {
    const std::int64_t changed = run(query, args, {});
    if (expect < 0 || changed == expect) return;
    failed_ = true;
    throw DbError(DbErrorKind::serialization, std::string(query.name) + ": " + std::to_string(changed) + " rows changed, not " +
                                                  std::to_string(expect));
}

void SqliteConnection::execute_script(std::string_view text) {
    ++scripts_;
    counters_.statements.fetch_add(1, std::memory_order_relaxed);
    if (sqlite3_exec(db_, std::string(text).c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) fail("script");
}

void SqliteConnection::begin_read() {
    run(kBeginRead, {}, {});
    written_at_begin_ = written();
}

void SqliteConnection::begin_change() {
    run(kBeginChange, {}, {});
    failed_ = false;
    written_at_begin_ = written();
}

bool SqliteConnection::commit() {
    const bool wrote = written() != written_at_begin_;
    try {
        run(kCommit, {}, {});
    } catch (const DbError& error) {
        // A failing disk: the frames may or may not survive a crash.
        if ((sqlite3_extended_errcode(db_) & 0xff) == SQLITE_IOERR) throw DbError(DbErrorKind::commit_unknown, error.what());
        throw;
    }
    written_at_begin_ = written();
    if (wrote) counters_.commits.fetch_add(1, std::memory_order_relaxed);
    return wrote;
}

void SqliteConnection::rollback() {
    if (!in_transaction()) return;
    try {
        run(kRollback, {}, {});
    } catch (const DbError&) {
        if (in_transaction()) throw;  // else it is undone, whatever else went wrong
    }
}

}  // namespace aftercare::db
